// Leases: one holder at a time, free after their end, and a guard inside batches.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { claimLease, keepLease, leaseStatement, releaseLease } from '../../src/store/leases.ts';
import { kinds, type Place } from '../support/store/databases.ts';

const at = (second: number): string => new Date(Date.UTC(2025, 7, 23, 8, 0, second)).toISOString();

describe.each(kinds)('$name', ({ make }) => {
  let place: Place;
  let db: Db;

  beforeEach(async () => {
    place = await make();
    db = await place.open();
    await db.batch([
      { sql: 'CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until TEXT NOT NULL)', params: [] },
      { sql: 'CREATE TABLE jobs (id BIGINT PRIMARY KEY, done_by TEXT, runs BIGINT NOT NULL)', params: [] },
    ]);
  });

  afterEach(async () => {
    await db.close();
    await place.drop();
  });

  test('belongs to the first until its end, then to whoever asks', async () => {
    expect(await claimLease(db, 'pool:github', 'a', at(0), at(30))).toBe(true);
    expect(await claimLease(db, 'pool:github', 'b', at(29), at(59))).toBe(false);
    expect(await claimLease(db, 'pool:feeds', 'b', at(29), at(59))).toBe(true);
    expect(await claimLease(db, 'pool:github', 'b', at(30), at(60))).toBe(true);
    expect(await claimLease(db, 'pool:github', 'a', at(31), at(61))).toBe(false);
  });

  test('its holder may claim and keep it; who lost it may not', async () => {
    await claimLease(db, 'gateway', 'a', at(0), at(10));
    expect(await claimLease(db, 'gateway', 'a', at(5), at(15))).toBe(true);
    expect(await keepLease(db, 'gateway', 'a', at(40))).toBe(true);
    expect(await claimLease(db, 'gateway', 'b', at(39), at(69))).toBe(false);
    expect(await claimLease(db, 'gateway', 'b', at(40), at(70))).toBe(true);
    expect(await keepLease(db, 'gateway', 'a', at(80))).toBe(false);
  });

  test('is free at once when released, but only by its holder', async () => {
    await claimLease(db, 'gateway', 'a', at(0), at(60));
    await releaseLease(db, 'gateway', 'b');
    expect(await claimLease(db, 'gateway', 'b', at(1), at(61))).toBe(false);
    await releaseLease(db, 'gateway', 'a');
    expect(await claimLease(db, 'gateway', 'b', at(1), at(61))).toBe(true);
  });

  test('a batch of somebody who lost the lease writes nothing', async () => {
    await claimLease(db, 'pool:github', 'a', at(0), at(10));
    await claimLease(db, 'pool:github', 'b', at(10), at(20));
    const work = { sql: 'INSERT INTO jobs (id, runs) VALUES ($1, 1)', params: [1] };
    expect(await db.batch([work, leaseStatement('pool:github', 'a', at(30))])).toBe('conflict');
    expect(await db.all('SELECT id FROM jobs')).toEqual([]);
    expect(await db.batch([work, leaseStatement('pool:github', 'b', at(30))])).toBe('done');
    expect(await db.all('SELECT until FROM leases')).toEqual([{ until: at(30) }]);
  });

  test('four workers share a hundred jobs and never take the same one', async () => {
    const jobs = Array.from({ length: 100 }, (_, id) => id);
    await db.batch(jobs.map((id) => ({ sql: 'INSERT INTO jobs (id, runs) VALUES ($1, 0)', params: [id] })));
    const workers = await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => ({ name, own: await place.open() })));
    const claimed = await Promise.all(
      workers.map(async ({ name, own }) => {
        let count = 0;
        for (const id of jobs) {
          if (!(await claimLease(own, `job:${id}`, name, at(0), at(30)))) continue;
          count += 1;
          const run = {
            sql: 'UPDATE jobs SET done_by = $2, runs = runs + 1 WHERE id = $1',
            params: [id, name],
            rows: 1,
          };
          expect(await own.batch([run, leaseStatement(`job:${id}`, name, at(40))])).toBe('done');
        }
        return count;
      }),
    );
    expect(claimed.reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(await db.all('SELECT COUNT(*) AS n FROM jobs WHERE runs <> 1')).toEqual([{ n: 0 }]);
    await Promise.all(workers.map(({ own }) => own.close()));
  });
});
