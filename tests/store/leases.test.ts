// Leases: one holder at a time by the database's own clock, free after their end, fenced by a token.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { openHolds } from '../../src/store/holds.ts';
import { claimLease, keepLease, leaseStatement, releaseLease } from '../../src/store/leases.ts';
import { kinds, onFresh, type Place } from '../support/store/databases.ts';

const lastsMs = 30_000;

describe.each(kinds)('$name', ({ make }) => {
  let place: Place;
  let db: Db;
  onFresh(make, (opened, from) => {
    db = opened;
    place = from;
  });

  const claim = (name: string, holder: string) => claimLease(db, name, holder, lastsMs);
  /** The database's time passes, for these leases. */
  const later = (ms: number) =>
    db.batch([{ sql: `UPDATE leases SET until = ${db.clock(lastsMs - ms)} WHERE until <> ''`, params: [] }]);

  test('its time is now, in the same form as ours', async () => {
    const [row] = await db.all(`SELECT ${db.clock(0)} AS now, ${db.clock(-90_500)} AS before`);
    expect(row?.now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Math.abs(Date.parse(String(row?.now)) - Date.now())).toBeLessThan(5_000);
    expect(Math.abs(Date.parse(String(row?.now)) - Date.parse(String(row?.before)) - 90_500)).toBeLessThan(1_000);
  });

  test('belongs to the first until its end, then to whoever asks', async () => {
    expect(await claim('pool:github', 'a')).toMatchObject({ holder: 'a', token: 1 });
    await later(29_000);
    expect(await claim('pool:github', 'b')).toBeNull();
    expect(await claim('pool:feeds', 'b')).toMatchObject({ token: 1 });
    await later(30_001);
    expect(await claim('pool:github', 'b')).toMatchObject({ holder: 'b', token: 2 });
    expect(await claim('pool:github', 'a')).toBeNull();
  });

  test('is fenced: an older token keeps, writes and frees nothing, not even of the same holder', async () => {
    const first = await claim('gateway', 'a');
    const second = await claim('gateway', 'a');
    if (first === null || second === null) throw new Error('its holder may claim it again');
    expect(second.token).toBe(first.token + 1);
    const work = { sql: `INSERT INTO meta (key, value) VALUES ('job', $1)`, params: ['done'] };
    expect(await db.batch([work, leaseStatement(db, first, lastsMs)])).toBe('conflict');
    expect(await db.all('SELECT key FROM meta')).toEqual([]);
    expect(await keepLease(db, first, lastsMs)).toBe(false);
    await releaseLease(db, first);
    expect(await claim('gateway', 'b')).toBeNull();
    expect(await db.batch([work, leaseStatement(db, second, lastsMs)])).toBe('done');
    await releaseLease(db, second);
    // Free at once, and the number goes on from where it was.
    expect(await claim('gateway', 'b')).toMatchObject({ token: second.token + 1 });
    expect(await keepLease(db, second, lastsMs)).toBe(false);
  });

  test("one that was written before the database's clock was set back ends at once", async () => {
    await claim('pool:github', 'a');
    await later(-3_600_000);
    expect(await claim('pool:github', 'b')).toMatchObject({ token: 2 });
  });

  test('four workers share a hundred jobs and never take the same one', async () => {
    const jobs = Array.from({ length: 100 }, (_, id) => id);
    await db.batch([{ sql: 'CREATE TABLE jobs (id BIGINT PRIMARY KEY, done_by TEXT, runs BIGINT)', params: [] }]);
    await db.batch(jobs.map((id) => ({ sql: 'INSERT INTO jobs (id, runs) VALUES ($1, 0)', params: [id] })));
    const workers = await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => ({ name, own: await place.open() })));
    const claimed = await Promise.all(
      workers.map(async ({ name, own }) => {
        let count = 0;
        for (const id of jobs) {
          const lease = await claimLease(own, `job:${id}`, name, lastsMs);
          if (lease === null) continue;
          count += 1;
          const run = {
            sql: 'UPDATE jobs SET done_by = $2, runs = runs + 1 WHERE id = $1',
            params: [id, name],
            rows: 1,
          };
          expect(await own.batch([run, leaseStatement(own, lease, lastsMs)])).toBe('done');
        }
        return count;
      }),
    );
    expect(claimed.reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(await db.all('SELECT COUNT(*) AS n FROM jobs WHERE runs <> 1')).toEqual([{ n: 0 }]);
    await Promise.all(workers.map(({ own }) => own.close()));
  });

  describe('as it is held', () => {
    let steadyMs: number;
    let wallMs: number;
    let ticks: (() => void)[];
    const clock = {
      steadyMs: () => steadyMs,
      wallMs: () => wallMs,
      wait: (_: number, signal: AbortSignal) =>
        new Promise<void>((resolve) => {
          ticks.push(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
    };
    const pass = (ms: number): void => {
      steadyMs += ms;
      wallMs += ms;
    };
    const until = () => db.all('SELECT until, token FROM leases');
    beforeEach(() => {
      steadyMs = 1_000;
      wallMs = 1_000;
      ticks = [];
    });

    test('is kept up while its work lasts, and no longer', async () => {
      const held = await openHolds(db, 'a', clock).hold('channel:x');
      await later(29_999);
      const before = await until();
      pass(3_000);
      ticks.shift()?.();
      await expect.poll(until).not.toEqual(before);
      expect(held?.signal.aborted).toBe(false);
      await held?.release();
      expect(await until()).toEqual([{ until: '', token: 1 }]);
    });

    test.each([
      ['a process that was stopped', 8_000, 8_000],
      ['a machine that slept', 10, 3_600_000],
      ['a process that was stopped while its clock was set back', 8_000, -3_600_000],
    ])('%s does not begin what it had proved before', async (_, steady, wall) => {
      const holds = openHolds(db, 'a', clock);
      const held = await holds.hold('channel:x');
      expect(await held?.prove()).toBe(true);
      holds.expire();
      expect(held?.signal.aborted).toBe(false);
      steadyMs += steady;
      wallMs += wall;
      holds.expire();
      expect(held?.signal.aborted).toBe(true);
      expect(await held?.prove()).toBe(false);
    });

    test('a clock that is set back ends nothing', async () => {
      const holds = openHolds(db, 'a', clock);
      const held = await holds.hold('channel:x');
      wallMs -= 3_600_000;
      holds.expire();
      expect([held?.signal.aborted, await held?.prove()]).toEqual([false, true]);
    });

    test('a proof that was so long on its way that it says nothing of now is none', async () => {
      let slowly = async (): Promise<void> => undefined;
      const slow: Db = { ...db, all: (sql, params) => slowly().then(() => db.all(sql, params)) };
      const held = await openHolds(slow, 'a', clock).hold('channel:x');
      slowly = async () => pass(8_000);
      expect(await held?.prove()).toBe(false);
    });

    test('once another has it, everything that is left of it fails', async () => {
      const held = await openHolds(db, 'a', clock).hold('channel:x');
      expect(await openHolds(db, 'b', clock).hold('channel:x')).toBeNull();
      await later(30_001);
      const other = await openHolds(db, 'b', clock).hold('channel:x');
      await other?.release();
      expect(await db.batch(held?.guard() ?? [])).toBe('conflict');
      expect([await held?.prove(), held?.signal.aborted]).toEqual([false, true]);
    });

    test('it ends when the database does not answer for nearly as long as it lasts', async () => {
      let away = false;
      const failing: Db = {
        ...db,
        all: async (sql, params) => {
          if (away) throw new Error('away');
          return db.all(sql, params);
        },
      };
      const held = await openHolds(failing, 'a', clock).hold('channel:x');
      away = true;
      for (let second = 0; second < 8 && held?.signal.aborted === false; second += 1) {
        expect(steadyMs).toBeLessThanOrEqual(8_500);
        pass(1_000);
        ticks.shift()?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect([held?.signal.aborted, steadyMs]).toEqual([true, 9_000]);
    });
  });
});
