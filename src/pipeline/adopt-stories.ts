// The stories that guilds have of a pass's keys; one that was opened without a version goes on under the key it turns out to be about.

import type { Db } from '../store/define.ts';
import { guildStories, scopeName } from '../store/stories.ts';
import { namelessKey, openFor } from '../stories/match.ts';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import type { Placed } from './assign.ts';
import type { GuildStories } from './route.ts';

/** Nameless stories of guilds under their new keys, by scope and key. */
export type Adopted = ReadonlyMap<string, Story>;

export async function adoptedByGuilds(
  db: Db,
  placed: Placed,
  now: Iso,
): Promise<{ readonly stories: GuildStories; readonly adopted: Adopted }> {
  const named = new Map(
    placed.changes.flatMap(({ reading, storyKey }) =>
      reading.family !== null && reading.key === storyKey ? [[storyKey, namelessKey(reading.family)] as const] : [],
    ),
  );
  const keys = placed.changes.flatMap(({ storyKey, spreadKey }) => [
    storyKey,
    ...(spreadKey === null ? [] : [spreadKey]),
  ]);
  const stored = await guildStories(db, [...new Set([...keys, ...named.values()])]);
  const stories = new Map(stored);
  const adopted = new Map<string, Story>();
  const taken = new Set<string>();
  // What this pass tells under the old key as well is told there.
  const spoken = new Set(placed.changes.map(({ storyKey }) => storyKey));
  for (const [key, nameless] of named) {
    if (spoken.has(nameless)) continue;
    for (const story of stored.get(nameless) ?? []) {
      const scope = scopeName(story.scope);
      const own = stories.get(key) ?? [];
      if (own.some((one) => scopeName(one.scope) === scope) || taken.has(story.id) || !openFor(story, now)) continue;
      taken.add(story.id);
      const renamed = { ...story, key };
      adopted.set(`${scope} ${key}`, renamed);
      stories.set(key, [...own, renamed]);
    }
  }
  return { stories, adopted };
}
