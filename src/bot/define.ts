// What the bot is asked, what it answers, and which use cases it is given.

import type { Embed } from '../channels/discord/embed.ts';
import type { Added, Preview, WatchDraft, Wish } from '../guilds/add-watch.ts';
import type { Digest, Setting } from '../guilds/channel-settings.ts';
import type { Place } from '../guilds/context.ts';
import type { Promises } from '../guilds/pledges.ts';
import type { Standing } from '../guilds/status.ts';
import type { Changed, Muted, Paused, WatchHere } from '../guilds/watches.ts';
import type { WhyHere } from '../guilds/why.ts';
import type { PermissionKey } from '../messages/bot.ts';
import type { Story } from '../types/story.ts';

/** Who asks, where, in which language. */
export interface Asker {
  readonly place: Place;
  readonly person: string;
  /** Discord's: `en-US`, `ko`. */
  readonly locale: string;
  /** Has Manage Server. */
  readonly manages: boolean;
  /** Permissions that the bot lacks in this channel. */
  readonly missing: readonly PermissionKey[];
}

export interface Ask extends Asker {
  /** `watch.add`, `model`. */
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
}

export type Button =
  | { readonly type: 2; readonly style: 1 | 2 | 3 | 4; readonly label: string; readonly custom_id: string }
  | { readonly type: 2; readonly style: 5; readonly label: string; readonly url: string };

export interface Answer {
  readonly content?: string;
  readonly embeds?: readonly Embed[];
  readonly components?: readonly { readonly type: 1; readonly components: readonly Button[] }[];
  /** Only the asker sees it. */
  readonly hidden: boolean;
}

export interface Choice {
  readonly name: string;
  readonly value: string;
}

interface Watches {
  readonly here: (place: Place) => Promise<readonly WatchHere[]>;
  readonly preview: (place: Place, wish: Wish, signal: AbortSignal) => Promise<Preview>;
  readonly add: (draft: WatchDraft) => Promise<Added>;
  readonly remove: (place: Place, words: string) => Promise<Changed>;
  readonly hold: {
    readonly pause: (place: Place, words: string) => Promise<Paused>;
    readonly mute: (place: Place, words: string, span: string) => Promise<Muted>;
  };
}

interface Stories {
  readonly named: (place: Place, asked: string, most: number) => Promise<readonly Story[]>;
  readonly latest: (place: Place, lab: string | null, most: number) => Promise<readonly Story[]>;
  readonly labs: (place: Place, typed: string) => Promise<readonly string[]>;
  readonly items: (place: Place, typed: string) => Promise<readonly { readonly name: string; readonly url: string }[]>;
  readonly why: (place: Place, words: string) => Promise<readonly WhyHere[]>;
}

/** Every method is safe for any text that people may write. */
export interface BotActions {
  readonly watches: Watches;
  readonly stories: Stories;
  readonly promises: {
    readonly here: (place: Place) => Promise<Promises>;
    readonly answer: (
      place: Place,
      storyId: string,
      answer: 'confirmed' | 'dismissed',
      person: string,
    ) => Promise<boolean>;
  };
  readonly channel: {
    readonly standing: (place: Place) => Promise<Standing>;
    readonly digest: (place: Place, when: Digest) => Promise<Setting>;
    readonly language: (place: Place, locale: string) => Promise<Setting>;
  };
}

/** Previews that wait for a person's word. */
export interface Drafts {
  readonly keep: (draft: WatchDraft) => string;
  /** Null: unknown, too old, or of another place. Taken once. */
  readonly take: (id: string, place: Place) => WatchDraft | null;
}

export interface Bot {
  readonly actions: BotActions;
  readonly drafts: Drafts;
  /** Kinds of sources, as `/watch add` offers them. */
  readonly kinds: readonly string[];
}
