// When a target is looked at again: closed forms, floors and ceilings, back-off, the hot lane.

import { describe, expect, test } from 'vitest';
import { inEnglish } from '../../../src/messages/reasons/en.ts';
import { CEILING, type Member, type Stake, survey } from '../../../src/scheduler/policy/crowd.ts';
import { ceilingMs, heat, intervalMs, nextDue, type Scene } from '../../../src/scheduler/policy/interval.ts';
import { pick } from '../../../src/scheduler/policy/lanes.ts';
import { backfill, baseRate, freshPace, type LookOutcome, type Pace } from '../../../src/scheduler/policy/pace.ts';
import { DAY_MS } from '../../../src/scheduler/policy/week.ts';
import { expectation } from '../../../src/scheduler/policy/why.ts';
import { hourMs } from '../../../src/types/time.ts';

const NOW = Date.UTC(2026, 0, 7, 12);
const PLAIN: Stake = { weight: 1, floorMs: 0, promise: null, reportedAt: null };
const ANSWERED: LookOutcome = { kind: 'answered', releases: [], restMs: null };

/** Released every `days` for a year, at all hours alike. */
function regular(days: number): Pace {
  const from = NOW - 364 * DAY_MS;
  const past = Array.from({ length: Math.floor(364 / days) }, (_, i) => ({
    at: NOW - (i + 0.5) * days * DAY_MS,
    weight: 1,
  }));
  return { ...backfill(freshPace(NOW), past, from, NOW), profile: [], seen: 0 };
}

function sceneOf(members: readonly Member[], looksPerHour: number, hotLane = false): Scene {
  const means = { looksPerHour, wholeWeek: false };
  return { crowd: survey(members, means, NOW), means, hotLane };
}

function plain(paces: readonly Pace[], stake = PLAIN): readonly Member[] {
  return paces.map((pace) => ({ pace, stake }));
}

describe('the square root', () => {
  const paces = [1, 2, 3, 5, 7, 9].map(regular);

  test('intervals are S / (B √v)', () => {
    const scene = sceneOf(plain(paces), 6);
    const rates = paces.map((pace) => baseRate(pace, NOW, scene.crowd.guess));
    const total = rates.reduce((sum, x) => sum + Math.sqrt(x), 0);
    paces.forEach((pace, i) => {
      const formula = (total / (6 * Math.sqrt(rates[i] ?? 0))) * hourMs;
      expect(intervalMs({ pace, stake: PLAIN, scene }, NOW) / formula).toBeGreaterThan(0.97);
      expect(intervalMs({ pace, stake: PLAIN, scene }, NOW) / formula).toBeLessThan(1.03);
    });
  });

  test('all looks together make the budget', () => {
    const scene = sceneOf(plain([...paces, ...Array.from({ length: 30 }, () => freshPace(NOW - 300 * DAY_MS))]), 36);
    const quiet = intervalMs({ pace: freshPace(NOW - 300 * DAY_MS), stake: PLAIN, scene }, NOW);
    const looks = paces.reduce(
      (sum, pace) => sum + hourMs / intervalMs({ pace, stake: PLAIN, scene }, NOW),
      (30 * hourMs) / quiet,
    );
    expect(looks / 36).toBeGreaterThan(0.95);
    expect(looks / 36).toBeLessThan(1.05);
  });

  test('a weight of four halves the interval', () => {
    const scene = sceneOf(plain(paces), 6);
    const pace = regular(1);
    expect(intervalMs({ pace, stake: { ...PLAIN, weight: 4 }, scene }, NOW)).toBeCloseTo(
      intervalMs({ pace, stake: PLAIN, scene }, NOW) / 2,
      -2,
    );
  });

  test('a promise shortens it', () => {
    const scene = sceneOf(plain(paces), 6);
    const promise = { saidAt: NOW - 9 * DAY_MS, from: NOW - DAY_MS, to: NOW + 6 * DAY_MS };
    expect(intervalMs({ pace: regular(90), stake: { ...PLAIN, promise }, scene }, NOW)).toBeLessThan(
      intervalMs({ pace: regular(90), stake: PLAIN, scene }, NOW) / 1.3,
    );
  });
});

describe('bounds', () => {
  test('nothing waits longer than three times its even share, jitter included', () => {
    const silent = freshPace(NOW - 700 * DAY_MS);
    const scene = sceneOf(plain([...[1, 1, 1, 1].map(regular), silent]), 5);
    expect(ceilingMs(scene)).toBe(CEILING * hourMs);
    expect(nextDue({ pace: silent, stake: PLAIN, scene }, ANSWERED, NOW, 0.999).dueAt).toBeLessThanOrEqual(
      NOW + 3 * hourMs,
    );
  });

  test('a floor holds even for an idle slot and against the ceiling', () => {
    const stake = { ...PLAIN, floorMs: DAY_MS };
    const due = nextDue({ pace: regular(1), stake, scene: sceneOf(plain([regular(1)]), 100) }, ANSWERED, NOW, 0);
    expect(due.notBefore).toBeGreaterThan(NOW + DAY_MS - 2000);
    expect(due.dueAt).toBeGreaterThanOrEqual(due.notBefore);
  });

  test('a wish to rest is kept to the millisecond', () => {
    const due = nextDue(
      { pace: regular(1), stake: PLAIN, scene: sceneOf(plain([regular(1)]), 100) },
      { ...ANSWERED, restMs: 900_000 },
      NOW,
      0.5,
    );
    expect(due.notBefore).toBe(NOW + 900_000);
  });

  test('no crowd and no budget are no trouble', () => {
    for (const looks of [0, 10]) {
      const due = nextDue({ pace: freshPace(NOW), stake: PLAIN, scene: sceneOf([], looks) }, ANSWERED, NOW, 0.5);
      expect(due.dueAt).toBeGreaterThan(NOW);
      expect(due.dueAt).toBeLessThanOrEqual(NOW + 31 * DAY_MS);
    }
  });
});

