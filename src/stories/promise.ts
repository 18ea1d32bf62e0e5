// What news, weights and the passing of time do to a story's pledge. Pure.

import type { Iso, Observation } from '../types/core.ts';
import type { Mark, Pledge, PledgeWord, Story } from '../types/story.ts';
import { addDays, dayIn, startOfDay } from './days.ts';
import { dayOver, end, isOpen, keep, move, overdueAt, passDay, turnOverdue, withWord } from './pledges.ts';
import type { Reading } from './reading.ts';

export interface Turning {
  readonly story: Story;
  readonly marks: readonly Omit<Mark, 'revision'>[];
}

function pledgeOf(observation: Observation, reading: Reading, now: Iso): Pledge {
  return {
    by: reading.labName ?? 'unknown',
    quoteUrl: observation.url,
    saidAt: observation.publishedAt ?? now,
    dueFrom: reading.due?.from ?? null,
    dueTo: reading.due?.to ?? null,
    zone: reading.zone,
    confirmed: false,
    state: 'open',
  };
}

function wordOf(reading: Reading): PledgeWord | null {
  const { host, due } = reading;
  if (host === undefined || host === null) return null;
  return { host, own: reading.official === true, dueFrom: due?.from ?? null, dueTo: due?.to ?? null };
}

function windowText(pledge: Pledge): string | null {
  return pledge.dueFrom === null || pledge.dueTo === null ? null : `${pledge.dueFrom} – ${pledge.dueTo}`;
}

/** People dismissed this as a promise: repeating it with the same days, or with none, does not bring it back. */
function isDismissed({ dismissed = [] }: Story, { due }: Reading): boolean {
  if (due === null) return dismissed.length > 0;
  return dismissed.some(
    ({ dueFrom, dueTo }) => dueFrom !== null && dueTo !== null && due.from <= dueTo && due.to >= dueFrom,
  );
}

/** News that promises: opens a pledge, or moves an existing one when it tells of a delay or names a time for the first time. */
export function promised(story: Story, observation: Observation, reading: Reading, now: Iso): Turning {
  const url = observation.url;
  if (story.stage === 'released') return { story, marks: [] };
  const { pledge } = story;
  if (pledge === null || pledge.state === 'withdrawn') {
    if (isDismissed(story, reading)) return { story, marks: [] };
    const opened = withWord(pledgeOf(observation, reading, now), wordOf(reading));
    const stage = story.stage === 'reported' ? 'pledged' : story.stage;
    return {
      story: { ...story, stage, pledge: opened },
      marks: [{ at: now, turn: 'pledged', detail: windowText(opened), url }],
    };
  }
  // A promise confirmed by a person or the YAML is moved only by them.
  if (pledge.confirmed) return { story, marks: [] };
  const heard = withWord(pledge, wordOf(reading));
  const moved = reading.due !== null && (reading.moved || pledge.dueTo === null) ? move(heard, reading.due) : null;
  if (moved === null) return { story: { ...story, pledge: heard }, marks: [] };
  return {
    story: { ...story, pledge: moved },
    marks: [{ at: now, turn: 'pledge moved', detail: windowText(moved), url }],
  };
}

/** News that the model is out ends the wait for a promise known only from news; it does not count as kept. */
export function saidToBeOut(story: Story): Story {
  const { pledge } = story;
  return pledge === null || story.stage === 'released' ? story : { ...story, pledge: end(pledge) };
}

/** What was promised is released. */
export function kept(story: Story, at: Iso, url: string): Turning {
  if (story.pledge === null || !isOpen(story.pledge)) return { story, marks: [] };
  const pledge = keep(story.pledge, at);
  return {
    story: { ...story, pledge },
    marks: [{ at, turn: pledge.state === 'kept late' ? 'kept late' : 'kept', detail: null, url }],
  };
}

/**
 * The passing of time alone: a promise is overdue from the midnight after its last day, whenever that is noticed; for one that
 * is too weakly attested, only its day has passed.
 */
export function timed(story: Story, now: Iso): Turning {
  const { pledge } = story;
  if (pledge === null || story.stage === 'released') return { story, marks: [] };
  const at = dayOver(pledge);
  const overdue = turnOverdue(pledge, now);
  const turned = overdue ?? passDay(pledge, now);
  if (turned === null || at === null) return { story, marks: [] };
  const turn = overdue === null ? 'day passed' : 'overdue';
  return {
    story: { ...story, pledge: turned },
    marks: [{ at, turn, detail: windowText(pledge), url: pledge.quoteUrl }],
  };
}

/** People are asked to review a promise without a window after this many days. */
const reviewDays = 90;

/** When operators are asked to review a promise that named no time; null when they were, or need not be. */
export function reviewAt(pledge: Pledge): Iso | null {
  if (pledge.dueTo !== null || pledge.reviewed === true || pledge.ended === true || !isOpen(pledge)) return null;
  return startOfDay(addDays(dayIn(pledge.saidAt, pledge.zone), reviewDays), pledge.zone);
}

/** When the passing of time next changes the story. */
export function nextTurn(story: Story): Iso | null {
  const { pledge } = story;
  return pledge === null || story.stage === 'released' || story.mergedInto !== null
    ? null
    : (overdueAt(pledge) ?? reviewAt(pledge));
}
