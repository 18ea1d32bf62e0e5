// A point in the past as people write it: a duration ago, or a day.
import { readDate, readDuration } from '../config/scalars.ts';
import type { Iso } from '../types/core.ts';

/** `7d`, `36h`, `2025-08-01`, a full ISO time; null = none of these. */
export function readSince(written: string, nowMs: number): Iso | null {
  const span = readDuration(written);
  if ('value' in span) return new Date(nowMs - span.value).toISOString();
  const day = readDate(written);
  if ('value' in day) return new Date(day.value).toISOString();
  const at = /^\d{4}-\d\d-\d\dT/.test(written) ? Date.parse(written) : Number.NaN;
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
