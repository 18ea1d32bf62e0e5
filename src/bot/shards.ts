// What the bot needs from outside, and which shards of Discord's gateway a worker should hold.

import type { NewServer } from '../guilds/greet.ts';
import type { GatewayReason } from '../types/reasons/gateway.ts';
import type { Bot } from './define.ts';

/** One part of the gateway. Discord assigns each server to one: `(guild >> 22) % total`. */
export interface Shard {
  readonly id: number;
  readonly total: number;
}

export interface ShardLease {
  /** Aborts when another worker has the lease, or might have it. */
  readonly signal: AbortSignal;
  readonly release: () => Promise<void>;
}

/** Why a shard is not connected; null = it is connected. */
export type Away = GatewayReason | null;

/** How the workers sharing a database divide the shards among themselves. */
export interface Shards {
  /** Records that this worker is running; returns how many are. */
  readonly present: () => Promise<number>;
  readonly absent: () => Promise<void>;
  /** As `absent`, and also removes everything this worker noted. */
  readonly leave: () => Promise<void>;
  /** The number of shards that all workers use; null = Discord has not been asked yet. */
  readonly total: () => Promise<number | null>;
  readonly setTotal: (total: number) => Promise<void>;
  /** The shards that other workers hold, also those of another total. */
  readonly taken: () => Promise<readonly Shard[]>;
  /** Null = another worker holds it. */
  readonly hold: (shard: Shard) => Promise<ShardLease | null>;
  /** Whether a shard of this bucket (`shard % max_concurrency`) may identify now; true uses up the turn. */
  readonly mayIdentify: (bucket: number) => Promise<boolean>;
  /** Records the state of a shard, for `status` and `health`. */
  readonly note: (shard: Shard, away: Away) => Promise<void>;
  readonly forget: (shard: Shard) => Promise<void>;
  /** Records that everything this worker noted is still true. */
  readonly confirm: () => Promise<void>;
}

export interface BotWorld {
  readonly bot: Bot;
  readonly token: string;
  /** Without the API version. */
  readonly apiUrl: string;
  readonly userAgent: string;
  readonly now: () => number;
  /** Resolves after that many milliseconds, or at once when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: {
    readonly info: (text: string) => void;
    readonly warn: (text: string) => void;
  };
  readonly shards: Shards;
  /** Told which servers the bot is in; left out = not recorded. */
  readonly servers?: {
    /** Called when a shard connects, with all servers of that shard. */
    readonly note: (guilds: readonly string[]) => Promise<void>;
    /** Called when the bot is added to a server while connected. */
    readonly joined: (server: NewServer, locale: string) => Promise<void>;
  };
  /** Hash of the commands last registered with Discord; null = none yet. */
  readonly registered: {
    readonly read: () => Promise<string | null>;
    readonly write: (hash: string) => Promise<void>;
  };
}

export interface Advice {
  /** The number of shards that Discord recommends. */
  readonly advised: number;
  /** The number that the workers use; null = none yet. */
  readonly agreed: number | null;
  /** Whether any worker holds a shard. */
  readonly live: boolean;
  /** Whether Discord refused the number in use. */
  readonly refused: boolean;
}

/**
 * The number of shards to use. Changing it ends every connection, so a working number is only raised when Discord
 * recommends at least a quarter more: it recommends a shard per 1,000 servers and refuses more than 2,500 on one.
 */
export function totalOf({ advised, agreed, live, refused }: Advice): number {
  if (agreed === null || !live || refused) return advised;
  return advised >= agreed + Math.max(1, agreed / 4) ? advised : agreed;
}

export interface Standing {
  readonly total: number;
  /** Running workers, this one included. */
  readonly workers: number;
  readonly mine: readonly number[];
  readonly taken: ReadonlySet<number>;
  /** Shards that failed here and wait before the next attempt. */
  readonly resting: ReadonlySet<number>;
}

function shareOf({ total, workers }: Standing): number {
  return Math.ceil(total / Math.max(1, workers));
}

/** The shards that this worker may claim, in order, and how many of them it should claim. */
export function wanted(standing: Standing): { readonly most: number; readonly ids: readonly number[] } {
  const { total, mine, taken, resting } = standing;
  const ids = Array.from({ length: total }, (_, id) => id);
  return {
    most: Math.max(0, shareOf(standing) - mine.length),
    ids: ids.filter((id) => !mine.includes(id) && !taken.has(id) && !resting.has(id)),
  };
}

/**
 * A shard to hand over to another worker; null = this worker has no more than its share. Only one at a time, because a shard
 * is disconnected while it moves.
 */
export function surplus(standing: Standing): number | null {
  return standing.mine.length > shareOf(standing) ? Math.max(...standing.mine) : null;
}
