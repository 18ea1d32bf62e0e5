// Stands for the database's ORDER BY due_at in simulations: a binary heap of numbered targets.

export interface Queue {
  readonly size: () => number;
  readonly push: (id: number, dueAt: number) => void;
  /** The earliest; undefined when empty. */
  readonly peek: () => { readonly id: number; readonly dueAt: number } | undefined;
  readonly pop: () => number | undefined;
}

export function createQueue(): Queue {
  const ids: number[] = [];
  const dues: number[] = [];
  const swap = (a: number, b: number): void => {
    const id = ids[a] ?? 0;
    const due = dues[a] ?? 0;
    ids[a] = ids[b] ?? 0;
    dues[a] = dues[b] ?? 0;
    ids[b] = id;
    dues[b] = due;
  };
  const less = (a: number, b: number): boolean =>
    (dues[a] ?? Number.POSITIVE_INFINITY) < (dues[b] ?? Number.POSITIVE_INFINITY);
  const push = (id: number, dueAt: number): void => {
    let at = ids.length;
    ids.push(id);
    dues.push(dueAt);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!less(at, parent)) break;
      swap(at, parent);
      at = parent;
    }
  };
  const pop = (): number | undefined => {
    if (ids.length === 0) return undefined;
    swap(0, ids.length - 1);
    const id = ids.pop();
    dues.pop();
    let at = 0;
    while (2 * at + 1 < ids.length) {
      const left = 2 * at + 1;
      const small = left + 1 < ids.length && less(left + 1, left) ? left + 1 : left;
      if (!less(small, at)) break;
      swap(small, at);
      at = small;
    }
    return id;
  };
  const peek = (): { readonly id: number; readonly dueAt: number } | undefined => {
    const id = ids[0];
    const dueAt = dues[0];
    return id === undefined || dueAt === undefined ? undefined : { id, dueAt };
  };
  return { size: () => ids.length, push, peek, pop };
}
