// The policy as a whole, on made-up years of releases: it reaches the gates that tempting simpler policies miss.

import { describe, expect, test } from 'vitest';
import { nextDue } from '../../../src/scheduler/policy/interval.ts';
import { DAY_MS } from '../../../src/scheduler/policy/week.ts';
import { hourMs } from '../../../src/types/time.ts';
import { type Comparison, compare } from '../../bench/schedule-scenes.ts';
import { between, readTraces, type Trace, type Window, windowOf } from '../../bench/schedule-traces.ts';
import { type Actor, type Policy, play, randomFrom } from '../../bench/schedule-world.ts';

const START = Date.UTC(2025, 0, 6);
const WINDOW: Window = { from: START, scoredFrom: START + 168 * DAY_MS, to: START + 210 * DAY_MS };
const GATE = { mean: 0.55, p95: 0.9, overBound: 1.1 };

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Unequal rates that drift from month to month, office hours of their own, now and then a second release soon after. */
function madeUp(count: number, seed: number): readonly Trace[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, i) => {
    let logRate = Math.log(1 / 10) + 1.5 * normal(random);
    const office = 8 + 10 * random();
    const times: number[] = [];
    for (let day = START; day < WINDOW.to; day += DAY_MS) {
      if (((day - START) / DAY_MS) % 28 === 0) logRate += 0.45 * normal(random);
      const workday = ((day - START) / DAY_MS) % 7 < 5;
      let chance = Math.min(3, Math.exp(logRate)) * (workday ? 1.3 : 0.25);
      for (; random() < chance; chance -= 1) {
        const at = day + (office + 2 * normal(random)) * hourMs;
        times.push(at);
        if (random() < 0.25) times.push(at + hourMs * (0.3 + 5 * random()));
      }
    }
    return { name: `made-up-${i}`, times: times.sort((a, b) => a - b) };
  });
}

const TRACES = madeUp(40, 11);

/** What a year of counting would suggest: looks shared out by these weights, whatever happens later. */
function fixed(weights: readonly number[]): Policy {
  const total = weights.reduce((sum, x) => sum + x, 0);
  return (situation, finding, now, random, index) => {
    const due = nextDue(situation, finding, now, random);
    const hours = total / (situation.scene.means.looksPerHour * (weights[index] ?? 0));
    return { ...due, dueAt: now + hours * hourMs * (0.9 + 0.2 * random) };
  };
}

function passes({ ratio, overBound }: Comparison): boolean {
  return ratio.mean <= GATE.mean && ratio.p95 <= GATE.p95 && overBound <= GATE.overBound;
}

describe('beside uniform polling with as many looks', () => {
  const counts = TRACES.map((trace) => between(trace, WINDOW.from, WINDOW.scoredFrom).length + 0.1);

  test.each([{ peak: 2 }, { peak: 1 }])(
    'the product passes the gate with at most $peak times the looks in an hour',
    ({ peak }) => {
      const result = compare(TRACES, WINDOW, peak, [1]);
      expect(result.ratio.mean).toBeLessThanOrEqual(GATE.mean);
      expect(result.ratio.p95).toBeLessThanOrEqual(GATE.p95);
      expect(result.overBound).toBeLessThanOrEqual(GATE.overBound);
      expect(result.looksPerHour).toBeLessThanOrEqual(TRACES.length);
      expect(result.peakHour).toBeLessThanOrEqual(peak * TRACES.length);
    },
  );

  test('looks in proportion to past releases fail it', () => {
    const result = compare(TRACES, WINDOW, 1, [1], fixed(counts));
    expect(passes(result)).toBe(false);
    expect(result.ratio.mean).toBeGreaterThan(0.9);
  });

  test('the square root of past releases, frozen, fails it', () => {
    expect(passes(compare(TRACES, WINDOW, 1, [1], fixed(counts.map(Math.sqrt))))).toBe(false);
  });
});

describe('in a pool of its own', () => {
  const stake = { weight: 1, floorMs: 0, promise: null, reportedAt: null };
  const actors = TRACES.map((trace): Actor => ({ times: trace.times, since: WINDOW.from, stake }));
  const quota = { limit: 40, windowMs: hourMs, share: 1, peak: 1, hot: 0, batch: 1, worst: 1, lanes: 1 };
  const fortnight = {
    actors,
    quota,
    from: WINDOW.scoredFrom,
    to: WINDOW.scoredFrom + 14 * DAY_MS,
    wakeMs: 30_000,
    seed: 3,
  };

  test('nobody goes unseen for more than 3.5 times the even interval', () => {
    expect(play(fortnight).longestGapMs).toBeLessThanOrEqual(3.5 * hourMs);
  });

  test('a restart every day changes nothing', () => {
    const { wallMs: _, ...through } = play(fortnight);
    const { wallMs: __, ...restarted } = play({ ...fortnight, restartEveryMs: DAY_MS });
    expect(restarted).toEqual(through);
  });

  test('a model six days later than promised is seen within two minutes', () => {
    const due = WINDOW.scoredFrom + 3 * DAY_MS;
    const promise = { saidAt: due - 10 * DAY_MS, from: due - 7 * DAY_MS, to: due };
    const late: Actor = { times: [due + 6 * DAY_MS + 5 * hourMs], since: WINDOW.from, stake: { ...stake, promise } };
    const crowd = Array.from({ length: 400 }, (): Actor => ({ times: [], since: WINDOW.from, stake }));
    const hot = { ...quota, limit: 20, hot: 60, batch: 10 };
    const run = play({
      ...fortnight,
      actors: [late, ...crowd],
      quota: hot,
      from: due + 5 * DAY_MS,
      to: due + 7 * DAY_MS,
    });
    expect(run.hotDelays).toHaveLength(1);
    expect(run.hotDelays[0]).toBeLessThanOrEqual(120_000);
  });
});

test('traces are read as the benchmark promises', () => {
  const csv = [
    'repo,kind,name,time_utc',
    'a/one,tag-light,v1,2026-01-01T00:00:00Z',
    'a/one,tag-annotated,v1.0.1,2026-01-01T00:09:00Z',
    'a/one,tag-light,v2,comma,2026-01-01T00:12:00Z',
    'a/one,first-commit,,2020-01-01T00:00:00Z',
    'b/silent,first-commit,,2025-01-01T00:00:00Z',
  ].join('\n');
  const traces = readTraces(csv);
  expect(traces.map(({ name, times }) => [name, times.length])).toEqual([
    ['a/one', 2],
    ['b/silent', 0],
  ]);
  expect(new Date(windowOf(traces).scoredFrom).toISOString()).toBe('2025-01-01T00:12:00.000Z');
});
