// The existing stories for the keys of a pass, in every scope. One that was opened without a version continues under the key
// of the model that it turns out to be about.

import type { Db } from '../store/define.ts';
import { nameOf, storiesOfKeys } from '../store/stories.ts';
import { earlierKeys, isEarlier } from '../stories/match.ts';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import type { Assigned } from './assign.ts';
import { seesOf } from './visibility.ts';

export interface KnownStories {
  /** The file's stories, as they are stored or as they were before the pass. */
  readonly files: readonly Story[];
  readonly of: (scope: Story['scope'], key: string) => Story | null;
  /** The story that a guild's new story of this key is copied from: the file's, or the file's nameless one for it. */
  readonly basisOf: (key: string) => Story | null;
  /** The guilds that have a story of this key, or the nameless one that became it. */
  readonly scopesOf: (key: string) => readonly Story['scope'][];
  /** The key that the story of this key has in a scope by now. */
  readonly keyIn: (scope: Story['scope'], key: string) => string;
  /** New key → old key, of the file's nameless stories whose model is known now. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** The keys of the stories that these changes may move. */
export function keysOf({ changes }: Pick<Assigned, 'changes'>): readonly string[] {
  const keys = changes.flatMap(({ storyKey, spreadKey, reading }) => [
    storyKey,
    ...(spreadKey === null ? [] : [spreadKey]),
    ...earlierKeys(reading),
  ]);
  return [...new Set(keys)];
}

interface Scopes {
  readonly guilds: readonly string[];
  readonly files: readonly Story[] | null;
}

/** The stories of the file and of these guilds; `files`: the file's as they were before the pass, null = as they are. */
export async function knownStories(
  db: Db,
  assigned: Assigned,
  { guilds, files }: Scopes,
  now: Iso,
): Promise<KnownStories> {
  const { changes, askers } = assigned;
  const asked: readonly Story['scope'][] = [
    ...(files === null ? ['file' as const] : []),
    ...guilds.map((guild) => ({ guild })),
  ];
  const stories = new Map<string, Story>();
  const scopes = new Map<string, Story['scope'][]>();
  const add = (story: Story): void => {
    stories.set(nameOf(story), story);
    if (story.scope === 'file') return;
    const known = scopes.get(story.key);
    if (known === undefined) scopes.set(story.key, [story.scope]);
    else known.push(story.scope);
  };
  for (const story of [...(files ?? []), ...(await storiesOfKeys(db, asked, keysOf(assigned)))]) add(story);
  const filed = [...stories.values()].filter(({ scope }) => scope === 'file');
  const of = (scope: Story['scope'], key: string): Story | null => stories.get(nameOf({ scope, key })) ?? null;

  const sees = seesOf(askers);
  const moved = new Map<string, string>();
  const renamed = new Map<string, string>();
  const basis = new Map<string, Story>();
  const named = changes.filter(({ reading, storyKey }) => reading.key === storyKey);
  const earlier = named.flatMap((one) => earlierKeys(one.reading).map((before) => ({ ...one, before })));
  for (const { reading, storyKey: key, targetId, before } of earlier) {
    for (const scope of ['file' as const, ...(scopes.get(before) ?? [])]) {
      const story = of(scope, before);
      if (story === null || of(scope, key) !== null || !isEarlier(story, reading, now)) continue;
      // It takes the model's name with the key: until now its name was the title that opened it.
      const known = {
        ...story,
        key,
        family: reading.family,
        lab: story.lab ?? reading.lab,
        name: reading.name ?? story.name,
      };
      if (scope === 'file') basis.set(key, known);
      if (!sees(scope, targetId)) continue;
      stories.delete(nameOf(story));
      moved.set(nameOf(story), key);
      if (scope === 'file') renamed.set(key, before);
      add(known);
    }
  }
  return {
    of,
    files: filed,
    basisOf: (key) => of('file', key) ?? basis.get(key) ?? null,
    scopesOf: (key) => scopes.get(key) ?? [],
    keyIn: (scope, key) => moved.get(nameOf({ scope, key })) ?? key,
    renamed,
  };
}
