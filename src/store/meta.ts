// Single values kept by the worker, such as its beat.
import type { Db, Statement } from './define.ts';
import { text } from './rows.ts';

export async function readMeta(db: Db, key: string): Promise<string | null> {
  const [row] = await db.all(`SELECT value FROM meta WHERE key = $1`, [key]);
  return row === undefined ? null : text(row, 'value');
}

export function saveMeta(key: string, value: string): Statement {
  return {
    sql: `INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    params: [key, value],
  };
}

/** If the new key already has a value, that is kept. */
export function renameMeta(from: string, to: string): Statement {
  return {
    sql: `UPDATE meta SET key = $2 WHERE key = $1 AND NOT EXISTS (SELECT 1 FROM meta WHERE key = $2)`,
    params: [from, to],
  };
}

const restructured = 'restructured:';

/** Records that all links of a target changed at once. */
export function saveRestructured(targetId: string, now: string): Statement {
  return saveMeta(`${restructured}${targetId}`, now);
}

/** When that last happened to each target, by its id. */
export async function restructuredTargets(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.all(`SELECT key, value FROM meta WHERE key LIKE '${restructured}%'`);
  return new Map(rows.map((row) => [text(row, 'key').slice(restructured.length), text(row, 'value')]));
}
