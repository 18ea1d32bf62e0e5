// Who sees what: what the file watches is evidence everywhere, what only a guild watches is evidence in that guild alone.

import type { Db } from '../store/define.ts';
import { type Item, itemsOfStories } from '../store/items.ts';
import { type Askers, askersOf } from '../store/watches.ts';
import { guildOf } from '../stories/news.ts';
import type { Watch } from '../types/core.ts';
import type { Story } from '../types/story.ts';

/** Whether what a target shows is evidence in a scope. */
export type Sees = (scope: Story['scope'], targetId: string) => boolean;

/** A look that nobody in particular asked for is the file's. */
export function isFiled(watches: readonly Watch[]): boolean {
  return watches.length === 0 || watches.some((watch) => guildOf(watch) === null);
}

/** Filters that let the same through. */
function filtersAlike(one: Watch, other: Watch): boolean {
  const of = ({ filters }: Watch): string =>
    JSON.stringify(Object.entries(filters).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  return of(one) === of(other);
}

/** Whether a watch of the file among these tells the same: then a guild may share the file's stories of it. */
export function isFiledAlike(watch: Watch, watches: readonly Watch[]): boolean {
  return watches.some((one) => guildOf(one) === null && filtersAlike(one, watch));
}

export function seesOf(askers: Askers): Sees {
  return (scope, targetId) => {
    const asking = askers.get(targetId);
    if (asking === undefined) return false;
    return asking.has(null) || (scope !== 'file' && asking.has(scope.guild));
  };
}

/** What is stored of these keys and still there, with who asked for what showed it; null = the file alone asks. */
export async function itemsAsked(
  db: Db,
  keys: readonly string[],
): Promise<{ readonly items: readonly Item[]; readonly sees: Sees }> {
  const items = (await itemsOfStories(db, keys)).filter((item) => item.goneAt === null);
  const askers = await askersOf(db, [...new Set(items.map(({ observation }) => observation.targetId))]);
  return { items, sees: askers === null ? () => true : seesOf(askers) };
}

/** What is stored of these keys and still there, as far as a scope sees it. */
export async function itemsSeen(db: Db, scope: Story['scope'], keys: readonly string[]): Promise<readonly Item[]> {
  const { items, sees } = await itemsAsked(db, keys);
  return items.filter(({ observation }) => sees(scope, observation.targetId));
}
