// Channels on hold or gone.
import type { Iso } from '../types/core.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { Db, Row, Statement } from './define.ts';
import { reasonOrNull, reasonText } from './reasons.ts';
import { text, textOrNull } from './rows.ts';

export interface ChannelState {
  readonly name: string;
  /** The address when the state was written; a different address is a different channel. */
  readonly address: string;
  readonly holdUntil: Iso | null;
  readonly reason: AnyReason | null;
  readonly goneAt: Iso | null;
}

function stateOf(row: Row): ChannelState {
  return {
    name: text(row, 'name'),
    address: text(row, 'address'),
    holdUntil: textOrNull(row, 'hold_until'),
    reason: reasonOrNull(row, 'reason'),
    goneAt: textOrNull(row, 'gone_at'),
  };
}

export async function channelState(db: Db, name: string): Promise<ChannelState | null> {
  const [row] = await db.all(`SELECT * FROM channels WHERE name = $1`, [name]);
  return row === undefined ? null : stateOf(row);
}

export async function channelStates(db: Db): Promise<ReadonlyMap<string, ChannelState>> {
  const rows = await db.all(`SELECT * FROM channels`);
  return new Map(rows.map((row) => [text(row, 'name'), stateOf(row)]));
}

/** Names of the channels that are permanently gone. */
export async function goneChannels(db: Db): Promise<readonly string[]> {
  return (await db.all('SELECT name FROM channels WHERE gone_at IS NOT NULL ORDER BY name')).map((row) =>
    text(row, 'name'),
  );
}

export function saveChannelState(state: ChannelState): Statement {
  return {
    sql: `INSERT INTO channels (name, address, hold_until, reason, gone_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (name) DO UPDATE SET address = excluded.address, hold_until = excluded.hold_until, reason = excluded.reason,
        gone_at = excluded.gone_at`,
    params: [
      state.name,
      state.address,
      state.holdUntil,
      state.reason === null ? null : reasonText(state.reason),
      state.goneAt,
    ],
  };
}

/** Retries channels on hold, and deliveries already tried in them, at once; keeps the record that operators were told. */
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
