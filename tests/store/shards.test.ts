// Shards over several workers: who holds which, who is running, whose turn it is to log in, and what is said of all of it.
import { beforeEach, describe, expect, test } from 'vitest';
import { openShards } from '../../src/app/shards.ts';
import type { Shards } from '../../src/bot/shards.ts';
import { gatewayStanding } from '../../src/reports/gateway.ts';
import type { Db } from '../../src/store/define.ts';
import { aloneHolds, openHolds } from '../../src/store/holds.ts';
import { kinds, onFresh } from '../support/store/databases.ts';

const noon = Date.parse('2026-03-02T12:00:00.000Z');

describe.each(kinds)('$name', ({ make }) => {
  let db: Db;
  let nowMs = noon;
  onFresh(make, (opened) => {
    db = opened;
  });
  beforeEach(() => {
    nowMs = noon;
  });

  const wait = (_ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  const worker = (holder: string): Shards => {
    const holds = openHolds(db, holder, { steadyMs: () => 0, wallMs: () => 0, wait });
    return openShards({ db, holds, holder, now: () => nowMs });
  };
  const expire = (table: string): Promise<unknown> =>
    db.batch([{ sql: `UPDATE ${table} SET until = ${db.clock(-1)}`, params: [] }]);

  test('each shard belongs to one worker, until that gives it up or is dead', async () => {
    const [a, b] = [worker('a'), worker('b')];
    const [one, other] = [
      { id: 0, total: 2 },
      { id: 1, total: 2 },
    ];
    const lease = await a.hold(one);
    await a.note(one, null);
    expect(await b.hold(one)).toBeNull();
    expect(await b.hold(other)).not.toBeNull();
    await b.note(other, null);
    expect([await a.taken(), await b.taken()]).toEqual([[other], [one]]);
    await lease?.release();
    expect(await b.taken()).toEqual([]);
    await expire('leases');
    expect(await a.taken()).toEqual([]);
    expect(await a.hold(other)).not.toBeNull();
  });

  test('a shard of another total is seen until its lease ends', async () => {
    const [a, b] = [worker('a'), worker('b')];
    await a.hold({ id: 0, total: 2 });
    await a.note({ id: 0, total: 2 }, null);
    await b.hold({ id: 0, total: 4 });
    await b.note({ id: 0, total: 4 }, null);
    expect([await b.taken(), await a.taken()]).toEqual([[{ id: 0, total: 2 }], [{ id: 0, total: 4 }]]);
  });

  test('counts the workers that are running', async () => {
    const [a, b] = [worker('a'), worker('b')];
    expect([await a.present(), await b.present(), await a.present()]).toEqual([1, 2, 2]);
    await b.absent();
    expect([await a.present(), await b.present()]).toEqual([1, 2]);
    await expire('gateway_workers');
    expect(await b.present()).toBe(1);
    await b.leave();
    const alone = openShards({ db, holds: aloneHolds(), holder: 'c', now: () => nowMs });
    expect([await alone.present(), await alone.taken()]).toEqual([1, []]);
  });

  test('one login at a time in each bucket, whoever asks', async () => {
    const [a, b] = [worker('a'), worker('b')];
    expect([await a.mayIdentify(0), await a.mayIdentify(0), await b.mayIdentify(0)]).toEqual([true, false, false]);
    expect([await b.mayIdentify(1), await b.mayIdentify(1)]).toEqual([true, false]);
    await expire('leases');
    expect([await b.mayIdentify(0), await a.mayIdentify(0)]).toEqual([true, false]);
  });

  test('a shard of a worker that was killed is not connected: by its lease, or for who is alone from the start on', async () => {
    const a = worker('a');
    await a.setTotal(1);
    await a.hold({ id: 0, total: 1 });
    await a.note({ id: 0, total: 1 }, null);
    expect(await gatewayStanding(db, nowMs)).toMatchObject({ connected: 1 });
    await expire('leases');
    expect(await gatewayStanding(db, nowMs)).toMatchObject({ connected: 0, away: [{ code: 'gateway.unattended' }] });
    await worker('b').hold({ id: 0, total: 1 });
    await worker('b').note({ id: 0, total: 1 }, null);
    expect(await gatewayStanding(db, nowMs)).toMatchObject({ connected: 1 });
    const alone = openShards({ db, holds: aloneHolds(), holder: 'c', now: () => nowMs });
    await alone.present();
    expect(await gatewayStanding(db, nowMs)).toBeNull();
    await alone.note({ id: 0, total: 1 }, null);
    await alone.present();
    expect(await gatewayStanding(db, nowMs)).toMatchObject({ connected: 1 });
  });

  test('says how many are connected, and why the others are not', async () => {
    const a = worker('a');
    expect([await a.total(), await gatewayStanding(db, nowMs)]).toEqual([null, null]);
    await a.note({ id: 0, total: 1 }, { code: 'gateway.logins-spent', params: {} });
    expect(await gatewayStanding(db, nowMs)).toMatchObject({ shards: 1, connected: 0 });
    await a.setTotal(3);
    expect([await a.total(), await gatewayStanding(db, nowMs)]).toEqual([3, null]);
    for (const id of [0, 1]) await a.note({ id, total: 3 }, null);
    nowMs += 60_000;
    await a.note({ id: 1, total: 3 }, { code: 'gateway.closed', params: { code: 4000 } });
    await a.confirm();
    nowMs += 60_000;
    expect(await gatewayStanding(db, nowMs)).toEqual({
      shards: 3,
      connected: 1,
      reason: "1 of 3 shards connected to Discord's gateway",
      code: 'gateway.shards',
      away: [
        {
          shard: 1,
          since: '2026-03-02T12:01:00.000Z',
          reason: 'Discord closed the connection (4000)',
          code: 'gateway.closed',
        },
        { shard: 2, since: null, reason: 'no worker holds it', code: 'gateway.unattended' },
      ],
    });
    // A worker that was killed confirms nothing.
    nowMs += 60_000;
    expect(await gatewayStanding(db, nowMs)).toMatchObject({ connected: 0 });
    await worker('b').forget({ id: 0, total: 3 });
    nowMs -= 60_000;
    expect(await gatewayStanding(db, nowMs)).toMatchObject({ connected: 1 });
    await a.leave();
    expect(await gatewayStanding(db, nowMs)).toBeNull();
  });
});
