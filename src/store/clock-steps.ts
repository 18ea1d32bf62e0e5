// Finds and moves times that were computed by a clock that has since been set back.
import type { Iso } from '../types/core.ts';
import type { Delivery } from '../types/delivery.ts';
import type { Db, Row, Statement } from './define.ts';
import { integer, text, textOrNull } from './rows.ts';

export interface WaitingDelivery {
  readonly id: string;
  readonly channel: string;
  readonly form: Delivery['form'];
  /** Postponed after an attempt. */
  readonly tried: boolean;
  readonly notBefore: Iso;
}

export async function deliveriesAfter(db: Db, now: Iso): Promise<readonly WaitingDelivery[]> {
  const rows = await db.all(
    `SELECT id, channel, form, attempts, not_before FROM deliveries WHERE state = 'owed' AND not_before > $1`,
    [now],
  );
  return rows.map((row) => ({
    id: text(row, 'id'),
    channel: text(row, 'channel'),
    form: text(row, 'form') as Delivery['form'],
    tried: integer(row, 'attempts') > 0,
    notBefore: text(row, 'not_before'),
  }));
}

export function deliverAt(id: string, at: Iso): Statement {
  return { sql: `UPDATE deliveries SET not_before = $2 WHERE id = $1 AND state = 'owed'`, params: [id, at] };
}

/** Returns the corrected time. */
type Move = (at: Iso) => Iso;

function moved(row: Row, column: string, move: Move): Iso | null {
  const at = textOrNull(row, column);
  return at === null ? null : move(at);
}

/** Moves the next look of targets, and the pause of pools, that were computed while the clock was ahead. */
export async function moveWaits(db: Db, now: Iso, move: Move): Promise<readonly Statement[]> {
  const targets = await db.all(
    `SELECT id, due_at, not_before FROM targets WHERE due_at > $1 AND (tried_at IS NULL OR tried_at > $1)`,
    [now],
  );
  const pools = await db.all(`SELECT id, paused_until FROM pools WHERE paused_until > $1`, [now]);
  return [
    ...targets.map((row) => ({
      sql: `UPDATE targets SET due_at = $2, not_before = $3 WHERE id = $1`,
      params: [text(row, 'id'), moved(row, 'due_at', move), moved(row, 'not_before', move)],
    })),
    ...pools.map((row) => ({
      sql: `UPDATE pools SET paused_until = $2 WHERE id = $1`,
      params: [text(row, 'id'), moved(row, 'paused_until', move)],
    })),
  ];
}
