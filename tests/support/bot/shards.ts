// The shards as shared by workers, in memory: for tests of which worker holds which shard, without a database.
import type { Away, Shard, Shards } from '../../../src/bot/shards.ts';

export interface ShardBoard {
  readonly worker: (name: string) => Shards;
  /** Why each shard is not connected, by number; null = it is connected. */
  readonly noted: ReadonlyMap<number, Away>;
  readonly total: () => number | null;
  /** The totals of the shards that were noted. */
  readonly notedTotals: () => readonly number[];
  /** Gives this worker's leases to another one, as after too long a pause. */
  readonly lose: (name: string) => void;
}

interface Lease {
  readonly shard: Shard;
  readonly holder: string;
  readonly lost: AbortController;
}

const identifyMs = 5_000;

export function createShardBoard(now: () => number): ShardBoard {
  const leases = new Map<number, Lease>();
  const noted = new Map<number, Away>();
  const totals = new Set<number>();
  const workers = new Set<string>();
  const cameAt = new Map<number, number>();
  let total: number | null = null;

  const free = (name: string): readonly Lease[] => {
    const mine = [...leases.values()].filter(({ holder }) => holder === name);
    for (const { shard } of mine) leases.delete(shard.id);
    workers.delete(name);
    return mine;
  };
  const worker = (name: string): Shards => ({
    present: async () => workers.add(name).size,
    absent: async () => {
      workers.delete(name);
    },
    leave: async () => {
      workers.delete(name);
    },
    total: async () => total,
    setTotal: async (shards) => {
      total = shards;
    },
    taken: async () => [...leases.values()].filter(({ holder }) => holder !== name).map(({ shard }) => shard),
    hold: async (shard) => {
      if (leases.has(shard.id)) return null;
      const lease = { shard, holder: name, lost: new AbortController() };
      leases.set(shard.id, lease);
      return {
        signal: lease.lost.signal,
        release: async () => {
          if (leases.get(shard.id) === lease) leases.delete(shard.id);
        },
      };
    },
    mayIdentify: async (bucket) => {
      if (now() - (cameAt.get(bucket) ?? 0) < identifyMs) return false;
      cameAt.set(bucket, now());
      return true;
    },
    note: async ({ id, total: of }, away) => {
      totals.add(of);
      noted.set(id, away);
    },
    forget: async ({ id }) => {
      noted.delete(id);
    },
    confirm: async () => undefined,
  });
  return {
    worker,
    noted,
    total: () => total,
    notedTotals: () => [...totals],
    lose: (name) => {
      for (const { lost } of free(name)) lost.abort();
    },
  };
}
