// How often a target is looked at, and why.
import type { None, ReasonOf } from './reason.ts';
import type { Span, SpanCodes } from './span.ts';

type Count = { readonly count: number };

/** How often the target releases. */
interface FrequencyCodes {
  'frequency.times-a-day': Count;
  'frequency.daily': None;
  'frequency.times-a-week': Count;
  'frequency.weekly': None;
  'frequency.weeks': Count;
  'frequency.monthly': None;
  'frequency.months': Count;
  'frequency.rare': None;
}

export type Frequency = ReasonOf<FrequencyCodes>;

/** What determines the interval. */
interface CauseCodes {
  'cause.promised': None;
  'cause.overdue': None;
  'cause.reported': None;
  'cause.burst': None;
  'cause.frequency': { readonly releases: Frequency };
  'cause.floor': { readonly releases: Frequency };
  'cause.ceiling': { readonly releases: Frequency };
}

export type PaceCause = ReasonOf<CauseCodes>;

export interface PaceCodes extends SpanCodes, FrequencyCodes, CauseCodes {
  /** `delay`: average time from a release to the look that sees it. */
  'pace.every': { readonly every: Span; readonly cause: PaceCause; readonly delay: Span };
  /** No answer `misses` times in a row; the next look is in `again`. */
  'pace.unanswered': { readonly misses: number; readonly again: Span };
}

export type PaceReason = ReasonOf<PaceCodes>;
