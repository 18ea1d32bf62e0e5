// Applies one entry of the file's pledges to a story. Pure.
import type { PledgeConfig } from '../config/shape.ts';
import { startOfDay } from '../stories/days.ts';
import { keep, move, turnOverdue, type Window, withdraw } from '../stories/pledges.ts';
import { nextTurn, timed } from '../stories/promise.ts';
import type { Reading } from '../stories/reading.ts';
import type { Iso } from '../types/core.ts';
import type { Mark, Pledge, Story } from '../types/story.ts';

/** The key of the story that the promise belongs to: that of the model it names. */
export function pledgeKey(entry: PledgeConfig, reading: Reading): string {
  if (reading.key !== null) return reading.key;
  if (reading.family !== null) return `model:${reading.family}/`;
  return `pledge:${entry.model.trim().toLowerCase().replaceAll(/\s+/g, ' ')}`;
}

export function pledgeOf(entry: PledgeConfig, reading: Reading, window: Window | null): Pledge {
  const zone = entry.zone ?? reading.zone;
  return {
    by: entry.by,
    quoteUrl: entry.source,
    saidAt: startOfDay(entry.said, zone),
    dueFrom: window?.from ?? null,
    dueTo: window?.to ?? null,
    zone,
    confirmed: true,
    state: entry.withdrawn ? 'withdrawn' : 'open',
  };
}

interface PledgeStory {
  readonly reading: Reading;
  readonly key: string;
  readonly id: string;
  readonly now: Iso;
}

export function openedBy(entry: PledgeConfig, { reading, key, id, now }: PledgeStory): Story {
  const url = entry.source ?? '';
  return {
    id,
    key,
    scope: 'file',
    sort: 'model',
    name: reading.name ?? entry.model,
    lab: entry.lab ?? reading.lab,
    family: reading.family,
    subject: null,
    stage: 'pledged',
    releasedAt: null,
    revision: 0,
    openedAt: now,
    updatedAt: now,
    nextAt: null,
    url,
    publishedAt: null,
    lang: null,
    text: null,
    items: [],
    parts: [],
    spread: { count: 0, latest: [] },
    audience: [],
    marks: [],
    mergedInto: null,
    openness: null,
    pledge: null,
    known: {},
    evidence: url === '' ? [] : [{ url, at: now, title: `${entry.by}: ${entry.model}`, kind: 'link', lang: null }],
  };
}

/** The initial state of a promise that an entry mentions for the first time, given the story. */
function firstState(pledge: Pledge, story: Story, now: Iso): Pledge {
  if (pledge.state === 'withdrawn') return pledge;
  if (story.stage === 'released') return keep(pledge, story.releasedAt ?? now);
  return turnOverdue(pledge, now) ?? pledge;
}

/** The turn caused by changes to an entry; null for a change that causes none. */
function turned(known: Pledge, wanted: Pledge): { readonly pledge: Pledge; readonly turn: Mark['turn'] } | null {
  const described: Pledge = { ...known, by: wanted.by, quoteUrl: wanted.quoteUrl, zone: wanted.zone, confirmed: true };
  if (wanted.state === 'withdrawn') {
    const pledge = withdraw(described);
    return pledge === null ? null : { pledge, turn: 'pledge withdrawn' };
  }
  const reopened: Pledge = known.state === 'withdrawn' ? { ...described, state: 'open' } : described;
  if (wanted.dueFrom === null || wanted.dueTo === null) return null;
  const pledge = move(reopened, { from: wanted.dueFrom, to: wanted.dueTo });
  return pledge === null ? null : { pledge, turn: 'pledge moved' };
}

export interface Entered {
  readonly story: Story;
  /** The turns to tell; empty = the story is only stored. */
  readonly marks: readonly Mark[];
}

interface EntryChange {
  readonly entry: PledgeConfig;
  readonly wanted: Pledge;
  readonly anew: boolean;
}

/** The story's next revision. `anew`: the entry is read for the first time, which tells nothing, even if it is overdue. */
export function enter(story: Story, { entry, wanted, anew }: EntryChange, now: Iso): Entered {
  const revision = story.revision + 1;
  const stage = story.stage === 'reported' ? 'pledged' : story.stage;
  const base: Story = { ...story, revision, updatedAt: now, stage };
  const change = anew || base.pledge === null ? null : turned(base.pledge, wanted);
  if (change === null) {
    const pledge =
      anew || base.pledge === null
        ? firstState(wanted, base, now)
        : { ...base.pledge, by: wanted.by, quoteUrl: wanted.quoteUrl };
    const next = { ...base, pledge };
    return { story: { ...next, nextAt: nextTurn(next) }, marks: [] };
  }
  const detail = change.pledge.dueTo === null ? null : `${change.pledge.dueFrom ?? ''} – ${change.pledge.dueTo}`;
  const mark: Mark = {
    revision,
    at: now,
    turn: change.turn,
    detail: change.turn === 'pledge moved' ? detail : null,
    url: entry.source,
  };
  // If it was moved into the past, it is overdue at once, and both turns go into one reply.
  const timely = timed({ ...base, pledge: change.pledge }, now);
  const marks = [mark, ...timely.marks.map((one) => ({ ...one, revision }))];
  const next: Story = { ...timely.story, marks: [...base.marks, ...marks] };
  return { story: { ...next, nextAt: nextTurn(next) }, marks };
}
