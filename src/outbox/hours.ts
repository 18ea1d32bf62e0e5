// Hours of the day in a time zone: when a channel takes messages again after its quiet hours, and when its digest is due. Pure.

import { dayMs, minuteMs } from '../types/time.ts';

const dayMinutes = 24 * 60;

/** Minutes after midnight in the zone. */
export function minuteOfDay(atMs: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(atMs);
  const part = (type: string): number => Number(parts.find((piece) => piece.type === type)?.value ?? 0);
  return part('hour') * 60 + part('minute');
}

/** The next time the zone's clock shows `minute`, in milliseconds; a clock change on the way is corrected for. */
export function nextMinuteOfDay(atMs: number, minute: number, timezone: string): number {
  const ahead = (minute - minuteOfDay(atMs, timezone) + dayMinutes) % dayMinutes;
  const guess = atMs - (atMs % minuteMs) + (ahead === 0 ? dayMinutes : ahead) * minuteMs;
  const off = ((minute - minuteOfDay(guess, timezone) + dayMinutes + dayMinutes / 2) % dayMinutes) - dayMinutes / 2;
  const time = guess + off * minuteMs;
  // A minute that a clock change leaves out that day: the one that stands in its place.
  return minuteOfDay(time, timezone) === minute ? time : Math.max(guess, time);
}

/** When a message may go out, in milliseconds: now, or at the end of the quiet hours that now falls into. */
export function speakingAt(
  atMs: number,
  quiet: { readonly from: number; readonly to: number } | null,
  timezone: string,
): number {
  if (quiet === null || quiet.from === quiet.to) return atMs;
  const minute = minuteOfDay(atMs, timezone);
  const inside =
    quiet.from < quiet.to ? minute >= quiet.from && minute < quiet.to : minute >= quiet.from || minute < quiet.to;
  return inside ? nextMinuteOfDay(atMs, quiet.to, timezone) : atMs;
}

export interface DigestTimes {
  /** Minutes after midnight. */
  readonly minute: number;
  readonly every: 'daily' | 'weekly';
}

function isMonday(atMs: number, timezone: string): boolean {
  return new Intl.DateTimeFormat('en-GB', { timeZone: timezone, weekday: 'short' }).format(atMs) === 'Mon';
}

/** The period that `atMs` falls into, in milliseconds: it ends when the digest is due, weekly ones on Monday. */
export function digestPeriod(
  atMs: number,
  times: DigestTimes,
  timezone: string,
): { readonly from: number; readonly to: number } {
  let to = nextMinuteOfDay(atMs, times.minute, timezone);
  while (times.every === 'weekly' && !isMonday(to, timezone)) to = nextMinuteOfDay(to, times.minute, timezone);
  return { from: to - (times.every === 'weekly' ? 7 : 1) * dayMs, to };
}
