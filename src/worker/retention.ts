// Once a day: what nobody asks for any more is forgotten. Items and stories stay, so that nothing is told twice.

import { readMeta, saveMeta } from '../store/meta.ts';
import { dropWishesBefore } from '../store/people.ts';
import { dropSettledBefore } from '../store/settling.ts';
import { dropSpreadBefore } from '../store/spread.ts';
import { dropVerdictsBefore } from '../store/verdicts.ts';
import { dayMs, iso } from '../types/time.ts';
import type { Worker } from './context.ts';

/** How long `why` can explain a verdict or a delivery. */
const keptDays = 180;
/** How long a chart shows how a model spread. */
const spreadDays = 730;

/** How long a story is followed by somebody who does not ask for it again. */
const wishDays = 365;

export async function tidy(worker: Pick<Worker, 'db' | 'now'>): Promise<void> {
  const nowMs = worker.now();
  const last = await readMeta(worker.db, 'tidied');
  if (last !== null && Math.abs(nowMs - Date.parse(last)) < dayMs) return;
  const before = iso(nowMs - keptDays * dayMs);
  await worker.db.batch([
    dropVerdictsBefore(before),
    dropSettledBefore(before),
    dropSpreadBefore(iso(nowMs - spreadDays * dayMs).slice(0, 10)),
    ...dropWishesBefore(iso(nowMs - wishDays * dayMs)),
    saveMeta('tidied', iso(nowMs)),
  ]);
  // What a day has written and dropped: which index is the right one depends on how many rows it holds.
  await worker.db.analyse();
}
