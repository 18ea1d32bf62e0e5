// Who sees what: what the file watches is evidence everywhere, what only a guild watches is evidence in that guild alone.

import type { Db } from '../store/define.ts';
import { type Item, itemsOfStories } from '../store/items.ts';
import { type Askers, askersOf } from '../store/watches.ts';
import { guildOf } from '../stories/news.ts';
import type { Watch } from '../types/core.ts';
import type { Story } from '../types/story.ts';

/** Whether what a target shows is evidence in a scope. */
export type Sees = (scope: Story['scope'], targetId: string) => boolean;

/** A look that nobody in particular asked for counts as the file's. */
export function isFiled(watches: readonly Watch[]): boolean {
  return watches.length === 0 || watches.some((watch) => guildOf(watch) === null);
}

/** Equal for watches whose filters accept the same. */
function filtersOf({ filters }: Watch): string {
  return JSON.stringify(Object.entries(filters).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

/** Whether a watch of the file has the same filters as another: then a guild may share the file's stories. */
export function filedAlike(watches: readonly Watch[]): (watch: Watch) => boolean {
  const filed = new Set(watches.filter((one) => guildOf(one) === null).map(filtersOf));
  return (watch) => filed.size > 0 && filed.has(filtersOf(watch));
}

export function seesOf(askers: Askers): Sees {
  return (scope, targetId) => {
    const asking = askers.get(targetId);
    if (asking === undefined) return false;
    return asking.has(null) || (scope !== 'file' && asking.has(scope.guild));
  };
}

/** These items without those that are gone, and who sees them; `guilds`: only these are asked about, null = all. */
export async function itemsAsked(
  db: Db,
  known: readonly Item[],
  guilds: readonly string[] | null,
): Promise<{ readonly items: readonly Item[]; readonly sees: Sees }> {
  const items = known.filter((item) => item.goneAt === null);
  const askers = await askersOf(db, [...new Set(items.map(({ observation }) => observation.targetId))], guilds);
  return { items, sees: askers === null ? () => true : seesOf(askers) };
}

/** What is stored of these keys and still there, as far as a scope sees it. */
export async function itemsSeen(db: Db, scope: Story['scope'], keys: readonly string[]): Promise<readonly Item[]> {
  const { items, sees } = await itemsAsked(db, await itemsOfStories(db, keys), null);
  return items.filter(({ observation }) => sees(scope, observation.targetId));
}
