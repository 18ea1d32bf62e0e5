// Which quota pool each target is in, and how targets are moved to another one.
import type { Target } from '../types/core.ts';
import type { Db, Statement } from './define.ts';
import { marks, text } from './rows.ts';
import { readTarget } from './targets.ts';

/** All targets of a source. */
export async function pooledTargets(
  db: Db,
  source: string,
): Promise<readonly { readonly target: Target; readonly pool: string }[]> {
  const rows = await db.all(`SELECT id, source, address, shape, pool FROM targets WHERE source = $1`, [source]);
  return rows.map((row) => ({ target: readTarget(row), pool: text(row, 'pool') }));
}

export function moveToPool(ids: readonly string[], pool: string): Statement {
  return { sql: `UPDATE targets SET pool = $1 WHERE id IN (${marks(ids.length, 2)})`, params: [pool, ...ids] };
}
