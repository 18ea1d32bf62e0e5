// Opens a worker's database for reading beside it, and answers health checks without loading the rest of the program.
import { readFileSync } from 'node:fs';
import { type Env, openVariables } from '../config/variables.ts';
import { errorText } from '../infra/log.ts';
import { type Health, health } from '../reports/health.ts';
import type { Db } from '../store/define.ts';
import { expectMigrated } from '../store/migrate.ts';
import { migrations } from '../store/migrations.ts';
import { type DbPlace, openDb } from '../store/open.ts';

/** Throws with a message for people when there is nothing to read. */
export async function openMigrated(place: DbPlace): Promise<Db> {
  const db = await openDb(place);
  try {
    await expectMigrated(db, migrations);
    return db;
  } catch (error) {
    await db.close();
    // Recognises missing tables: SQLite reports them in words, PostgreSQL by a code.
    if (!/no such table|42P01/.test(errorText(error))) throw error;
    throw new Error('landfall has not run on this database yet: `landfall run` or `landfall once` makes its tables');
  }
}

/** Reads only the beat: no configuration, so it is quick even with a long watch list. */
export async function healthOf(env: Env, dataDir: string, maxAgeMs: number | null): Promise<Health> {
  const url = openVariables(env, (path) => readFileSync(path, 'utf8')).get('DATABASE_URL');
  if (url.kind === 'unreadable')
    return { ok: false, reason: { code: 'health.unreadable', params: { detail: url.message } }, gateway: null };
  const db = await openMigrated({ databaseUrl: url.kind === 'set' ? url.value : null, dataDir, readOnly: true });
  try {
    return await health(db, Date.now(), maxAgeMs);
  } finally {
    await db.close();
  }
}
