// What the bot is asked, what it answers, and which use cases it is given.

import type { Embed } from '../channels/discord/embed.ts';
import type { Attachment } from '../channels/discord/page.ts';
import type { LabAdded, LabDraft, LabPreview } from '../guilds/add-lab.ts';
import type { Added, Preview, WatchDraft, Wish } from '../guilds/add-watch.ts';
import type {
  DigestNow,
  DigestSetting,
  SettingResult,
  SettingsChange,
  SettingsHere,
} from '../guilds/channel-settings.ts';
import type { GuildChannelIds } from '../guilds/context.ts';
import type { Edit, EditDraft, EditWish } from '../guilds/edit-watch.ts';
import type { Followed, Follower, Reminded } from '../guilds/follow.ts';
import type { LatestWish } from '../guilds/models.ts';
import type { Promises } from '../guilds/pledges.ts';
import type { GuildStatus } from '../guilds/status.ts';
/** Who asks, where, in which languages. */ import type { VouchedHere } from '../guilds/vouch.ts';
import type { Changed, Muted, Paused, WatchHere } from '../guilds/watches.ts';
import type { WhyHere } from '../guilds/why.ts';
import type { Iso } from '../types/core.ts';
import type { LabNames } from '../types/labs.ts';
import type { Permission } from '../types/reasons/lacks.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { Story } from '../types/story.ts';

export interface Asker {
  /** Null: in direct messages, or in a server that the bot is no member of. */
  readonly place: GuildChannelIds | null;
  readonly person: string;
  /** Discord's, of the asker: `en-US`, `ko`. What is for them alone is said in it. */
  readonly locale: string;
  /** What everybody here is answered in. */
  readonly openLocale: string;
  /** Has Manage Server: Discord asks that of nobody who presses a button. */
  readonly manages: boolean;
  /** Pictures may be attached here. */
  readonly attaches: boolean;
  /** Permissions that the bot lacks in this channel. */
  readonly missing: readonly Permission[];
}

/** In a server of the bot's. */
export type HereAsker = Asker & { readonly place: GuildChannelIds };

export interface Ask extends Asker {
  /** `watch.add`, `model`. */
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  /** A role among the options would not ring. */
  readonly unheard?: boolean;
}

export type HereAsk = Ask & { readonly place: GuildChannelIds };

export type Button =
  | { readonly type: 2; readonly style: 1 | 2 | 3 | 4; readonly label: string; readonly custom_id: string }
  | { readonly type: 2; readonly style: 5; readonly label: string; readonly url: string };

export interface InteractionReply {
  readonly content?: string;
  readonly embeds?: readonly Embed[];
  readonly components?: readonly { readonly type: 1; readonly components: readonly Button[] }[];
  /** Only the asker sees it. */
  readonly hidden: boolean;
  readonly files?: readonly Attachment[];
}

export interface Choice {
  readonly name: string;
  readonly value: string;
}

interface Watches {
  readonly here: (place: GuildChannelIds) => Promise<readonly WatchHere[]>;
  readonly preview: (place: GuildChannelIds, wish: Wish, signal: AbortSignal) => Promise<Preview>;
  readonly add: (draft: WatchDraft) => Promise<Added>;
  readonly remove: (place: GuildChannelIds, words: string) => Promise<Changed>;
  readonly edit: (place: GuildChannelIds, words: string, wish: EditWish) => Promise<Edit>;
  readonly saveEdit: (draft: EditDraft) => Promise<boolean>;
  readonly previewLab: (place: GuildChannelIds, lab: string, signal: AbortSignal) => Promise<LabPreview>;
  readonly addLab: (draft: LabDraft) => Promise<LabAdded>;
  /** Addresses that are watched already, by anybody who may be seen here. */
  readonly addresses: (place: GuildChannelIds, kind: string) => Promise<readonly string[]>;
  readonly hold: {
    readonly pause: (place: GuildChannelIds, words: string) => Promise<Paused>;
    readonly mute: (place: GuildChannelIds, words: string, span: string) => Promise<Muted>;
  };
}

