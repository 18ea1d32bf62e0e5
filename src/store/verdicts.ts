// Why each change was told or held back; read by `why`.
import type { Iso } from '../types/core.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { Db, Statement, Value } from './define.ts';
import { readReason, reasonText } from './reasons.ts';
import { chunks, integer, manyRows, marks, text, textOrNull } from './rows.ts';

export interface VerdictRow {
  readonly at: Iso;
  readonly watchId: string;
  readonly targetId: string;
  readonly key: string;
  readonly change: string;
  readonly told: boolean;
  readonly reason: AnyReason;
  readonly storyId: string | null;
}

/** Stores only the code where there are no parameters, which is the case for most verdicts. */
function storedReason(reason: AnyReason): string {
  return Object.keys(reason.params).length === 0 ? reason.code : reasonText(reason);
}

function readStored(stored: string): AnyReason {
  return stored.startsWith('{') ? readReason(stored) : { code: stored, params: {} };
}

const insert = 'INSERT INTO verdicts (at, watch_id, target_id, key, change, told, reason, story_id)';
const saved = `ON CONFLICT (watch_id, target_id, key, at) DO UPDATE SET change = excluded.change, told = excluded.told,
        reason = excluded.reason, story_id = excluded.story_id`;

function valuesOf({ at, watchId, targetId, key, change, told, reason, storyId }: VerdictRow): readonly Value[] {
  return [at, watchId, targetId, key, change, told ? 1 : 0, storedReason(reason), storyId];
}

export function saveVerdict(verdict: VerdictRow): Statement {
  return { sql: `${insert} VALUES (${marks(8)}) ${saved}`, params: valuesOf(verdict) };
}

/** The same verdict for many keys. */
export function saveVerdicts(verdict: Omit<VerdictRow, 'key'>, keys: readonly string[]): readonly Statement[] {
  return manyRows(insert, saved, keys, (key) => valuesOf({ ...verdict, key }));
}

export async function verdictsOn(db: Db, targetId: string, key: string): Promise<readonly VerdictRow[]> {
  const rows = await db.all(`SELECT * FROM verdicts WHERE target_id = $1 AND key = $2 ORDER BY at, watch_id`, [
    targetId,
    key,
  ]);
  return rows.map((row) => ({
    at: text(row, 'at'),
    watchId: text(row, 'watch_id'),
    targetId,
    key,
    change: text(row, 'change'),
    told: integer(row, 'told') === 1,
    reason: readStored(text(row, 'reason')),
    storyId: textOrNull(row, 'story_id'),
  }));
}

/** Keys of the stories that these watches told something about, as far back as verdicts are kept. */
export async function keysTold(db: Db, watchIds: readonly string[]): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const part of chunks(watchIds)) {
    const rows = await db.all(
      `SELECT DISTINCT s.key FROM verdicts v JOIN stories s ON s.id = v.story_id
        WHERE v.told = 1 AND v.watch_id IN (${marks(part.length)})`,
      part,
    );
    for (const row of rows) keys.add(text(row, 'key'));
  }
  return keys;
}

/** Moves the verdicts on items that were set aside along with them. */
export function setVerdictsAside(targetId: string, mark: string): Statement {
  return { sql: `UPDATE verdicts SET key = key || $2 WHERE target_id = $1`, params: [targetId, mark] };
}
