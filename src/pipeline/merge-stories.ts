// When a model is released, the family's nameless story turns out to be about it: from then on the two are one. Pure.

import { namelessKey, openFor } from '../stories/match.ts';
import { merge } from '../stories/merge.ts';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import type { KnownStories } from './known-stories.ts';
import type { Telling } from './plan.ts';

export interface Merging {
  readonly tellings: readonly Telling[];
  /** New key → old key, of the file's nameless stories whose model is known now. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** The nameless story that turns out to be about this fold's model; null when there is none. */
function settledBy({ folded }: Telling, known: Pick<KnownStories, 'of'>, now: Iso): Story | null {
  const { story, marks, before } = folded;
  // Released in this fold but opened before: a story that opens now has taken the nameless one over already.
  if (before === 0 || story.family === null || !marks.some(({ turn }) => turn === 'released')) return null;
  const nameless = known.of(story.scope, namelessKey(story.family));
  if (nameless === null || nameless.key === story.key || nameless.id === story.id) return null;
  return openFor(nameless, now) ? nameless : null;
}

/** Both stories of one scope after the merger; `other`: what this pass made of the nameless one before. */
function merged(telling: Telling, nameless: Story, other: Telling | undefined, now: Iso): readonly Telling[] {
  const { folded, joined } = telling;
  const before = other?.folded.before ?? nameless.revision;
  const { story, marks, younger } = merge(folded.story, other?.folded.story ?? nameless, now);
  const olderIsNamed = story.id === folded.story.id;
  return [
    // The younger one first, because it frees the key.
    {
      folded: { story: younger, before: olderIsNamed ? before : folded.before, marks: [], owes: true },
      joined: new Map(),
    },
    {
      joined: new Map([...(other?.joined ?? []), ...joined]),
      folded: {
        story,
        before: olderIsNamed ? folded.before : before,
        marks: [...(other?.folded.marks ?? []), ...folded.marks, ...marks],
        owes: true,
      },
    },
  ];
}

export function mergeReleased(tellings: readonly Telling[], known: Pick<KnownStories, 'of'>, now: Iso): Merging {
  const byId = new Map(tellings.map((telling) => [telling.folded.story.id, telling]));
  const renamed = new Map<string, string>();
  const gone = new Set<string>();
  const result = new Map<Telling, readonly Telling[]>();
  for (const telling of tellings) {
    const nameless = settledBy(telling, known, now);
    if (nameless === null || gone.has(nameless.id)) continue;
    gone.add(nameless.id);
    if (nameless.scope === 'file') renamed.set(telling.folded.story.key, nameless.key);
    result.set(telling, merged(telling, nameless, byId.get(nameless.id), now));
  }
  const kept = tellings.filter(({ folded: { story } }) => !gone.has(story.id));
  return { tellings: kept.flatMap((telling) => result.get(telling) ?? [telling]), renamed };
}
