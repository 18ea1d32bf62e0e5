// Targets reported as changed from outside, kept by pool until the pool looks at them.

/** Pushes waiting for their pool: taken by the worker that holds the pool's lease, so that a running look cannot undo them. */
export interface Pushes {
  readonly add: (pool: string, targetIds: readonly string[]) => void;
  /** Returns the targets pushed in this pool, and removes them. */
  readonly take: (pool: string) => readonly string[];
  readonly pools: () => readonly string[];
  /** Calls `listener` with the pool of every later push. */
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
