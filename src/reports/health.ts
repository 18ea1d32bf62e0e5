// Whether the worker is alive: whether its last beat, or a run from cron, is recent enough. Only reads.
import type { Db } from '../store/define.ts';
import { readMeta } from '../store/meta.ts';
import type { Beat } from '../types/beat.ts';
import type { HealthReason } from '../types/reasons/health.ts';
import { type GatewayStanding, gatewayStanding } from './gateway.ts';

export interface Health {
  readonly ok: boolean;
  readonly reason: HealthReason;
  /** The bot's connection, which alerts do not need; null = no worker runs a bot. */
  readonly gateway: GatewayStanding | null;
}

type Alive = Omit<Health, 'gateway'>;

const seconds = (ms: number): number => Math.round(ms / 1000);

/** Whether `run` woke or `once` ended within this many milliseconds: for those who start `once` from cron. */
async function healthWithin(db: Db, nowMs: number, maxAgeMs: number): Promise<Alive> {
  const beat = await readMeta(db, 'beat');
  const times = [beat === null ? null : (JSON.parse(beat) as Beat).at, await readMeta(db, 'once')];
  const last = times
    .filter((at) => at !== null)
    .sort()
    .at(-1);
  if (last === undefined) return { ok: false, reason: { code: 'health.not-run', params: {} } };
  const ageMs = nowMs - Date.parse(last);
  if (ageMs < -60_000) return { ok: false, reason: { code: 'health.run-ahead', params: { seconds: seconds(-ageMs) } } };
  const params = { seconds: seconds(ageMs), most: seconds(maxAgeMs) };
  return { ok: ageMs <= maxAgeMs, reason: { code: 'health.run-age', params } };
}

async function aliveAt(db: Db, nowMs: number, maxAgeMs: number | null): Promise<Alive> {
  if (maxAgeMs !== null) return healthWithin(db, nowMs, maxAgeMs);
  const stored = await readMeta(db, 'beat');
  if (stored === null) return { ok: false, reason: { code: 'health.not-woken', params: {} } };
  const { at, everyMs } = JSON.parse(stored) as Beat;
  const ageMs = nowMs - Date.parse(at);
  // The clock was set back, so the age of that beat is unknown.
  if (ageMs < -everyMs)
    return { ok: false, reason: { code: 'health.beat-ahead', params: { seconds: seconds(-ageMs) } } };
  const params = { seconds: seconds(ageMs), every: seconds(everyMs) };
  return { ok: ageMs <= 3 * everyMs, reason: { code: 'health.beat-age', params } };
}

/** `maxAgeMs`: how old the last run may be, including that of `once`; null = three wakes of `run`. */
export async function health(db: Db, nowMs: number, maxAgeMs: number | null = null): Promise<Health> {
  return { ...(await aliveAt(db, nowMs, maxAgeMs)), gateway: await gatewayStanding(db, nowMs) };
}
