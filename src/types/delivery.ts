// The nouns of the outbox: what is owed to a channel, the pages pinned for it, and the outcome of sending it.
import type { Iso, Json } from './core.ts';
import type { SendReason } from './reasons/sending.ts';
import type { Mark, StoryItem } from './story.ts';

/** The card about a subject in a channel, as last sent. */
export interface Message {
  readonly subject: string;
  readonly channel: string;
  readonly messageId: string;
  readonly sentRevision: number;
}

/** What each form needs in addition to the story. */
export type Content =
  | { readonly form: 'card'; readonly content: null }
  /** The turns of one look that are told by a reply. */
  | { readonly form: 'reply'; readonly content: { readonly turns: readonly Mark[] } }
  /** One message for many items. */
  | {
      readonly form: 'group';
      readonly content: {
        readonly title: string;
        readonly url: string | null;
        readonly items: readonly StoryItem[];
      };
    }
  /** One story's entry in a digest: the period that it covers. */
  | { readonly form: 'digest'; readonly content: { readonly from: Iso; readonly to: Iso } }
  | { readonly form: 'notice'; readonly content: { readonly title: string; readonly text: string } };

export type Form = Content['form'];

/** Where a pinned page goes, fixed so that a repeat after a crash goes to the same place: a card is posted or edited,
 * anything else is posted or sent as a reply. */
export type Destination =
  | { readonly card: true; readonly to: { readonly edit: string } | null }
  | { readonly card: false; readonly to: { readonly reply: string } | null };

/** `page`: in the form that its channel made. */
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
  /** The pages as they are sent, fixed at the first claim: a repeat sends exactly these. */
  readonly pinned: readonly PinnedPage[] | null;
  /** Message ids of the pages already sent. */
  readonly sent: readonly string[];
  /** When the attempt began whose outcome is unknown; null = there is none. */
  readonly doubtSince: Iso | null;
}

export type Delivery = Owed & Content;

/** What a channel has learned about its place: stored, and passed back to it with the next page. */
export interface Learned {
  readonly known: Json;
  /** Something was postponed so that messages go first. */
  readonly behind: boolean;
}

type Answered =
  /** `note`: it was sent, but something that goes with it failed (it could not be published). */
  | { readonly kind: 'sent'; readonly messageId: string | null; readonly note?: SendReason }
  /** Not now. `hold`: the whole channel waits (token, permission) and is tried hourly. */
  | {
      readonly kind: 'later';
      readonly reason: SendReason;
      readonly afterMs: number | null;
      readonly doubtful: boolean;
      readonly hold?: boolean;
    }
  /** Never. `gone`: the channel or webhook no longer exists; otherwise only this message was refused. */
  | { readonly kind: 'dead'; readonly reason: SendReason; readonly gone: boolean };

/** `learned`: what is known about the place from now on; left out when nothing new was learned. */
export type Outcome = Answered & { readonly learned?: Learned };
