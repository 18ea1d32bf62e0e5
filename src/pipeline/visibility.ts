// Who sees what: what the file watches is evidence everywhere, what only a guild watches is evidence in that guild alone.

import type { Db } from '../store/define.ts';
import { type Item, itemsOfStories } from '../store/items.ts';
import { type Askers, askersOf } from '../store/watches.ts';
import { guildOf } from '../stories/news.ts';
import type { Watch } from '../types/core.ts';
import type { Story } from '../types/story.ts';

/** Whether what a target shows is evidence in a scope. */
export type Sight = (scope: Story['scope'], targetId: string) => boolean;

/** A look that nobody in particular asked for is the file's. */
export function isFiled(watches: readonly Watch[]): boolean {
  return watches.length === 0 || watches.some((watch) => guildOf(watch) === null);
}

export function sightOf(askers: Askers): Sight {
  return (scope, targetId) => {
    const asking = askers.get(targetId);
    if (asking === undefined) return false;
    return asking.has(null) || (scope !== 'file' && asking.has(scope.guild));
  };
}

/** What is stored of these keys and still there, as far as a scope sees it. */
export async function itemsSeen(db: Db, scope: Story['scope'], keys: readonly string[]): Promise<readonly Item[]> {
  const items = (await itemsOfStories(db, keys)).filter((item) => item.goneAt === null);
  const askers = await askersOf(db, [...new Set(items.map(({ observation }) => observation.targetId))]);
  if (askers === null) return items;
  const sees = sightOf(askers);
  return items.filter(({ observation }) => sees(scope, observation.targetId));
}
