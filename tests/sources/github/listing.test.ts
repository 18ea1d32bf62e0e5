// Lists that come a page at a time: what may be called new, and what gone.
import { describe, expect, it } from 'vitest';
import type { KnownList } from '../../../src/sources/github/cursor.ts';
import { compare, findVanished } from '../../../src/sources/github/listing.ts';

const read = { name: (item: string) => item, hash: () => 'x' };
const known = (names: readonly string[], change: Partial<KnownList> = {}): KnownList => ({
  by: 'rest',
  seen: names.length,
  whole: false,
  items: names.map((name) => [name, 'x']),
  ...change,
});
const look = (before: KnownList, items: readonly string[], whole: boolean, by: 'rest' | 'graphql' | 'feed' = 'rest') =>
  compare(before, by, { items, whole, absent: [] }, { read, young: () => false, most: 100 });
const news = (seen: ReturnType<typeof look>) => seen.moved.filter((name) => !seen.old.has(name));

describe('what is new', () => {
  it.each<[string, KnownList, readonly string[], boolean, 'rest' | 'graphql' | 'feed', readonly string[]]>([
    ['stands before something known', known(['b', 'a']), ['c', 'b'], false, 'rest', ['c']],
    ['stands between things known', known(['c', 'a']), ['c', 'b', 'a'], false, 'rest', ['b']],
    ['is not what slid in behind', known(['c', 'b']), ['b', 'a'], false, 'rest', []],
    ['is not what a deeper look shows', known(['c', 'b']), ['c', 'b', 'a'], true, 'rest', []],
    ['is anything where all was known', known(['c', 'b'], { whole: true }), ['c', 'b', 'a'], true, 'rest', ['a']],
    ['is nothing where another way looks elsewhere', known(['c', 'b']), ['z', 'c', 'a'], false, 'graphql', []],
    [
      'is told by another way where all was known',
      known(['c', 'b'], { whole: true }),
      ['z', 'c'],
      false,
      'graphql',
      ['z'],
    ],
    ['is told by a feed, which shows the newest', known(['c', 'b']), ['z', 'c'], false, 'feed', ['z']],
    ['is everything after an empty list', known([], { whole: true }), ['b', 'a'], true, 'rest', ['b', 'a']],
  ])('%s', (_, before, items, whole, by, expected) => {
    expect(news(look(before, items, whole, by))).toEqual(expected);
  });

  it('stays known when a short window follows a whole list', () => {
    const first = look(known([], { whole: true }), ['d', 'c', 'b', 'a'], true).next;
    const second = look(first, ['e', 'd'], false).next;
    expect(second).toMatchObject({ whole: true, seen: 2 });
    expect(second.items.map(([name]) => name)).toEqual(['e', 'd', 'c', 'b', 'a']);
  });
});

describe('what is gone', () => {
  it.each<[string, KnownList, 'rest' | 'graphql' | 'feed', readonly string[], boolean, readonly string[]]>([
    ['is missing before something that is there', known(['c', 'b', 'a']), 'rest', ['c', 'a'], false, ['b']],
    ['is not what was pushed out behind', known(['c', 'b', 'a']), 'rest', ['d', 'c'], false, []],
    ['is not what the last page did not hold', known(['c', 'b', 'a', 'z'], { seen: 1 }), 'rest', ['c', 'z'], false, []],
    ['is missing from a whole list', known(['c', 'b'], { seen: 1 }), 'graphql', ['c'], true, ['b']],
    ['is nothing by another order', known(['c', 'b', 'a']), 'graphql', ['a', 'c'], false, []],
    ['is nothing by a feed', known(['c', 'b', 'a'], { by: 'feed' }), 'feed', ['c', 'a'], false, []],
    ['is nothing where nothing known is met', known(['c', 'b']), 'rest', ['z'], false, []],
  ])('%s', (_, before, by, items, whole, expected) => {
    expect(findVanished(before, by, items, whole)).toEqual(expected);
  });
});
