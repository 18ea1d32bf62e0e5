// Looks requested by people in Discord, counted per guild and per quota pool. In memory: a restart forgets them.

import type { Spent } from '../types/core.ts';
import { hourMs } from '../types/time.ts';

/** Looks outside the schedule: previews, and looks for watches that are resumed after a pause. */
export interface Previews {
  /** False when the guild has used up its looks of this hour. */
  readonly take: (guild: string, most: number, nowMs: number) => boolean;
  /** Registers a preview that will cost about `about`; the returned function must be called with its actual cost. */
  readonly begin: (pool: string, about: number, nowMs: number) => (spent: readonly Spent[]) => void;
  /** The cost of the pool's previews that is not booked yet, running ones included. */
  readonly pending: (pool: string, nowMs: number) => number;
  /** Returns the unbooked cost and marks it as booked by the schedule. */
  readonly collect: (pool: string) => readonly Spent[];
}

export function createPreviews(): Previews {
  const taken = new Map<string, readonly number[]>();
  const running = new Map<string, ReadonlySet<{ readonly about: number }>>();
  const unbooked = new Map<string, readonly { readonly at: number; readonly spent: Spent }[]>();
  return {
    take: (guild, most, nowMs) => {
      const recent = (taken.get(guild) ?? []).filter((at) => at > nowMs - hourMs);
      const free = recent.length < most;
      taken.set(guild, free ? [...recent, nowMs] : recent);
      return free;
    },
    begin: (pool, about, nowMs) => {
      const mine = { about };
      running.set(pool, new Set([...(running.get(pool) ?? []), mine]));
      return (spent) => {
        running.set(pool, new Set([...(running.get(pool) ?? [])].filter((one) => one !== mine)));
        for (const one of spent) {
          const recent = (unbooked.get(one.pool) ?? []).filter(({ at }) => at > nowMs - hourMs);
          unbooked.set(one.pool, [...recent, { at: nowMs, spent: one }]);
        }
      };
    },
    pending: (pool, nowMs) => {
      const expected = [...(running.get(pool) ?? [])].reduce((sum, { about }) => sum + about, 0);
      const recent = (unbooked.get(pool) ?? []).filter(({ at }) => at > nowMs - hourMs);
      return recent.reduce((sum, { spent }) => sum + spent.cost, expected);
    },
    collect: (pool) => {
      const list = (unbooked.get(pool) ?? []).map(({ spent }) => spent);
      unbooked.delete(pool);
      return list;
    },
  };
}
