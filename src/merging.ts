// A model that is released settles which one was meant: a story opened without a version is one with it from then on.
import type { Telling } from './plan.ts';
import type { Db, Statement } from './store/define.ts';
import { renameStory } from './store/items.ts';
import { storiesByKey } from './store/stories.ts';
import { namelessKey, openFor } from './stories/match.ts';
import { merge } from './stories/merge.ts';
import type { Iso } from './types.ts';

export interface Merging {
  readonly tellings: readonly Telling[];
  readonly renamed: readonly Statement[];
}

/** Released in this fold, and known before it: a story that opens now has taken the nameless one over already. */
function settles({ folded }: Telling): boolean {
  const { story, marks, before } = folded;
  return before > 0 && story.scope === 'file' && story.family !== null && marks.some(({ turn }) => turn === 'released');
}

export async function mergeReleased(db: Db, tellings: readonly Telling[], now: Iso): Promise<Merging> {
  const keys = tellings
    .filter(settles)
    .flatMap(({ folded: { story } }) => (story.family === null ? [] : [namelessKey(story.family)]));
  const found = await storiesByKey(db, 'file', keys);
  const result: Telling[] = [];
  const renamed: Statement[] = [];
  for (const telling of tellings) {
    const { folded, joined } = telling;
    const nameless =
      settles(telling) && folded.story.family !== null ? found.get(namelessKey(folded.story.family)) : undefined;
    if (nameless === undefined || nameless.key === folded.story.key || !openFor(nameless, now)) {
      result.push(telling);
      continue;
    }
    const { story, marks, younger } = merge(folded.story, nameless, now);
    const olderIsNamed = story.id === folded.story.id;
    // The younger one first: it frees the key.
    result.push(
      {
        folded: { story: younger, before: olderIsNamed ? nameless.revision : folded.before, marks: [], owes: true },
        joined: new Map(),
      },
      {
        folded: {
          story,
          before: olderIsNamed ? folded.before : nameless.revision,
          marks: [...folded.marks, ...marks],
          owes: true,
        },
        joined,
      },
    );
    renamed.push(renameStory(nameless.key, story.key));
  }
  return { tellings: result, renamed };
}
