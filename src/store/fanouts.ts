// Fan-outs: news owed to many channels, made owed in parts. Each part is deleted in the batch that makes it owed.
import type { Iso } from '../types/core.ts';
import type { Db, Statement } from './define.ts';
import { chunks, doc, integer, marks, text } from './rows.ts';

export interface FanoutPart<T> {
  readonly fanout: string;
  readonly part: number;
  readonly content: T;
}

/** `content` is shared by all parts; each of `parts` describes one of them. */
export function saveFanout(
  { id, pool, at }: { readonly id: string; readonly pool: string; readonly at: Iso },
  content: unknown,
  parts: readonly unknown[],
): readonly Statement[] {
  return [
    {
      sql: 'INSERT INTO fanouts (id, pool, at, doc) VALUES ($1, $2, $3, $4)',
      params: [id, pool, at, JSON.stringify(content)],
    },
    ...parts.map((part, index) => ({
      sql: 'INSERT INTO fanout_parts (fanout, part, doc) VALUES ($1, $2, $3)',
      params: [id, index, JSON.stringify(part)],
    })),
  ];
}

/** Unfinished fan-outs in these pools, the oldest first. */
export async function fanoutsIn(db: Db, pools: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const part of chunks(pools)) {
    const rows = await db.all(`SELECT id FROM fanouts WHERE pool IN (${marks(part.length)}) ORDER BY at, id`, part);
    ids.push(...rows.map((row) => text(row, 'id')));
  }
  return ids;
}

/** Pools with unfinished fan-outs. */
export async function fanoutPools(db: Db): Promise<readonly string[]> {
  return (await db.all('SELECT DISTINCT pool FROM fanouts ORDER BY pool')).map((row) => text(row, 'pool'));
}

export async function fanoutContent<T>(db: Db, id: string): Promise<T | null> {
  const [row] = await db.all('SELECT doc FROM fanouts WHERE id = $1', [id]);
  return row === undefined ? null : doc<T>(row, 'doc');
}

/** The first remaining part numbered above `after` that is not set aside. */
export async function nextPart<T>(
  db: Db,
  fanout: string,
  { after, now }: { readonly after: number; readonly now: Iso },
): Promise<(FanoutPart<T> & { readonly fails: number }) | null> {
  const [row] = await db.all(
    `SELECT part, fails, doc FROM fanout_parts WHERE fanout = $1 AND part > $2 AND not_before <= $3
      ORDER BY part LIMIT 1`,
    [fanout, after, now],
  );
  return row === undefined
    ? null
    : { fanout, part: integer(row, 'part'), fails: integer(row, 'fails'), content: doc<T>(row, 'doc') };
}

/** A part that failed is tried again at that time; the others do not wait for it. */
export function setPartAside(
  { fanout, part }: Pick<FanoutPart<unknown>, 'fanout' | 'part'>,
  until: Iso,
  reason: string,
): Statement {
  return {
    sql: 'UPDATE fanout_parts SET fails = fails + 1, not_before = $3, reason = $4 WHERE fanout = $1 AND part = $2',
    params: [fanout, part, until, reason],
  };
}

/** Belongs in the batch that makes the part owed; if a second worker did the same part, that batch is a conflict. */
export function endPart({ fanout, part }: Pick<FanoutPart<unknown>, 'fanout' | 'part'>): readonly Statement[] {
  return [
    { sql: 'DELETE FROM fanout_parts WHERE fanout = $1 AND part = $2', params: [fanout, part], rows: 1 },
    {
      sql: `DELETE FROM fanouts WHERE id = $1
        AND NOT EXISTS (SELECT 1 FROM fanout_parts WHERE fanout_parts.fanout = fanouts.id)`,
      params: [fanout],
    },
  ];
}
