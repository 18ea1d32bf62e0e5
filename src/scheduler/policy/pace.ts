// How often a target releases, and when in the week: learned from every look and from its history.
import { hourMs } from '../../types/time.ts';
import { BINS, DAY_MS, partOfWeek, smear } from './week.ts';

/** What is learned about one target; stored as JSON with it. Times are milliseconds since the epoch. */
export interface Pace {
  /** When counting releases began. */
  readonly since: number;
  /** The time to which the counts are decayed. */
  readonly at: number;
  /** Releases seen, weighted, with exponential decay over each of `MEMORIES`, the longest first. */
  readonly counts: readonly number[];
  /** Releases seen by hour of the week (week.ts), without decay. */
  readonly profile: readonly number[];
  /** The sum of `profile`. */
  readonly seen: number;
  readonly lastRelease: number | null;
  /** Failed looks since the last answer. */
  readonly misses: number;
}

/** A release seen by a look: when it came out, and how much it counts (1 = a release; less for minor things). */
export interface SeenRelease {
  readonly at: number;
  readonly weight: number;
}

/** The outcome of a look, as far as it matters to the schedule. */
export type LookOutcome =
  | { readonly kind: 'answered'; readonly releases: readonly SeenRelease[]; readonly restMs: number | null }
  | { readonly kind: 'later'; readonly afterMs: number | null }
  | { readonly kind: 'broken' };

/** Each memory starts from the estimate of the longer one; `strength` is the number of releases that moves it halfway. */
const MEMORIES = [
  { spanMs: 120 * DAY_MS, strength: 0.3 },
  { spanMs: 20 * DAY_MS, strength: 4 },
] as const;

/** The weight, in releases, of the prior that all hours are alike. */
const FLAT = 8;

/** Releases per hour when nothing at all is known: one a month. */
export const FIRST_GUESS = 1 / (30 * 24);

/** The pace of a target that was never looked at. */
export function freshPace(now: number): Pace {
  return { since: now, at: now, counts: MEMORIES.map(() => 0), profile: [], seen: 0, lastRelease: null, misses: 0 };
}

/** A pace that counts from `since` and includes these past releases, in any order. */
export function backfill(pace: Pace, past: readonly SeenRelease[], since: number, now: number): Pace {
  return counted({ ...pace, since: Math.min(pace.since, since) }, past, now);
}

/** Returns `pace` itself when there was nothing to learn, so that nothing needs to be written. */
export function learn(pace: Pace, finding: LookOutcome, now: number): Pace {
  switch (finding.kind) {
    case 'answered': {
      const met = pace.misses === 0 ? pace : { ...pace, misses: 0 };
      return finding.releases.length === 0 ? met : counted(met, finding.releases, now);
    }
    case 'later':
    case 'broken':
      return { ...pace, misses: pace.misses + 1 };
  }
}

function counted(pace: Pace, releases: readonly SeenRelease[], now: number): Pace {
  const profile = Array.from({ length: BINS }, (_, bin) => pace.profile[bin] ?? 0);
  let last = pace.lastRelease ?? Number.NEGATIVE_INFINITY;
  let seen = pace.seen;
  for (const { at, weight } of releases) {
    // A time in the future is an error; the release came out by now at the latest.
    const came = Math.min(at, now);
    smear(profile, came, weight);
    seen += weight;
    last = Math.max(last, came);
  }
  const counts = MEMORIES.map(({ spanMs }, i) => {
    const kept = (pace.counts[i] ?? 0) * Math.exp(-Math.max(0, now - pace.at) / spanMs);
    return releases.reduce((sum, r) => sum + r.weight * Math.exp(-Math.max(0, now - r.at) / spanMs), kept);
  });
  return {
    ...pace,
    at: Math.max(now, pace.at),
    counts,
    profile,
    seen,
    lastRelease: Number.isFinite(last) ? last : null,
  };
}

/** Releases per hour, averaged over the week; `guess` is the rate of an unknown target (the mean of all). */
export function baseRate(pace: Pace, now: number, guess: number): number {
  let rate = guess;
  const passed = Math.max(0, now - pace.at);
  const watched = Math.max(0, now - pace.since);
  for (let i = 0; i < MEMORIES.length; i += 1) {
    const memory = MEMORIES[i];
    if (memory === undefined) break;
    const { spanMs, strength } = memory;
    const count = (pace.counts[i] ?? 0) * Math.exp(-passed / spanMs);
    const hours = (spanMs / hourMs) * (1 - Math.exp(-watched / spanMs));
    rate = (strength + count) / (strength / rate + hours);
  }
  return rate;
}

/** How much likelier a release is in this bin than in an average hour of the week. */
export function shape(pace: Pace, bin: number): number {
  const part = partOfWeek(bin);
  return ((pace.profile[bin] ?? 0) + FLAT * part) / ((pace.seen + FLAT) * part);
}
