// Interfaces of the bot: what it is asked, what it answers, and the use cases it calls.

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
import type { VouchedHere } from '../guilds/vouch.ts';
import type { Changed, Muted, Paused, WatchHere } from '../guilds/watches.ts';
import type { WhyHere } from '../guilds/why.ts';
import type { Iso } from '../types/core.ts';
import type { LabNames } from '../types/labs.ts';
import type { Permission } from '../types/reasons/lacks.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { Story } from '../types/story.ts';

/** Who asks, where, and in which languages. */
export interface Asker {
  /** Null in direct messages, and in a server that the bot is not a member of. */
  readonly place: GuildChannelIds | null;
  readonly person: string;
  /** The asker's Discord locale: `en-US`, `ko`. For answers that only the asker sees. */
  readonly locale: string;
  /** The locale for answers that everybody sees. */
  readonly openLocale: string;
  /** Whether the asker has Manage Server, which Discord does not check for buttons. */
  readonly manages: boolean;
  /** Whether pictures may be attached here. */
  readonly attaches: boolean;
  /** Permissions that the bot lacks in this channel. */
  readonly missing: readonly Permission[];
}

/** Asked in a server that the bot is a member of. */
export type HereAsker = Asker & { readonly place: GuildChannelIds };

export interface Ask extends Asker {
  /** Command and subcommand: `watch.add`, `model`. */
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  /** True = the role given as an option would not be notified by the bot's mention. */
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
  /** Visible to the asker only. */
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
  /** Addresses already watched by the file or in this guild, as suggestions. */
  readonly addresses: (place: GuildChannelIds, kind: string) => Promise<readonly string[]>;
  readonly hold: {
    readonly pause: (place: GuildChannelIds, words: string) => Promise<Paused>;
    readonly mute: (place: GuildChannelIds, words: string, span: string) => Promise<Muted>;
  };
}

/** With `place` null, only the file's stories, which everybody may see. */
interface Stories {
  readonly named: (place: GuildChannelIds | null, asked: string, most: number) => Promise<readonly Story[]>;
  /** Stories with a name similar to what was asked for, the most similar first. */
  readonly near: (place: GuildChannelIds | null, asked: string, most: number) => Promise<readonly Story[]>;
  /** A chart of its popularity as PNG; null = no data, or no library to draw with. */
  readonly picture: (story: Story) => Promise<Uint8Array | null>;
  readonly latest: (place: GuildChannelIds | null, wish: LatestWish) => Promise<readonly Story[]>;
  /** Ids of the labs that have stories. */
  readonly labs: (place: GuildChannelIds | null) => Promise<readonly string[]>;
  readonly items: (
    place: GuildChannelIds,
    typed: string,
  ) => Promise<readonly { readonly name: string; readonly url: string }[]>;
  readonly why: (place: GuildChannelIds, words: string) => Promise<readonly WhyHere[]>;
}

/** Result of posting a sample of each form. */
export interface Sampled {
  readonly sent: number;
  /** Why the rest was not posted; null = all were. */
  readonly failed: AnyReason | null;
}

/** The use cases; every method accepts any text that people may write. */
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
  /** Records the word of somebody who manages the server that an unknown account is the lab's own. */
  readonly vouch: (place: GuildChannelIds, storyId: string) => Promise<VouchedHere>;
  /** What people ask for themselves. */
  readonly people: {
    readonly story: (who: Follower, storyId: string) => Promise<Story | null>;
    readonly follow: (who: Follower, storyId: string) => Promise<Followed>;
    /** False when there was nothing to end. */
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
    /** Parses `22:00-08:00` into minutes after midnight; null when it cannot be read. */
    readonly quietOf: (written: string) => SettingsHere['quiet'];
    readonly isZone: (written: string) => boolean;
    readonly sample: (place: GuildChannelIds, signal: AbortSignal) => Promise<Sampled>;
  };
}

/** What a preview showed: a watch, all watches of a lab, or the changes to a watch. */
export type KeptDraft = WatchDraft | LabDraft | EditDraft;

/** Previews waiting for confirmation. */
export interface Drafts {
  readonly keep: (draft: KeptDraft) => string;
  /** Removes and returns a draft; null when it is unknown, expired, or from another place. */
  readonly take: (id: string, place: GuildChannelIds) => KeptDraft | null;
}

export interface Bot {
  readonly actions: BotActions;
  readonly labs: LabNames;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The language set for a channel; null = none is set. */
  readonly languageOf: (place: GuildChannelIds) => string | null;
  readonly drafts: Drafts;
  /** Addresses of known labs that match the typed text, for this kind of watch. */
  readonly suggest: (kind: string, typed: string) => readonly Choice[];
  /** The kinds of sources that `/watch add` offers. */
  readonly kinds: readonly string[];
}
