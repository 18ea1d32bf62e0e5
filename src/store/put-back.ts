// Edits that were put back for a time, and the replies that wait for them.
import type { Iso } from '../types/core.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { Db, Statement } from './define.ts';
import type { DeliveryRow } from './deliveries.ts';
import { reasonText } from './reasons.ts';
import { textOrNull } from './rows.ts';

/**
 * Until when a reply waits for an earlier delivery to be retried: an earlier reply about its story, or the edit of its card if
 * that is due by `soon`; null = for nothing.
 */
export async function waitingBefore(db: Db, delivery: DeliveryRow, now: Iso, soon: Iso): Promise<Iso | null> {
  if (delivery.form !== 'reply' || delivery.pinned !== null) return null;
  const [row] = await db.all(
    `SELECT MAX(not_before) AS at FROM deliveries WHERE subject = $1 AND channel = $2 AND state = 'owed' AND reason IS NOT NULL
      AND (seq < $3 OR (seq = $3 AND id < $4)) AND not_before > $5 AND (form = 'reply' OR (form = 'card' AND not_before <= $6))`,
    [delivery.subject, delivery.channel, delivery.seq, delivery.id, now, soon],
  );
  return row === undefined ? null : textOrNull(row, 'at');
}

/** When the first delivery put back in a channel is to be retried; null = there is none. */
export async function putBackUntil(db: Db, channel: string, now: Iso): Promise<Iso | null> {
  const [row] = await db.all(
    `SELECT MIN(not_before) AS at FROM deliveries WHERE state = 'owed' AND channel = $1 AND pinned IS NULL AND reason IS NOT NULL
      AND not_before > $2`,
    [channel, now],
  );
  return row === undefined ? null : textOrNull(row, 'at');
}

/** Postpones a delivery and unpins it, so that the next claim decides its content anew. Others go first. */
export function putBack(id: string, notBefore: Iso, reason: AnyReason): Statement {
  return {
    sql: `UPDATE deliveries SET pinned = NULL, doubt_since = NULL, not_before = $2, reason = $3
      WHERE id = $1 AND state = 'owed' AND sent = '[]'`,
    params: [id, notBefore, reasonText(reason)],
  };
}
