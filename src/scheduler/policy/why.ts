// What delay is to be expected of a target, and why: for `status`.
import { hourMs } from '../../types/time.ts';
import type { Stake } from './crowd.ts';
import { ceilingMs, type Due, type Heat, HOT_MS, heat, intervalMs, type Scene } from './interval.ts';
import { baseRate, type Pace } from './pace.ts';
import { DAY_MS } from './week.ts';

export interface Expectation {
  readonly everyMs: number;
  /** From a release to the look that sees it, on average. */
  readonly delayMs: number;
  readonly perWeek: number;
  readonly heat: Heat | null;
  /** What set the interval: the hot lane, a floor, the ceiling, or how often it releases; null after a look without an answer. */
  readonly because: 'hot' | 'floor' | 'ceiling' | 'rate' | null;
  /** "about every 6 min (releases weekly, 3 min late on average)". */
  readonly text: string;
}

const HEAT_TEXT: Readonly<Record<Heat, string>> = {
  promised: 'a promise falls due',
  overdue: 'a promise is overdue',
  reported: 'news says it may be there',
  burst: 'it has just released something',
};

export function expectation(pace: Pace, stake: Stake, scene: Scene, due: Due, now: number): Expectation {
  const perWeek = baseRate(pace, now, scene.crowd.guess) * 24 * 7;
  const warm = due.hot ? heat(pace, stake, now) : null;
  const usual = intervalMs(pace, stake, scene, now);
  const everyMs = warm === null ? usual : Math.max(stake.floorMs, Math.min(HOT_MS, usual));
  const because = pace.misses > 0 ? null : reason(everyMs, stake, scene, warm);
  const delay = `${span(everyMs / 2)} late on average`;
  const text =
    pace.misses > 0
      ? `no answer ${pace.misses} times in a row, tried again in ${span(Math.max(0, due.dueAt - now))}`
      : `about every ${span(everyMs)} (${sentence(because, warm, perWeek)}, ${delay})`;
  return { everyMs, delayMs: everyMs / 2, perWeek, heat: warm, because, text };
}

function reason(everyMs: number, stake: Stake, scene: Scene, warm: Heat | null): 'hot' | 'floor' | 'ceiling' | 'rate' {
  if (stake.floorMs > 0 && everyMs <= stake.floorMs) return 'floor';
  if (warm !== null) return 'hot';
  return everyMs >= ceilingMs(scene) ? 'ceiling' : 'rate';
}

function sentence(because: Expectation['because'], warm: Heat | null, perWeek: number): string {
  const often = `releases ${frequency(perWeek)}`;
  switch (because) {
    case 'hot':
      return warm === null ? often : HEAT_TEXT[warm];
    case 'floor':
      return `${often}; not looked at more often than that`;
    case 'ceiling':
      return `${often}; never less often than that`;
    case 'rate':
    case null:
      return often;
  }
}

/** How often, in words: "daily", "about 3 times a week", "about every 5 months". */
function frequency(perWeek: number): string {
  if (perWeek >= 10) return `about ${Math.round(perWeek / 7)} times a day`;
  if (perWeek >= 6) return 'about daily';
  if (perWeek >= 1.5) return `about ${Math.round(perWeek)} times a week`;
  if (perWeek >= 0.75) return 'about weekly';
  const weeks = 1 / perWeek;
  if (weeks < 3.5) return `about every ${Math.round(weeks)} weeks`;
  const months = weeks / 4.35;
  if (months < 1.5) return 'about monthly';
  return months < 18 ? `about every ${Math.round(months)} months` : 'hardly ever';
}

/** "45 s", "6 min", "3 h", "2 d". */
function span(ms: number): string {
  if (ms < 90_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 1.5 * hourMs) return `${Math.round(ms / 60_000)} min`;
  return ms < 2 * DAY_MS ? `${Math.round(ms / hourMs)} h` : `${Math.round(ms / DAY_MS)} d`;
}
