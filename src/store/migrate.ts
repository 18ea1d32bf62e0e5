// Updates a database to this program's schema, and refuses a newer one.
import type { Db } from './define.ts';

export interface Migration {
  readonly id: number;
  readonly sql: readonly string[];
}

async function applied(db: Db): Promise<ReadonlySet<number>> {
  return new Set((await db.all('SELECT id FROM migrations')).map((row) => Number(row.id)));
}

function refuseNewer(done: ReadonlySet<number>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.id));
  const unknown = [...done].filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  throw new Error(
    `the database is newer than this program (it has migration ${Math.max(...unknown)}, this program knows up to ` +
      `${Math.max(0, ...known)}): it was left unchanged; start the newer landfall`,
  );
}

/** Safe if several workers start at once: each migration is one batch, and the second worker finds it applied. */
export async function migrate(db: Db, migrations: readonly Migration[]): Promise<void> {
  await db.batch([{ sql: 'CREATE TABLE IF NOT EXISTS migrations (id INTEGER PRIMARY KEY)', params: [] }]);
  const done = await applied(db);
  refuseNewer(done, migrations);
  for (const { id, sql } of migrations) {
    if (done.has(id)) continue;
    const outcome = await db.batch([
      { sql: 'INSERT INTO migrations (id) VALUES ($1) ON CONFLICT DO NOTHING', params: [id], rows: 1 },
      ...sql.map((text) => ({ sql: text, params: [] })),
    ]);
    if (outcome === 'conflict' && !(await applied(db)).has(id)) throw new Error(`migration ${id} could not be applied`);
  }
}

/** For read-only commands: throws when the schema is not this program's. */
export async function expectMigrated(db: Db, migrations: readonly Migration[]): Promise<void> {
  const done = await applied(db).catch((cause: unknown) => {
    throw new Error('the database holds nothing of landfall yet: `landfall run` makes its tables', { cause });
  });
  refuseNewer(done, migrations);
  const missing = migrations.find((migration) => !done.has(migration.id));
  if (missing !== undefined)
    throw new Error('the database is older than this program: `landfall run` brings it up to date');
}
