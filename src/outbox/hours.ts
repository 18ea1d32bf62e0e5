// Times of day in a time zone: when quiet hours end, and when a digest is due. Pure.

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

/** The next time at which the zone's clock shows `minute`, in milliseconds since the epoch; respects clock changes. */
export function nextMinuteOfDay(atMs: number, minute: number, timezone: string): number {
  const ahead = (minute - minuteOfDay(atMs, timezone) + dayMinutes) % dayMinutes;
  const guess = atMs - (atMs % minuteMs) + (ahead === 0 ? dayMinutes : ahead) * minuteMs;
  const off = ((minute - minuteOfDay(guess, timezone) + dayMinutes + dayMinutes / 2) % dayMinutes) - dayMinutes / 2;
  const time = guess + off * minuteMs;
  // If a clock change skips that minute, the minute that takes its place.
  return minuteOfDay(time, timezone) === minute ? time : Math.max(guess, time);
}

/** The earliest time a message may be sent, in milliseconds since the epoch: now, or the end of the current quiet hours. */
export function sendableAt(
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

/** The digest period that contains `atMs`, in milliseconds since the epoch; it ends when the digest is due (weekly: Monday). */
export function digestPeriod(
  atMs: number,
  times: DigestTimes,
  timezone: string,
): { readonly from: number; readonly to: number } {
  let to = nextMinuteOfDay(atMs, times.minute, timezone);
  while (times.every === 'weekly' && !isMonday(to, timezone)) to = nextMinuteOfDay(to, times.minute, timezone);
  return { from: to - (times.every === 'weekly' ? 7 : 1) * dayMs, to };
}
