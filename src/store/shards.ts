// The shards of Discord's gateway: which worker holds which, their state, and which workers are running.
import type { Iso } from '../types/core.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import { iso, minuteMs } from '../types/time.ts';
import type { Db, Statement } from './define.ts';
import { leasesEnded, leasesOfOthers } from './leases.ts';
import { readMeta, saveMeta } from './meta.ts';
import { reasonOrNull, reasonText } from './reasons.ts';
import { chunks, integer, text } from './rows.ts';

export interface ShardRow {
  readonly shard: number;
  /** Whether its lease has ended: its worker is dead. A worker that is alone takes none. */
  readonly ended: boolean;
  /** Why it is not connected; null = it is connected. */
  readonly away: AnyReason | null;
  /** Since when it has been in this state. */
  readonly since: Iso;
  /** When its worker last confirmed the state. */
  readonly at: Iso;
}

const totalKey = 'bot.shards';

/** The number of shards that all workers use; null = Discord has not been asked yet. */
export async function shardTotal(db: Db): Promise<number | null> {
  const stored = Number((await readMeta(db, totalKey)) ?? 0);
  return Number.isSafeInteger(stored) && stored > 0 ? stored : null;
}

export function saveShardTotal(total: number): Statement {
  return saveMeta(totalKey, String(total));
}

/** The name of the lease on a shard. */
export function shardLease(total: number, shard: number): string {
  return `gateway/${total}/${shard}`;
}

export interface ShardNote {
  readonly shard: number;
  readonly total: number;
  readonly holder: string;
  readonly away: AnyReason | null;
}

/** Rows of another total are dropped when nobody has confirmed them for this long. */
const staleMs = 10 * minuteMs;

export function noteShard({ shard, total, holder, away }: ShardNote, nowMs: number): readonly Statement[] {
  return [
    { sql: `DELETE FROM shards WHERE total <> $1 AND at < $2`, params: [total, iso(nowMs - staleMs)] },
    {
      sql: `INSERT INTO shards (total, shard, holder, away, since, at) VALUES ($1, $2, $3, $4, $5, $5)
        ON CONFLICT (total, shard) DO UPDATE SET holder = excluded.holder, away = excluded.away, since = excluded.since,
          at = excluded.at`,
      params: [total, shard, holder, away === null ? null : reasonText(away), iso(nowMs)],
    },
  ];
}

export function forgetShard({ total, shard, holder }: Omit<ShardNote, 'away'>): Statement {
  return {
    sql: `DELETE FROM shards WHERE total = $1 AND shard = $2 AND holder = $3`,
    params: [total, shard, holder],
  };
}

export function forgetShardsOf(holder: string): Statement {
  return { sql: `DELETE FROM shards WHERE holder = $1`, params: [holder] };
}

/** For a worker that is alone: what another one noted is of one that is dead. */
export function forgetShardsOfOthers(holder: string): Statement {
  return { sql: `DELETE FROM shards WHERE holder <> $1`, params: [holder] };
}

/** Everything this worker noted is still true. */
export function confirmShards(holder: string, now: Iso): Statement {
  return { sql: `UPDATE shards SET at = $2 WHERE holder = $1`, params: [holder, now] };
}

export async function shardRows(db: Db, total: number): Promise<readonly ShardRow[]> {
  const rows = await db.all(`SELECT * FROM shards WHERE total = $1 ORDER BY shard`, [total]);
  const ended = new Set<string>();
  for (const part of chunks(rows.map((row) => shardLease(total, integer(row, 'shard')))))
    for (const name of await leasesEnded(db, part)) ended.add(name);
  return rows.map((row) => ({
    shard: integer(row, 'shard'),
    ended: ended.has(shardLease(total, integer(row, 'shard'))),
    away: reasonOrNull(row, 'away'),
    since: text(row, 'since'),
    at: text(row, 'at'),
  }));
}

/** Shards that other workers hold a lease on. */
export async function shardsHeld(
  db: Db,
  holder: string,
): Promise<readonly { readonly id: number; readonly total: number }[]> {
  const rows = await db.all(`SELECT shard, total FROM shards`);
  const shards = rows.map((row) => ({ id: integer(row, 'shard'), total: integer(row, 'total') }));
  const held = new Set<string>();
  for (const part of chunks(shards.map(({ id, total }) => shardLease(total, id))))
    for (const name of await leasesOfOthers(db, part, holder)) held.add(name);
  return shards.filter(({ id, total }) => held.has(shardLease(total, id)));
}

/** Records that this worker is running, for `lastsMs`; returns how many are. */
export async function presentWorkers(db: Db, holder: string, lastsMs: number): Promise<number> {
  await db.batch([
    {
      sql: `INSERT INTO gateway_workers (holder, until) VALUES ($1, ${db.clock(lastsMs)})
        ON CONFLICT (holder) DO UPDATE SET until = excluded.until`,
      params: [holder],
    },
    { sql: `DELETE FROM gateway_workers WHERE until <= ${db.clock(0)}`, params: [] },
  ]);
  const [row] = await db.all(`SELECT COUNT(*) AS workers FROM gateway_workers`);
  return row === undefined ? 1 : integer(row, 'workers');
}

export function dropWorker(holder: string): Statement {
  return { sql: `DELETE FROM gateway_workers WHERE holder = $1`, params: [holder] };
}
