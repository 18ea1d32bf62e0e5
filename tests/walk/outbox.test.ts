// What becomes of a message when its channel cannot take it: kept, in order, for as long as it takes, or given up and reported once.

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import type { Outcome } from '../../src/types/delivery.ts';
import { refusal } from '../support/reasons.ts';
import { type Answers, openAnswers, release, sees } from '../support/walk/answers.ts';
import { type Box, openBox } from '../support/walk/box.ts';
import { type Ground, grounds } from '../support/walk/databases.ts';
import { openPipeline, run, type Setting } from '../support/walk/pipeline.ts';

const minuteMs = 60_000;
let ground: Ground;
let db: Db;
let answers: Answers;
let box: Box;
let operators: Box;
let nowMs: number;
beforeEach(async () => {
  const sqlite = grounds[0];
  if (sqlite === undefined) throw new Error('no database to test on');
  ground = await sqlite.make();
  db = await ground.open();
  answers = openAnswers();
  [box, operators] = [openBox(true), openBox(true)];
  nowMs = Date.parse('2026-03-01T00:00:00Z');
  answers.put('a', sees([]));
  await run(setting());
  for (const tag of ['v1', 'v2', 'v3']) {
    answers.put('a', sees([release('a', tag)]));
    await openPipeline(setting()).look();
    nowMs += 1000;
  }
});
afterEach(async () => {
  await db.close();
  await ground.drop();
});

function setting(): Setting {
  return { db, answers, boxes: { releases: box, operators }, plan: [{ of: 'a', to: ['releases'] }], now: () => nowMs };
}
const later = (over: Partial<Extract<Outcome, { kind: 'later' }>> = {}): Outcome => ({
  kind: 'later',
  reason: refusal('busy'),
  afterMs: null,
  doubtful: false,
  ...over,
});
/** Goes on whenever something is to be tried again; how long that took, in milliseconds. */
async function patiently(most: number): Promise<number> {
  const began = nowMs;
  const pipeline = openPipeline(setting());
  for (let round = 0; round < most; round += 1) {
    const at = await pipeline.deliver();
    if (at === null) return nowMs - began;
    nowMs = Math.max(nowMs, at);
  }
  return nowMs - began;
}

it('waits as long as it is told to, and lets nothing overtake', async () => {
  box.answer(later({ afterMs: 2_500 }));
  const pipeline = openPipeline(setting());
  expect(await pipeline.deliver()).toBe(nowMs + 2_500);
  nowMs += 2_499;
  await pipeline.deliver();
  expect(box.attempts().length).toBe(1);
  nowMs += 1;
  expect(await pipeline.deliver()).toBeNull();
  expect(box.arrivals()).toEqual(['a v1', 'a v2', 'a v3']);
});

it('tries again for days, at most fifteen minutes apart, and repeats exactly what it said', async () => {
  box.answer(...Array.from({ length: 60 }, () => later({ doubtful: true })));
  const tookMs = await patiently(100);
  expect(box.arrivals()).toEqual(['a v1', 'a v2', 'a v3']);
  const first = box.attempts().slice(0, 61);
  expect(new Set(first.map(({ id, page }) => JSON.stringify([id, page]))).size).toBe(1);
  // The doubt is as old as the first attempt that may have arrived.
  expect(new Set(first.slice(1).map(({ doubtSince }) => doubtSince)).size).toBe(1);
  expect(tookMs).toBeLessThanOrEqual(60 * 15 * minuteMs);
  expect(tookMs).toBeGreaterThan(50 * 12 * minuteMs);
});

it('holds a channel that refuses us, tries hourly, loses nothing and says it once', async () => {
  box.answer(...Array.from({ length: 3 }, () => later({ hold: true, reason: refusal('the token is refused') })));
  const tookMs = await patiently(100);
  expect([box.attempts().length, tookMs]).toEqual([6, 3 * 60 * minuteMs]);
  expect(box.arrivals()).toEqual(['a v1', 'a v2', 'a v3']);
  expect(operators.letters().filter(({ text }) => text.includes('the token is refused')).length).toBe(1);
});

it('gives up what is owed to a channel that is gone, and says it once', async () => {
  box.answer({ kind: 'dead', reason: refusal('no such webhook'), gone: true });
  await patiently(10);
  answers.put('a', sees([release('a', 'v4')]));
  await run(setting());
  await patiently(10);
  expect([box.attempts().length, box.arrivals()]).toEqual([1, []]);
  expect(operators.letters().filter(({ text }) => text.includes('no such webhook')).length).toBe(1);
  expect(await db.all(`SELECT state, COUNT(*) AS n FROM deliveries WHERE channel = 'releases' GROUP BY state`)).toEqual(
    [{ state: 'dead', n: 4 }],
  );
});

it('gives up one message that is refused, tells operators and goes on with the next', async () => {
  box.answer({ kind: 'dead', reason: refusal('embeds too long'), gone: false });
  await patiently(10);
  expect(box.arrivals()).toEqual(['a v2', 'a v3']);
  expect(operators.letters().filter(({ text }) => text.includes('embeds too long')).length).toBe(1);
});

it('keeps an end for the address it was met at: another address is another channel', async () => {
  box.answer({ kind: 'dead', reason: refusal('no such webhook'), gone: true });
  await patiently(10);
  await db.batch([{ sql: `UPDATE channels SET address = 'somewhere else'`, params: [] }]);
  answers.put('a', sees([release('a', 'v4')]));
  await run(setting());
  expect(box.arrivals()).toEqual(['a v4']);
});
