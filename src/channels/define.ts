// The interface of a channel: how a draft is turned into pages, and how a page is sent.
import type { z } from 'zod';
import type { Iso, Json } from '../types/core.ts';
import type { Delivery, Form, Learned, Outcome } from '../types/delivery.ts';
import type { WeekPicture } from '../types/picture.ts';
import type { Lack } from '../types/reasons/lacks.ts';
import type { Mark, Story, StoryItem } from '../types/story.ts';

/** The content of a delivery, before a channel gives it a form. */
export type Draft =
  | { readonly form: 'card'; readonly story: Story }
  /** The turns of one look, as a short message that names the story and the turns. */
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
  /** Send without a notification. */
  readonly silent: boolean;
  /** Ids of roles and users to ping, already decided by the channel's rules. */
  readonly mention: readonly string[];
  /** Replies go into a thread of the message that they answer. */
  readonly thread?: boolean;
  /** A sample that only shows what messages look like. */
  readonly sample?: true;
}

/** A page to send: its pinned content, where it goes, and whether an earlier attempt may have arrived. */
export interface OutgoingPage {
  /** `${delivery.id}#${page}`, from which the nonce and the marker are derived. */
  readonly id: string;
  readonly form: Form;
  readonly page: Json;
  /** The message to edit or to reply to; null = a new message. */
  readonly to: { readonly edit: string } | { readonly reply: string } | null;
  /** The message id of the first of several pages; null = this is the first page. */
  readonly first?: string | null;
  /** When an attempt began whose outcome is unknown; null = there was none. */
  readonly doubtSince: Iso | null;
  /** That attempt was made by another worker, whose clock may differ from ours. */
  readonly byAnother?: boolean;
  /** What the channel has learned about its place before, as stored; null or left out = nothing. */
  readonly known?: Json;
  /** Many messages wait, so requests that are not needed for sending are made later. */
  readonly crowded?: boolean;
}

/** Settings of a channel that matter for checking its permissions. */
export interface Use extends Required<Pick<DraftStyle, 'locale' | 'thread'>> {
  /** Everybody whom messages there may ping, in the form used by a style. */
  readonly mention: readonly string[];
}

/** `idle`: the request uses only capacity that no message needs; if there is none, the caller is told to wait. */
export type Urgency = 'now' | 'idle';

export interface Channel {
  readonly kind: string;
  /** Names the rate limit that it shares with other channels; left out = it shares none. */
  readonly pace?: string;
  /** False = a sent card cannot be changed (the terminal). */
  readonly edits: boolean;
  /** Pure. Every page respects all limits of the channel. */
  readonly pages: (draft: Draft, style: DraftStyle, delivery: Pick<Delivery, 'id'>) => readonly Json[];
  /** Sends one page. Outcomes are values; throws only for bugs. */
  readonly send: (outgoing: OutgoingPage, signal: AbortSignal) => Promise<Outcome>;
  /** What prevents the channel from working; empty = nothing. */
  readonly check?: (signal: AbortSignal, use: Use, urgency?: Urgency) => Promise<readonly Lack[]>;
  /** Does what was postponed in favour of messages. Null = there is no capacity for it now. */
  readonly catchUp?: (known: Json, signal: AbortSignal) => Promise<Learned | null>;
}

export interface ChannelWorld {
  readonly fetch: typeof globalThis.fetch;
  /** Refuses private addresses except those in `http.allowPrivate`; for addresses that users supply. */
  readonly publicFetch: typeof globalThis.fetch;
  readonly addresses: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly userAgent: string;
  /** A lab's display name; left out = ids are shown. */
  readonly labName?: (id: string) => string;
  /** True = the bot is running and answers buttons. */
  readonly pressable?: boolean;
  readonly now: () => number;
  /** Draws a picture as PNG; null where that is impossible. Left out = no pictures. */
  readonly picture?: (picture: WeekPicture) => Promise<Uint8Array | null>;
  /** Writes to the terminal; each call is a complete line or block. */
  readonly write: (text: string) => void;
  /** True = colours may be used. */
  readonly colour: boolean;
  readonly columns: number;
  /** True = alerts are written as lines of JSON. */
  readonly json: boolean;
}

export interface ChannelKind {
  /** The key in the YAML: `discord`, `terminal`. */
  readonly kind: string;
  /** Schema of the value under that key. */
  readonly options: z.ZodType;
  /** Null when the options switch the channel off (an empty webhook); a string is a problem to report. */
  readonly usable: (options: unknown, secrets: Readonly<Record<string, string>>) => true | null | string;
  /** A hint on what pinging a role takes in this place, which the configuration cannot check; null = none. */
  readonly pinging?: (options: unknown) => string | null;
  readonly open: (options: unknown, world: ChannelWorld) => Channel;
}
