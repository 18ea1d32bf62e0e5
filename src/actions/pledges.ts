// The pledges of the file: read for the first time they tell nothing; what changes in them later is a turn.
import { composeFolded } from '../compose.ts';
import type { PledgeConfig } from '../config/shape.ts';
import type { Statement } from '../store/define.ts';
import { itemsOfStories } from '../store/items.ts';
import { readMeta, saveMeta } from '../store/standing.ts';
import { saveStory, storiesByKey } from '../store/stories.ts';
import { absorb } from '../stories/absorb.ts';
import { startOfDay } from '../stories/days.ts';
import type { Folded } from '../stories/fold.ts';
import { keep, move, turnOverdue, type Window, withdraw } from '../stories/pledges.ts';
import { nextTurn, timed } from '../stories/promise.ts';
import type { Reading } from '../stories/reading.ts';
import type { Mark, Pledge, Story } from '../story.ts';
import type { Iso } from '../types.ts';
import { composeContext, iso, type Worker } from './worker.ts';

/** Where the promise of an entry is kept: the story of the model it names. */
export function pledgeKey(entry: PledgeConfig, reading: Reading): string {
  if (reading.key !== null) return reading.key;
  if (reading.family !== null) return `model:${reading.family}/`;
  return `pledge:${entry.model.trim().toLowerCase().replaceAll(/\s+/g, ' ')}`;
}

function pledgeOf(entry: PledgeConfig, reading: Reading, window: Window | null): Pledge {
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

function openedBy(entry: PledgeConfig, reading: Reading, key: string, id: string, now: Iso): Story {
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

/** What the entry says of a promise that it speaks of for the first time, as things stand. */
function firstState(pledge: Pledge, story: Story, now: Iso): Pledge {
  if (pledge.state === 'withdrawn') return pledge;
  if (story.stage === 'released') return keep(pledge, story.releasedAt ?? now);
  return turnOverdue(pledge, now) ?? pledge;
}

/** The turn of an entry that was changed since it was last read; null for a change that turns nothing. */
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

interface Registered {
  readonly statements: readonly Statement[];
  readonly folded: Folded | null;
}

async function register(worker: Worker, entry: PledgeConfig, now: Iso): Promise<Registered> {
  const reading = worker.readModel(entry.model, entry.lab);
  const key = pledgeKey(entry, reading);
  const wanted = pledgeOf(entry, reading, entry.due === null ? null : worker.windowOf(entry.due, entry.said));
  const name = `pledge:${key}`;
  const text = JSON.stringify({ wanted, to: entry.to });
  const before = await readMeta(worker.db, name);
  if (before === text) return { statements: [], folded: null };
  const stored = (await storiesByKey(worker.db, 'file', [key])).get(key);
  const seeds = stored === undefined ? await itemsOfStories(worker.db, [key]) : [];
  const seeded = seeds
    .filter((item) => item.goneAt === null)
    .reduce(
      (story, item) => absorb(story, item.observation, worker.read(item.observation, now), now),
      stored ?? openedBy(entry, reading, key, worker.newId(key), now),
    );
  const audience = [...new Set([...seeded.audience, ...entry.to])];
  const revision = seeded.revision + 1;
  const base: Story = {
    ...seeded,
    audience,
    revision,
    updatedAt: now,
    stage: seeded.stage === 'reported' ? 'pledged' : seeded.stage,
  };
  const change = before === null || base.pledge === null ? null : turned(base.pledge, wanted);
  if (change === null) {
    const pledge =
      before === null || base.pledge === null
        ? firstState(wanted, base, now)
        : { ...base.pledge, by: wanted.by, quoteUrl: wanted.quoteUrl };
    const story = { ...base, pledge };
    return {
      statements: [saveStory({ ...story, nextAt: nextTurn(story) }, seeded.revision), saveMeta(name, text)],
      folded: null,
    };
  }
  const detail = change.pledge.dueTo === null ? null : `${change.pledge.dueFrom ?? ''} – ${change.pledge.dueTo}`;
  const mark: Mark = {
    revision,
    at: now,
    turn: change.turn,
    detail: change.turn === 'pledge moved' ? detail : null,
    url: entry.source,
  };
  // Moved into the past it is overdue at once: both are one reply.
  const timely = timed({ ...base, pledge: change.pledge }, now);
  const marks = [mark, ...timely.marks.map((one) => ({ ...one, revision }))];
  const story: Story = { ...timely.story, marks: [...base.marks, ...marks] };
  return {
    statements: [saveMeta(name, text)],
    folded: { story: { ...story, nextAt: nextTurn(story) }, before: seeded.revision, marks, owes: true },
  };
}

/** Brings the stories in line with the file's pledges; what turned is owed to the channels of their stories. */
export async function registerPledges(worker: Worker): Promise<void> {
  const now = iso(worker.now());
  const seen = new Set<string>();
  for (const entry of worker.config.pledges) {
    const key = pledgeKey(entry, worker.readModel(entry.model, entry.lab));
    // One story, one promise: the first entry of the file is the one that people are held to.
    if (seen.has(key)) {
      worker.log.warn(`pledges: a second promise of ${entry.model} is left aside; only the first in the file counts`);
      continue;
    }
    seen.add(key);
    const { statements, folded } = await register(worker, entry, now);
    const owed = folded === null ? [] : await composeFolded(worker.db, [folded], composeContext(worker)(now));
    if (statements.length > 0) await worker.db.batch([...statements, ...owed]);
  }
}
