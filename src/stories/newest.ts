// The newest open model of a family, and its newest model overall: two separate answers. Pure.

import type { Iso } from '../types/core.ts';
import type { Evidence, Fact } from '../types/story.ts';

/** Decides which models are compared: a guard, coder or image model is not a newer version of the family's main line. */
export interface ModelLine {
  /** Null = it has none. */
  readonly version: string | null;
  readonly line: string | null;
}

const seriesOf = (version: string): string => /^[a-z]*/.exec(version.toLowerCase())?.[0] ?? '';

/** A plain number, or one after a `v`: the family's main numbering. */
const isPlain = ({ version }: ModelLine): boolean => version !== null && /^(?:|v)$/.test(seriesOf(version));

/** The same line, and the same series in it: Granite R2 does not follow Granite 4, nor MiniMax M3 H2. */
function isSameLine(own: ModelLine, other: ModelLine): boolean {
  if (own.line !== other.line) return false;
  if (own.version === null || other.version === null) return true;
  const [mine, theirs] = [seriesOf(own.version), seriesOf(other.version)];
  return mine === theirs || theirs === 'v';
}

/** The models to compare with; a model without a version is compared with the main numbering of its line, if there is one. */
export function sameLine<T extends ModelLine>(own: ModelLine, all: readonly T[]): readonly T[] {
  const same = all.filter((one) => isSameLine(own, one));
  const plain = same.filter(isPlain);
  return own.version === null && plain.length > 0 ? plain : same;
}

/** Whether a search from the newest down may stop at `other`: nothing older can be the newest of the line. */
export function endsLine(own: ModelLine, other: ModelLine): boolean {
  return isSameLine(own, other) && (own.version !== null || isPlain(other));
}

/** Version and line in a story's key, `model:lab/family/version/line`, where either may be missing. */
export function lineOfKey(key: string): ModelLine {
  const [, , first = null, second = null] = key
    .replace(/^model:/, '')
    .replace(/~.*/, '')
    .split('/');
  if (second !== null || first === null || first === '') return { version: first || null, line: second };
  return /\d/.test(first) && !/(?:^|\+)3d(?:$|\+)/.test(first)
    ? { version: first, line: null }
    : { version: null, line: first };
}

/** A model of the family that a primary source names. */
export interface NamedModel extends ModelLine {
  readonly name: string;
  /** Its weights are in the lab's own account. */
  readonly open: boolean;
  /** Named in the lab's own words, not only by something it published. */
  readonly news: boolean;
  readonly url: string;
  readonly at: Iso;
}

export interface Newest {
  readonly open: Fact<string> | null;
  readonly overall: Fact<string> | null;
}

/** Compares versions part by part: 4.6 after 4, 10 after 9, k3 after k2. */
export function compareVersions(one: string, other: string): number {
  const parts = (version: string): readonly (number | string)[] =>
    (version.toLowerCase().match(/\d+|[a-z]+/g) ?? []).map((part) => (/^\d/.test(part) ? Number(part) : part));
  const left = parts(one);
  const right = parts(other);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const a = left[index] ?? -1;
    const b = right[index] ?? -1;
    if (a === b) continue;
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return String(a) < String(b) ? -1 : 1;
  }
  return 0;
}

function factOf(named: readonly NamedModel[], isOpen: (one: NamedModel) => boolean): Fact<string> | null {
  const best = named.reduce<NamedModel | null>(
    (top, one) => (top === null || compareVersions(one.version ?? '', top.version ?? '') > 0 ? one : top),
    null,
  );
  if (best === null) return null;
  const because: Evidence = { url: best.url, at: best.at };
  return { value: isOpen(best) ? best.name : `${best.name}, closed`, how: 'derived', because };
}

/**
 * `all`: the known models of one line, at least from the newest down to the newest open one; a version that is open under one
 * address is open. `hasSpoken`: the lab's own words name further models of the line.
 */
export function newestOf(all: readonly NamedModel[], hasSpoken = false): Newest {
  const open = all.filter((one) => one.open);
  const versions = new Set(open.map((one) => one.version));
  // Releases say nothing about models that are only hosted: the newest overall is known only once the lab itself has spoken.
  const spoken = hasSpoken || all.some((one) => one.news);
  return {
    open: factOf(open, () => true),
    overall: spoken ? factOf(all, ({ version }) => versions.has(version)) : null,
  };
}
