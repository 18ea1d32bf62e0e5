// When to look at a target again.
import { hourMs } from '../../types/time.ts';
import { CEILING, type Crowd, type Means, type Stake } from './crowd.ts';
import { baseRate, type LookOutcome, type Pace, shape } from './pace.ts';
import { isPressing, promiseHazard } from './promise.ts';
import { binAt, DAY_MS } from './week.ts';

/** Stored with the target. `notBefore` is a matter of politeness: not even a free slot may be used earlier. */
export interface Due {
  readonly dueAt: number;
  readonly notBefore: number;
  readonly hot: boolean;
}

/** The pool that a target is looked at in. */
export interface Scene {
  readonly crowd: Crowd;
  readonly means: Means;
  /** Whether the pool has a hot lane. */
  readonly hotLane: boolean;
}

export type Heat = 'promised' | 'overdue' | 'reported' | 'burst';

export const HOT_MS = 60_000;
const JITTER = 0.1;
/** Wakes are not exact to the millisecond; missing a floor by less than this would delay the look by a whole wake. */
const SLACK_MS = 1000;
const MOST_WAIT_MS = hourMs;

/** Why a target belongs in the hot lane now; null = it does not. */
export function heat(pace: Pace, stake: Stake, now: number): Heat | null {
  if (stake.promise !== null && isPressing(stake.promise, now)) {
    return stake.promise.to !== null && now >= stake.promise.to ? 'overdue' : 'promised';
  }
  if (stake.reportedAt !== null && now - stake.reportedAt < DAY_MS) return 'reported';
  return pace.lastRelease !== null && now - pace.lastRelease < hourMs ? 'burst' : null;
}

/** The longest a target of this pool goes without a look, before jitter: three times the interval of equal treatment. */
export function ceilingMs(scene: Scene): number {
  const { crowd, means } = scene;
  return means.looksPerHour > 0 ? (CEILING * hourMs * Math.max(1, crowd.targets)) / means.looksPerHour : DAY_MS;
}

export interface Situation {
  readonly pace: Pace;
  readonly stake: Stake;
  readonly scene: Scene;
}

/**
 * The interval after a look at `from`, in milliseconds. The rate of looks is proportional to the square root of the cost of an
 * hour's delay, for each hour of the week. It is kept between floor and ceiling, and multiplied by `stretch` within them.
 */
export function intervalMs({ pace, stake, scene }: Situation, from: number, stretch = 1): number {
  const { crowd, means } = scene;
  const most = Math.max(stake.floorMs, Math.min(ceilingMs(scene), 30 * DAY_MS));
  const base = baseRate(pace, from, crowd.guess);
  let owed = stretch;
  let at = from;
  while (at - from < most) {
    const bin = binAt(at);
    const hazard = stake.promise === null ? 0 : promiseHazard(stake.promise, at);
    const root = Math.sqrt(stake.weight * (base * shape(pace, bin) + hazard));
    const perMs = (means.looksPerHour * root) / ((crowd.roots[bin] ?? 0) || root) / hourMs;
    const hourEnd = (Math.floor(at / hourMs) + 1) * hourMs;
    if (owed <= perMs * (hourEnd - at)) return Math.max(stake.floorMs, Math.min(most, at - from + owed / perMs));
    owed -= perMs * (hourEnd - at);
    at = hourEnd;
  }
  return most;
}

/**
 * When the next look is due, after a look in the pass that began at `now`. `pace` has already learned from `finding`; `random`
 * is in [0, 1) and spreads looks that would otherwise coincide.
 */
export function nextDue({ pace, stake, scene }: Situation, finding: LookOutcome, now: number, random: number): Due {
  switch (finding.kind) {
    case 'answered': {
      const notBefore = now + Math.max(stake.floorMs - SLACK_MS, finding.restMs ?? 0, 0);
      const hot = scene.hotLane && heat(pace, stake, now) !== null;
      const usual = intervalMs({ pace, stake, scene }, now, 1 - JITTER + 2 * JITTER * random);
      return { dueAt: Math.max(notBefore, now + (hot ? Math.min(HOT_MS - SLACK_MS, usual) : usual)), notBefore, hot };
    }
    case 'later':
    case 'broken': {
      const first = finding.kind === 'later' ? 60_000 : 300_000;
      const backOff = Math.min(MOST_WAIT_MS, first * 2 ** Math.min(10, pace.misses - 1));
      const wait = finding.kind === 'later' && finding.afterMs !== null ? finding.afterMs : backOff;
      // Jitter only delays: retrying later than asked is polite, retrying earlier is not.
      const dueAt = now + wait * (1 + JITTER * random);
      return { dueAt, notBefore: dueAt, hot: scene.hotLane && heat(pace, stake, now) !== null };
    }
  }
}
