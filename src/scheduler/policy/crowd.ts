// All targets of one quota pool taken together: what an unknown one is like, and how looks are shared out among them.
import { hourMs } from '../../types/time.ts';
import { baseRate, FIRST_GUESS, type Pace, shape } from './pace.ts';
import { type Promised, promiseHazard } from './promise.ts';
import { BINS, partOfWeek } from './week.ts';

/** What the rest of the house says about a target. */
export interface Stake {
  /** How much an hour of delay matters here; 1 is usual. */
  readonly weight: number;
  /** Shortest time between two looks: the source's and the watch's, in milliseconds. */
  readonly floorMs: number;
  readonly promise: Promised | null;
  /** When a story last said that it may be there already (milliseconds since the epoch); null = none does. */
  readonly reportedAt: number | null;
  /** Only people in Discord ask for it: it lives on what the file's targets leave. */
  readonly guest?: boolean;
}

export interface Member {
  readonly pace: Pace;
  readonly stake: Stake;
}

/** The state of a pool's crowd; kept as JSON with the pool, taken again every hour. */
export interface Crowd {
  readonly at: number;
  readonly targets: number;
  /** Mean releases per hour of one target. */
  readonly guess: number;
  /** By hour of the week: the sum over all of the square root of value per hour. A target's part of it is its part of the looks. */
  readonly roots: readonly number[];
  /** The part of the looks that these targets have no use for, because their floors forbid it: 0 to 1. */
  readonly spare: number;
}

/** Nothing is looked at less often than this many times the interval that equal treatment would give. */
export const CEILING = 3;

/** How the looks of a pool go: how many in an hour, and whether the budget is the week's or each hour's own. */
export interface Means {
  readonly looksPerHour: number;
  readonly wholeWeek: boolean;
}

/** Looks at every member once (microseconds each). The square root is what makes the summed delay smallest:
 *  looks in proportion to the rate itself would do no better than equal looks. */
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
  // Half a dozen made-up quiet members keep a small or young list from jumping to conclusions.
  let sum = 6 * FIRST_GUESS;
  for (const { pace } of members) sum += baseRate(pace, now, FIRST_GUESS);
  return sum / (members.length + 6);
}

/** What floors leave over and ceilings take away is shared by the others: the factor on all intervals that uses the looks up. */
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
