// A database of an older program, met by the built command: it is brought up to date, what it owed is told, and nothing twice.
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { migrations } from '../../src/store/migrations.ts';
import { prepareDataDir } from '../../src/store/open.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { openCut } from '../support/cut.ts';
import { type Place, placeFor } from '../support/e2e/place.ts';
import { freshSchema } from '../support/postgres.ts';
import { leaveBehind, oldLink } from '../support/store/old-state.ts';

/** A feed that still shows what was the baseline, and something newer. */
async function prepare(place: Place): Promise<string> {
  const { web, now } = place.world;
  const { url } = web.feed('/ai.xml', {
    entries: [
      { title: 'A new tool for chips', link: 'https://press.example/new', published: now() },
      {
        title: 'Chip makers look back on a busy summer',
        link: oldLink,
        published: Date.parse('2025-08-03T08:00:00Z'),
        summary: 'A look at the numbers of the quarter.',
      },
    ],
  });
  await place.configure(`- feed: ${url}`);
  return url;
}

async function upgraded(place: Place, env: Readonly<Record<string, string>>): Promise<void> {
  const { code, said, document } = await place.once({ env });
  expect(document).toMatchObject({ watches: [{ result: 'fresh' }], owed: 0 });
  expect(new Set(said.map((text) => text.split('\n')[0]))).toEqual(new Set(['A new tool for chips', 'Grok 2']));
  expect(said.length).toBe(2);
  expect(code).toBe(0);
  const status = await place.run('status --json', { env });
  expect(status.code).toBe(0);
  expect(status.json()).toMatchObject({ channels: [{ channel: 'releases', on: true, owed: 0, reason: null }] });
}

it.for([1, 4, 8])('a file from migration %i; then a copy of it, put back', async (last, test) => {
  const place = await placeFor(test);
  const url = await prepare(place);
  prepareDataDir(place.home.data);
  const file = join(place.home.data, 'landfall.db');
  const db = await openSqlite(file);
  await leaveBehind(
    db,
    migrations.filter(({ id }) => id <= last),
    url,
  );
  await db.close();
  const early = await place.run('status');
  expect([early.code, early.stderr]).toEqual([
    1,
    'the database is older than this program: `landfall run` brings it up to date\n',
  ]);
  await upgraded(place, {});
  if (last > 1) return;

  const copy = join(place.home.dir, 'copy.db');
  expect((await place.run(`backup ${copy}`)).code).toBe(0);
  await rm(place.home.data, { recursive: true });
  prepareDataDir(place.home.data);
  await copyFile(copy, file);
  const after = await place.once();
  expect([after.code, after.said, after.document.told]).toEqual([0, [], 0]);
});

it('a PostgreSQL database from the first migration', async (test) => {
  const place = await placeFor(test);
  const schema = await freshSchema(inject('postgresUrl'));
  test.onTestFinished(schema.drop);
  const url = await prepare(place);
  const db: Db = await openPostgres(schema.url);
  await leaveBehind(db, migrations.slice(0, 1), url);
  await db.close();
  await upgraded(place, { DATABASE_URL: schema.url });
});

it('cut while it is brought up to date: killed, or without its PostgreSQL, and the next start goes on', async (test) => {
  const place = await placeFor(test);
  const url = await prepare(place);
  const schema = await freshSchema(inject('postgresUrl'));
  test.onTestFinished(schema.drop);
  const db = await openPostgres(schema.url);
  test.onTestFinished(db.close);
  await leaveBehind(
    db,
    migrations.filter(({ id }) => id <= 5),
    url,
  );
  const line = await openCut(schema.url);
  test.onTestFinished(line.close);
  // Somebody reads a table that a migration changes: the program waits in the middle of that one.
  const reader = new pg.Client({ connectionString: schema.url });
  await reader.connect();
  test.onTestFinished(() => reader.end());
  const { rows } = await reader.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await reader.query('BEGIN; LOCK TABLE verdicts IN ACCESS SHARE MODE; LOCK TABLE deliveries IN ACCESS SHARE MODE');
  const waiting = async (): Promise<void> => {
    const sql = 'SELECT pid FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))';
    await expect.poll(() => db.all(sql, [rows[0]?.pid ?? 0]), { timeout: 20_000 }).toHaveLength(1);
  };
  const done = async (): Promise<number> => Number((await db.all('SELECT MAX(id) AS n FROM migrations'))[0]?.n);

  const killed = place.start('run', { env: { DATABASE_URL: schema.url } });
  await waiting();
  expect((await killed.kill()).signal).toBe('SIGKILL');
  expect(await done()).toBe(5);

  const cut = place.start('run', { env: { DATABASE_URL: line.url } });
  await waiting();
  line.cut();
  const ended = await cut.ended;
  expect([ended.code, ended.stderr]).toEqual([1, expect.stringMatching(/PostgreSQL at 127\.0\.0\.1/)]);
  expect(await done()).toBe(5);

  line.mend();
  await reader.query('ROLLBACK');
  await upgraded(place, { DATABASE_URL: line.url });
  expect(await done()).toBe(migrations.at(-1)?.id);
}, 60_000);
