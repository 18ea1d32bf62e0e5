// The three scenes of the schedule's benchmark: the traces as they are, a fleet made of them, a hot lane.

import type { Stake } from '../../src/scheduler/policy/crowd.ts';
import { DAY_MS } from '../../src/scheduler/policy/week.ts';
import { installationFor } from '../../src/sources/github/installations.ts';
import type { Quota } from '../../src/types/core.ts';
import { hourMs } from '../../src/types/time.ts';
import {
  between,
  type Delay,
  delayOf,
  fixedRateBound,
  type Trace,
  uniformDelays,
  type Window,
} from './schedule-traces.ts';
import { type Actor, type Played, type Policy, play, randomFrom } from './schedule-world.ts';

const WAKE_MS = 30_000;
const YEAR_MS = 365 * DAY_MS;
const STAKE: Stake = { weight: 1, floorMs: 0, promise: null, reportedAt: null };

export interface Comparison {
  readonly uniform: Delay;
  readonly adaptive: Delay;
  readonly ratio: Delay;
  readonly overBound: number;
  readonly looksPerHour: number;
  readonly peakHour: number;
  readonly longestGapHours: number;
  readonly microsPerLook: number;
}

export function ratioOf(a: Delay, b: Delay): Delay {
  return { mean: a.mean / b.mean, median: a.median / b.median, p95: a.p95 / b.p95 };
}

/**
 * Every repository hourly against as many looks by the schedule. `peak` 1: no hour takes more than its even share;
 * above: what quiet hours leave is spent in busy ones.
 */
export function compare(
  traces: readonly Trace[],
  window: Window,
  peak: number,
  seeds: readonly number[],
  policy?: Policy,
): Comparison {
  const actors = traces.map(
    (trace): Actor => ({ times: between(trace, window.from, window.to), since: window.from, stake: STAKE }),
  );
  const quota: Quota = {
    limit: traces.length,
    windowMs: hourMs,
    share: 1,
    peak,
    hot: 0,
    batch: 1,
    worst: 1,
    lanes: 1,
  };
  // Two days more, so that the last releases are seen too.
  const to = window.to + 2 * DAY_MS;
  const runs = seeds.map((seed) =>
    play({
      actors,
      quota,
      from: window.scoredFrom,
      to,
      wakeMs: WAKE_MS,
      seed,
      ...(policy === undefined ? {} : { policy }),
    }),
  );
  const looks = sum(runs, (run) => run.looks);
  const uniform = delayOf(uniformDelays(traces, window, hourMs));
  const adaptive = delayOf(runs.flatMap((run) => run.delays));
  return {
    uniform,
    adaptive,
    ratio: ratioOf(adaptive, uniform),
    overBound: adaptive.mean / fixedRateBound(traces, window, traces.length),
    looksPerHour: looks / runs.length / ((to - window.scoredFrom) / hourMs),
    peakHour: Math.max(...runs.map((run) => run.peakHourCost)),
    longestGapHours: Math.max(...runs.map((run) => run.longestGapMs)) / hourMs,
    microsPerLook: (sum(runs, (run) => run.wallMs) * 1000) / looks,
  };
}

export interface FleetResult {
  readonly repos: number;
  readonly pools: number;
  /** Repositories in the largest pool. */
  readonly largestPool: number;
  readonly days: number;
  /** The most points spent in an hour by one pool, hot lane included. */
  readonly pointsInBusiestHour: number;
  readonly looksPerHour: number;
  readonly releases: number;
  readonly uniform: Delay;
  readonly adaptive: Delay;
  readonly ratio: Delay;
  readonly longestGapMinutes: number;
  readonly microsPerLook: number;
}

export interface Fleet {
  readonly repos: number;
  /** Installations of an App, each with such a pool; 1 = one token. */
  readonly pools: number;
  /** Queries of up to 100 looks per hour and pool, beside 60 for the hot lane. */
  readonly points: number;
  readonly days: number;
  readonly seed: number;
}

