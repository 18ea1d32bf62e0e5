// Targets: cursors, due times, and the outcome of the last look.
import type { Iso, Json, Target } from '../types/core.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { Db, Row, Statement } from './define.ts';
import { reasonOrNull, reasonText } from './reasons.ts';
import { chunks, docIfWhole, integer, marks, text, textOrNull } from './rows.ts';

export type LookResult = 'fresh' | 'same' | 'later' | 'broken';

export interface TargetRow {
  readonly target: Target;
  readonly pool: string;
  readonly cursor: Json;
  /** When the first look succeeded, or when the target was found as something new; null before. */
  readonly baselineAt: Iso | null;
  /** The last look that was answered (fresh or same). */
  readonly lastAt: Iso | null;
  readonly changedAt: Iso | null;
  readonly triedAt: Iso | null;
  readonly result: LookResult | null;
  readonly reason: AnyReason | null;
  readonly failingSince: Iso | null;
  readonly fails: number;
  /** When operators were told that it is quiet or failing; null = not since it last worked. */
  readonly reportedAt: Iso | null;
  /** Null = only looked at when its parent shows a change. */
  readonly dueAt: Iso | null;
  /** Not looked at earlier, out of politeness, even if there is a free slot; null = no restriction. */
  readonly notBefore: Iso | null;
  /** Belongs in the hot lane: promised, overdue, reported, or just released. */
  readonly hot: boolean;
  readonly learned: Json;
  readonly version: number;
}

export interface ScheduledTarget extends Pick<TargetRow, 'target' | 'pool'> {
  /** Whether a look has succeeded before. */
  readonly begun: boolean;
}

export function readTarget(row: Row): Target {
  return {
    id: text(row, 'id'),
    source: text(row, 'source'),
    address: text(row, 'address'),
    shape: textOrNull(row, 'shape'),
  };
}

function targetRow(row: Row): TargetRow {
  return { ...targetStanding(row), cursor: docIfWhole<Json>(row, 'cursor') };
}

function targetStanding(row: Row): TargetStanding {
  return {
    target: readTarget(row),
    pool: text(row, 'pool'),
    baselineAt: textOrNull(row, 'baseline_at'),
    lastAt: textOrNull(row, 'last_at'),
    changedAt: textOrNull(row, 'changed_at'),
    triedAt: textOrNull(row, 'tried_at'),
    result: textOrNull(row, 'result') as LookResult | null,
    reason: reasonOrNull(row, 'reason'),
    failingSince: textOrNull(row, 'failing_since'),
    fails: integer(row, 'fails'),
    reportedAt: textOrNull(row, 'reported_at'),
    dueAt: textOrNull(row, 'due_at'),
    notBefore: textOrNull(row, 'not_before'),
    hot: integer(row, 'hot') === 1,
    learned: docIfWhole<Json>(row, 'learned'),
    version: integer(row, 'version'),
  };
}

/** The row of a target that was never looked at. */
export function newTargetRow(
  target: Target,
  pool: string,
  dueAt: Iso | null,
  baselineAt: Iso | null = null,
): TargetRow {
  return {
    target,
    pool,
    cursor: null,
    baselineAt,
    lastAt: null,
    changedAt: null,
    triedAt: null,
    result: null,
    reason: null,
    failingSince: null,
    fails: 0,
    reportedAt: null,
    dueAt,
    notBefore: null,
    hot: false,
    learned: null,
    version: 0,
  };
}

