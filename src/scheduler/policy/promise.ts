// How a promise raises the likelihood of a release: before, during and long after the promised time.
import { hourMs } from '../../types/time.ts';
import { DAY_MS } from './week.ts';

/** A promise as the schedule needs it; times in milliseconds since the epoch, `from` and `to` null where no time was given. */
export interface Promised {
  readonly saidAt: number;
  readonly from: number | null;
  readonly to: number | null;
}

/** The assumed chance that a promise is kept at all, and if so: early, in time or late. Weights tend to come late. */
const KEPT = 0.85;
const EARLY = 0.1;
const IN_TIME = 0.4;
const LATE = 1 - EARLY - IN_TIME;
const LEAST_SPAN_MS = 7 * DAY_MS;
const OPEN_SPAN_MS = 30 * DAY_MS;

/** A heavy-tailed distribution with median `span`: the probability of a release by `x`, and its density there (per ms). */
function tail(x: number, span: number): { readonly by: number; readonly density: number } {
  return { by: x / (span + x), density: span / (span + x) ** 2 };
}

/** Releases per hour to add to the target's own rate, given that none has come yet. It never drops to zero at the due date. */
export function promiseHazard(promise: Promised, now: number): number {
  const { by, density } = kept(promise, now);
  return (hourMs * KEPT * density) / (1 - KEPT * by);
}

function kept(promise: Promised, now: number): { readonly by: number; readonly density: number } {
  const { saidAt, from, to } = promise;
  if (now < saidAt) return { by: 0, density: 0 };
  if (to === null) return tail(now - saidAt, OPEN_SPAN_MS);
  const start = Math.min(from ?? saidAt, to);
  const span = Math.max(to - start, DAY_MS);
  const end = start + span;
  if (now >= end) {
    const late = tail(now - end, Math.max(span, LEAST_SPAN_MS));
    return { by: EARLY + IN_TIME + LATE * late.by, density: LATE * late.density };
  }
  if (now >= start) return { by: EARLY + (IN_TIME * (now - start)) / span, density: IN_TIME / span };
  const wait = start - saidAt;
  return { by: (EARLY * (now - saidAt)) / wait, density: EARLY / wait };
}

/** Whether to look continuously: from a day before the promised time until long after it. */
export function isPressing(promise: Promised, now: number): boolean {
  const first = promise.from ?? promise.to;
  if (first === null) return now - promise.saidAt < LEAST_SPAN_MS;
  return now >= first - DAY_MS && now < (promise.to ?? first) + 90 * DAY_MS;
}
