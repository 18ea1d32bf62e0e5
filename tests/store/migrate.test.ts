// Migrations: in order, each once, safe for several workers, and never onto a newer database.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../../src/store/define.ts';
import { expectMigrated, type Migration, migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { kinds, type Place } from '../support/store/databases.ts';

const first: Migration = { id: 1, sql: ['CREATE TABLE labs (id TEXT PRIMARY KEY)', "INSERT INTO labs VALUES ('xai')"] };
const second: Migration = { id: 2, sql: ['ALTER TABLE labs ADD COLUMN zone TEXT', "UPDATE labs SET zone = 'UTC'"] };
const broken: Migration = {
  id: 3,
  sql: ["INSERT INTO labs VALUES ('tii', 'Asia/Dubai')", 'INSERT INTO nowhere VALUES (1)'],
};

describe.each(kinds)('$name', ({ make }) => {
  let place: Place;
  let db: Db;

  beforeEach(async () => {
    place = await make();
    db = await place.open();
  });

  afterEach(async () => {
    await db.close();
    await place.drop();
  });

  test('applies what is missing, in order, each once', async () => {
    await migrate(db, [first]);
    await migrate(db, [first, second]);
    await migrate(db, [first, second]);
    expect(await db.all('SELECT * FROM labs')).toEqual([{ id: 'xai', zone: 'UTC' }]);
    expect(await db.all('SELECT id FROM migrations ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test('refuses a newer database and leaves it unchanged', async () => {
    await migrate(db, [first, second]);
    await expect(migrate(db, [first])).rejects.toThrow(
      /newer than this program \(it has migration 2, this program knows up to 1\)/,
    );
    await expect(migrate(db, [first, broken])).rejects.toThrow(/newer than this program/);
    expect(await db.all('SELECT id FROM migrations ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await db.all('SELECT id FROM labs')).toEqual([{ id: 'xai' }]);
  });

  test('a migration that fails leaves nothing of itself', async () => {
    await expect(migrate(db, [first, second, broken])).rejects.toThrow(/nowhere/);
    expect(await db.all('SELECT id FROM labs')).toEqual([{ id: 'xai' }]);
    expect(await db.all('SELECT id FROM migrations ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test('what was taken for weights and never was any is forgotten, so that it does not seem to vanish', async () => {
    await migrate(
      db,
      migrations.filter(({ id }) => id < 9),
    );
    const put = (key: string, kind: string, facts: unknown) =>
      db.batch([
        {
          sql: `INSERT INTO items (target_id, key, kind, story_key, fingerprint, first_seen, baseline, doc)
            VALUES ('huggingface:lab', $1, $2, 's', 'there', '2026-01-01T00:00:00.000Z', 1, $3)`,
          params: [key, kind, JSON.stringify({ facts })],
        },
      ]);
    await put('model:lab/lora', 'model', { baseModels: [{ id: 'lab/m', relation: 'adapter' }] });
    await put('weights:lab/lora', 'weights', { formats: ['safetensors'] });
    await put('model:lab/tuned', 'model', { library: 'peft' });
    await put('weights:lab/tuned', 'weights', { formats: ['bin'] });
    await put('model:lab/words', 'model', {});
    await put('weights:lab/words', 'weights', { formats: ['model'] });
    await put('model:lab/m', 'model', { baseModels: [{ id: 'lab/b', relation: 'finetune' }] });
    await put('weights:lab/m', 'weights', { formats: ['safetensors'] });
    await migrate(db, migrations);
    expect(await db.all(`SELECT key FROM items WHERE kind = 'weights'`)).toEqual([{ key: 'weights:lab/m' }]);
    expect(await db.all(`SELECT key FROM items WHERE kind = 'model'`)).toHaveLength(4);
  });

  test('several workers that start at once migrate once', async () => {
    const workers = await Promise.all([place.open(), place.open(), place.open(), place.open()]);
    await Promise.all(workers.map((worker) => migrate(worker, [first, second])));
    expect(await db.all('SELECT * FROM labs')).toEqual([{ id: 'xai', zone: 'UTC' }]);
    await Promise.all(workers.map((worker) => worker.close()));
  });

  test('a reader is told when the tables are older or newer than its own, or not there', async () => {
    await expect(expectMigrated(db, [first])).rejects.toThrow(/holds nothing of landfall yet/);
    await migrate(db, [first]);
    await expectMigrated(db, [first]);
    await expect(expectMigrated(db, [first, second])).rejects.toThrow(/older than this program/);
    await migrate(db, [first, second]);
    await expect(expectMigrated(db, [first])).rejects.toThrow(/newer than this program/);
  });
});
