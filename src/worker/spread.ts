// Counts models' popularity after their release: once a day for 90 days, a few models per wake, within the quotas.

import { cardEdits } from '../guilds/answer-pledge.ts';
import { errorText } from '../infra/log.ts';
import type { Previews } from '../scheduler/previews.ts';
import { listStories } from '../store/listing.ts';
import { poolStates } from '../store/pools.ts';
import { countedOn, type SpreadRow, saveSpread, spreadOf } from '../store/spread.ts';
import { saveStory, storyById } from '../store/stories.ts';
import type { Target } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import { dayMs, iso } from '../types/time.ts';
import type { Worker } from './context.ts';

const measuredDays = 90;
/** The card shows the figures once, after this many days, or slightly later if the worker was not running. */
const toldAfterDays = 7;
const toldUntilDays = 14;
const storiesAtMost = 1_000;
const atAWake = 4;
const timeoutMs = 30_000;
/** How long to pause after a round in which nothing could be counted. */
const restMs = 15 * 60_000;
/** After this many failures in a day, a model is skipped until the next day. */
const attemptsAtMost = 3;

/** The repositories of the story's model, one per source. */
function targetsOf(story: Story, worker: Pick<Worker, 'sources'>): readonly Target[] {
  const found = new Map<string, Target>();
  for (const about of [story.subject ?? '', ...story.items.map(({ key }) => key)]) {
    const cut = about.indexOf(':');
    const source = about.slice(0, cut);
    const address = about.slice(cut + 1);
    if (found.has(source) || !/^[\w.-]+\/[\w.-]+$/.test(address)) continue;
    if (worker.sources.get(source)?.spread !== undefined)
      found.set(source, { id: about, source, address, shape: null });
  }
  return [...found.values()];
}

/** Failed attempts by story; for one day, and forgotten at a restart. */
interface Failures {
  readonly day: string;
  readonly times: ReadonlyMap<string, number>;
}

/** Recently released models of the file not counted on this day, those that failed last. */
async function dueStories(
  worker: Pick<Worker, 'db' | 'now' | 'sources'>,
  { day, times }: Failures,
): Promise<readonly Story[]> {
  const since = iso(worker.now() - measuredDays * dayMs);
  const rows = await listStories(worker.db, { stage: 'released', kind: 'model', since }, null, storiesAtMost);
  const done = await countedOn(worker.db, day);
  const failed = ({ id }: Story): number => times.get(id) ?? 0;
  return rows
    .map(({ story }) => story)
    .filter((story) => !done.has(story.id) && failed(story) < attemptsAtMost && targetsOf(story, worker).length > 0)
    .toSorted((one, other) => failed(one) - failed(other))
    .slice(0, atAWake);
}

/** Adds the figures to the card from the seventh day on: a silent edit. */
async function tellOnce(worker: Pick<Worker, 'db' | 'now'>, id: string): Promise<void> {
  const story = await storyById(worker.db, id);
  if (story === null || story.figures !== undefined || story.releasedAt === null) return;
  const released = story.releasedAt.slice(0, 10);
  const days = (row: SpreadRow): number => Math.round((Date.parse(row.day) - Date.parse(released)) / dayMs);
  const rows = await spreadOf(worker.db, id);
  const last = Math.max(...rows.map(days));
  if (last < toldAfterDays || last > toldUntilDays) return;
  const of = (measure: string): number | null =>
    rows.find((row) => row.measure === measure && days(row) === last)?.value ?? null;
  const figures = {
    days: last,
    downloads: of('downloadsAll') ?? of('downloads'),
    derivatives: of('derivatives'),
    stars: of('stars'),
    likes: of('likes'),
  };
  const next: Story = { ...story, figures, revision: story.revision + 1 };
  await worker.db.batch([saveStory(next, story.revision), ...(await cardEdits(worker.db, next, worker.now()))]);
}

type SpreadWorker = Pick<Worker, 'db' | 'now' | 'sources' | 'log' | 'holds'>;

type Counted = 'counted' | 'failed' | 'paused';

async function count(worker: SpreadWorker, previews: Previews, story: Story, signal: AbortSignal): Promise<Counted> {
  const { db, now, sources } = worker;
  const day = iso(now()).slice(0, 10);
  const states = await poolStates(db);
  const rows: SpreadRow[] = [];
  let asked = 0;
  for (const target of targetsOf(story, worker)) {
    const source = sources.get(target.source);
    const pool = source?.pool(target) ?? '';
    const paused = states.get(pool)?.pausedUntil ?? null;
    if (source?.spread === undefined || (paused !== null && paused > iso(now()))) continue;
    asked += 1;
    const spend = previews.begin(pool, 1, now());
    const { measures, spent } = await source
      .spread(target, { now, signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) })
      .catch((error: unknown) => {
        worker.log.error(`counting ${target.id}: ${errorText(error)}`);
        return { measures: null, spent: [] };
      });
    spend(spent);
    for (const [measure, value] of Object.entries(measures ?? {}))
      rows.push({ storyId: story.id, day, measure, value });
  }
  if (rows.length === 0) return asked === 0 ? 'paused' : 'failed';
  await db.batch(rows.map((row) => saveSpread(row, iso(now()))));
  await tellOnce(worker, story.id);
  return 'counted';
}

/** Called at each wake; counts a few models, one round at a time. */
export function createSpread(worker: SpreadWorker, previews: Previews): (signal: AbortSignal) => Promise<void> {
  const { now, holds } = worker;
  let running = false;
  let restUntil = 0;
  let failures: Failures = { day: '', times: new Map() };

  const round = async (signal: AbortSignal): Promise<void> => {
    const day = iso(now()).slice(0, 10);
    if (failures.day !== day) failures = { day, times: new Map() };
    const due = await dueStories(worker, failures);
    const lease = due.length === 0 ? null : await holds.hold('spread');
    if (lease === null) return;
    try {
      let counted = 0;
      for (const story of due) {
        if (signal.aborted || lease.signal.aborted) return;
        const outcome = await count(worker, previews, story, signal);
        if (outcome === 'counted') counted += 1;
        if (outcome === 'failed' && !signal.aborted) {
          const times = new Map(failures.times).set(story.id, (failures.times.get(story.id) ?? 0) + 1);
          failures = { day, times };
        }
      }
      if (counted === 0) restUntil = now() + restMs;
    } finally {
      await lease.release();
    }
  };

  return async (signal) => {
    // A rest that seems longer began before the clock was set back.
    if (running || (now() < restUntil && restUntil <= now() + restMs)) return;
    running = true;
    try {
      await round(signal);
    } catch (error) {
      worker.log.error(`counting how models spread: ${errorText(error)}`);
    } finally {
      running = false;
    }
  };
}
