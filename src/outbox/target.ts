// A channel of a configuration that is open for delivery, and what its operators may be told.

import type { Channel, Draft, DraftStyle } from '../channels/define.ts';
import type { Lack } from '../types/reasons/lacks.ts';
import type { AnyReason } from '../types/reasons/reason.ts';

export interface OutboxTarget {
  readonly name: string;
  /** Tells one place from another: when it changes, a hold or an end is forgotten. */
  readonly address: string;
  readonly channel: Channel;
  readonly style: (draft: Draft) => DraftStyle;
  /** Whom a draft pings beyond its style: what watches ask for that told its story. */
  readonly pings?: (draft: Draft) => Promise<readonly string[]>;
  /** What the channel lacks for the way it is used; empty = nothing. */
  readonly missing?: (signal: AbortSignal) => Promise<readonly Lack[]>;
}

/** What operators are told, before it is put into the words of a channel's language. */
export interface Notice {
  readonly kind:
    | 'sourceFailing'
    | 'sourceStale'
    | 'sourceRestructured'
    | 'sourceBack'
    | 'channelHeld'
    | 'channelGone'
    | 'messageRefused'
    | 'pledgeUndated'
    /** To one person: a promise falls due tomorrow. */
    | 'reminder'
    | 'configRefused'
    | 'watching';
  /** Whom it is about, by name. */
  readonly what: readonly string[];
  /** Null where the title says it all. */
  readonly reason: AnyReason | null;
  /** Of a promise: where or by whom it was given. */
  readonly source?: string;
  /** Of the first word to a channel: what is watched, and the models that are known. */
  readonly counts?: { readonly places: number; readonly models: number };
  /** Of a reminder: who promised it, and the days, YYYY-MM-DD. */
  readonly promise?: { readonly by: string; readonly from: string; readonly to: string };
  /** Of what went quiet, in whole days. */
  readonly silence?: { readonly days: number; readonly usualDays: number };
}

/** A notice in the words of one language. */
export interface NoticeWords {
  readonly title: string;
  readonly text: string;
}
