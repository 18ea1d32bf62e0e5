// Reads the stories that a pass is about, and folds each with what happened to it.

import type { Db } from '../store/define.ts';
import type { Item } from '../store/items.ts';
import { scopeName, storiesByKey } from '../store/stories.ts';
import { type FoldContext, fold, type Seed } from '../stories/fold.ts';
import { isHidden, isPrivate } from '../stories/news.ts';
import type { Story } from '../types/story.ts';
import type { Adopted } from './adopt-stories.ts';
import type { Placed } from './assign.ts';
import type { ChapterContext } from './context.ts';
import { newestIn } from './newest.ts';
import type { Telling } from './plan.ts';
import { type Chapter, isJoined, isTold, joinedBy, storyChange } from './route.ts';
import { itemsSeen } from './visibility.ts';

function place(scope: Story['scope'], key: string): string {
  return `${scopeName(scope)} ${key}`;
}

/** The stories there are, by scope and key; a guild's story that is not there yet begins as the file's stands. */
async function storiesOf(db: Db, chapters: readonly Chapter[]): Promise<ReadonlyMap<string, Story>> {
  const stories = new Map<string, Story>();
  for (const [name, list] of Map.groupBy(chapters, ({ scope }) => scopeName(scope))) {
    const scope = list[0]?.scope ?? 'file';
    for (const [key, story] of await storiesByKey(
      db,
      scope,
      list.map((chapter) => chapter.key),
    ))
      stories.set(`${name} ${key}`, story);
  }
  return stories;
}

/** The file's story as a guild takes it over: its truth, and of its audience the channels that are the guild's. */
function takenOver(story: Story, scope: Story['scope'], id: string, audience: readonly string[]): Story {
  return { ...story, id, scope, audience };
}

function seedOf(item: Item, context: ChapterContext): Seed {
  return { observation: item.observation, reading: context.read(item.observation, context.now) };
}

/** What is stored of the subjects of these stories, which open now, as far as each one's scope sees it. */
async function storedFor(
  db: Db,
  opening: readonly Chapter[],
): Promise<(scope: Story['scope'], key: string) => readonly Item[]> {
  const stored = new Map<string, readonly Item[]>();
  for (const list of Map.groupBy(opening, ({ scope }) => scopeName(scope)).values()) {
    const scope = list[0]?.scope ?? 'file';
    const keys = [...new Set(list.map(({ key }) => key))];
    for (const [key, items] of Map.groupBy(await itemsSeen(db, scope, keys), ({ storyKey }) => storyKey))
      stored.set(place(scope, key), items);
  }
  return (scope, key) => stored.get(place(scope, key)) ?? [];
}

/** Channels of the file's story that go on with the guild's: the guild's own, and the file's in which its watches tell. */
function leaving(files: Story, { scope, entries }: Chapter): readonly string[] {
  const joined = joinedBy(entries);
  return files.audience.filter((name) => name.startsWith(`${scopeName(scope)}:`) || joined.has(name));
}

/** The stories as these chapters find them. */
interface Shelf {
  readonly known: (chapter: Chapter) => Story | null;
  /** The file's story of a guild's chapter. */
  readonly filed: (chapter: Chapter) => Story | null;
  /** What goes from the file's story to the guild's by this chapter. */
  readonly moved: (chapter: Chapter) => readonly string[];
  /** The file's stories whose channels go, without them. */
  readonly left: readonly Story[];
}

