// What the stories expect of each lab: promises that are not settled, and news that something may be there already.

import type { Db } from '../store/define.ts';
import { openStories } from '../store/stories.ts';
import { addDays, startOfDay } from '../stories/days.ts';
import { isOpen } from '../stories/pledges.ts';
import type { Pledge } from '../types/story.ts';
import { dayMs, iso } from '../types/time.ts';
import type { Promised } from './policy/promise.ts';

/** By the lab's id. */
export interface Expected {
  readonly promises: ReadonlyMap<string, Promised>;
  /** When a story of the lab was last reported, in milliseconds. */
  readonly reported: ReadonlyMap<string, number>;
}

function promised(pledge: Pledge): Promised {
  const { saidAt, dueFrom, dueTo, zone } = pledge;
  return {
    saidAt: Date.parse(saidAt),
    from: dueFrom === null ? null : Date.parse(startOfDay(dueFrom, zone)),
    to: dueTo === null ? null : Date.parse(startOfDay(addDays(dueTo, 1), zone)),
  };
}

/** The more pressing of two promises of one lab: the one that falls due first. */
function sooner(one: Promised | undefined, other: Promised): Promised {
  if (one === undefined) return other;
  return (one.to ?? Number.POSITIVE_INFINITY) <= (other.to ?? Number.POSITIVE_INFINITY) ? one : other;
}

/** News of a model that led to nothing for so long makes no place more urgent. */
const agedMs = 180 * dayMs;
/** Every pool asks at every pass, and it changes by the minute at most. */
const keptMs = 10_000;

async function expectedOf(db: Db, nowMs: number): Promise<Expected> {
  const promises = new Map<string, Promised>();
  const reported = new Map<string, number>();
  for (const story of await openStories(db, iso(nowMs - agedMs))) {
    if (story.lab === null || story.mergedInto !== null || story.stage === 'released') continue;
    if (story.pledge !== null && isOpen(story.pledge))
      promises.set(story.lab, sooner(promises.get(story.lab), promised(story.pledge)));
    if (story.sort === 'model')
      reported.set(story.lab, Math.max(reported.get(story.lab) ?? 0, Date.parse(story.updatedAt)));
  }
  return { promises, reported };
}

/** Reads what is expected, once for all pools that ask within some seconds of each other. */
export function createExpected(db: Db, now: () => number): () => Promise<Expected> {
  let kept: { readonly at: number; readonly expected: Promise<Expected> } | null = null;
  return () => {
    const at = now();
    if (kept === null || at - kept.at >= keptMs || at < kept.at) {
      const expected = expectedOf(db, at);
      kept = { at, expected };
      // What failed is read anew by who asks next.
      expected.catch(() => {
        kept = null;
      });
    }
    return kept.expected;
  };
}
