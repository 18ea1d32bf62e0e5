// What the schedule stores in the database between wakes, and how it is read: a restart loses nothing that was learned.

import { z } from 'zod';
import type { Json, Quota } from '../../types/core.ts';
import { isFields, isListOf, isNumber, isNumberOrNull } from '../../types/stored.ts';
import { hourMs } from '../../types/time.ts';
import { type Budget, meansOf, openBudget } from './budget.ts';
import { type Crowd, type Means, type Member, survey } from './crowd.ts';
import type { Scene } from './interval.ts';
import { type Ledger, setBack } from './ledger.ts';
import { freshPace, type Pace } from './pace.ts';

/** The state of one quota pool; `crowd` is null until the first survey. */
export interface PoolMemory {
  readonly budget: Budget;
  readonly crowd: Crowd | null;
  /** The survey of targets that only guilds watch; null = there are none. */
  readonly guests: Crowd | null;
}

/** The part of a pool that guests get even if the file's targets leave nothing. */
const GUILDS_LEAST = 0.1;

const number = z.number();
const numbers = z.array(number);
const ledger = z.object({ tokens: number, at: number, log: z.array(z.tuple([number, number])) });
const budget = z.object({
  main: ledger,
  hot: ledger,
  guests: ledger.nullable().default(null),
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
const crowd = z.object({ at: number, targets: number, guess: number, roots: numbers, spare: number.default(0) });
const pool = z.object({ budget, crowd: crowd.nullable(), guests: crowd.nullable().default(null) });

/** A missing or unreadable pace starts anew: the schedule falls back to its first guess, and nothing else depends on it. */
export function readPace(json: Json, now: number): Pace {
  return isPace(json) ? json : freshPace(now);
}

export function writePace(one: Pace): Json {
  return { v: paceVersion, ...one };
}

/** Increased whenever a field changes; a pace stored without it by an earlier version is still read. */
const paceVersion = 1;

/** Checked by hand, as schemas are slow: every look reads a pace, and every survey reads that of each target. */
function isPace(value: unknown): value is Pace {
  return (
    isFields(value) &&
    (value.v === paceVersion || value.v === undefined) &&
    isNumber(value.since) &&
    isNumber(value.at) &&
    isListOf(value.counts, isNumber) &&
    isListOf(value.profile, isNumber) &&
    isNumber(value.seen) &&
    isNumberOrNull(value.lastRelease) &&
    isNumber(value.misses)
  );
}

export function readPool(json: Json, quota: Quota, now: number): PoolMemory {
  const read = pool.safeParse(json).data;
  return read === undefined
    ? { budget: openBudget(quota, now), crowd: null, guests: null }
    : broughtBack(read, quota, now);
}

/** Clocks of workers that share a pool may differ by less than this. */
const SKEW_MS = 60_000;

/** Corrects a state that was stored before the clock was set back. */
function broughtBack(memory: PoolMemory, quota: Quota, now: number): PoolMemory {
  const { budget: spent, crowd: own } = memory;
  const ahead = Math.max(spent.main.at, spent.hot.at, spent.guests?.at ?? 0, spent.trustAt) - now;
  if (ahead <= SKEW_MS) return memory;
  const back = (one: Ledger): Ledger => setBack(one, quota.windowMs, now);
  return {
    ...memory,
    crowd: own === null ? null : { ...own, at: Math.min(own.at, now) },
    budget: {
      ...spent,
      main: back(spent.main),
      hot: back(spent.hot),
      guests: spent.guests === null ? null : back(spent.guests),
      pauseUntil: spent.pauseUntil - ahead,
      trustAt: Math.min(spent.trustAt, now),
    },
  };
}

export function writePool({ budget: spent, crowd: own, guests }: PoolMemory): Json {
  return {
    budget: {
      ...spent,
      main: { ...spent.main },
      hot: { ...spent.hot },
      guests: spent.guests === null ? null : { ...spent.guests },
    },
    crowd: own === null ? null : { ...own },
    guests: guests === null ? null : { ...guests },
  };
}

/** True when the last survey is an hour old, or the number of targets has changed by more than a tenth. */
export function wantsSurvey({ crowd: own, guests }: PoolMemory, targets: number, now: number): boolean {
  if (own === null || now - own.at >= hourMs) return true;
  const known = own.targets + (guests?.targets ?? 0);
  return Math.abs(targets - known) > known / 10;
}

/** The part of the pool's looks that guests may have: what the file's targets cannot use, and a minimum in any case. */
export function guildPart({ crowd: own }: PoolMemory): number {
  return Math.max(GUILDS_LEAST, own?.spare ?? 1);
}

/** The part left for the file's targets. */
function ownPart(memory: PoolMemory): number {
  return memory.guests === null ? 1 : Math.min(1, 1 - guildPart(memory) + (memory.crowd?.spare ?? 1));
}

function partOf(means: Means, part: number): Means {
  return part === 1 ? means : { ...means, looksPerHour: means.looksPerHour * part };
}

/** Surveys the pool again, from what is known about each of its targets. */
export function surveyed(memory: PoolMemory, quota: Quota, members: readonly Member[], now: number): PoolMemory {
  const means = meansOf(memory.budget, quota, now);
  const own = members.filter(({ stake }) => stake.guest !== true);
  const alone: PoolMemory = { ...memory, crowd: survey(own, means, now), guests: null };
  if (own.length === members.length) return alone;
  const theirs = members.filter(({ stake }) => stake.guest === true);
  const together = { ...alone, guests: survey(theirs, partOf(means, guildPart(alone)), now) };
  const part = ownPart(together);
  if (part === 1) return together;
  // `spare` stays as computed without guests: what the file's targets would leave if they had the pool to themselves.
  return { ...together, crowd: { ...survey(own, partOf(means, part), now), spare: alone.crowd?.spare ?? 0 } };
}

/** What `nextDue` needs to know about the pool, for the file's targets or for guests. */
export function sceneOf(memory: PoolMemory, quota: Quota, now: number, guest = false): Scene {
  const part = guest ? guildPart(memory) : ownPart(memory);
  const means = partOf(meansOf(memory.budget, quota, now), part);
  const crowd = guest ? memory.guests : memory.crowd;
  return { crowd: crowd ?? survey([], means, now), means, hotLane: quota.hot > 0 };
}
