// The outcome of the last look at each target, without cursors and what the schedule has learned.
import type { Iso, Target } from '../types/core.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { Db } from './define.ts';
import { reasonOrNull } from './reasons.ts';
import { chunks, marks, text, textOrNull } from './rows.ts';

export interface LastLook {
  readonly target: Target;
  /** The last look that was answered. */
  readonly lastAt: Iso | null;
  /** Why the last look failed; null = it did not. */
  readonly reason: AnyReason | null;
}

export async function lastLooks(db: Db, targetIds: readonly string[]): Promise<ReadonlyMap<string, LastLook>> {
  const looks = new Map<string, LastLook>();
  for (const part of chunks(targetIds)) {
    const rows = await db.all(
      `SELECT id, source, address, shape, last_at, reason FROM targets WHERE id IN (${marks(part.length)})`,
      part,
    );
    for (const row of rows) {
      const target = {
        id: text(row, 'id'),
        source: text(row, 'source'),
        address: text(row, 'address'),
        shape: textOrNull(row, 'shape'),
      };
      looks.set(target.id, { target, lastAt: textOrNull(row, 'last_at'), reason: reasonOrNull(row, 'reason') });
    }
  }
  return looks;
}