/** `place` null: what everybody may see, which is the file's. */
interface Stories {
  readonly named: (place: GuildChannelIds | null, asked: string, most: number) => Promise<readonly Story[]>;
  /** Names that are written almost like what was asked, the nearest first. */
  readonly near: (place: GuildChannelIds | null, asked: string, most: number) => Promise<readonly Story[]>;
  /** How it spread, as a PNG; null = there is nothing to draw, or nothing to draw with. */
  readonly picture: (story: Story) => Promise<Uint8Array | null>;
  readonly latest: (place: GuildChannelIds | null, wish: LatestWish) => Promise<readonly Story[]>;
  /** Ids of labs that have stories. */
  readonly labs: (place: GuildChannelIds | null) => Promise<readonly string[]>;
  readonly items: (
    place: GuildChannelIds,
    typed: string,
  ) => Promise<readonly { readonly name: string; readonly url: string }[]>;
  readonly why: (place: GuildChannelIds, words: string) => Promise<readonly WhyHere[]>;
}

/** Samples of each form that were posted. */
export interface Sampled {
  readonly sent: number;
  /** Why the rest was not; null = all were. */
  readonly failed: AnyReason | null;
}

/** Every method is safe for any text that people may write. */
export interface BotActions {
  readonly watches: Watches;
  readonly stories: Stories;
  readonly promises: {
    readonly here: (place: GuildChannelIds | null) => Promise<Promises>;
    readonly answer: (
      place: GuildChannelIds,
      storyId: string,
      answer: 'confirmed' | 'dismissed',
      person: string,
    ) => Promise<boolean>;
  };
  /** An unknown account is the lab's own, as somebody who manages the server says. */
  readonly vouch: (place: GuildChannelIds, storyId: string) => Promise<VouchedHere>;
  /** What one person asks for themselves. */
  readonly people: {
    readonly story: (who: Follower, storyId: string) => Promise<Story | null>;
    readonly follow: (who: Follower, storyId: string) => Promise<Followed>;
    /** False: there was nothing to end. */
    readonly leave: (person: string, storyId: string, what: 'follows' | 'reminders') => Promise<boolean>;
    readonly remind: (
      who: Follower,
      storyId: string,
    ) => Promise<{ readonly reminded: Reminded; readonly due: Iso | null }>;
  };
  readonly channel: {
    readonly standing: (place: GuildChannelIds) => Promise<GuildStatus>;
    readonly digest: (place: GuildChannelIds, when: DigestSetting) => Promise<SettingResult>;
    readonly digestNow: (place: GuildChannelIds) => Promise<DigestNow>;
    readonly language: (place: GuildChannelIds, locale: string) => Promise<SettingResult>;
    readonly settings: (place: GuildChannelIds) => Promise<SettingsHere>;
    readonly change: (place: GuildChannelIds, change: SettingsChange) => Promise<SettingResult>;
    /** `22:00-08:00`, in minutes after midnight; null = it cannot be read. */
    readonly quietOf: (written: string) => SettingsHere['quiet'];
    readonly isZone: (written: string) => boolean;
    readonly sample: (place: GuildChannelIds, signal: AbortSignal) => Promise<Sampled>;
  };
}

/** What a preview showed: a watch, a lab as a whole, or what a watch is changed to. */
export type KeptDraft = WatchDraft | LabDraft | EditDraft;

/** Previews that wait for a person's word. */
export interface Drafts {
  readonly keep: (draft: KeptDraft) => string;
  /** Null: unknown, too old, or of another place. Taken once. */
  readonly take: (id: string, place: GuildChannelIds) => KeptDraft | null;
}

export interface Bot {
  readonly actions: BotActions;
  readonly labs: LabNames;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The language that was set for a channel; null = nobody set one. */
  readonly languageOf: (place: GuildChannelIds) => string | null;
  readonly drafts: Drafts;
  /** What is known of labs that fits what was typed, as the target of a kind of watch. */
  readonly suggest: (kind: string, typed: string) => readonly Choice[];
  /** Kinds of sources, as `/watch add` offers them. */
  readonly kinds: readonly string[];
}
