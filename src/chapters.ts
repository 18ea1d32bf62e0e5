// Reads the stories that a pass is about, and folds each with what happened to it.
import { type Chapter, isTold, joinedBy, storyChange } from './entries.ts';
import type { Placed } from './placing.ts';
import type { Telling } from './plan.ts';
import type { Db } from './store/define.ts';
import { type Item, itemsOfName, itemsOfStories, kindsOfFamily } from './store/items.ts';
import { scopeName, storiesByKey } from './store/stories.ts';
import { watchedOnlyByGuilds } from './store/watches.ts';
import { type FoldContext, fold, type Seed } from './stories/fold.ts';
import { compareVersions, type Named, type Newest, newestOf } from './stories/newest.ts';
import type { Read, Reading } from './stories/reading.ts';
import type { Openness, Story } from './story.ts';
import type { Iso, Observation } from './types.ts';

export interface ChapterContext extends Omit<FoldContext, 'card' | 'scope'> {
  readonly card: (story: Story, newest: Newest) => Openness | null;
  readonly read: Read;
}

/** Only what a lab itself shows names a model: its own accounts and pages. */
export function nameKey(reading: Reading): string | null {
  // What is promised or rumoured is not there yet.
  if (reading.label === 'pledge' || reading.label === 'rumour') return null;
  return reading.official === true && reading.family !== null && reading.version !== null
    ? `${reading.family}/${reading.version}`
    : null;
}

function namedBy(observation: Observation, reading: Pick<Reading, 'version' | 'name'>, at: Iso): Named {
  const { kind, url, title, facts } = observation;
  const open = kind === 'weights' || facts.files !== undefined;
  const news = kind === 'entry' || kind === 'link';
  return {
    version: reading.version ?? '',
    name: reading.name ?? title,
    open,
    news,
    url,
    at,
  };
}

/** What is known of each family, with what this pass has seen of it. */
async function newestIn(db: Db, placed: Placed, context: ChapterContext): Promise<(story: Story) => Newest> {
  const families = new Set(placed.changes.map(({ reading }) => reading.family).filter((family) => family !== null));
  const named = new Map<string, Named[]>();
  const add = (family: string, one: Named): void => {
    const list = named.get(family);
    if (list === undefined) named.set(family, [one]);
    else list.push(one);
  };
  const spoken = new Set<string>();
  for (const family of families) {
    const stored = await newestStored(db, family, context);
    for (const one of stored.named) add(family, one);
    if (stored.spoken) spoken.add(family);
  }
  for (const { change, reading } of placed.changes) {
    if (change.type !== 'gone' && reading.family !== null && nameKey(reading) !== null) {
      add(reading.family, namedBy(change.observation, reading, context.now));
    }
  }
  return ({ family }) => newestOf(named.get(family ?? '') ?? [], spoken.has(family ?? ''));
}

/** Of what is stored: the models down to the newest that is open; the older ones decide nothing. */
async function newestStored(
  db: Db,
  family: string,
  context: ChapterContext,
): Promise<{ readonly named: readonly Named[]; readonly spoken: boolean }> {
  const kinds = await kindsOfFamily(db, family);
  const versionOf = (key: string): string => key.slice(family.length + 1);
  const keys = [...new Set(kinds.map((one) => one.nameKey))].sort((one, other) =>
    compareVersions(versionOf(other), versionOf(one)),
  );
  const named: Named[] = [];
  for (const key of keys) {
    for (const { observation, firstSeen } of await itemsOfName(db, key)) {
      const { name } = context.read(observation, context.now);
      named.push(namedBy(observation, { version: versionOf(key), name }, firstSeen));
    }
    if (named.some((one) => one.open)) break;
  }
  return { named, spoken: kinds.some(({ kind }) => kind === 'entry' || kind === 'link') };
}

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

/** The file's story as a guild takes it over: its truth, without its audience. */
function takenOver(story: Story, scope: Story['scope'], id: string): Story {
  return {
    ...story,
    id,
    scope,
    audience: [],
    revision: 0,
    marks: story.marks.map((mark) => ({ ...mark, revision: 0 })),
  };
}

function seedOf(item: Item, context: ChapterContext): Seed {
  return { observation: item.observation, reading: context.read(item.observation, context.now) };
}

/** What is stored of a subject that has no story yet, without what only guilds' feeds and pages said. */
async function storedFor(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, readonly Item[]>> {
  const items = (await itemsOfStories(db, keys)).filter((item) => item.goneAt === null);
  const news = items.filter(({ observation }) => observation.kind === 'entry' || observation.kind === 'link');
  const hidden = await watchedOnlyByGuilds(db, [...new Set(news.map(({ observation }) => observation.targetId))]);
  return Map.groupBy(
    items.filter(
      ({ observation }) => !hidden.has(observation.targetId) || !news.some((one) => one.observation === observation),
    ),
    (item) => item.storyKey,
  );
}

export async function foldChapters(
  db: Db,
  placed: Placed,
  chapters: readonly Chapter[],
  context: ChapterContext,
): Promise<readonly Telling[]> {
  const stories = await storiesOf(db, chapters);
  const filed = await storiesByKey(
    db,
    'file',
    chapters.filter(({ scope }) => scope !== 'file').map(({ key }) => key),
  );
  const opening = chapters.filter(({ scope, key, entries }) => !stories.has(place(scope, key)) && entries.some(isTold));
  const begun = new Set(opening);
  const stored = await storedFor(db, [...new Set(opening.map(({ key }) => key))]);
  const newest = await newestIn(db, placed, context);
  const tellings: Telling[] = [];
  for (const chapter of chapters) {
    const { scope, key, entries } = chapter;
    const taken = scope === 'file' ? placed.adopted.get(key) : undefined;
    const known = stories.get(place(scope, key)) ?? (taken === undefined ? null : { ...taken, key });
    if (known === null && !begun.has(chapter)) continue;
    const newId = (name: string): string => context.newId(scope === 'file' ? name : place(scope, name));
    const folding: FoldContext = {
      now: context.now,
      newId,
      scope,
      card: (story) => context.card(story, newest(story)),
    };
    const theFiles = scope === 'file' ? undefined : filed.get(key);
    const existing = known ?? (theFiles === undefined ? null : takenOver(theFiles, scope, newId(key)));
    // With `firstRun: latest` the newest of a first look is told: what came with it opens the story, and is no past of it.
    const shown = entries.some((entry) => entry.placed.change.baseline && isTold(entry));
    const quiet = entries.filter(
      (entry) => !shown && entry.placed.change.baseline && !isTold(entry) && entry.role === 'own',
    );
    const seed: readonly Seed[] = [
      ...(stored.get(key) ?? []).map((item) => seedOf(item, context)),
      ...quiet.map(({ placed: { change, reading } }) => ({ observation: change.observation, reading })),
    ];
    const folded = fold(
      existing,
      key,
      seed,
      entries.filter((entry) => !quiet.includes(entry)).map(storyChange),
      folding,
    );
    if (folded !== null) tellings.push({ folded, joined: joinedBy(entries) });
  }
  return tellings;
}
