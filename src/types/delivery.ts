// The nouns of the outbox: what is owed to a channel, what was pinned of it, and what came of sending it.
import type { Iso, Json } from './core.ts';
import type { SendReason } from './reasons/sending.ts';
import type { Mark, StoryItem } from './story.ts';

/** The card of a subject in a channel, as it was last sent. */
export interface Message {
  readonly subject: string;
  readonly channel: string;
  readonly messageId: string;
  readonly sentRevision: number;
}

/** What each form needs beyond the story. */
export type Content =
  | { readonly form: 'card'; readonly content: null }
  /** Those turns of one look that are told by a reply. */
  | { readonly form: 'reply'; readonly content: { readonly turns: readonly Mark[] } }
  /** One message for many. */
  | {
      readonly form: 'group';
      readonly content: {
        readonly title: string;
        readonly url: string | null;
        readonly items: readonly StoryItem[];
      };
    }
  /** One story's entry: the period in which it is told. */
  | { readonly form: 'digest'; readonly content: { readonly from: Iso; readonly to: Iso } }
  | { readonly form: 'notice'; readonly content: { readonly title: string; readonly text: string } };

export type Form = Content['form'];

/** Where a pinned page goes, so that a repeat after a crash goes to the same place: a card is posted or edited, anything else posted or a reply. */
export type Destination =
  | { readonly card: true; readonly to: { readonly edit: string } | null }
  | { readonly card: false; readonly to: { readonly reply: string } | null };

/** `page`: as its channel made it. */
export type PinnedPage = Destination & { readonly page: Json };

interface Owed {
  /** `${subject}@${revision}>${channel}/${form}`; each page adds `#${page}`. */
  readonly id: string;
  readonly subject: string;
  readonly revision: number;
  readonly channel: string;
  /** Position in the channel's order. */
  readonly seq: number;
  readonly notBefore: Iso;
  readonly attempts: number;
  /** The pages as they are sent, fixed at the first claim; a repeat sends exactly this. */
  readonly pinned: readonly PinnedPage[] | null;
  /** Pages already sent, with their message ids. */
  readonly sent: readonly string[];
  /** When the attempt that has no known end began; null = none. */
  readonly doubtSince: Iso | null;
}

export type Delivery = Owed & Content;

export type Outcome =
  /** `note`: it is out, but something beside it did not work (it could not be published). */
  | { readonly kind: 'sent'; readonly messageId: string | null; readonly note?: SendReason }
  /** Not now; `hold`: the whole channel waits (token, permission), tried hourly. */
  | {
      readonly kind: 'later';
      readonly reason: SendReason;
      readonly afterMs: number | null;
      readonly doubtful: boolean;
      readonly hold?: boolean;
    }
  /** Never: `gone` = the channel or webhook is no more; otherwise only this message was refused. */
  | { readonly kind: 'dead'; readonly reason: SendReason; readonly gone: boolean };
