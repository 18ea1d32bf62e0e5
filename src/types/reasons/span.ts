// A length of time as people say it: 45 s, 6 min, 3 h, 2 d.
import { dayMs, hourMs, minuteMs } from '../time.ts';
import type { ReasonOf } from './reason.ts';

type Count = { readonly count: number };

export interface SpanCodes {
  'span.seconds': Count;
  'span.minutes': Count;
  'span.hours': Count;
  'span.days': Count;
}

export type Span = ReasonOf<SpanCodes>;

/** In the largest unit that is still precise enough. */
export function spanOf(ms: number): Span {
  if (ms < 1.5 * minuteMs) return { code: 'span.seconds', params: { count: Math.round(ms / 1000) } };
  if (ms < 1.5 * hourMs) return { code: 'span.minutes', params: { count: Math.round(ms / minuteMs) } };
  return ms < 2 * dayMs
    ? { code: 'span.hours', params: { count: Math.round(ms / hourMs) } }
    : { code: 'span.days', params: { count: Math.round(ms / dayMs) } };
}
