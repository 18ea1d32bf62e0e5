// Whether the worker is alive: its last beat, or a run from cron, is not too old. Only reads.
import type { Db } from '../store/define.ts';
import { readMeta } from '../store/meta.ts';
import type { Beat } from '../types/beat.ts';

export interface Health {
  readonly ok: boolean;
  readonly reason: string;
}

/** Whether `run` woke or `once` ended within so many milliseconds: for who starts `once` by cron. */
async function healthWithin(db: Db, nowMs: number, maxAgeMs: number): Promise<Health> {
  const beat = await readMeta(db, 'beat');
  const times = [beat === null ? null : (JSON.parse(beat) as Beat).at, await readMeta(db, 'once')];
  const last = times
    .filter((at) => at !== null)
    .sort()
    .at(-1);
  if (last === undefined) return { ok: false, reason: 'neither `landfall run` nor `landfall once` has looked yet' };
  const ageMs = nowMs - Date.parse(last);
  const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
  if (ageMs < -60_000)
    return { ok: false, reason: `last run ${seconds(-ageMs)} in the future: the clock was set back` };
  return { ok: ageMs <= maxAgeMs, reason: `last run ${seconds(ageMs)} ago, at most ${seconds(maxAgeMs)} are allowed` };
}

/** `maxAgeMs`: how old the last run may be, that of `once` included; null = three wakes of `run`. */
export async function health(db: Db, nowMs: number, maxAgeMs: number | null = null): Promise<Health> {
  if (maxAgeMs !== null) return healthWithin(db, nowMs, maxAgeMs);
  const stored = await readMeta(db, 'beat');
  if (stored === null) return { ok: false, reason: 'the worker has not woken yet' };
  const { at, everyMs } = JSON.parse(stored) as Beat;
  const ageMs = nowMs - Date.parse(at);
  // A clock that was set back: nobody knows how old that beat is.
  if (ageMs < -everyMs)
    return { ok: false, reason: `last beat ${Math.round(-ageMs / 1000)} s in the future: the clock was set back` };
  const ok = ageMs <= 3 * everyMs;
  return {
    ok,
    reason: `last beat ${Math.round(ageMs / 1000)} s ago, one is expected every ${Math.round(everyMs / 1000)} s`,
  };
}
