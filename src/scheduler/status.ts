// The standing of each quota pool: what it may spend, has spent and has left, and what is due in it. Read-only.

import type { Source } from '../sources/define.ts';
import type { Db } from '../store/define.ts';
import { type PoolCount, poolCounts, poolStates } from '../store/pools.ts';
import type { Iso } from '../types/core.ts';
import { iso } from '../types/time.ts';
import { COURTESY, standing } from './policy/budget.ts';
import { readPool } from './policy/memory.ts';

export interface PoolStanding extends Omit<PoolCount, 'source'> {
  readonly windowMs: number;
  /** Requests or points: `cap` is what looks may spend in a window, `spent` what the last window took. */
  readonly cap: number;
  readonly spent: number;
  /** What the server said is left of its limit; null = it did not say, or that window has ended. */
  readonly left: number | null;
  readonly pausedUntil: Iso | null;
}

export async function poolStandings(
  db: Db,
  sources: ReadonlyMap<string, Source>,
  nowMs: number,
): Promise<readonly PoolStanding[]> {
  const states = await poolStates(db);
  return (await poolCounts(db, iso(nowMs))).map(({ source, ...count }) => {
    const quota = sources.get(source)?.quota?.(count.pool, count.targets) ?? COURTESY;
    const state = states.get(count.pool);
    const { budget } = readPool(state?.doc ?? null, quota, nowMs);
    const { cap, spent } = standing(budget, quota, nowMs);
    const pausedUntil = state?.pausedUntil ?? null;
    return {
      ...count,
      windowMs: quota.windowMs,
      cap,
      spent,
      left: budget.resetAt !== null && budget.resetAt > nowMs ? budget.left : null,
      pausedUntil: pausedUntil !== null && Date.parse(pausedUntil) > nowMs ? pausedUntil : null,
    };
  });
}
