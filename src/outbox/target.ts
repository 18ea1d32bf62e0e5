// A channel of the configuration, opened for delivery; and the notices for its operators.

import type { Channel, Draft, DraftStyle, Urgency } from '../channels/define.ts';
import type { Lack } from '../types/reasons/lacks.ts';
import type { AnyReason } from '../types/reasons/reason.ts';

export interface OutboxTarget {
  readonly name: string;
  /** Identifies the place: when it changes, an earlier hold or "gone" no longer applies. */
  readonly address: string;
  readonly channel: Channel;
  readonly style: (draft: Draft) => DraftStyle;
  /** Ids to ping in addition to the style's: roles set by the watches that told the story. */
  readonly pings?: (draft: Draft) => Promise<readonly string[]>;
  /** What the channel lacks for the way it is used; empty = nothing. */
  readonly missing?: (signal: AbortSignal, urgency?: Urgency) => Promise<readonly Lack[]>;
}

/** A notice to operators, before it is put into words in a channel's language. */
export interface Notice {
  readonly kind:
    | 'sourceFailing'
    | 'sourceStale'
    | 'sourceRestructured'
    | 'sourceBack'
    /** A watched thing is not there, and neither is its owner; 'ownerNear': a known account has nearly its name. */
    | 'ownerAbsent'
    | 'ownerNear'
    | 'channelHeld'
    | 'channelGone'
    | 'messageRefused'
    | 'pledgeUndated'
    /** To one person: a promise is due tomorrow. */
    | 'reminder'
    | 'configRefused'
    | 'watching';
  /** Names of what the notice is about. */
  readonly what: readonly string[];
  /** Null where the title says everything. */
  readonly reason: AnyReason | null;
  /** For a promise: where, or by whom, it was made; for an owner: what is watched of it. */
  readonly source?: string;
  /** For an owner: the account that is nearest. */
  readonly near?: string;
  /** For the welcome to a channel: how many targets are watched, and how many models are known. */
  readonly counts?: { readonly places: number; readonly models: number };
  /** For a reminder: who made the promise, and its days as YYYY-MM-DD. */
  readonly promise?: { readonly by: string; readonly from: string; readonly to: string };
  /** For a source that went quiet: in whole days. */
  readonly silence?: { readonly days: number; readonly usualDays: number };
}

/** The text of a notice in one language. */
export interface NoticeWords {
  readonly title: string;
  readonly text: string;
}
