// How often a target that was never looked at would be looked at, among the targets that are watched already.
import type { Quota } from '../types/core.ts';
import type { PaceReason } from '../types/reasons/pace.ts';
import { COURTESY } from './policy/budget.ts';
import type { Stake } from './policy/crowd.ts';
import { readPool, sceneOf, surveyed } from './policy/memory.ts';
import { backfill, freshPace } from './policy/pace.ts';
import { expectation } from './policy/why.ts';

export interface Newcomer {
  /** Floors (shortest time between two looks, in milliseconds) and weights of the pool's other targets. */
  readonly others: readonly Pick<Stake, 'floorMs' | 'weight'>[];
  readonly own: Pick<Stake, 'floorMs' | 'weight'>;
  readonly quota: Quota | undefined;
  /** Known times of publications, in milliseconds since the epoch. */
  readonly history: readonly number[];
}

const unpressed = { promise: null, reportedAt: null };

export function firstPace({ others, own, quota = COURTESY, history }: Newcomer, nowMs: number): PaceReason {
  const past = history.filter((at) => at <= nowMs).map((at) => ({ at, weight: 1 }));
  const fresh = freshPace(nowMs);
  const pace = past.length === 0 ? fresh : backfill(fresh, past, Math.min(...past.map(({ at }) => at)), nowMs);
  const stake: Stake = { ...own, ...unpressed };
  const members = [{ pace, stake }, ...others.map((one) => ({ pace: fresh, stake: { ...one, ...unpressed } }))];
  const scene = sceneOf(surveyed(readPool(null, quota, nowMs), quota, members, nowMs), quota, nowMs);
  return expectation({ pace, stake, scene }, { dueAt: nowMs, notBefore: nowMs, hot: false }, nowMs).reason;
}
