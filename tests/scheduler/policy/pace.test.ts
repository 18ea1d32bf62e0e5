// What is learned of a target: its rate, its hours, and what a promise adds.

import { describe, expect, test } from 'vitest';
import {
  backfill,
  baseRate,
  FIRST_GUESS,
  freshPace,
  learn,
  type Pace,
  type SeenRelease,
  shape,
} from '../../../src/scheduler/policy/pace.ts';
import { isPressing, promiseHazard } from '../../../src/scheduler/policy/promise.ts';
import { BINS, binAt, DAY_MS, partOfWeek } from '../../../src/scheduler/policy/week.ts';
import { hourMs } from '../../../src/types/time.ts';

const MONDAY = Date.UTC(2026, 0, 5);

function every(ms: number, from: number, to: number): readonly SeenRelease[] {
  return Array.from({ length: Math.floor((to - from) / ms) }, (_, i) => ({ at: from + i * ms, weight: 1 }));
}

function taught(ms: number, days: number, hour = 15): Pace {
  const from = MONDAY - days * DAY_MS;
  return backfill(freshPace(MONDAY), every(ms, from + hour * hourMs, MONDAY), from, MONDAY);
}

describe('the week', () => {
  test('bins are hours in UTC, weekends apart', () => {
    expect(binAt(MONDAY)).toBe(0);
    expect(binAt(MONDAY + 4 * DAY_MS + 23.9 * hourMs)).toBe(23);
    expect(binAt(MONDAY + 5 * DAY_MS)).toBe(24);
    expect(binAt(MONDAY + 6 * DAY_MS + 23 * hourMs)).toBe(47);
    expect(binAt(MONDAY + 7 * DAY_MS)).toBe(0);
  });

  test('the parts make one week', () => {
    const parts = Array.from({ length: BINS }, (_, bin) => partOfWeek(bin));
    expect(parts.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 12);
  });
});

describe('the rate', () => {
  test('an unknown target gets the guess', () => {
    expect(baseRate(freshPace(MONDAY), MONDAY, FIRST_GUESS)).toBeCloseTo(FIRST_GUESS, 12);
  });

  test.each([
    { name: 'daily', ms: DAY_MS },
    { name: 'weekly', ms: 7 * DAY_MS },
    { name: 'monthly', ms: 30 * DAY_MS },
  ])('a $name one is known after a year of backfill', ({ ms }) => {
    const truth = hourMs / ms;
    const known = baseRate(taught(ms, 360), MONDAY, FIRST_GUESS);
    expect(known / truth).toBeGreaterThan(0.5);
    expect(known / truth).toBeLessThan(1.4);
  });

  test('silence lowers it, a burst raises it within a day', () => {
    const weekly = taught(7 * DAY_MS, 360);
    const before = baseRate(weekly, MONDAY, FIRST_GUESS);
    expect(baseRate(weekly, MONDAY + 60 * DAY_MS, FIRST_GUESS)).toBeLessThan(before / 1.8);
    const burst = learn(
      weekly,
      { kind: 'answered', releases: every(3 * hourMs, MONDAY, MONDAY + DAY_MS), restMs: null },
      MONDAY + DAY_MS,
    );
    expect(baseRate(burst, MONDAY + DAY_MS, FIRST_GUESS)).toBeGreaterThan(2.5 * before);
  });

  test('learning one by one and all at once come to the same', () => {
    const past = every(5 * DAY_MS, MONDAY, MONDAY + 60 * DAY_MS);
    const end = MONDAY + 60 * DAY_MS;
    const atOnce = backfill(freshPace(MONDAY), past, MONDAY, end);
    const stepwise = past.reduce(
      (pace, one) => learn(pace, { kind: 'answered', releases: [one], restMs: null }, one.at),
      freshPace(MONDAY),
    );
    expect(baseRate(stepwise, end, FIRST_GUESS)).toBeCloseTo(baseRate(atOnce, end, FIRST_GUESS), 9);
    expect(stepwise.lastRelease).toBe(atOnce.lastRelease);
  });

  test('it survives a restart', () => {
    const pace = taught(2 * DAY_MS, 200);
    const again = JSON.parse(JSON.stringify(pace)) as Pace;
    expect(baseRate(again, MONDAY + hourMs, FIRST_GUESS)).toBe(baseRate(pace, MONDAY + hourMs, FIRST_GUESS));
  });

  test('a look that saw nothing new changes nothing, a failed one counts', () => {
    const pace = taught(DAY_MS, 30);
    expect(learn(pace, { kind: 'answered', releases: [], restMs: null }, MONDAY + hourMs)).toBe(pace);
    const missed = learn(pace, { kind: 'later', afterMs: null }, MONDAY + hourMs);
    expect(missed.misses).toBe(1);
    expect(missed.counts).toEqual(pace.counts);
    expect(learn(missed, { kind: 'answered', releases: [], restMs: null }, MONDAY + hourMs).misses).toBe(0);
  });

  test('a date in the future counts as now', () => {
    const pace = learn(
      freshPace(MONDAY),
      { kind: 'answered', releases: [{ at: MONDAY + 900 * DAY_MS, weight: 1 }], restMs: null },
      MONDAY,
    );
    expect(pace.lastRelease).toBe(MONDAY);
    expect(baseRate(pace, MONDAY + DAY_MS, FIRST_GUESS)).toBeLessThan(1);
  });
});

