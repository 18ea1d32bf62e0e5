// What the schedule leaves in the database between wakes, and how it is read back: nothing learned is lost by a restart.
import { z } from 'zod';
import type { Json, Quota } from '../types.ts';
import { type Budget, meansOf, openBudget } from './budget.ts';
import { type Crowd, type Member, survey } from './crowd.ts';
import type { Scene } from './interval.ts';
import { freshPace, type Pace } from './pace.ts';
import { HOUR_MS } from './week.ts';

/** Of one quota pool; `crowd` is null until the first survey. */
export interface PoolMemory {
  readonly budget: Budget;
  readonly crowd: Crowd | null;
}

const number = z.number();
const numbers = z.array(number);
const pace = z.object({
  since: number,
  at: number,
  counts: numbers,
  profile: numbers,
  seen: number,
  lastRelease: number.nullable(),
  misses: number,
});
const ledger = z.object({ tokens: number, at: number, log: z.array(z.tuple([number, number])) });
const budget = z.object({
  main: ledger,
  hot: ledger,
  limit: number.nullable(),
  left: number.nullable(),
  resetAt: number.nullable(),
  pauseUntil: number,
  strikes: number,
  trust: number,
  trustAt: number,
  tookMs: number,
  unit: number,
});
const crowd = z.object({ at: number, targets: number, guess: number, roots: numbers });
const pool = z.object({ budget, crowd: crowd.nullable() });

/** What is not there or cannot be read starts anew: the schedule works from its first guess, nothing else depends on it. */
export function readPace(json: Json, now: number): Pace {
  return pace.safeParse(json).data ?? freshPace(now);
}

export function writePace(one: Pace): Json {
  return { ...one };
}

export function readPool(json: Json, quota: Quota, now: number): PoolMemory {
  return pool.safeParse(json).data ?? { budget: openBudget(quota, now), crowd: null };
}

export function writePool({ budget: spent, crowd: all }: PoolMemory): Json {
  return {
    budget: { ...spent, main: { ...spent.main }, hot: { ...spent.hot } },
    crowd: all === null ? null : { ...all },
  };
}

/** True when the crowd has not been surveyed for an hour, or holds another number of targets than it did by a tenth. */
export function wantsSurvey({ crowd: all }: PoolMemory, targets: number, now: number): boolean {
  return all === null || now - all.at >= HOUR_MS || Math.abs(targets - all.targets) > all.targets / 10;
}

/** The crowd seen again, from what is known of every target of the pool. */
export function surveyed(memory: PoolMemory, quota: Quota, members: readonly Member[], now: number): PoolMemory {
  return { ...memory, crowd: survey(members, meansOf(memory.budget, quota, now), now) };
}

/** What `nextDue` needs to know of the pool. */
export function sceneOf(memory: PoolMemory, quota: Quota, now: number): Scene {
  const means = meansOf(memory.budget, quota, now);
  return { crowd: memory.crowd ?? survey([], means, now), means, hotLane: quota.hot > 0 };
}
