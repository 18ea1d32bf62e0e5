// Two stories that turn out to be one: the older continues with what both know, the younger becomes a line linking to it. Pure.

import type { Iso } from '../types/core.ts';
import type { Mark, Story } from '../types/story.ts';
import { higher } from './absorb.ts';
import { kept } from './promise.ts';

export interface Merged {
  /** The older one, with the name and key that proved right. */
  readonly story: Story;
  /** Turns that the merger causes: a promise in one story that the other had kept. */
  readonly marks: readonly Mark[];
  readonly younger: Story;
}

const evidenceKept = 24;

function evidenceOf(one: Story, other: Story): Story['evidence'] {
  const known = new Set(one.evidence.map(({ url, kind }) => `${kind} ${url}`));
  const all = [...one.evidence, ...other.evidence.filter(({ url, kind }) => !known.has(`${kind} ${url}`))];
  return all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(-evidenceKept);
}

/** `named` says which model it is; `nameless` was opened on words that did not. */
export function merge(named: Story, nameless: Story, now: Iso): Merged {
  const [older, younger] = nameless.openedAt <= named.openedAt ? [nameless, named] : [named, nameless];
  const revision = older.revision + 1;
  const both: Story = {
    ...named,
    id: older.id,
    openedAt: older.openedAt,
    updatedAt: now,
    revision,
    stage: higher(named.stage, nameless.stage),
    pledge: named.pledge ?? nameless.pledge,
    evidence: evidenceOf(nameless, named),
    audience: [...new Set([...older.audience, ...younger.audience])],
  };
  const settled = both.stage === 'released' ? kept(both, both.releasedAt ?? now, both.url) : { story: both, marks: [] };
  const marks = settled.marks.map((mark): Mark => ({ revision, ...mark }));
  const history = [...named.marks, ...nameless.marks].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const line: Mark = { revision: younger.revision + 1, at: now, turn: 'merged', detail: both.name, url: both.url };
  return {
    story: { ...settled.story, marks: [...history, ...marks].slice(-40), nextAt: null },
    marks,
    younger: {
      ...younger,
      // Keys are unique, and the older story has this one now.
      key: `${younger.key}#${younger.id}`,
      mergedInto: older.id,
      nextAt: null,
      updatedAt: now,
      revision: younger.revision + 1,
      marks: [...younger.marks, line],
    },
  };
}
