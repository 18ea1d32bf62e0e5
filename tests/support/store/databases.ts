// The databases that the conformance suite runs on: each starts empty, can be reopened, and is deleted afterwards.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, inject } from 'vitest';
import type { Db } from '../../../src/store/define.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { openPostgres } from '../../../src/store/postgres.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { freshSchema } from '../postgres.ts';

export interface Place {
  readonly open: () => Promise<Db>;
  readonly drop: () => Promise<void>;
}

export interface Kind {
  readonly name: string;
  readonly make: () => Promise<Place>;
}

export async function temporaryDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'landfall-store-'));
}

async function sqliteFile(): Promise<Place> {
  const directory = await temporaryDirectory();
  return {
    open: () => openSqlite(join(directory, 'test.db')),
    drop: () => rm(directory, { recursive: true }),
  };
}

async function postgresSchema(): Promise<Place> {
  const schema = await freshSchema(inject('postgresUrl'));
  return { open: () => openPostgres(schema.url), drop: schema.drop };
}

const all: readonly Kind[] = [
  { name: 'SQLite', make: sqliteFile },
  { name: 'PostgreSQL', make: postgresSchema },
];

/** Both, unless `LANDFALL_TEST_DATABASE` names one, which is enough where the same tests run a thousand times. */
export const kinds = all.filter(({ name }) => name === (process.env.LANDFALL_TEST_DATABASE ?? name));

/** Provides each test with a new database with the current tables, which is closed and deleted after it. */
export function onFresh(make: Kind['make'], use: (db: Db, place: Place) => void | Promise<void>): void {
  beforeEach(async () => {
    const place = await make();
    const db = await place.open();
    await migrate(db, migrations);
    await use(db, place);
    return async () => {
      await db.close();
      await place.drop();
    };
  });
}
