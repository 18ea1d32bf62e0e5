// Once a day, deletes what is no longer needed. Items and the file's models are kept, so that nothing is told twice.

import { readMeta } from '../store/meta.ts';
import { dropWishesBefore } from '../store/people.ts';
import { dropPlacesBefore } from '../store/places.ts';
import { reasonText } from '../store/reasons.ts';
import {
  claimTidying,
  endExplained,
  endFanouts,
  endGoneChannels,
  endLedTargets,
  endLeftStories,
  endOldStories,
  endOwed,
  endSpread,
  endUnused,
} from '../store/retention.ts';
import { dayMs, iso } from '../types/time.ts';
import type { Worker } from './context.ts';

/** How long `why` can explain a verdict or a delivery, and how long targets that an entry led to are kept. */
const keptDays = 180;
/** How long popularity is kept for charts. */
const spreadDays = 730;
/** How long a story is followed without the wish being renewed. */
const wishDays = 365;
/** How long a story without any change is kept. */
const quietDays = 365;
/** After this time, a channel, server or worker that is gone is not expected back. */
const leftDays = 30;
/** How long a fan-out that keeps failing is tried. */
const fanoutDays = 7;
/** Longer than any pass: one may be about to refer to a shared document. */
const unusedDays = 2;

export async function tidy(worker: Pick<Worker, 'db' | 'now' | 'outboxTargets' | 'log'>): Promise<void> {
  const { db } = worker;
  const nowMs = worker.now();
  const now = iso(nowMs);
  const ago = (days: number): string => iso(nowMs - days * dayMs);
  const last = await readMeta(db, 'tidied');
  if (last !== null && Math.abs(nowMs - Date.parse(last)) < dayMs) return;
  if (!(await claimTidying(db, last, now))) return;
  await endExplained(db, ago(keptDays));
  await endSpread(db, ago(spreadDays).slice(0, 10));
  await db.batch([dropPlacesBefore(ago(keptDays)), ...dropWishesBefore(ago(wishDays))]);
  const served = new Set(worker.outboxTargets.map(({ name }) => name));
  const reason = reasonText({ code: 'channel.gone', params: {} });
  await endOwed(db, served, { before: ago(leftDays), now, reason });
  await endGoneChannels(db, ago(leftDays));
  await endLeftStories(db, ago(leftDays));
  await endOldStories(db, ago(quietDays));
  await endLedTargets(db, ago(keptDays));
  await endUnused(db, { now, before: ago(unusedDays), longAgo: ago(leftDays) });
  for (const id of await endFanouts(db, ago(fanoutDays)))
    worker.log.error(`the news of ${id} could not be given to everybody for ${fanoutDays} days: it is dropped`);
  // The choice of index depends on the number of rows, which a day's changes may have altered.
  await db.analyse();
}
