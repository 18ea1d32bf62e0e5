// Spans of time in milliseconds, and moments in the one form in which all rooms write them.
import type { Iso } from './core.ts';

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** `ms` since the epoch. Throws when it is not a valid time. */
export function iso(ms: number): Iso {
  return new Date(ms).toISOString();
}
