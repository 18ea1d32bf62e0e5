// What is particular to PostgreSQL: sessions that meet, connections that break, and a password that is never said.
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { openDb } from '../../src/store/open.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { freshSchema, type Schema } from '../support/postgres.ts';

describe('on a real server', () => {
  let schema: Schema;
  let db: Db;

  beforeEach(async () => {
    schema = await freshSchema(inject('postgresUrl'));
    db = await openDb({ databaseUrl: schema.url, dataDir: 'unused', readOnly: false });
    await db.batch([
      { sql: 'CREATE TABLE counters (id TEXT PRIMARY KEY, version BIGINT NOT NULL)', params: [] },
      { sql: "INSERT INTO counters VALUES ('a', 0), ('b', 0)", params: [] },
    ]);
  });

  afterEach(async () => {
    await db.close();
    await schema.drop();
  });

  test('of writers that started from the same version one is done, the others are conflicts', async () => {
    const workers = await Promise.all([1, 2, 3, 4].map(() => openPostgres(schema.url)));
    const outcomes = await Promise.all(
      workers.map((worker) =>
        worker.batch([{ sql: "UPDATE counters SET version = 1 WHERE id = 'a' AND version = 0", params: [], rows: 1 }]),
      ),
    );
    expect(outcomes.toSorted()).toEqual(['conflict', 'conflict', 'conflict', 'done']);
    await Promise.all(workers.map((worker) => worker.close()));
  });

  test('batches that lock the same rows in opposite order all end, and each counts once', async () => {
    const add = (id: string) => ({
      sql: 'UPDATE counters SET version = version + 1 WHERE id = $1',
      params: [id],
      rows: 1,
    });
    const pause = { sql: 'SELECT pg_sleep(0.02)', params: [] };
    const orders = [
      ['a', 'b'],
      ['b', 'a'],
      ['a', 'b'],
      ['b', 'a'],
    ] as const;
    const outcomes = await Promise.all(orders.map(([one, two]) => db.batch([add(one), pause, add(two)])));
    const done = outcomes.filter((outcome) => outcome === 'done').length;
    expect(done).toBeGreaterThan(0);
    expect(await db.all('SELECT version FROM counters ORDER BY id')).toEqual([{ version: done }, { version: done }]);
  });

  test('a connection cut by the server in the middle of a batch leaves nothing of it, and the next query has a new one', async () => {
    const cut = db.batch([
      { sql: "UPDATE counters SET version = 9 WHERE id = 'a'", params: [] },
      { sql: 'SELECT pg_terminate_backend(pg_backend_pid())', params: [] },
    ]);
    await expect(cut).rejects.toThrow(/PostgreSQL at/);
    expect(await db.all("SELECT version FROM counters WHERE id = 'a'")).toEqual([{ version: 0 }]);
  });

  test('shows itself to the server by name', async () => {
    expect(await db.all("SELECT current_setting('application_name') AS name")).toEqual([{ name: 'landfall' }]);
  });

  test('a refused login is said without the password', async () => {
    const url = new URL(inject('postgresUrl'));
    url.username = 'nobody-of-that-name';
    url.password = 'canary%21word';
    const said = String(await openPostgres(url.href).catch((cause: unknown) => cause));
    expect(said).toContain(`PostgreSQL at ${url.host}`);
    expect(said).not.toMatch(/canary/);
  });
});

test.each([
  'mysql://me:canary@db/landfall',
  'postgres://me:canary@exa mple/landfall',
  'canary',
  'postgres://me:canary@127.0.0.1:1/landfall',
  'postgres://me@127.0.0.1:1/canary?password=canary',
])('an address that cannot be used is an error without secrets (%#)', async (url) => {
  const error = await openPostgres(url).catch((cause: unknown) => cause);
  if (!(error instanceof Error)) throw new Error('it was opened');
  expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('canary');
  expect(error.message).toMatch(/DATABASE_URL is not an address|PostgreSQL at 127\.0\.0\.1:1/);
});
