// From every database that the main branch ever made to this program's: the same tables as a new one, and nothing lost.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { deliveriesOf } from '../../src/store/deliveries.ts';
import { fillListing } from '../../src/store/listing.ts';
import { type Migration, migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { storiesByKey } from '../../src/store/stories.ts';
import { targetStandings } from '../../src/store/targets.ts';
import { allWatches } from '../../src/store/watches.ts';
import { kinds, type Place } from '../support/store/databases.ts';
import { earlier, leaveBehind, oldAt } from '../support/store/old-state.ts';

const feed = 'https://press.example/ai.xml';

const lists: Readonly<Record<string, string>> = {
  SQLite: `SELECT sql AS line FROM sqlite_master WHERE sql IS NOT NULL
    UNION SELECT m.name || '.' || c.name || ' ' || c.type FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`,
  PostgreSQL: `SELECT regexp_replace(indexdef, '[^ ]*[.]', '') AS line FROM pg_indexes WHERE schemaname = current_schema()
    UNION SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns WHERE table_schema = current_schema()`,
};

async function schemaOf(db: Db, name: string): Promise<readonly string[]> {
  const rows = await db.all(lists[name] ?? '');
  // A table that was altered keeps its first text: its columns are listed beside.
  return rows
    .map(({ line }) => String(line))
    .filter((line) => !line.startsWith('CREATE TABLE'))
    .toSorted();
}

describe.each(kinds)('$name', ({ name, make }) => {
  let places: Place[] = [];
  let dbs: Db[] = [];
  const fresh = async (): Promise<Db> => {
    const place = await make();
    const db = await place.open();
    places.push(place);
    dbs.push(db);
    return db;
  };

  beforeEach(() => {
    places = [];
    dbs = [];
  });
  afterEach(async () => {
    await Promise.all(dbs.map((db) => db.close()));
    await Promise.all(places.map((place) => place.drop()));
  });

  const starts: readonly (readonly [string, readonly Migration[]])[] = [
    ...migrations.slice(0, -1).map(({ id }) => [`migration ${id}`, migrations.filter((one) => one.id <= id)] as const),
    ...Object.entries(earlier),
  ];

  test.each(starts)('from %s', async (_, done) => {
    const made = await fresh();
    await migrate(made, migrations);
    const db = await fresh();
    await leaveBehind(db, done, feed);
    await migrate(db, migrations);
    while (await fillListing(db));
    expect(await schemaOf(db, name)).toEqual(await schemaOf(made, name));
    const story = (await storiesByKey(db, 'file', ['model:xai/grok/2'])).get('model:xai/grok/2');
    expect(story).toMatchObject({
      name: 'Grok 2',
      stage: 'pledged',
      pledge: { state: 'open' },
      audience: ['releases'],
    });
    expect(await deliveriesOf(db, story?.id ?? '')).toMatchObject([
      { state: 'owed', form: 'card', channel: 'releases' },
    ]);
    expect(await targetStandings(db)).toMatchObject([
      {
        target: { address: feed },
        baselineAt: oldAt,
        reason: { code: 'words', params: { text: '503: the host is busy' } },
      },
    ]);
    expect(await allWatches(db)).toMatchObject([{ to: ['releases'], origin: { by: 'file' } }]);
    expect(await db.all('SELECT kind, listed_at FROM stories')).toEqual([
      { kind: 'model', listed_at: expect.any(String) },
    ]);
  });
});
