// Lists that come a page at a time: what is new in them, what has vanished, and what to remember of them. Pure.
import type { KnownList } from './cursor.ts';
import type { Listing, Way } from './document.ts';

/** So long may a replica that lags behind hide what another has shown. */
export const youngMs = 10 * 60_000;

/**
 * Known names that this answer, by its order, should have held.
 *
 * A whole list proves absence. A first page does only for what stood in the last first page before something that both
 * hold: further back an item may merely have been pushed out.
 */
export function findVanished(known: KnownList, by: Way, names: readonly string[], whole: boolean): readonly string[] {
  const seen = new Set(names);
  const before = known.items.map(([name]) => name);
  if (whole) return before.filter((name) => !seen.has(name));
  if (known.by !== by || by === 'feed') return [];
  const page = before.slice(0, known.seen);
  const last = page.findLastIndex((name) => seen.has(name));
  return page.slice(0, Math.max(0, last)).filter((name) => !seen.has(name));
}

/**
 * Known names among these or before the last of these that are not there. A page of another order or size may leave out
 * what is still there, so each is asked for by its name before it is called gone.
 */
export function findMissing(known: KnownList, names: readonly string[], whole: boolean): readonly string[] {
  const seen = new Set(names);
  const before = known.items.map(([name]) => name);
  const end = whole ? before.length : before.findLastIndex((name) => seen.has(name));
  return before.slice(0, Math.max(0, end)).filter((name) => !seen.has(name));
}

/** From so many on, it is likelier that the server has a bad day than that somebody cleaned up. */
const manyAtOnce = 3;

/** Those of the vanished names that must be asked for one by one before they are called gone. */
export function findDoubtful(vanished: readonly string[], young: (name: string) => boolean): readonly string[] {
  return vanished.length >= manyAtOnce ? vanished : vanished.filter(young);
}

export interface Compared<T> {
  /** Not seen before, or with another value than before. */
  readonly moved: readonly T[];
  /** Not known, and yet not made now: it slid into view, or this way of asking looks where the last one did not. */
  readonly old: ReadonlySet<string>;
  readonly added: readonly string[];
  readonly gone: readonly string[];
  /** Missing, but doubtful: what is young may be hidden by a replica that lags. */
  readonly held: readonly string[];
  readonly next: KnownList;
}

interface Comparing<T> {
  readonly read: { readonly name: (item: T) => string; readonly print: (item: T) => string };
  readonly young: (name: string) => boolean;
  readonly most: number;
}

export function compare<T>(
  known: KnownList,
  by: Way,
  listing: Listing<T>,
  { read, young, most }: Comparing<T>,
): Compared<T> {
  const before = new Map(known.items);
  const absent = new Set(listing.absent);
  const seen = new Map(listing.items.map((item) => [read.name(item), item]));
  const names = [...seen.keys()];
  const proved = known.items.map(([name]) => name).filter((name) => absent.has(name) && !seen.has(name));
  const missing = [...new Set([...findVanished(known, by, names, listing.whole), ...proved])];
  const held = findDoubtful(missing, young).filter((name) => !absent.has(name));
  const gone = missing.filter((name) => !held.includes(name));

  const lastKnown = names.findLastIndex((name) => before.has(name));
  const elsewhere = !known.whole && by !== 'feed' && known.by !== by;
  const behind = lastKnown >= 0 && !(listing.whole && known.whole);
  const old = new Set(elsewhere ? names : behind ? names.slice(lastKnown + 1) : []);
  const moved = [...seen.values()].filter((item) => before.get(read.name(item)) !== read.print(item));
  const added = names.filter((name) => !before.has(name));
  const shown = (name: string): [string, string] => {
    const item = seen.get(name);
    return [name, item === undefined ? (before.get(name) ?? '') : read.print(item)];
  };
  return {
    moved,
    old,
    added,
    gone,
    held,
    next: by === 'feed' ? { ...known, items: [...known.items, ...added.map(shown)] } : remember(),
  };

  function remember(): KnownList {
    const first = [...held, ...names];
    const out = new Set([...gone, ...first]);
    const items = [...first.map(shown), ...known.items.filter(([name]) => !out.has(name))];
    const whole = listing.whole || (known.whole && (lastKnown >= 0 || names.length === 0));
    return {
      by,
      seen: first.length,
      whole,
      items: items.slice(0, Math.max(most, first.length)),
      ...(listing.count === undefined ? {} : { count: listing.count }),
    };
  }
}
