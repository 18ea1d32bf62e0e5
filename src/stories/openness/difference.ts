// The differences between two lists of words: the shortest edit, if it is short enough (Myers, 1986).

/** One difference: the span of `from` that is replaced by the span of `to`; ends are exclusive. */
export interface Hunk {
  readonly from: { readonly start: number; readonly end: number };
  readonly to: { readonly start: number; readonly end: number };
}

/** Null when more than `most` words would have to be removed or inserted. Time and memory are bounded by `most`². */
export function differences(from: readonly string[], to: readonly string[], most: number): readonly Hunk[] | null {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1;
  let tail = 0;
  while (
    tail < from.length - start &&
    tail < to.length - start &&
    from[from.length - 1 - tail] === to[to.length - 1 - tail]
  )
    tail += 1;
  const a = from.slice(start, from.length - tail);
  const b = to.slice(start, to.length - tail);
  const trace = reach(a, b, most);
  return trace === null ? null : hunksOf(steps(trace, a.length, b.length), start);
}

/** The furthest-reaching points of each round; the last round reaches the end of both. */
function reach(a: readonly string[], b: readonly string[], most: number): readonly Int32Array[] | null {
  const size = Math.min(most, a.length + b.length);
  const width = 2 * size + 3;
  const middle = size + 1;
  let points = new Int32Array(width);
  const trace: Int32Array[] = [];
  for (let round = 0; round <= size; round += 1) {
    trace.push(points.slice());
    const next = points.slice();
    for (let diagonal = -round; diagonal <= round; diagonal += 2) {
      const down =
        diagonal === -round ||
        (diagonal !== round && (points[middle + diagonal - 1] ?? 0) < (points[middle + diagonal + 1] ?? 0));
      let x = down ? (points[middle + diagonal + 1] ?? 0) : (points[middle + diagonal - 1] ?? 0) + 1;
      let y = x - diagonal;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      next[middle + diagonal] = x;
      if (x >= a.length && y >= b.length) return trace;
    }
    points = next;
  }
  return null;
}

interface Step {
  readonly kind: 'out' | 'in';
  readonly x: number;
  readonly y: number;
}

function steps(trace: readonly Int32Array[], lengthA: number, lengthB: number): readonly Step[] {
  const middle = ((trace[0]?.length ?? 3) - 1) / 2;
  const found: Step[] = [];
  let x = lengthA;
  let y = lengthB;
  for (let round = trace.length - 1; round > 0; round -= 1) {
    const points = trace[round] ?? new Int32Array(0);
    const diagonal = x - y;
    const down =
      diagonal === -round ||
      (diagonal !== round && (points[middle + diagonal - 1] ?? 0) < (points[middle + diagonal + 1] ?? 0));
    const before = down ? diagonal + 1 : diagonal - 1;
    x = points[middle + before] ?? 0;
    y = x - before;
    found.push(down ? { kind: 'in', x, y } : { kind: 'out', x, y });
  }
  return found.toReversed();
}

function hunksOf(found: readonly Step[], offset: number): readonly Hunk[] {
  const hunks: { from: { start: number; end: number }; to: { start: number; end: number } }[] = [];
  for (const { kind, x, y } of found) {
    let last = hunks.at(-1);
    if (last === undefined || last.from.end !== x || last.to.end !== y) {
      last = { from: { start: x, end: x }, to: { start: y, end: y } };
      hunks.push(last);
    }
    if (kind === 'out') last.from.end += 1;
    else last.to.end += 1;
  }
  return hunks.map(({ from, to }) => ({
    from: { start: from.start + offset, end: from.end + offset },
    to: { start: to.start + offset, end: to.end + offset },
  }));
}
