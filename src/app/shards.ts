// How the workers sharing a database divide the shards of Discord's gateway among themselves.

import { randomUUID } from 'node:crypto';
import type { Shards } from '../bot/shards.ts';
import { claimLease } from '../store/leases.ts';
import {
  confirmShards,
  dropWorker,
  forgetShard,
  forgetShardsOf,
  forgetShardsOfOthers,
  noteShard,
  presentWorkers,
  saveShardTotal,
  shardLease,
  shardsHeld,
  shardTotal,
} from '../store/shards.ts';
import { iso } from '../types/time.ts';
import type { Worker } from '../worker/context.ts';

/** A worker that has not reported for this long counts as gone, in milliseconds. */
const presentMs = 12_000;
/** Discord wants five seconds between two logins of a bucket; one more, because the login is sent after the turn was taken. */
const identifyMs = 6_000;

export function openShards({ db, holds, holder, now }: Pick<Worker, 'db' | 'holds' | 'holder' | 'now'>): Shards {
  let cleared = false;
  const absent = async (): Promise<void> => {
    if (holds.shared) await db.batch([dropWorker(holder)]);
  };
  return {
    present: async () => {
      if (holds.shared) return presentWorkers(db, holder, presentMs);
      if (!cleared) await db.batch([forgetShardsOfOthers(holder)]);
      cleared = true;
      return 1;
    },
    absent,
    leave: async () => {
      await absent();
      await db.batch([forgetShardsOf(holder)]);
    },
    total: () => shardTotal(db),
    setTotal: async (total) => {
      await db.batch([saveShardTotal(total)]);
    },
    taken: () => (holds.shared ? shardsHeld(db, holder) : Promise.resolve([])),
    hold: ({ id, total }) => holds.hold(shardLease(total, id)),
    // In the database even for a single worker, which may have been restarted a second ago.
    mayIdentify: async (bucket) => (await claimLease(db, `identify/${bucket}`, randomUUID(), identifyMs)) !== null,
    note: async ({ id, total }, away) => {
      await db.batch(noteShard({ shard: id, total, holder, away }, now()));
    },
    forget: async ({ id, total }) => {
      await db.batch([forgetShard({ shard: id, total, holder })]);
    },
    confirm: async () => {
      await db.batch([confirmShards(holder, iso(now()))]);
    },
  };
}
