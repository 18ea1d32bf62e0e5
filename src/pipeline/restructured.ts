// A site that changed all its links and ids at once has told nothing new: its baseline is taken anew. Pure.
import type { Difference, Known } from '../types/change.ts';
import type { Fresh, Observation } from '../types/core.ts';

/** With fewer entries on a page, the next ones may well be new all at once. */
const entriesAtLeast = 3;
/** So many of them were there already, under other links. */
const shareAtLeast = 0.8;

/** What stays of an entry that moved: its title, and its day where it says one. */
function faceOf({ title, publishedAt }: Observation): string {
  return `${publishedAt?.slice(0, 10) ?? ''} ${title.trim().toLowerCase()}`;
}

/**
 * The known items that these new ones are by now, by the new keys; empty: nothing of the kind. Only where nothing of what is
 * known stands in this look any more, and nearly everything in it is known by title and day.
 */
export function movedItems<T extends Known>(
  known: ReadonlyMap<string, T>,
  differences: readonly Difference[],
  { observations }: Fresh,
): ReadonlyMap<string, T> {
  const news = observations.filter(({ kind }) => kind === 'entry' || kind === 'link');
  if (news.length < entriesAtLeast || news.length < observations.length) return new Map();
  if (observations.some(({ key }) => known.has(key))) return new Map();
  const faces = new Map([...known.values()].map((item) => [faceOf(item.observation), item]));
  const moved = new Map<string, T>();
  for (const { type, baseline, observation } of differences) {
    const before = faces.get(faceOf(observation));
    if (type === 'new' && !baseline && before !== undefined) moved.set(observation.key, before);
  }
  const titles = new Set(news.map(faceOf));
  return moved.size >= news.length * shareAtLeast && titles.size >= entriesAtLeast ? moved : new Map();
}
