// What a pool may spend: never more than its share in any window, whatever goes wrong.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allowance,
  type Budget,
  COURTESY,
  meansOf,
  openBudget,
  spend,
  standing,
} from '../../../src/scheduler/policy/budget.ts';
import type { Quota, Spent } from '../../../src/types/core.ts';
import { hourMs } from '../../../src/types/time.ts';

const START = Date.UTC(2026, 0, 5);
const WAKE = 30_000;
const POINTS: Quota = { limit: 5000, windowMs: hourMs, share: 0.2, peak: 1, hot: 60, batch: 100, worst: 3, lanes: 1 };
const ANONYMOUS: Quota = { limit: 60, windowMs: hourMs, share: 1, peak: 1, hot: 0, batch: 1, worst: 3, lanes: 4 };
const FIVE_MINUTES: Quota = {
  limit: 500,
  windowMs: 300_000,
  share: 0.4,
  peak: 1,
  hot: 50,
  batch: 1,
  worst: 5,
  lanes: 8,
};
const SAVING: Quota = { limit: 40, windowMs: hourMs, share: 1, peak: 2, hot: 0, batch: 1, worst: 2, lanes: 2 };
const QUOTAS = [POINTS, ANONYMOUS, FIVE_MINUTES, SAVING, COURTESY];

function spent(cost: number, more: Partial<Spent> = {}): Spent {
  return { pool: 'a pool', cost, tookMs: 400, ...more };
}

/** Spends whatever it may for `ms`; returns what that came to and the budget after it. */
function greedy(
  quota: Quota,
  from: number,
  ms: number,
  open: Budget,
  price = 1,
): { readonly cost: number; readonly looks: number; readonly budget: Budget } {
  let budget = open;
  let cost = 0;
  let looks = 0;
  for (let now = from; now < from + ms; now += WAKE) {
    for (let grant = allowance(budget, quota, now); grant.main > 0; grant = allowance(budget, quota, now)) {
      const batches = grant.main / quota.batch;
      budget = spend(budget, quota, { lane: 'main', spent: [spent(batches * price)], looks: grant.main, now });
      cost += batches * price;
      looks += grant.main;
    }
  }
  return { cost, looks, budget };
}

describe('the share', () => {
  test.each(QUOTAS.map((quota) => ({ quota })))(
    'is used up hour by hour: $quota.limit per $quota.windowMs ms',
    ({ quota }) => {
      const day = greedy(quota, START, 24 * hourMs, openBudget(quota, START));
      const share = (quota.limit * quota.share * 24 * hourMs) / quota.windowMs;
      const saved = quota.peak > 1 ? 2 * share : 0;
      expect(day.cost).toBeLessThanOrEqual(share + saved);
      expect(day.cost).toBeGreaterThan(share * 0.88);
    },
  );

  test('costlier batches make fewer looks, not more points', () => {
    const day = greedy(POINTS, START, 12 * hourMs, openBudget(POINTS, START), 2);
    expect(day.cost).toBeLessThanOrEqual(12_000);
    expect(day.looks).toBeLessThan(12 * 50_000 * 1.05);
    expect(meansOf(day.budget, POINTS, START + 12 * hourMs).looksPerHour).toBeCloseTo(50_000, -3);
  });

  test('follows the limit that answers name', () => {
    const open = openBudget(FIVE_MINUTES, START);
    const told = spend(open, FIVE_MINUTES, { lane: 'main', spent: [spent(1, { limit: 1000 })], looks: 1, now: START });
    expect(standing(told, FIVE_MINUTES, START).cap).toBe(1000 * 0.4 + 50);
  });

  test('what others left is spread over the time to the reset, and never overdrawn', () => {
    const resetAt = START + hourMs / 2;
    const poor = spend(openBudget(POINTS, START), POINTS, {
      lane: 'main',
      spent: [spent(1, { left: 30, resetAt: new Date(resetAt).toISOString() })],
      looks: 100,
      now: START,
    });
    expect(meansOf(poor, POINTS, START).looksPerHour).toBeCloseTo(6000, -1);
    const none = spend(poor, POINTS, {
      lane: 'main',
      spent: [spent(1, { left: 0, resetAt: new Date(resetAt).toISOString() })],
      looks: 100,
      now: START,
    });
    expect(allowance(none, POINTS, resetAt - 1)).toEqual({ main: 0, early: 0, hot: 0 });
    expect(allowance(none, POINTS, resetAt + WAKE).main).toBeGreaterThan(0);
  });

  test('slow answers limit what is claimed', () => {
    const slow = spend(openBudget(POINTS, START), POINTS, {
      lane: 'main',
      spent: [spent(1, { tookMs: 20_000 })],
      looks: 100,
      now: START,
    });
    expect(allowance(slow, POINTS, START + hourMs).main).toBeLessThanOrEqual(300);
    expect(meansOf(slow, POINTS, START).looksPerHour).toBe(18_000);
  });
});

describe('a refusal', () => {
  test('rests the pool, halves the share, and is forgiven at 5 % an hour', () => {
    const refused = spend(openBudget(POINTS, START), POINTS, {
      lane: 'main',
      spent: [spent(1, { pauseMs: 90_000 }), spent(1, { pauseMs: 30_000 })],
      looks: 200,
      now: START,
    });
    expect(allowance(refused, POINTS, START + 89_999).main).toBe(0);
    expect(allowance(refused, POINTS, START + 90_000).main).toBeGreaterThan(0);
    expect(standing(refused, POINTS, START).trust).toBe(0.5);
    expect(standing(refused, POINTS, START + 4 * hourMs).trust).toBeCloseTo(0.7, 9);
    expect(standing(refused, POINTS, START + 48 * hourMs).trust).toBe(1);
  });

  test('without a time doubles from a minute to an hour, until an answer comes', () => {
    let budget = openBudget(ANONYMOUS, START);
    const rests: number[] = [];
    for (let k = 0; k < 9; k += 1) {
      const now = budget.pauseUntil + START;
      budget = spend({ ...budget, pauseUntil: 0 }, ANONYMOUS, {
        lane: 'main',
        spent: [spent(1, { pauseMs: 0 })],
        looks: 1,
        now,
      });
      rests.push((budget.pauseUntil - now) / 60_000);
    }
    expect(rests).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(spend(budget, ANONYMOUS, { lane: 'main', spent: [spent(1)], looks: 1, now: START }).strikes).toBe(0);
  });
});

