// Paged lists: what is new, what has vanished, and what to remember. Pure.
import type { KnownList } from './cursor.ts';
import type { Listing, Way } from './document.ts';

/** How long a lagging replica may hide what another one has already shown. */
export const youngMs = 10 * 60_000;

/**
 * Known names that this answer, going by its order, should contain but does not.
 *
 * A complete list proves absence. A first page proves it only for items of the last first page that come before one that both
 * pages contain: anything further down may just have moved to the next page.
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
 * Known names that should come before the last of these but are missing. With another order or page size they may still
 * exist, so each is asked for by name before it counts as gone.
 */
export function findMissing(known: KnownList, names: readonly string[], whole: boolean): readonly string[] {
  const seen = new Set(names);
  const before = known.items.map(([name]) => name);
  const end = whole ? before.length : before.findLastIndex((name) => seen.has(name));
  return before.slice(0, Math.max(0, end)).filter((name) => !seen.has(name));
}

/** When this many vanish at once, a fault of the server is more likely than a cleanup. */
const manyAtOnce = 3;

/** The vanished names that must be confirmed one by one before they count as gone. */
export function findDoubtful(vanished: readonly string[], young: (name: string) => boolean): readonly string[] {
  return vanished.length >= manyAtOnce ? vanished : vanished.filter(young);
}

export interface Compared<T> {
  /** New, or changed since the last look. */
  readonly moved: readonly T[];
  /** Not known, but not new either: it moved into view, or was asked for in a way that covers other items than the last one. */
  readonly old: ReadonlySet<string>;
  readonly added: readonly string[];
  readonly gone: readonly string[];
  /** Missing but not confirmed: a lagging replica may hide recent items. */
  readonly held: readonly string[];
  readonly next: KnownList;
}

interface Comparing<T> {
  readonly read: { readonly name: (item: T) => string; readonly hash: (item: T) => string };
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
  const moved = [...seen.values()].filter((item) => before.get(read.name(item)) !== read.hash(item));
  const added = names.filter((name) => !before.has(name));
  const shown = (name: string): [string, string] => {
    const item = seen.get(name);
    return [name, item === undefined ? (before.get(name) ?? '') : read.hash(item)];
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
