// Targets that somebody outside said have changed, kept by pool until the pool looks.

/** Pushes that wait for their pool: taken by whoever holds the pool's lease, so no look under way can undo them. */
export interface Pushes {
  readonly add: (pool: string, targetIds: readonly string[]) => void;
  /** The targets pushed in this pool, which wait no longer. */
  readonly take: (pool: string) => readonly string[];
  readonly pools: () => readonly string[];
  /** Calls `listener` with the pool of every push from now on. */
  readonly listen: (listener: (pool: string) => void) => void;
}

export function createPushes(): Pushes {
  const waiting = new Map<string, Set<string>>();
  const listeners: ((pool: string) => void)[] = [];
  return {
    add: (pool, targetIds) => {
      waiting.set(pool, new Set([...(waiting.get(pool) ?? []), ...targetIds]));
      for (const listener of listeners) listener(pool);
    },
    take: (pool) => {
      const ids = [...(waiting.get(pool) ?? [])];
      waiting.delete(pool);
      return ids;
    },
    pools: () => [...waiting.keys()],
    listen: (listener) => void listeners.push(listener),
  };
}
