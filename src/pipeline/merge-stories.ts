// A model that is released settles which one was meant: a story opened without a version is one with it from then on.

import type { Db, Statement } from '../store/define.ts';
import { renameStory } from '../store/items.ts';
import { guildStories, scopeName, storiesByKey } from '../store/stories.ts';
import { namelessKey, openFor } from '../stories/match.ts';
import { merge } from '../stories/merge.ts';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import type { Telling } from './plan.ts';

export interface Merging {
  readonly tellings: readonly Telling[];
  readonly renamed: readonly Statement[];
}

/** Released in this fold, and known before it: a story that opens now has taken the nameless one over already. */
function settles({ folded }: Telling): boolean {
  const { story, marks, before } = folded;
  return before > 0 && story.family !== null && marks.some(({ turn }) => turn === 'released');
}

/** The nameless stories of the families that are settled, by scope and key. */
async function namelessOf(db: Db, settled: readonly Telling[]): Promise<ReadonlyMap<string, Story>> {
  const found = new Map<string, Story>();
  for (const list of Map.groupBy(settled, ({ folded }) => scopeName(folded.story.scope)).values()) {
    const scope = list[0]?.folded.story.scope ?? 'file';
    const keys = list.flatMap(({ folded: { story } }) => (story.family === null ? [] : [namelessKey(story.family)]));
    for (const [key, story] of await storiesByKey(db, scope, keys)) found.set(`${scopeName(scope)} ${key}`, story);
  }
  return found;
}

export async function mergeReleased(db: Db, tellings: readonly Telling[], now: Iso): Promise<Merging> {
  const settled = tellings.filter(settles);
  const found = await namelessOf(db, settled);
  // A channel that hears of the model through a guild's story joins no other one of it by a merger.
  const theirs = await guildStories(db, found.size === 0 ? [] : settled.map(({ folded }) => folded.story.key));
  const result: Telling[] = [];
  const renamed: Statement[] = [];
  for (const telling of tellings) {
    const { folded, joined } = telling;
    const { scope, family } = folded.story;
    const nameless =
      settles(telling) && family !== null ? found.get(`${scopeName(scope)} ${namelessKey(family)}`) : undefined;
    const isSame = nameless?.key === folded.story.key || nameless?.id === folded.story.id;
    if (nameless === undefined || isSame || !openFor(nameless, now)) {
      result.push(telling);
      continue;
    }
    const others = (theirs.get(folded.story.key) ?? []).filter((one) => scopeName(one.scope) !== scopeName(scope));
    const taken = new Set(others.flatMap(({ audience }) => audience));
    const free = { ...nameless, audience: nameless.audience.filter((channel) => !taken.has(channel)) };
    const { story, marks, younger } = merge(folded.story, free, now);
    const olderIsNamed = story.id === folded.story.id;
    // The younger one first: it frees the key.
    result.push(
      {
        folded: { story: younger, before: olderIsNamed ? nameless.revision : folded.before, marks: [], owes: true },
        joined: new Map(),
      },
      {
        ...telling,
        folded: {
          story,
          before: olderIsNamed ? folded.before : nameless.revision,
          marks: [...folded.marks, ...marks],
          owes: true,
        },
        joined,
      },
    );
    if (scope === 'file') renamed.push(renameStory(nameless.key, story.key));
  }
  return { tellings: result, renamed };
}