async function openShelf(db: Db, placed: Placed, chapters: readonly Chapter[], adopted: Adopted): Promise<Shelf> {
  const stories = await storiesOf(db, chapters);
  const guilds = chapters.filter(({ scope }) => scope !== 'file');
  const stored = await storiesByKey(
    db,
    'file',
    guilds.map(({ key }) => key),
  );
  const filesOf = (key: string): Story | null => {
    const nameless = placed.adopted.get(key);
    return stored.get(key) ?? stories.get(place('file', key)) ?? (nameless === undefined ? null : { ...nameless, key });
  };
  const moved = new Map<Chapter, readonly string[]>();
  const gone = new Map<string, string[]>();
  for (const chapter of guilds) {
    const files = stored.get(chapter.key);
    if (files === undefined || !chapter.entries.some(isJoined)) continue;
    const channels = leaving(files, chapter);
    if (channels.length === 0) continue;
    moved.set(chapter, channels);
    gone.set(chapter.key, [...(gone.get(chapter.key) ?? []), ...channels]);
  }
  const without = (story: Story): Story => {
    const away = gone.get(story.key);
    return away === undefined ? story : { ...story, audience: story.audience.filter((name) => !away.includes(name)) };
  };
  return {
    known: ({ scope, key }) => {
      if (scope === 'file') {
        const files = filesOf(key);
        return files === null ? null : without(files);
      }
      return stories.get(place(scope, key)) ?? adopted.get(place(scope, key)) ?? null;
    },
    filed: ({ key }) => filesOf(key),
    moved: (chapter) => moved.get(chapter) ?? [],
    left: [...gone.keys()].flatMap((key) => stored.get(key) ?? []).map(without),
  };
}

export async function foldChapters(
  db: Db,
  placed: Placed,
  chapters: readonly Chapter[],
  adopted: Adopted,
  context: ChapterContext,
): Promise<readonly Telling[]> {
  const shelf = await openShelf(db, placed, chapters, adopted);
  const opening = chapters.filter((chapter) => shelf.known(chapter) === null && chapter.entries.some(isJoined));
  const begun = new Set(opening);
  const stored = await storedFor(db, opening);
  const newest = await newestIn(db, placed, context);
  const tellings: Telling[] = [];
  for (const chapter of chapters) {
    const { scope, key } = chapter;
    const known = shelf.known(chapter);
    if (known === null && !begun.has(chapter)) continue;
    // What is private is nobody's in a guild, even where the file watches it.
    const entries = chapter.entries.filter((entry) => scope === 'file' || !isPrivate(entry.placed.change));
    const newId = (name: string): string => context.newId(scope === 'file' ? name : place(scope, name));
    const items = stored(scope, key);
    const files =
      scope === 'file' || known !== null || items.some(({ observation }) => isHidden(observation))
        ? null
        : shelf.filed(chapter);
    const moved = shelf.moved(chapter);
    const folding: FoldContext = {
      now: context.now,
      newId,
      scope,
      takenOver: files !== null,
      card: (story) => context.card(story, newest(story)),
    };
    const existing = known ?? (files === null ? null : takenOver(files, scope, newId(key), moved));
    // With `firstRun: latest` the newest of a first look is told: what came with it opens the story, and is no past of it.
    const shown = entries.some((entry) => entry.placed.change.baseline && isTold(entry));
    const quiet = entries.filter(
      (entry) => !shown && entry.placed.change.baseline && !isTold(entry) && entry.role === 'own',
    );
    const seed: readonly Seed[] = [
      ...items
        .filter(({ observation }) => scope === 'file' || !isHidden(observation))
        .map((item) => seedOf(item, context)),
      ...quiet.map(({ placed: { change, reading } }) => ({ observation: change.observation, reading })),
    ];
    const folded = fold(
      existing,
      key,
      seed,
      entries.filter((entry) => !quiet.includes(entry)).map(storyChange),
      folding,
    );
    if (folded === null) continue;
    const from = shelf.filed(chapter)?.id;
    tellings.push({
      folded,
      joined: joinedBy(entries),
      ...(moved.length === 0 || from === undefined ? {} : { moved: { from, channels: moved } }),
    });
  }
  const told = new Set(tellings.map(({ folded }) => folded.story.id));
  const left = shelf.left
    .filter(({ id }) => !told.has(id))
    .map((story): Telling => {
      const next = { ...story, revision: story.revision + 1 };
      return { folded: { story: next, before: story.revision, marks: [], owes: false }, joined: new Map() };
    });
  return [...tellings, ...left];
}