/** The same spreading as a GitHub App's installations get, of repositories that none of their accounts owns. */
function spread(actors: readonly Actor[], pools: number): readonly (readonly Actor[])[] {
  const installations = Array.from({ length: pools }, (_, id) => ({ id: id + 1, account: `installed-${id}` }));
  const byPool = Map.groupBy(
    actors,
    (_, at) => installationFor(`owner-${at % 977}/repository-${at}`, installations)?.id,
  );
  return [...byPool.values()];
}

/** Traces drawn at random and shifted by whole weeks, each with the year before as its past; batches of 100. */
export function fleet(traces: readonly Trace[], window: Window, fleetOf: Fleet): FleetResult {
  const { repos, pools, points, days, seed } = fleetOf;
  const random = randomFrom(seed);
  const weeks = Math.max(1, Math.floor((window.to - window.scoredFrom - days * DAY_MS) / (7 * DAY_MS)));
  const start = window.scoredFrom;
  const actors = Array.from({ length: repos }, (): Actor => {
    const trace = traces[Math.floor(random() * traces.length)];
    const shift = Math.floor(random() * weeks) * 7 * DAY_MS;
    const from = start + shift - YEAR_MS;
    const times =
      trace === undefined ? [] : between(trace, from, start + shift + days * DAY_MS).map((at) => at - shift);
    return { times, since: start - YEAR_MS, stake: { ...STAKE, floorMs: 30_000 } };
  });
  const quota: Quota = { limit: points, windowMs: hourMs, share: 1, peak: 1, hot: 60, batch: 100, worst: 1, lanes: 1 };
  const parts = spread(actors, pools);
  const runs = parts.map((part) =>
    play({ actors: part, quota, from: start, to: start + days * DAY_MS, wakeMs: WAKE_MS, seed }),
  );
  const seen = runs.flatMap((run) => [...run.delays, ...run.hotDelays]);
  const looks = sum(runs, (run) => run.looks);
  const adaptive = delayOf(seen);
  // Delays of equal treatment are evenly spread over its interval.
  const roundMinutes = (repos / (points * pools * quota.batch)) * 60;
  const uniform: Delay = { mean: roundMinutes / 2, median: roundMinutes / 2, p95: roundMinutes * 0.95 };
  return {
    repos,
    pools,
    largestPool: Math.max(...parts.map((part) => part.length)),
    days,
    pointsInBusiestHour: Math.max(...runs.map((run) => run.peakHourCost)),
    looksPerHour: looks / (days * 24),
    releases: seen.length,
    uniform,
    adaptive,
    ratio: ratioOf(adaptive, uniform),
    longestGapMinutes: Math.max(...runs.map((run) => run.longestGapMs)) / 60_000,
    microsPerLook: (sum(runs, (run) => run.wallMs) * 1000) / looks,
  };
}

export interface HotResult extends Delay {
  readonly sources: number;
  readonly pointsInBusiestHour: number;
}

/** Sources that a story calls near, in a pool whose main lane is taken up by 10,000 others; releases at random times. */
export function hotLane(sources: number, seed: number): HotResult {
  const random = randomFrom(seed);
  const start = Date.UTC(2026, 0, 5);
  const hours = 24;
  const busy = Array.from(
    { length: 10_000 },
    (): Actor => ({ times: [], since: start - YEAR_MS, stake: { ...STAKE, floorMs: 30_000 } }),
  );
  const near = Array.from({ length: sources }, (): Actor => {
    const times = Array.from({ length: 20 }, () => start + random() * (hours - 1) * hourMs).sort((a, b) => a - b);
    return { times, since: start, stake: { ...STAKE, floorMs: 30_000, reportedAt: start } };
  });
  const quota: Quota = { limit: 1000, windowMs: hourMs, share: 1, peak: 1, hot: 60, batch: 100, worst: 1, lanes: 1 };
  const run = play({
    actors: [...near, ...busy],
    quota,
    from: start,
    to: start + hours * hourMs - 1,
    wakeMs: WAKE_MS,
    seed,
  });
  return { sources, pointsInBusiestHour: run.peakHourCost, ...delayOf(run.hotDelays) };
}

function sum(runs: readonly Played[], of: (run: Played) => number): number {
  return runs.reduce((total, run) => total + of(run), 0);
}