describe('without an answer', () => {
  const scene = sceneOf(plain([regular(1)]), 1);
  const missed = (misses: number): Pace => ({ ...regular(1), misses });

  test.each([
    { kind: 'later', misses: 1, minutes: 1 },
    { kind: 'later', misses: 4, minutes: 8 },
    { kind: 'later', misses: 99, minutes: 60 },
    { kind: 'broken', misses: 1, minutes: 5 },
    { kind: 'broken', misses: 99, minutes: 60 },
  ] as const)('$kind for the time no. $misses waits $minutes min', ({ kind, misses, minutes }) => {
    const finding: LookOutcome = kind === 'later' ? { kind, afterMs: null } : { kind };
    expect(nextDue({ pace: missed(misses), stake: PLAIN, scene }, finding, NOW, 0).dueAt).toBe(NOW + minutes * 60_000);
  });

  test('Retry-After is waited for, never less', () => {
    const due = nextDue({ pace: missed(3), stake: PLAIN, scene }, { kind: 'later', afterMs: 2 * hourMs }, NOW, 0);
    expect(due.notBefore).toBe(NOW + 2 * hourMs);
  });
});

describe('the hot lane', () => {
  const week = { saidAt: NOW - 20 * DAY_MS, from: NOW - 12 * DAY_MS, to: NOW - 6 * DAY_MS };

  test.each([
    { name: 'overdue', stake: { ...PLAIN, promise: week }, pace: regular(90), want: 'overdue' },
    {
      name: 'promised',
      stake: { ...PLAIN, promise: { ...week, to: NOW + DAY_MS } },
      pace: regular(90),
      want: 'promised',
    },
    { name: 'reported', stake: { ...PLAIN, reportedAt: NOW - hourMs }, pace: regular(90), want: 'reported' },
    { name: 'just released', stake: PLAIN, pace: { ...regular(9), lastRelease: NOW - 60_000 }, want: 'burst' },
    { name: 'nothing', stake: { ...PLAIN, reportedAt: NOW - 2 * DAY_MS }, pace: regular(9), want: null },
  ] as const)('$name', ({ stake, pace, want }) => {
    expect(heat(pace, stake, NOW)).toBe(want);
    const scene = sceneOf(plain(Array.from({ length: 50 }, () => regular(9))), 10, true);
    const due = nextDue({ pace, stake, scene }, ANSWERED, NOW, 0.5);
    expect(due.hot).toBe(want !== null);
    expect(due.dueAt - NOW <= 60_000).toBe(want !== null);
    // Whoever does not answer is still expected to.
    const failed = { kind: 'later', afterMs: null } as const;
    expect(nextDue({ pace, stake, scene }, failed, NOW, 0.5).hot).toBe(want !== null);
    for (const finding of [ANSWERED, failed])
      expect(nextDue({ pace, stake, scene: { ...scene, hotLane: false } }, finding, NOW, 0.5).hot).toBe(false);
  });

  test('goes first, and takes others along only when it goes', () => {
    const target = (
      id: string,
      dueIn: number,
      hot: boolean,
      rest = -1,
    ): { id: string; dueAt: number; notBefore: number; hot: boolean } => ({
      id,
      dueAt: NOW + dueIn,
      notBefore: NOW + rest,
      hot,
    });
    const list = [
      target('a', -3, false),
      target('b', -2, false),
      target('h', -1, true),
      target('c', 5, false, 4),
      target('d', 6, false),
    ];
    expect(pick(list, { main: 2, early: 2, hot: 3 }, NOW)).toEqual({ hot: ['h', 'd'], main: ['a', 'b'] });
    expect(pick(list, { main: 9, early: 9, hot: 0 }, NOW)).toEqual({ hot: [], main: ['a', 'b', 'h', 'd'] });
    expect(pick(list, { main: 9, early: 0, hot: 0 }, NOW).main).toEqual(['a', 'b', 'h']);
    expect(
      pick(
        list.filter(({ hot }) => !hot),
        { main: 1, early: 1, hot: 3 },
        NOW,
      ),
    ).toEqual({ hot: [], main: ['a'] });
  });
});

test('why: the interval and its reason in words', () => {
  const scene = sceneOf(plain(Array.from({ length: 20 }, () => regular(7))), 200, true);
  const say = (pace: Pace, stake: Stake): string =>
    inEnglish(expectation({ pace, stake, scene }, nextDue({ pace, stake, scene }, ANSWERED, NOW, 0.5), NOW).reason);
  expect(say(regular(7), PLAIN)).toBe('about every 6 min (releases about weekly, 3 min late on average)');
  expect(say(regular(7), { ...PLAIN, floorMs: hourMs })).toContain('not looked at more often than that');
  expect(say(freshPace(NOW - 900 * DAY_MS), PLAIN)).toContain('never less often');
  expect(say(regular(7), { ...PLAIN, reportedAt: NOW })).toBe(
    'about every 60 s (news says it may be there, 30 s late on average)',
  );
  expect(say({ ...regular(7), misses: 3 }, PLAIN)).toContain('no answer 3 times in a row');
  const often = [0.1, 1, 2.5, 14, 30, 120].map((days) => /releases ([^,;]*)/.exec(say(regular(days), PLAIN))?.[1]);
  expect(often).toEqual([
    'about 10 times a day',
    'about daily',
    'about 3 times a week',
    'about every 2 weeks',
    'about monthly',
    'about every 3 months',
  ]);
});
