// Quota pools: their number of targets, what is due, and the budgets kept by the scheduler.
import type { Iso, Json } from '../types/core.ts';
import type { Db, Row, Statement } from './define.ts';
import { doc, integer, text, textOrNull } from './rows.ts';

export interface PoolCount {
  readonly pool: string;
  /** The source of any of its targets, as they all state the same quota. */
  readonly source: string;
  /** Scheduled targets, and how many of them are due now or failing. */
  readonly targets: number;
  readonly due: number;
  readonly failing: number;
  readonly nextAt: Iso | null;
}

export async function poolCounts(db: Db, now: Iso): Promise<readonly PoolCount[]> {
  const rows = await db.all(
    `SELECT pool, MIN(source) AS source, COUNT(due_at) AS targets, MIN(due_at) AS next_at,
        COALESCE(SUM(CASE WHEN due_at <= $1 THEN 1 ELSE 0 END), 0) AS due,
        COALESCE(SUM(CASE WHEN failing_since IS NOT NULL THEN 1 ELSE 0 END), 0) AS failing
      FROM targets GROUP BY pool ORDER BY pool`,
    [now],
  );
  return rows.map((row) => ({
    pool: text(row, 'pool'),
    source: text(row, 'source'),
    targets: integer(row, 'targets'),
    due: integer(row, 'due'),
    failing: integer(row, 'failing'),
    nextAt: textOrNull(row, 'next_at'),
  }));
}

/** The pools with a due target. */
export async function duePools(db: Db, now: Iso): Promise<readonly string[]> {
  // Steps through the index from pool to pool; a GROUP BY would read every target at every wake.
  const rows = await db.all(
    `WITH RECURSIVE found(pool) AS (
        SELECT MIN(pool) FROM targets
        UNION ALL SELECT (SELECT MIN(t.pool) FROM targets t WHERE t.pool > found.pool) FROM found WHERE found.pool IS NOT NULL)
      SELECT pool FROM found
        WHERE pool IS NOT NULL AND (SELECT MIN(t.due_at) FROM targets t WHERE t.pool = found.pool) <= $1`,
    [now],
  );
  return rows.map((row) => text(row, 'pool'));
}

export async function countTargets(db: Db, pool: string): Promise<number> {
  const [row] = await db.all(`SELECT COUNT(*) AS targets FROM targets WHERE pool = $1 AND due_at IS NOT NULL`, [pool]);
  return row === undefined ? 0 : integer(row, 'targets');
}

export interface PoolState {
  readonly id: string;
  readonly pausedUntil: Iso | null;
  /** The scheduler's state of the pool. */
  readonly doc: Json;
}

export async function poolState(db: Db, id: string): Promise<PoolState | null> {
  const [row] = await db.all(`SELECT * FROM pools WHERE id = $1`, [id]);
  return row === undefined ? null : poolOf(row);
}

function poolOf(row: Row): PoolState {
  return { id: text(row, 'id'), pausedUntil: textOrNull(row, 'paused_until'), doc: doc<Json>(row, 'doc') };
}

export async function poolStates(db: Db): Promise<ReadonlyMap<string, PoolState>> {
  const rows = await db.all(`SELECT * FROM pools ORDER BY id`);
  return new Map(rows.map((row) => [text(row, 'id'), poolOf(row)]));
}

export function savePoolState(pool: PoolState): Statement {
  return {
    sql: `INSERT INTO pools (id, paused_until, doc) VALUES ($1, $2, $3)
      ON CONFLICT (id) DO UPDATE SET paused_until = excluded.paused_until, doc = excluded.doc`,
    params: [pool.id, pool.pausedUntil, JSON.stringify(pool.doc)],
  };
}

/** Pauses a pool whose host was reached by another pool's work; its budget is not touched. */
export function restPool(id: string, until: Iso): Statement {
  return {
    sql: `INSERT INTO pools (id, paused_until, doc) VALUES ($1, $2, 'null')
      ON CONFLICT (id) DO UPDATE SET paused_until = excluded.paused_until`,
    params: [id, until],
  };
}
