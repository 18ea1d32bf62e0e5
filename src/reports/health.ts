// Whether the worker is alive: its last beat is at most three wakes old. Only reads.
import type { Db } from '../store/define.ts';
import { readMeta } from '../store/meta.ts';
import type { Beat } from '../types/beat.ts';

export interface Health {
  readonly ok: boolean;
  readonly reason: string;
}

export async function health(db: Db, nowMs: number): Promise<Health> {
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
