// What is written between wakes comes back as it was.

import { expect, test } from 'vitest';
import { allowance, COURTESY, spend } from '../../../src/scheduler/policy/budget.ts';
import {
  readPace,
  readPool,
  sceneOf,
  surveyed,
  wantsSurvey,
  writePace,
  writePool,
} from '../../../src/scheduler/policy/memory.ts';
import { backfill, freshPace } from '../../../src/scheduler/policy/pace.ts';
import { DAY_MS } from '../../../src/scheduler/policy/week.ts';
import type { Json } from '../../../src/types/core.ts';
import { hourMs } from '../../../src/types/time.ts';

const NOW = Date.UTC(2026, 0, 7, 12);
const STAKE = { weight: 1, floorMs: 0, promise: null, reportedAt: null };

function stored(json: Json): Json {
  return JSON.parse(JSON.stringify(json)) as Json;
}

test('a pace', () => {
  const pace = backfill(freshPace(NOW), [{ at: NOW - DAY_MS, weight: 1 }], NOW - 9 * DAY_MS, NOW);
  expect(readPace(stored(writePace(pace)), NOW + hourMs)).toMatchObject(pace);
  // As it was stored before it had a version.
  expect(readPace(stored({ ...pace }), NOW + hourMs)).toEqual(pace);
  expect(readPace(stored({ ...pace, v: 99 }), NOW)).toEqual(freshPace(NOW));
});

test('a pool, with its pause, its spending and its crowd', () => {
  const open = readPool(null, COURTESY, NOW);
  const spent = { pool: 'a pool', cost: 1, tookMs: 90, pauseMs: 60_000 };
  const used = { ...open, budget: spend(open.budget, COURTESY, { lane: 'main', spent: [spent], looks: 1, now: NOW }) };
  const memory = surveyed(used, COURTESY, [{ pace: freshPace(NOW), stake: STAKE }], NOW);
  const again = readPool(stored(writePool(memory)), COURTESY, NOW + 1);
  expect(again).toEqual(memory);
  expect(allowance(again.budget, COURTESY, NOW + 59_999).main).toBe(0);
  expect(sceneOf(again, COURTESY, NOW).crowd.targets).toBe(1);
});

test('a pool that guilds share is surveyed for its own targets and for theirs', () => {
  const pace = freshPace(NOW);
  const members = [STAKE, STAKE, { ...STAKE, guest: true }].map((stake) => ({ pace, stake }));
  const memory = surveyed(readPool(null, COURTESY, NOW), COURTESY, members, NOW);
  const targets = (guest: boolean): number => sceneOf(memory, COURTESY, NOW, guest).crowd.targets;
  expect([targets(false), targets(true)]).toEqual([2, 1]);
  // Nobody else's: what has no guests has no crowd of theirs.
  const alone = surveyed(memory, COURTESY, members.slice(0, 2), NOW);
  expect([alone.guests, sceneOf(alone, COURTESY, NOW, true).crowd.targets]).toEqual([null, 0]);
});

test('a pool has a hot lane where its quota has one', () => {
  const hotLane = (hot: number): boolean => sceneOf(readPool(null, COURTESY, NOW), { ...COURTESY, hot }, NOW).hotLane;
  expect([hotLane(0), hotLane(1)]).toEqual([false, true]);
});

test.each([
  null,
  7,
  'x',
  [],
  {},
  { since: 'yesterday' },
  { ...freshPace(NOW), counts: [1, 'x'] },
  { ...freshPace(NOW), v: 1, profile: null },
  { budget: {}, crowd: null },
])('%j starts anew', (json) => {
  expect(readPace(json, NOW)).toEqual(freshPace(NOW));
  expect(readPool(json, COURTESY, NOW)).toEqual(readPool(null, COURTESY, NOW));
});

test('a survey is wanted at first, after an hour, and when many came or went', () => {
  const open = readPool(null, COURTESY, NOW);
  expect(wantsSurvey(open, 0, NOW)).toBe(true);
  const members = Array.from({ length: 20 }, () => ({ pace: freshPace(NOW), stake: STAKE }));
  const memory = surveyed(open, COURTESY, members, NOW);
  expect(wantsSurvey(memory, 21, NOW + hourMs - 1)).toBe(false);
  expect(wantsSurvey(memory, 23, NOW)).toBe(true);
  expect(wantsSurvey(memory, 20, NOW + hourMs)).toBe(true);
});