describe('the hours', () => {
  test('releases in the afternoon make the afternoon likelier, the mean stays', () => {
    const pace = taught(DAY_MS, 100, 15);
    const at = (bin: number): number => shape(pace, bin);
    expect(at(15)).toBeGreaterThan(2);
    expect(at(16)).toBeGreaterThan(1);
    expect(at(4)).toBeLessThan(0.3);
    const mean = Array.from({ length: BINS }, (_, bin) => at(bin) * partOfWeek(bin)).reduce((sum, x) => sum + x, 0);
    expect(mean).toBeCloseTo(1, 2);
  });

  test('one release is no habit', () => {
    const pace = learn(
      freshPace(MONDAY),
      { kind: 'answered', releases: [{ at: MONDAY, weight: 1 }], restMs: null },
      MONDAY,
    );
    expect(shape(pace, 0)).toBeLessThan(2);
    expect(shape(pace, 12)).toBeGreaterThan(0.8);
  });
});

describe('a promise', () => {
  const week = { saidAt: MONDAY - 5 * DAY_MS, from: MONDAY, to: MONDAY + 7 * DAY_MS };

  test('weighs most in its week and stays heavy after it', () => {
    const perDay = (day: number): number => promiseHazard(week, MONDAY + day * DAY_MS) * 24;
    expect(perDay(-6)).toBe(0);
    expect(perDay(-2)).toBeGreaterThan(0);
    expect(perDay(3)).toBeGreaterThan(perDay(-2));
    expect(perDay(13)).toBeGreaterThan(0.03);
    expect(perDay(13)).toBeLessThan(0.1);
    expect(perDay(70)).toBeGreaterThan(0.002);
  });

  test('without a time it fades slowly', () => {
    const open = { saidAt: MONDAY, from: null, to: null };
    expect(promiseHazard(open, MONDAY + DAY_MS)).toBeGreaterThan(promiseHazard(open, MONDAY + 90 * DAY_MS));
    expect(promiseHazard(open, MONDAY + 90 * DAY_MS)).toBeGreaterThan(0);
  });

  test.each([
    { from: MONDAY, to: MONDAY },
    { from: null, to: MONDAY },
    { from: MONDAY + 9 * DAY_MS, to: MONDAY },
    { from: MONDAY - 99 * DAY_MS, to: MONDAY },
  ])('odd windows give a finite likelihood: $from to $to', ({ from, to }) => {
    for (let day = -10; day < 200; day += 1) {
      const hazard = promiseHazard({ saidAt: MONDAY - 5 * DAY_MS, from, to }, MONDAY + day * DAY_MS);
      expect(hazard).toBeGreaterThanOrEqual(0);
      expect(hazard).toBeLessThan(1);
    }
  });

  test('presses from the eve of its time until long after', () => {
    expect(isPressing(week, MONDAY - 2 * DAY_MS)).toBe(false);
    expect(isPressing(week, MONDAY - DAY_MS / 2)).toBe(true);
    expect(isPressing(week, MONDAY + 60 * DAY_MS)).toBe(true);
    expect(isPressing(week, MONDAY + 200 * DAY_MS)).toBe(false);
  });
});
