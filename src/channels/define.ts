// What a channel is: how a draft is put into pages, and how one page is sent.
import type { z } from 'zod';
import type { Iso, Json } from '../types/core.ts';
import type { Delivery, Form, Outcome } from '../types/delivery.ts';
import type { WeekPicture } from '../types/picture.ts';
import type { Lack } from '../types/reasons/lacks.ts';
import type { Mark, Story, StoryItem } from '../types/story.ts';

/** What is to be said, before a channel gives it its shape. */
export type Draft =
  | { readonly form: 'card'; readonly story: Story }
  /** The turns of one look, in one short message that names story and turn. */
  | { readonly form: 'reply'; readonly story: Story; readonly turns: readonly Mark[] }
  | {
      readonly form: 'group';
      readonly title: string;
      readonly url: string | null;
      readonly items: readonly StoryItem[];
    }
  | { readonly form: 'digest'; readonly from: Iso; readonly to: Iso; readonly stories: readonly Story[] }
  | { readonly form: 'notice'; readonly title: string; readonly text: string };

export interface DraftStyle {
  readonly locale: string;
  readonly timezone: string;
  /** Sent without a notification. */
  readonly silent: boolean;
  /** Role and user ids that this message pings, already decided by the channel's rules. */
  readonly mention: readonly string[];
  /** Replies go into a thread of the message they answer. */
  readonly thread?: boolean;
  /** It shows what messages look like, and tells nothing. */
  readonly sample?: true;
}

/** One page on its way: what was pinned, where it goes, and whether an earlier attempt may have arrived. */
export interface OutgoingPage {
  /** `${delivery.id}#${page}`: the seed of the nonce and of the visible marker. */
  readonly id: string;
  readonly form: Form;
  readonly page: Json;
  /** Edit this message, or reply to it; null = a message of its own. */
  readonly to: { readonly edit: string } | { readonly reply: string } | null;
  /** Where the first page of several went; null = this is the first. */
  readonly first?: string | null;
  /** Set when an attempt at this page began and has no known end. */
  readonly doubtSince: Iso | null;
  /** That attempt was another worker's, whose clock need not be ours. */
  readonly byAnother?: boolean;
}

/** How a channel is used, as far as it needs more than to write messages. */
export interface Use extends Required<Pick<DraftStyle, 'locale' | 'thread'>> {
  /** Whom any message there may ping, as in a style. */
  readonly mention: readonly string[];
}

export interface Channel {
  readonly kind: string;
  /** False: a card cannot be changed once it is out (the terminal). */
  readonly edits: boolean;
  /** Pure. Every page is within every limit of the channel. */
  readonly pages: (draft: Draft, style: DraftStyle, delivery: Pick<Delivery, 'id'>) => readonly Json[];
  /** Sends one page. Outcomes are values; throws only for bugs. */
  readonly send: (outgoing: OutgoingPage, signal: AbortSignal) => Promise<Outcome>;
  /** What is missing to work here; empty = nothing. */
  readonly check?: (signal: AbortSignal, use: Use) => Promise<readonly Lack[]>;
}

export interface ChannelWorld {
  readonly fetch: typeof globalThis.fetch;
  /** Refuses private addresses but those of `http.allowPrivate`: for addresses that are no service of ours. */
  readonly publicFetch: typeof globalThis.fetch;
  readonly addresses: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly userAgent: string;
  /** A lab by the name that people know it by; left out: by its id. */
  readonly labName?: (id: string) => string;
  /** Somebody is there when a button is pressed; left out: nobody. */
  readonly pressable?: boolean;
  readonly now: () => number;
  /** A PNG; null where none can be made. Left out: no pictures. */
  readonly picture?: (picture: WeekPicture) => Promise<Uint8Array | null>;
  /** Where the terminal writes: one call is one whole line or block. */
  readonly write: (text: string) => void;
  /** True: colour and width may be used. */
  readonly colour: boolean;
  readonly columns: number;
  /** True: alerts are written as JSON lines. */
  readonly json: boolean;
}

export interface ChannelKind {
  /** The key in the YAML: `discord`, `terminal`. */
  readonly kind: string;
  /** The value under that key. */
  readonly options: z.ZodType;
  /** Null when the parsed options switch the channel off (an empty webhook). A string is a problem to report. */
  readonly usable: (options: unknown, secrets: Readonly<Record<string, string>>) => true | null | string;
  /** What pinging a role there takes, which only the place itself can tell; null = nothing. */
  readonly pinging?: (options: unknown) => string | null;
  readonly open: (options: unknown, world: ChannelWorld) => Channel;
}
