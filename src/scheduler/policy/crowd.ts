// All targets of one quota pool together: what to assume about an unknown one, and how looks are divided among them.
import { hourMs } from '../../types/time.ts';
import { baseRate, FIRST_GUESS, type Pace, shape } from './pace.ts';
import { type Promised, promiseHazard } from './promise.ts';
import { BINS, partOfWeek } from './week.ts';

/** What is known about a target besides its releases. */
export interface Stake {
  /** How costly an hour of delay is; 1 is the default. */
  readonly weight: number;
  /** The shortest time between two looks, by source and watch, in milliseconds. */
  readonly floorMs: number;
  readonly promise: Promised | null;
  /** When a story last reported a possible release, in milliseconds since the epoch; null = none does. */
  readonly reportedAt: number | null;
  /** Only guilds watch it, so it gets what the file's targets leave. */
  readonly guest?: boolean;
}

export interface Member {
  readonly pace: Pace;
  readonly stake: Stake;
}

/** The survey of a pool; stored as JSON with it, repeated every hour. */
export interface Crowd {
  readonly at: number;
  readonly targets: number;
  /** Mean number of releases per hour and target. */
  readonly guess: number;
  /** By hour of the week: the sum over all targets of √(value per hour). A target's share of it is its share of the looks. */
  readonly roots: readonly number[];
  /** The fraction of the looks that these targets cannot use because of their floors, 0 to 1. */
  readonly spare: number;
}

/** No target is looked at less often than at this multiple of the interval that equal treatment would give. */
export const CEILING = 3;

/** The looks a pool can afford per hour, and whether its budget is balanced over the week or within each hour. */
export interface Means {
  readonly looksPerHour: number;
  readonly wholeWeek: boolean;
}

/**
 * Surveys all members (microseconds each). Looks in proportion to the square root of the rate minimise the total delay; in
 * proportion to the rate itself they would do no better than equally spaced looks.
 */
export function survey(members: readonly Member[], means: Means, now: number): Crowd {
  const guess = meanRate(members, now);
  const sums = Array.from({ length: BINS }, () => 0);
  const own: number[] = [];
  for (const { pace, stake } of members) {
    const base = baseRate(pace, now, guess);
    const hazard = stake.promise === null ? 0 : promiseHazard(stake.promise, now);
    let mean = 0;
    for (let bin = 0; bin < BINS; bin += 1) {
      const root = Math.sqrt(stake.weight * (base * shape(pace, bin) + hazard));
      sums[bin] = (sums[bin] ?? 0) + root;
      mean += root * partOfWeek(bin);
    }
    own.push(mean);
  }
  const whole = sums.reduce((sum, x, bin) => sum + x * partOfWeek(bin), 0);
  const { level, spare } = share(members, own, whole, means.looksPerHour);
  const roots = sums.map((x) => (means.wholeWeek ? whole : x) * level);
  return { at: now, targets: members.length, guess, roots, spare };
}

function meanRate(members: readonly Member[], now: number): number {
  if (members.length === 0) return FIRST_GUESS;
  // Six imaginary quiet members keep a small or new list from being judged by too few releases.
  let sum = 6 * FIRST_GUESS;
  for (const { pace } of members) sum += baseRate(pace, now, FIRST_GUESS);
  return sum / (members.length + 6);
}

/** The factor on all intervals that uses up the looks, given that floors free some looks and ceilings require others. */
function share(
  members: readonly Member[],
  own: readonly number[],
  whole: number,
  looksPerHour: number,
): { readonly level: number; readonly spare: number } {
  if (members.length === 0 || whole <= 0 || looksPerHour <= 0) return { level: 1, spare: members.length === 0 ? 1 : 0 };
  const ceiling = (CEILING * members.length) / looksPerHour;
  const looksAt = (level: number): number =>
    own.reduce((looks, root, i) => {
      const hours = Math.min((level * whole) / (looksPerHour * root), ceiling);
      return looks + 1 / Math.max(hours, (members[i]?.stake.floorMs ?? 0) / hourMs);
    }, 0);
  let low = 0.25;
  let high = 4;
  for (let step = 0; step < 12; step += 1) {
    const level = Math.sqrt(low * high);
    if (looksAt(level) > looksPerHour) low = level;
    else high = level;
  }
  const level = Math.sqrt(low * high);
  return { level, spare: Math.max(0, 1 - looksAt(level) / looksPerHour) };
}
