// Once a day, deletes what is no longer needed. Items and stories are kept, so that nothing is told twice.

import { readMeta, saveMeta } from '../store/meta.ts';
import { dropWishesBefore } from '../store/people.ts';
import { dropPlacesBefore } from '../store/places.ts';
import { dropSettledBefore } from '../store/settling.ts';
import { dropSpreadBefore } from '../store/spread.ts';
import { dropVerdictsBefore } from '../store/verdicts.ts';
import { dayMs, iso } from '../types/time.ts';
import type { Worker } from './context.ts';

/** How long `why` can explain a verdict or a delivery. */
const keptDays = 180;
/** How long popularity is kept for charts. */
const spreadDays = 730;

/** How long a story is followed without the wish being renewed. */
const wishDays = 365;

export async function tidy(worker: Pick<Worker, 'db' | 'now'>): Promise<void> {
  const nowMs = worker.now();
  const last = await readMeta(worker.db, 'tidied');
  if (last !== null && Math.abs(nowMs - Date.parse(last)) < dayMs) return;
  const before = iso(nowMs - keptDays * dayMs);
  await worker.db.batch([
    dropVerdictsBefore(before),
    dropSettledBefore(before),
    dropPlacesBefore(before),
    dropSpreadBefore(iso(nowMs - spreadDays * dayMs).slice(0, 10)),
    ...dropWishesBefore(iso(nowMs - wishDays * dayMs)),
    saveMeta('tidied', iso(nowMs)),
  ]);
  // The choice of index depends on the number of rows, which a day's changes may have altered.
  await worker.db.analyse();
}
