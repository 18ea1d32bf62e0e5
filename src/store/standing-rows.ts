// The state of the file's watches in a few columns, so that thousands can be sorted without reading each target.
import type { Db } from './define.ts';
import { nothingThere, whatIsPrivate } from './items.ts';
import { integer, text, textOrNull } from './rows.ts';
import type { LookResult, TargetRow } from './targets.ts';

/** A watch of the file, with the columns that its state is derived from. */
export interface StandingRow extends Pick<TargetRow, 'pool' | 'result' | 'reportedAt' | 'failingSince'> {
  readonly targetId: string;
  readonly source: string;
  readonly address: string;
  readonly shape: string | null;
  readonly paused: boolean;
  /** It was looked at successfully, and nothing is there. */
  readonly empty: boolean;
}

/** Watches on something private are left out. */
export async function standingRows(db: Db): Promise<readonly StandingRow[]> {
  const rows = await db.all(
    `SELECT t.id, t.source, t.address, t.shape, t.pool, t.result, t.reported_at, t.failing_since, w.paused,
        CASE WHEN ${nothingThere('t')} THEN 1 ELSE 0 END AS empty
      FROM watches w JOIN targets t ON t.id = w.target_id
      WHERE w.guild IS NULL AND NOT (t.id LIKE '%/%' AND EXISTS (SELECT 1 FROM items WHERE items.target_id = t.id AND ${whatIsPrivate}))
      ORDER BY w.added_at, w.id`,
  );
  return rows.map((row) => ({
    targetId: text(row, 'id'),
    source: text(row, 'source'),
    address: text(row, 'address'),
    shape: textOrNull(row, 'shape'),
    pool: text(row, 'pool'),
    result: textOrNull(row, 'result') as LookResult | null,
    reportedAt: textOrNull(row, 'reported_at'),
    failingSince: textOrNull(row, 'failing_since'),
    paused: integer(row, 'paused') === 1,
    empty: integer(row, 'empty') === 1,
  }));
}
