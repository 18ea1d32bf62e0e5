// The outbox of several channels: each at its own pace, news at once, a stop at any time.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sharedHolds } from '../../src/app/open-worker.ts';
import { createDispatcher, deliverAll } from '../../src/outbox/dispatcher.ts';
import { state } from '../../src/outbox/held.ts';
import { noticeStatement } from '../../src/outbox/notice.ts';
import type { OutboxTarget } from '../../src/outbox/target.ts';
import { saveChannelState } from '../../src/store/channel-states.ts';
import type { Outcome } from '../../src/types/delivery.ts';
import { type Outbox, openOutbox } from '../support/outbox.ts';
import { refusal } from '../support/reasons.ts';

const start = Date.parse('2026-03-02T10:00:00.000Z');
let outbox: Outbox;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  outbox = await openOutbox({ now: Date.now }, () => []);
});
afterEach(async () => {
  await outbox.close();
  vi.useRealTimers();
});

function outboxTarget(name: string, send: () => Promise<Outcome>): OutboxTarget {
  const style = () => ({ locale: 'en', timezone: 'UTC', silent: false, mention: [] });
  return { name, address: name, channel: { kind: 'test', edits: true, pages: () => [{}], send }, style };
}

const notice = (channel: string, seq: number) =>
  noticeStatement(channel, { about: `${seq}`, said: { title: 't', text: 't' }, seq }, new Date(start).toISOString());

it('a channel that does not answer holds no other back, and what becomes owed meanwhile is sent', async () => {
  const stop = new AbortController();
  let answer: (outcome: Outcome) => void = () => undefined;
  const slow = outboxTarget(
    'slow',
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const sent: string[] = [];
  const quick = outboxTarget('quick', async () => {
    sent.push('quick');
    return { kind: 'sent', messageId: '1' };
  });
  let rested = (): void => undefined;
  const wait = (_: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      rested();
    });
  const untilRest = (): Promise<void> =>
    new Promise((resolve) => {
      rested = resolve;
    });
  await outbox.write([notice('slow', 1), notice('quick', 2)]);
  const dispatcher = createDispatcher({ ...outbox.dispatcher(), outboxTargets: [slow, quick] }, wait);
  const kept = dispatcher.keep(stop.signal);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  await outbox.write([notice('quick', 3)]);
  const resting = untilRest();
  dispatcher.owed();
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  await resting;
  answer({ kind: 'sent', messageId: '2' });
  stop.abort();
  await kept;
  expect(await outbox.db.all(`SELECT id FROM deliveries WHERE state = 'owed'`)).toEqual([]);
});

it('comes back when a channel said it would be ready', async () => {
  const stop = new AbortController();
  const waits: number[] = [];
  let tries = 0;
  const busy = outboxTarget('busy', async () => {
    tries += 1;
    if (tries === 2) stop.abort();
    return tries === 1
      ? { kind: 'later', reason: refusal('rate limit'), afterMs: 1_234, doubtful: false }
      : { kind: 'sent', messageId: '1' };
  });
  await outbox.write([notice('busy', 1)]);
  const wait = async (ms: number, signal: AbortSignal): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return;
    waits.push(ms);
    vi.setSystemTime(Date.now() + ms);
  };
  await createDispatcher({ ...outbox.dispatcher(), outboxTargets: [busy] }, wait).keep(stop.signal);
  expect(tries).toBe(2);
  expect(waits.at(-1)).toBe(1_234);
});

it('a worker that was stopped after it pinned, and whose channel another has taken, sends nothing when it wakes', async () => {
  let tries = 0;
  const taken = outboxTarget('taken', async () => {
    tries += 1;
    return { kind: 'sent', messageId: '1' };
  });
  await outbox.write([notice('taken', 1)]);
  const world = outbox.dispatcher();
  const { db } = world;
  const batch: typeof db.batch = async (statements) => {
    const done = await db.batch(statements);
    if (statements.some(({ sql }) => sql.includes('pinned')))
      await db.batch([{ sql: `UPDATE leases SET holder = 'another'`, params: [] }]);
    return done;
  };
  const signal = new AbortController().signal;
  const at = await deliverAll({ ...world, db: { ...db, batch }, outboxTargets: [taken] }, signal);
  expect(tries).toBe(0);
  expect(at).toBeGreaterThan(Date.now());
  expect(await db.all(`SELECT state FROM deliveries`)).toEqual([{ state: 'owed' }]);
});

it.each(['reading', 'writing'])(
  'gives up when the database fails at %s for as long as its patience, with the reason; what is owed stays owed',
  async (failing) => {
    let sends = 0;
    const channel = outboxTarget('a', async () => {
      sends += 1;
      return { kind: 'sent', messageId: '1' };
    });
    await outbox.write([notice('a', 1)]);
    const world = outbox.dispatcher();
    const full = async () => {
      throw new Error('the disk is full');
    };
    const { all } = world.db;
    const reading: typeof all = (sql, params) => (/^\s*(?:INSERT|UPDATE)/.test(sql) ? full() : all(sql, params));
    const db = { ...world.db, all: failing === 'reading' ? full : reading, batch: full };
    let waited = 0;
    const wait = async (ms: number, signal: AbortSignal): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) return;
      waited += ms;
      vi.setSystemTime(Date.now() + ms);
    };
    const dispatcher = createDispatcher(
      { ...world, db, holds: sharedHolds(db, 'a'), outboxTargets: [channel], onError: () => {} },
      wait,
    );
    await expect(dispatcher.drain(30_000, new AbortController().signal)).rejects.toThrow('the disk is full');
    expect(waited).toBeGreaterThanOrEqual(25_000);
    expect(waited).toBeLessThanOrEqual(40_000);
    expect(sends).toBe(0);
    expect(await world.db.all(`SELECT state FROM deliveries`)).toEqual([{ state: 'owed' }]);
  },
);

it('a database that fails for a moment is no reason to give up', async () => {
  let sends = 0;
  const channel = outboxTarget('a', async () => {
    sends += 1;
    return { kind: 'sent', messageId: '1' };
  });
  await outbox.write([notice('a', 1)]);
  const world = outbox.dispatcher();
  let left = 4;
  const all: typeof world.db.all = async (sql, params) => {
    left -= 1;
    if (left >= 0) throw new Error('away');
    return world.db.all(sql, params);
  };
  const wait = async (ms: number, signal: AbortSignal): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    if (!signal.aborted) vi.setSystemTime(Date.now() + ms);
  };
  const db = { ...world.db, all };
  await createDispatcher({ ...world, db, outboxTargets: [channel], onError: () => {} }, wait).drain(
    30_000,
    new AbortController().signal,
  );
  expect(sends).toBe(1);
});

it.each([
  ['half an hour from now is kept', 30 * 60_000, 0],
  ['a month from now was written by a clock that has been set back since', 30 * 86_400_000, 1],
])('a hold that ends %s', async (_, ms, expected) => {
  let sends = 0;
  const channel = outboxTarget('a', async () => {
    sends += 1;
    return { kind: 'sent', messageId: '1' };
  });
  const holdUntil = new Date(start + ms).toISOString();
  const held = state(channel, { holdUntil, reason: { code: 'message.nothing', params: {} } });
  await outbox.write([notice('a', 1), saveChannelState(held)]);
  await deliverAll({ ...outbox.dispatcher(), outboxTargets: [channel] }, new AbortController().signal);
  expect(sends).toBe(expected);
});
