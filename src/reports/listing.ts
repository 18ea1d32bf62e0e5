// The stories that everybody may see, page by page: for the board, the feeds, the API and the command line. Only reads.
import { shownTo } from '../guilds/context.ts';
import type { Db } from '../store/define.ts';
import {
  type Brief,
  briefs,
  changedStories,
  countModels,
  type ListFilter,
  type ListPosition,
  listedChoices,
  listStories,
  newestModels,
  storiesById,
} from '../store/listing.ts';
import { scopeName, storiesByKey, storyById } from '../store/stories.ts';
import type { Story } from '../types/story.ts';

export interface StoryPage {
  readonly stories: readonly Story[];
  /** Where the next page begins; null = this is the last. */
  readonly next: ListPosition | null;
}

/** Rows that nobody may see are skipped, but only for this many rounds. */
const roundsAtMost = 5;

/** Leaves out what only a Discord server asked for, what is private, and stories that were merged into another. */
export async function publicStories(db: Db, stories: readonly Story[]): Promise<readonly Story[]> {
  const filed = stories.filter(({ scope, mergedInto }) => scope === 'file' && mergedInto === null);
  return shownTo(db, null, filed);
}

export async function listPage(
  db: Db,
  filter: ListFilter,
  after: ListPosition | null,
  most: number,
): Promise<StoryPage> {
  const stories: Story[] = [];
  let from = after;
  for (let round = 0; round < roundsAtMost; round += 1) {
    const rows = await listStories(db, filter, from, most + 1);
    const shown = await publicStories(
      db,
      rows.map(({ story }) => story),
    );
    const ids = new Set(shown.map(({ id }) => id));
    for (const { story, at, id } of rows) {
      if (!ids.has(story.id)) continue;
      if (stories.length === most) return { stories, next: from };
      stories.push(story);
      from = { at, id };
    }
    const last = rows.at(-1);
    if (rows.length <= most || last === undefined) return { stories, next: null };
    if (stories.length < most) from = { at: last.at, id: last.id };
  }
  return { stories, next: from };
}

/** The stories that changed last, newest change first. */
export async function changesPage(
  db: Db,
  filter: Pick<ListFilter, 'lab' | 'stage'>,
  most: number,
): Promise<readonly Story[]> {
  return (await publicStories(db, await changedStories(db, filter, most * 2))).slice(0, most);
}

/** By key or id; a merged story leads to the one it was merged into. Null = there is none, or nobody may see it. */
export async function publicStory(db: Db, key: string): Promise<Story | null> {
  // PostgreSQL rejects it, and no key contains it.
  if (key.includes('\0')) return null;
  const byKey = (await storiesByKey(db, 'file', [key])).get(key) ?? null;
  let story = byKey ?? (await storyById(db, key));
  for (let step = 0; step < roundsAtMost && story?.mergedInto != null; step += 1)
    story = await storyById(db, story.mergedInto);
  if (story === null || scopeName(story.scope) !== 'file') return null;
  return (await publicStories(db, [story]))[0] ?? null;
}

export interface Choices {
  readonly labs: readonly string[];
  readonly verdicts: readonly string[];
}

export async function choices(db: Db): Promise<Choices> {
  return listedChoices(db);
}

export interface SortedPage {
  readonly stories: readonly Story[];
  readonly page: number;
  readonly pages: number;
}

export interface SortOrder {
  /** `when`, `model`, `lab`, or a question of the openness card. */
  readonly by: string;
  readonly down: boolean;
}

const byWords = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Numbers by value, words in natural order (2 before 10); unknown values come last in both directions. */
function compare(one: string | number | null, other: string | number | null, down: boolean): number {
  const sign = down ? -1 : 1;
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  if (typeof one === 'number' && typeof other === 'number') return sign * (one - other);
  return sign * byWords.compare(String(one), String(other));
}

/** Ids of all released models in this order. Reads a row of every one, so the result is worth caching. */
export async function sortedIds(db: Db, order: SortOrder): Promise<readonly string[]> {
  const rows = await briefs(db);
  const value = (row: Brief): string | number | null => {
    if (order.by === 'when') return row.at;
    if (order.by === 'model') return row.name;
    return order.by === 'lab' ? row.lab : (row.answers[order.by] ?? null);
  };
  // Many models share few answers: the slow comparison of words is made once per answer.
  const groups = Map.groupBy(rows, value);
  const answers = [...groups.keys()].toSorted((one, other) => compare(one, other, order.down));
  return answers.flatMap((answer) => (groups.get(answer) ?? []).map(({ id }) => id));
}

function pageWithin(page: number, models: number, most: number): Pick<SortedPage, 'page' | 'pages'> {
  const pages = Math.max(1, Math.ceil(models / most));
  return { page: Math.min(Math.max(1, page), pages), pages };
}

/** Released models side by side, newest first; reads no more than the page. */
export async function newestPage(db: Db, page: number, most: number): Promise<SortedPage> {
  const within = pageWithin(page, await countModels(db), most);
  const stories = await newestModels(db, most, (within.page - 1) * most);
  return { ...within, stories: await publicStories(db, stories) };
}

/** As `newestPage`, in an order that `sortedIds` found. */
export async function sortedPage(db: Db, ids: readonly string[], page: number, most: number): Promise<SortedPage> {
  const within = pageWithin(page, ids.length, most);
  const shown = ids.slice((within.page - 1) * most, within.page * most);
  return { ...within, stories: await publicStories(db, await storiesById(db, shown)) };
}
