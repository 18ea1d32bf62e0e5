// How many of the bot's shards are connected to Discord's gateway, and why the others are not. Only reads.
import { inEnglish } from '../messages/reasons/en.ts';
import type { Db } from '../store/define.ts';
import { type ShardRow, shardRows, shardTotal } from '../store/shards.ts';
import type { Iso } from '../types/core.ts';
import type { GatewayReason } from '../types/reasons/gateway.ts';
import type { AnyReason } from '../types/reasons/reason.ts';

export interface GatewayStanding {
  readonly shards: number;
  readonly connected: number;
  readonly reason: string;
  readonly code: string;
  readonly away: readonly {
    readonly shard: number;
    /** Null = unknown. */
    readonly since: Iso | null;
    readonly reason: string;
    readonly code: string;
  }[];
}

/** Workers confirm their shards every half minute; older rows have no worker. */
const confirmedMs = 90_000;
/** Rows older than this belong to a bot that was switched off. */
const forgottenMs = 86_400_000;

const unattended: GatewayReason = { code: 'gateway.unattended', params: {} };

function awayOf(row: ShardRow | undefined, now: number): AnyReason | null {
  if (row === undefined || now - Date.parse(row.at) > confirmedMs) return unattended;
  return row.away ?? (row.ended ? unattended : null);
}

/** Null = no worker runs a bot. `now` in milliseconds. */
export async function gatewayStanding(db: Db, now: number): Promise<GatewayStanding | null> {
  const shards = (await shardTotal(db)) ?? 1;
  const rows = await shardRows(db, shards);
  if (!rows.some(({ at }) => now - Date.parse(at) < forgottenMs)) return null;
  const noted = new Map(rows.map((row) => [row.shard, row]));
  const away = Array.from({ length: shards }, (_, shard) => {
    const row = noted.get(shard);
    const reason = awayOf(row, now);
    return reason === null ? [] : [{ shard, since: row?.since ?? null, reason: inEnglish(reason), code: reason.code }];
  }).flat();
  const connected = shards - away.length;
  const standing: GatewayReason = { code: 'gateway.shards', params: { connected, shards } };
  return { shards, connected, reason: inEnglish(standing), code: standing.code, away };
}
