// A target whose options changed goes on under another id, with all that is known of it.
import type { Iso, Target } from '../types/core.ts';
import type { Db, Statement } from './define.ts';

/** Whether anybody in Discord watches it: theirs stays as it is. */
export async function isShared(db: Db, targetId: string): Promise<boolean> {
  const rows = await db.all(`SELECT id FROM watches WHERE target_id = $1 AND guild IS NOT NULL LIMIT 1`, [targetId]);
  return rows.length > 0;
}

/** Due now, for the changed options. */
export function continueTarget(before: string, { id, shape }: Target, now: Iso): readonly Statement[] {
  return [
    {
      sql: `UPDATE targets SET id = $2, shape = $3, due_at = $4, version = version + 1 WHERE id = $1`,
      params: [before, id, shape, now],
    },
    { sql: `UPDATE items SET target_id = $2 WHERE target_id = $1`, params: [before, id] },
    { sql: `UPDATE finds SET parent_id = $2 WHERE parent_id = $1`, params: [before, id] },
    { sql: `UPDATE verdicts SET target_id = $2 WHERE target_id = $1`, params: [before, id] },
    {
      sql: `UPDATE watches SET id = $4, target_id = $2 WHERE id = $3 AND target_id = $1`,
      params: [before, id, `file:${before}`, `file:${id}`],
    },
  ];
}
