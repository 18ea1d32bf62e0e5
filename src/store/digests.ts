// What a channel's digest has collected so far, and what the channel was told recently.
import type { Iso } from '../types/core.ts';
import type { Db, Statement } from './define.ts';
import { integer, text } from './rows.ts';

/** The number of stories waiting in a digest that is not being sent yet. */
export async function countCollected(db: Db, channel: string): Promise<number> {
  const [row] = await db.all(
    `SELECT COUNT(DISTINCT subject) AS stories FROM deliveries
      WHERE channel = $1 AND state = 'owed' AND form = 'digest' AND pinned IS NULL`,
    [channel],
  );
  return row === undefined ? 0 : integer(row, 'stories');
}

export function hurryDigest(channel: string, now: Iso): Statement {
  return {
    sql: `UPDATE deliveries SET not_before = $2
      WHERE channel = $1 AND state = 'owed' AND form = 'digest' AND attempts = 0 AND not_before > $2`,
    params: [channel, now],
  };
}

/** Stories that the channel was told since then, the latest first. */
export async function subjectsTold(db: Db, channel: string, since: Iso): Promise<readonly string[]> {
  const rows = await db.all(
    `SELECT subject, MAX(settled_at) AS at FROM deliveries
      WHERE channel = $1 AND state = 'sent' AND settled_at >= $2 AND form IN ('card', 'reply', 'digest')
      GROUP BY subject ORDER BY at DESC, subject LIMIT 100`,
    [channel, since],
  );
  return rows.map((row) => text(row, 'subject'));
}
