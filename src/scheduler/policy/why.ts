// The delay to expect for a target, and why; shown by `status`.
import type { Frequency, PaceCause, PaceReason } from '../../types/reasons/pace.ts';
import { spanOf } from '../../types/reasons/span.ts';
import type { Stake } from './crowd.ts';
import { ceilingMs, type Due, type Heat, HOT_MS, heat, intervalMs, type Scene, type Situation } from './interval.ts';
import { baseRate } from './pace.ts';

export interface Expectation {
  readonly everyMs: number;
  /** From a release to the look that sees it, on average. */
  readonly delayMs: number;
  readonly perWeek: number;
  readonly heat: Heat | null;
  /** What determines the interval: the hot lane, a floor, the ceiling, or the release rate; null after a failed look. */
  readonly because: 'hot' | 'floor' | 'ceiling' | 'rate' | null;
  readonly reason: PaceReason;
}

export function expectation({ pace, stake, scene }: Situation, due: Due, now: number): Expectation {
  const perWeek = baseRate(pace, now, scene.crowd.guess) * 24 * 7;
  const warm = due.hot ? heat(pace, stake, now) : null;
  const usual = intervalMs({ pace, stake, scene }, now);
  const everyMs = warm === null ? usual : Math.max(stake.floorMs, Math.min(HOT_MS, usual));
  const because = pace.misses > 0 ? null : whatSets(everyMs, stake, scene, warm);
  const reason: PaceReason =
    pace.misses > 0
      ? { code: 'pace.unanswered', params: { misses: pace.misses, again: spanOf(Math.max(0, due.dueAt - now)) } }
      : {
          code: 'pace.every',
          params: { every: spanOf(everyMs), cause: cause(because, warm, perWeek), delay: spanOf(everyMs / 2) },
        };
  return { everyMs, delayMs: everyMs / 2, perWeek, heat: warm, because, reason };
}

function whatSets(
  everyMs: number,
  stake: Stake,
  scene: Scene,
  warm: Heat | null,
): 'hot' | 'floor' | 'ceiling' | 'rate' {
  if (stake.floorMs > 0 && everyMs <= stake.floorMs) return 'floor';
  if (warm !== null) return 'hot';
  return everyMs >= ceilingMs(scene) ? 'ceiling' : 'rate';
}

function cause(because: Expectation['because'], warm: Heat | null, perWeek: number): PaceCause {
  const params = { releases: frequency(perWeek) };
  switch (because) {
    case 'hot':
      return warm === null ? { code: 'cause.frequency', params } : { code: `cause.${warm}`, params: {} };
    case 'floor':
      return { code: 'cause.floor', params };
    case 'ceiling':
      return { code: 'cause.ceiling', params };
    case 'rate':
    case null:
      return { code: 'cause.frequency', params };
  }
}

function frequency(perWeek: number): Frequency {
  if (perWeek >= 10) return { code: 'frequency.times-a-day', params: { count: Math.round(perWeek / 7) } };
  if (perWeek >= 6) return { code: 'frequency.daily', params: {} };
  if (perWeek >= 1.5) return { code: 'frequency.times-a-week', params: { count: Math.round(perWeek) } };
  if (perWeek >= 0.75) return { code: 'frequency.weekly', params: {} };
  const weeks = 1 / perWeek;
  if (weeks < 3.5) return { code: 'frequency.weeks', params: { count: Math.round(weeks) } };
  const months = weeks / 4.35;
  if (months < 1.5) return { code: 'frequency.monthly', params: {} };
  return months < 18
    ? { code: 'frequency.months', params: { count: Math.round(months) } }
    : { code: 'frequency.rare', params: {} };
}