export async function targetsById(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, TargetRow>> {
  const found = new Map<string, TargetRow>();
  for (const part of chunks(ids)) {
    for (const row of await db.all(`SELECT * FROM targets WHERE id IN (${marks(part.length)})`, part)) {
      found.set(text(row, 'id'), targetRow(row));
    }
  }
  return found;
}

/** A target's row without its cursor, which is the largest part. */
export type TargetStanding = Omit<TargetRow, 'cursor'>;

const standingColumns = `id, source, address, shape, pool, baseline_at, last_at, changed_at, tried_at, result, reason,
  failing_since, fails, reported_at, due_at, not_before, hot, learned, version`;

/** All targets without their cursors. */
export async function targetStandings(db: Db): Promise<readonly TargetStanding[]> {
  return (await db.all(`SELECT ${standingColumns} FROM targets ORDER BY id`)).map(targetStanding);
}

export async function allTargets(db: Db): Promise<readonly TargetRow[]> {
  return (await db.all(`SELECT * FROM targets ORDER BY id`)).map(targetRow);
}

/** All scheduled targets, without cursors and learned state. */
export async function scheduledTargets(db: Db): Promise<readonly ScheduledTarget[]> {
  const rows = await db.all(
    `SELECT id, source, address, shape, pool, baseline_at FROM targets WHERE due_at IS NOT NULL ORDER BY id`,
  );
  return rows.map((row) => ({
    target: readTarget(row),
    pool: text(row, 'pool'),
    begun: textOrNull(row, 'baseline_at') !== null,
  }));
}

/** The number of targets with an active watch of the file that were never looked at. */
export async function countUntried(db: Db): Promise<number> {
  const [row] = await db.all(
    `SELECT COUNT(*) AS untried FROM targets WHERE tried_at IS NULL
      AND EXISTS (SELECT 1 FROM watches w WHERE w.target_id = targets.id AND w.guild IS NULL AND w.paused = 0)`,
  );
  return row === undefined ? 0 : integer(row, 'untried');
}

/** Who asks for a target: the file (by a watch on it or on what found it), or guilds only. */
export type AskedBy = 'all' | 'file' | 'guilds';

// Not `EXISTS`: for two of them joined by OR, PostgreSQL would read both tables completely.
const byFile = `COALESCE((SELECT 1 FROM watches w WHERE w.target_id = targets.id AND w.guild IS NULL LIMIT 1),
  (SELECT 1 FROM finds f JOIN watches w ON w.target_id = f.parent_id WHERE f.child_id = targets.id AND w.guild IS NULL LIMIT 1))`;
const asked: Readonly<Record<AskedBy, string>> = {
  all: '',
  file: `AND ${byFile} IS NOT NULL`,
  guilds: `AND ${byFile} IS NULL`,
};

interface TargetsWanted {
  readonly pool: string;
  readonly now: Iso;
  readonly limit: number;
  readonly askers?: AskedBy;
}

/** The next targets of a pool by due time, and all hot ones that are due. */
export async function nextTargets(
  db: Db,
  { pool, now, limit, askers = 'all' }: TargetsWanted,
): Promise<readonly TargetRow[]> {
  const next = await db.all(
    `SELECT * FROM targets WHERE pool = $1 AND due_at IS NOT NULL ${asked[askers]} ORDER BY due_at, id LIMIT $2`,
    [pool, limit],
  );
  const hot = await db.all(
    `SELECT * FROM targets WHERE pool = $1 AND hot = 1 AND due_at IS NOT NULL AND due_at <= $2 ${asked[askers]}
      ORDER BY due_at, id LIMIT $3`,
    [pool, now, limit],
  );
  const rows = [...next, ...hot].map(targetRow);
  return [...new Map(rows.map((row) => [row.target.id, row])).values()];
}

/** All scheduled targets of a pool, with what was learned about each. */
export async function poolTargets(db: Db, pool: string): Promise<readonly Pick<TargetRow, 'target' | 'learned'>[]> {
  const sql = `SELECT id, source, address, shape, learned FROM targets WHERE pool = $1 AND due_at IS NOT NULL ORDER BY id`;
  return (await db.all(sql, [pool])).map((row) => ({
    target: readTarget(row),
    learned: docIfWhole<Json>(row, 'learned'),
  }));
}

/** Failing targets of the file reported since then; `alike`: of this pool with this reason, null = all whose host fails. */
export async function countReported(
  db: Db,
  since: Iso,
  alike: { readonly pool: string; readonly reason: AnyReason } | null,
): Promise<number> {
  const of = alike === null ? `result = 'later'` : `result = 'broken' AND pool = $2 AND reason = $3`;
  const [row] = await db.all(
    `SELECT COUNT(*) AS reported FROM targets WHERE reported_at >= $1 AND failing_since IS NOT NULL AND ${of} ${asked.file}`,
    alike === null ? [since] : [since, alike.pool, reasonText(alike.reason)],
  );
  return row === undefined ? 0 : integer(row, 'reported');
}

/**
 * Makes targets due now whatever their interval, because they are said to have changed. A failing host still gets the time it
 * asked for, and targets that depend on their parent stay with it.
 */
export function hurryTargets(ids: readonly string[], now: Iso): readonly Statement[] {
  return chunks(ids).map((part) => ({
    sql: `UPDATE targets SET hot = 1,
        due_at = CASE WHEN failing_since IS NOT NULL AND not_before > $1 THEN not_before ELSE $1 END,
        not_before = CASE WHEN failing_since IS NOT NULL AND not_before > $1 THEN not_before ELSE $1 END
      WHERE due_at IS NOT NULL AND id IN (${marks(part.length, 2)})`,
    params: [now, ...part],
  }));
}

export function insertTarget(row: TargetRow): Statement {
  return {
    sql: `INSERT INTO targets (id, source, address, shape, pool, cursor, baseline_at, fails, due_at, hot, learned, version, not_before)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $11, $9, 0, $10) ON CONFLICT (id) DO NOTHING`,
    params: [
      row.target.id,
      row.target.source,
      row.target.address,
      row.target.shape,
      row.pool,
      JSON.stringify(row.cursor),
      row.baselineAt,
      row.dueAt,
      row.learned === null ? null : JSON.stringify(row.learned),
      row.notBefore,
      row.hot ? 1 : 0,
    ],
  };
}

/** Schedules an existing target that was not scheduled, like a new one. */
export function lookSoon({ target: { id }, dueAt, notBefore, hot }: TargetRow): Statement {
  return {
    sql: `UPDATE targets SET due_at = $2, not_before = $3, hot = $4 WHERE id = $1 AND due_at IS NULL`,
    params: [id, dueAt, notBefore, hot ? 1 : 0],
  };
}

/** Fails the batch as a conflict when somebody else has written the row. */
export function updateTarget(row: TargetRow): Statement {
  return {
    sql: `UPDATE targets SET cursor = $3, baseline_at = $4, last_at = $5, changed_at = $6, tried_at = $7, result = $8, reason = $9,
      failing_since = $10, fails = $11, reported_at = $12, due_at = $13, learned = $14, not_before = $15, hot = $16, version = version + 1
      WHERE id = $1 AND version = $2`,
    params: [
      row.target.id,
      row.version,
      JSON.stringify(row.cursor),
      row.baselineAt,
      row.lastAt,
      row.changedAt,
      row.triedAt,
      row.result,
      row.reason === null ? null : reasonText(row.reason),
      row.failingSince,
      row.fails,
      row.reportedAt,
      row.dueAt,
      row.learned === null ? null : JSON.stringify(row.learned),
      row.notBefore,
      row.hot ? 1 : 0,
    ],
    rows: 1,
  };
}
