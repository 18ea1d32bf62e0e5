// Which model of a family is the newest that is open, and the newest at all: two answers. Pure.

import type { Iso } from '../types/core.ts';
import type { Evidence, Fact } from '../types/story.ts';

/** Which models a name is compared with: a guard, a coder or a picture model is no newer version of the family's main line. */
export interface ModelLine {
  /** Null = it has none. */
  readonly version: string | null;
  readonly line: string | null;
}

const seriesOf = (version: string): string => /^[a-z]*/.exec(version.toLowerCase())?.[0] ?? '';

/** A plain number, or a `v` before it: the family's own count. */
const isPlain = ({ version }: ModelLine): boolean => version !== null && /^(?:|v)$/.test(seriesOf(version));

/** One line, and one series of it: Granite R2 follows no Granite 4, MiniMax M3 no H2. */
function isSameLine(own: ModelLine, other: ModelLine): boolean {
  if (own.line !== other.line) return false;
  if (own.version === null || other.version === null) return true;
  const [mine, theirs] = [seriesOf(own.version), seriesOf(other.version)];
  return mine === theirs || theirs === 'v';
}

/** What a model is compared with; one without a version with the plain count of its line, where there is one. */
export function sameLine<T extends ModelLine>(own: ModelLine, all: readonly T[]): readonly T[] {
  const same = all.filter((one) => isSameLine(own, one));
  const plain = same.filter(isPlain);
  return own.version === null && plain.length > 0 ? plain : same;
}

/** Nothing older than this one of the line can be its newest. */
export function endsLine(own: ModelLine, other: ModelLine): boolean {
  return isSameLine(own, other) && (own.version !== null || isPlain(other));
}

/** The line of a story, from its key `model:lab/family/version/line`, in which version and line may be missing. */
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
  /** The lab's own words, not only what it has put out. */
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
 * `all`: everything of one line that is known, down to the newest that is open; a model that is open under one address is
 * open. `hasSpoken`: there is more, and among it words of the lab itself.
 */
export function newestOf(all: readonly NamedModel[], hasSpoken = false): Newest {
  const open = all.filter((one) => one.open);
  const versions = new Set(open.map((one) => one.version));
  // What is out says nothing of what is hosted only: the newest at all is known where the lab itself has spoken.
  const spoken = hasSpoken || all.some((one) => one.news);
  return {
    open: factOf(open, () => true),
    overall: spoken ? factOf(all, ({ version }) => versions.has(version)) : null,
  };
}
