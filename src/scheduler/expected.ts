// What the stories lead us to expect of each lab: open promises, and reports that something may have been released already.

import type { Db } from '../store/define.ts';
import { openStories } from '../store/stories.ts';
import { addDays, startOfDay } from '../stories/days.ts';
import { isOpen } from '../stories/pledges.ts';
import type { Pledge } from '../types/story.ts';
import { dayMs, iso } from '../types/time.ts';
import type { Promised } from './policy/promise.ts';

/** Both by the lab's id. */
export interface Expected {
  readonly promises: ReadonlyMap<string, Promised>;
  /** When a story of the lab was last reported, in milliseconds since the epoch. */
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

/** Of two promises of a lab, the one that is due first. */
function sooner(one: Promised | undefined, other: Promised): Promised {
  if (one === undefined) return other;
  return (one.to ?? Number.POSITIVE_INFINITY) <= (other.to ?? Number.POSITIVE_INFINITY) ? one : other;
}

/** A report that has led to nothing for this long no longer makes a target more urgent. */
const agedMs = 180 * dayMs;
/** Every pool asks at every pass, but the answer rarely changes within a minute. */
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

/** Reads the expectations, shared by all pools that ask within a few seconds. */
export function createExpected(db: Db, now: () => number): () => Promise<Expected> {
  let kept: { readonly at: number; readonly expected: Promise<Expected> } | null = null;
  return () => {
    const at = now();
    if (kept === null || at - kept.at >= keptMs || at < kept.at) {
      const expected = expectedOf(db, at);
      kept = { at, expected };
      // After a failure, the next caller reads again.
      expected.catch(() => {
        kept = null;
      });
    }
    return kept.expected;
  };
}
