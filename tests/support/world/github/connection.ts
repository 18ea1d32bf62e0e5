// A GraphQL connection over a list: ordered, and sliced by `first`, `after`, `last`, `before`.

export type Node = Readonly<Record<string, unknown>>;

export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

export interface Ordered extends PageArguments {
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
}

/** A connection over a list, sliced by `first`, `after`, `last`, `before`. */
export function connection<T>(items: readonly T[], page: PageArguments, node: (item: T) => Node): Node {
  const cursor = (index: number): string => Buffer.from(`cursor:v2:${index + 1}`).toString('base64');
  const index = (text: string): number => Number(Buffer.from(text, 'base64').toString().split(':').at(-1));
  const from = page.after == null ? 0 : index(page.after);
  const to = page.before == null ? items.length : index(page.before) - 1;
  const start = page.last == null ? from : Math.max(from, to - page.last);
  const end = page.first == null ? to : Math.min(to, start + page.first);
  const slice = items.slice(start, end).map(node);
  return {
    nodes: slice,
    edges: slice.map((one, at) => ({ cursor: cursor(start + at), node: one })),
    totalCount: items.length,
    pageInfo: {
      startCursor: slice.length === 0 ? null : cursor(start),
      endCursor: slice.length === 0 ? null : cursor(end - 1),
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
    },
  };
}

export function ordered<T>(
  items: readonly T[],
  order: Ordered['orderBy'],
  value: (item: T, field: string) => number | string,
): readonly T[] {
  if (order == null) return items;
  const sign = order.direction === 'ASC' ? 1 : -1;
  return items.toSorted((a, b) => {
    const [x, y] = [value(a, order.field), value(b, order.field)];
    return x < y ? -sign : x > y ? sign : 0;
  });
}
