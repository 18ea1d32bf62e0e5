// Hours of the week in 48 bins (24 hours UTC each for workdays and weekends), and how a release is spread over them.

import { hourMs } from '../../types/time.ts';

export const DAY_MS = 24 * hourMs;
export const BINS = 48;

/** The bin of a time in milliseconds since the epoch: 0 to 23 on workdays, 24 to 47 at weekends, in UTC. */
export function binAt(now: number): number {
  const hours = Math.floor(now / hourMs);
  // The epoch was a Thursday, so days 2 and 3 after it are a weekend.
  const day = Math.floor(hours / 24) % 7;
  return (hours % 24) + (day === 2 || day === 3 ? 24 : 0);
}

/** The fraction of a week that belongs to this bin. */
export function partOfWeek(bin: number): number {
  return (bin < 24 ? 5 : 2) / (7 * 24);
}

const REACH = 6;
const SPREAD_HOURS = 2;
const wakeup = Array.from({ length: 2 * REACH + 1 }, (_, i) => Math.exp(-0.5 * ((i - REACH) / SPREAD_HOURS) ** 2));
const area = wakeup.reduce((sum, x) => sum + x, 0);
const KERNEL: readonly number[] = wakeup.map((x) => x / area);

/** Adds a release at `at` to `profile`, spread over neighbouring hours, since people are not exact to the hour. */
export function smear(profile: number[], at: number, weight: number): void {
  const bin = binAt(at);
  const half = bin < 24 ? 0 : 24;
  KERNEL.forEach((part, i) => {
    const near = half + ((bin - half + i - REACH + 24) % 24);
    profile[near] = Math.round(((profile[near] ?? 0) + weight * part) * 1000) / 1000;
  });
}
