// A model's popularity after its release: one row per story, day and measure.
import type { Iso } from '../types/core.ts';
import type { Db, Statement } from './define.ts';
import { integer, text } from './rows.ts';

export interface SpreadRow {
  readonly storyId: string;
  /** `YYYY-MM-DD` in UTC. */
  readonly day: string;
  /** `likes`, `downloads` (last 30 days), `downloadsAll`, `stars`, `forks`, `derivatives`, `derivatives:RELATION`. */
  readonly measure: string;
  readonly value: number;
}

/** The last reading of a day counts. */
export function saveSpread(row: SpreadRow, at: Iso): Statement {
  return {
    sql: `INSERT INTO spread (story_id, day, measure, value, at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (story_id, day, measure) DO UPDATE SET value = excluded.value, at = excluded.at`,
    params: [row.storyId, row.day, row.measure, row.value, at],
  };
}

/** Stories with a reading on this day. */
export async function countedOn(db: Db, day: string): Promise<ReadonlySet<string>> {
  const rows = await db.all(`SELECT DISTINCT story_id FROM spread WHERE day = $1`, [day]);
  return new Set(rows.map((row) => text(row, 'story_id')));
}

export async function spreadOf(db: Db, storyId: string): Promise<readonly SpreadRow[]> {
  const rows = await db.all(`SELECT * FROM spread WHERE story_id = $1 ORDER BY day, measure`, [storyId]);
  return rows.map((row) => ({
    storyId,
    day: text(row, 'day'),
    measure: text(row, 'measure'),
    value: integer(row, 'value'),
  }));
}
