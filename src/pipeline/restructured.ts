// A site that changed all its links and ids at once has told nothing new: it takes a new baseline. Pure.
import type { Difference, Known } from '../types/change.ts';
import type { Fresh, Observation } from '../types/core.ts';

/** On a page with fewer entries, all of them may really be new at once. */
const entriesAtLeast = 3;
/** Share of the entries that must have been there before, under other links. */
const shareAtLeast = 0.8;

/** What identifies an entry that moved: its title and, if it states one, its day. */
function titleAndDay({ title, publishedAt }: Observation): string {
  return `${publishedAt?.slice(0, 10) ?? ''} ${title.trim().toLowerCase()}`;
}

/**
 * The known items that reappear under new links, by new key; empty when the site was not restructured. It was only when no
 * known key is in this look any more and nearly everything in it is known by title and day.
 */
export function movedItems<T extends Known>(
  known: ReadonlyMap<string, T>,
  differences: readonly Difference[],
  { observations }: Fresh,
): ReadonlyMap<string, T> {
  const news = observations.filter(({ kind }) => kind === 'entry' || kind === 'link');
  if (news.length < entriesAtLeast || news.length < observations.length) return new Map();
  if (observations.some(({ key }) => known.has(key))) return new Map();
  const knownTitles = new Map([...known.values()].map((item) => [titleAndDay(item.observation), item]));
  const moved = new Map<string, T>();
  for (const { type, baseline, observation } of differences) {
    const before = knownTitles.get(titleAndDay(observation));
    if (type === 'new' && !baseline && before !== undefined) moved.set(observation.key, before);
  }
  const titles = new Set(news.map(titleAndDay));
  return moved.size >= news.length * shareAtLeast && titles.size >= entriesAtLeast ? moved : new Map();
}