const step = fc.record({
  waitMs: fc.oneof(fc.constant(WAKE), fc.integer({ min: 0, max: 120_000 }), fc.integer({ min: 0, max: 3 * hourMs })),
  /** Part of the grant that is used. */
  used: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  price: fc.integer({ min: 0, max: 5 }),
  pauseMs: fc.option(fc.integer({ min: 0, max: hourMs }), { freq: 6, nil: undefined }),
  left: fc.option(fc.integer({ min: 0, max: 6000 }), { freq: 2, nil: undefined }),
  restart: fc.boolean(),
});

test('no window of any position goes over the share, for any sequence of faults', () => {
  fc.assert(
    fc.property(fc.constantFrom(...QUOTAS), fc.array(step, { minLength: 20, maxLength: 150 }), (quota, steps) => {
      let budget = openBudget(quota, START);
      let now = START;
      const bills: { readonly at: number; readonly cost: number }[] = [];
      for (const { waitMs, used, price, pauseMs, left, restart } of steps) {
        now += waitMs;
        if (restart) budget = JSON.parse(JSON.stringify(budget)) as Budget;
        const grant = allowance(budget, quota, now);
        for (const lane of ['hot', 'main'] as const) {
          const batches = Math.floor((grant[lane] / quota.batch) * used);
          if (batches === 0) continue;
          const cost = batches * Math.min(price, quota.worst);
          bills.push({ at: now, cost });
          const bill = spent(cost, {
            ...(pauseMs === undefined ? {} : { pauseMs }),
            ...(left === undefined ? {} : { left, resetAt: new Date(now + 600_000).toISOString() }),
          });
          budget = spend(budget, quota, { lane, spent: [bill], looks: batches * quota.batch, now });
        }
      }
      const cap = quota.limit * quota.share * quota.peak + quota.hot;
      for (const first of bills) {
        const within = bills.filter(({ at }) => at >= first.at && at < first.at + quota.windowMs);
        expect(within.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(cap);
      }
    }),
    { numRuns: 150, seed: 5 },
  );
});

test('the hot lane gets one request a minute, and pools without one get none', () => {
  let budget = openBudget(POINTS, START);
  let passes = 0;
  for (let now = START; now < START + hourMs; now += WAKE) {
    if (allowance(budget, POINTS, now).hot === 0) continue;
    budget = spend(budget, POINTS, { lane: 'hot', spent: [spent(1)], looks: 100, now });
    passes += 1;
  }
  expect(passes).toBeGreaterThanOrEqual(57);
  expect(passes).toBeLessThanOrEqual(60);
  expect(allowance(openBudget(ANONYMOUS, START), ANONYMOUS, START).hot).toBe(0);
});

describe('what is granted and said', () => {
  test('a pool that saves up looks ahead of time only when it is full, others whenever they can', () => {
    const open = openBudget(SAVING, START);
    const soon = allowance(open, SAVING, START);
    expect([soon.main > 0, soon.early]).toEqual([true, 0]);
    const full = allowance(open, SAVING, START + 10 * 24 * hourMs);
    expect(full.early).toBe(full.main);
    const plain = allowance(openBudget(POINTS, START), POINTS, START);
    expect([plain.early > 0, plain.early]).toEqual([true, plain.main]);
  });

  test('a pause is said while it lasts', () => {
    const open = openBudget(POINTS, START);
    const rested = spend(open, POINTS, { lane: 'main', spent: [spent(1, { pauseMs: 60_000 })], looks: 1, now: START });
    const said = (budget: Budget, now: number) => standing(budget, POINTS, now).pausedUntil;
    expect([
      said(open, START),
      said(rested, START),
      said(rested, START + 59_999),
      said(rested, START + 60_000),
    ]).toEqual([null, START + 60_000, START + 60_000, null]);
  });

  test('how long requests take is learned from the first one on, less from those of guests', () => {
    const tookAfter = (budget: Budget, tookMs: number, guests: number): number =>
      spend(budget, POINTS, {
        lane: 'main',
        spent: [spent(1, { tookMs })],
        looks: 4,
        now: START,
        guests: { looks: guests, part: 0.5 },
      }).tookMs;
    const open = openBudget(POINTS, START);
    expect([tookAfter(open, 400, 0), tookAfter(open, 400, 1)]).toEqual([400, 300]);
    const known = { ...open, tookMs: 400 };
    expect([tookAfter(known, 1_400, 0), tookAfter(known, 1_400, 2)].map(Math.round)).toEqual([500, 450]);
    expect(tookAfter(known, 1_400, 4)).toBe(400);
  });

  test('a hot lane saves up a minute at most, beside the dearest look', () => {
    const open = openBudget(POINTS, START);
    const hot = (now: number): number => allowance(open, POINTS, now).hot / POINTS.batch;
    expect(hot(START + 24 * hourMs)).toBe(hot(START + 10 * 60_000));
    expect(hot(START + 24 * hourMs)).toBe(POINTS.worst + POINTS.hot / 60);
  });
});
