// Notices that the clock was set or the machine was asleep, and corrects times that a wrong clock had put off.
import { tryHeld } from '../store/channel-states.ts';
import { deliverAt, deliveriesAfter, moveWaits, type WaitingDelivery } from '../store/clock-steps.ts';
import { readMeta } from '../store/meta.ts';
import type { Beat } from '../types/beat.ts';
import { iso } from '../types/time.ts';
import { composeContext, type Worker } from './context.ts';
import { spanOf } from './look-log.ts';

/** Clocks of several workers may differ by less than this. */
const noticedMs = 60_000;

type Watched = Pick<Worker, 'db' | 'now' | 'log'>;

/** By how much the last run was ahead of now; usually negative. */
async function aheadMs({ db, now }: Watched): Promise<number> {
  const beat = await readMeta(db, 'beat');
  const times = [beat === null ? null : (JSON.parse(beat) as Beat).at, await readMeta(db, 'once')];
  return Math.max(...times.map((at) => (at === null ? Number.NEGATIVE_INFINITY : Date.parse(at)))) - now();
}

/** Moves times computed by a clock that was ahead, so that everything waits as long as it should have. */
async function bringBack(worker: Worker, byMs: number): Promise<void> {
  const { db } = worker;
  const nowMs = worker.now();
  const now = iso(nowMs);
  const move = (at: string): string => (at <= now ? at : iso(Math.max(nowMs, Date.parse(at) - byMs)));
  const context = composeContext(worker)(now);
  const usual = ({ channel, form }: WaitingDelivery): string =>
    form === 'digest' ? (context.digest(channel)?.notBefore ?? now) : context.notBefore(channel);
  const waiting = await deliveriesAfter(db, now);
  const sooner = waiting
    .map((one) => ({ ...one, at: one.tried ? move(one.notBefore) : usual(one) }))
    .filter(({ at, notBefore }) => at < notBefore);
  await db.batch([
    ...(await moveWaits(db, now, move)),
    ...sooner.map(({ id, at }) => deliverAt(id, at)),
    ...tryHeld(now),
  ]);
}

/** To be called at the start and at every wake. `steadyMs`: a monotonic clock in milliseconds. */
export function createClockWatch(worker: Worker, steadyMs: () => number): () => Promise<void> {
  let offset: number | null = null;
  return async () => {
    const offsetNow = worker.now() - steadyMs();
    const backMs = offset === null ? await aheadMs(worker) : offset - offsetNow;
    if (backMs > noticedMs) {
      worker.log.warn(`the clock was set back by ${spanOf(backMs)}: what waited for a later time is brought back`);
      await bringBack(worker, backMs);
    } else if (offset !== null && backMs < -noticedMs) {
      worker.log.info(`the clock is ${spanOf(-backMs)} ahead of what has passed: it was set, or the machine slept`);
    }
    offset = offsetNow;
  };
}
