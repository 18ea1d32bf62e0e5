// A database of an older program, met by the built command: it is brought up to date, what it owed is told, and nothing twice.
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { migrations } from '../../src/store/migrations.ts';
import { prepareDataDir } from '../../src/store/open.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
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
