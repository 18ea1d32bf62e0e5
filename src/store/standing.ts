// What else the worker must remember: channels on hold, resting pools, its own beat.
import type { Iso, Json } from '../types.ts';
import type { Db, Statement } from './define.ts';
import { doc, text, textOrNull } from './rows.ts';

export interface ChannelState {
  readonly name: string;
  /** The address it had when the state was written; another address is another channel. */
  readonly address: string;
  readonly holdUntil: Iso | null;
  readonly reason: string | null;
  readonly goneAt: Iso | null;
}

export async function channelStates(db: Db): Promise<ReadonlyMap<string, ChannelState>> {
  const rows = await db.all(`SELECT * FROM channels`);
  return new Map(
    rows.map((row) => [
      text(row, 'name'),
      {
        name: text(row, 'name'),
        address: text(row, 'address'),
        holdUntil: textOrNull(row, 'hold_until'),
        reason: textOrNull(row, 'reason'),
        goneAt: textOrNull(row, 'gone_at'),
      },
    ]),
  );
}

export function saveChannelState(state: ChannelState): Statement {
  return {
    sql: `INSERT INTO channels (name, address, hold_until, reason, gone_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (name) DO UPDATE SET address = excluded.address, hold_until = excluded.hold_until, reason = excluded.reason,
        gone_at = excluded.gone_at`,
    params: [state.name, state.address, state.holdUntil, state.reason, state.goneAt],
  };
}

/** Channels on hold, and what was begun in them, are tried at once; that operators were told is kept. */
export function tryHeld(now: Iso): readonly Statement[] {
  return [
    {
      sql: `UPDATE deliveries SET not_before = $1 WHERE state = 'owed' AND attempts > 0 AND not_before > $1
        AND channel IN (SELECT name FROM channels WHERE hold_until > $1)`,
      params: [now],
    },
    { sql: `UPDATE channels SET hold_until = $1 WHERE hold_until > $1`, params: [now] },
  ];
}

export interface PoolState {
  readonly id: string;
  readonly pausedUntil: Iso | null;
  /** The budget, as the schedule keeps it. */
  readonly doc: Json;
}

export async function poolStates(db: Db): Promise<ReadonlyMap<string, PoolState>> {
  const rows = await db.all(`SELECT * FROM pools ORDER BY id`);
  return new Map(
    rows.map((row) => [
      text(row, 'id'),
      { id: text(row, 'id'), pausedUntil: textOrNull(row, 'paused_until'), doc: doc<Json>(row, 'doc') },
    ]),
  );
}

export function savePoolState(pool: PoolState): Statement {
  return {
    sql: `INSERT INTO pools (id, paused_until, doc) VALUES ($1, $2, $3)
      ON CONFLICT (id) DO UPDATE SET paused_until = excluded.paused_until, doc = excluded.doc`,
    params: [pool.id, pool.pausedUntil, JSON.stringify(pool.doc)],
  };
}

export async function readMeta(db: Db, key: string): Promise<string | null> {
  const [row] = await db.all(`SELECT value FROM meta WHERE key = $1`, [key]);
  return row === undefined ? null : text(row, 'value');
}

export function saveMeta(key: string, value: string): Statement {
  return {
    sql: `INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    params: [key, value],
  };
}
