// Calendar days in a time zone. Pure; `Intl` knows the zones.

import type { Iso } from '../types/core.ts';
import { dayMs, iso } from '../types/time.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(zone, made);
  return made;
}

/** The zone's wall clock at a moment, read as if it were UTC, in milliseconds. */
function wallMs(atMs: number, zone: string): number {
  const parts = Object.fromEntries(
    formatFor(zone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, value]),
  );
  return Date.UTC(
    Number(parts.year),
    Number(parts.month) - 1,
    Number(parts.day),
    Number(parts.hour),
    Number(parts.minute),
    Number(parts.second),
  );
}

/** The day (YYYY-MM-DD) that a moment falls on in a zone. */
export function dayIn(at: Iso, zone: string): string {
  return new Date(wallMs(Date.parse(at), zone)).toISOString().slice(0, 10);
}

/** When a day begins in a zone; where the clock jumps over midnight, the first moment after it. */
export function startOfDay(day: string, zone: string): Iso {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  let at = wanted;
  // Two corrections settle every zone: the first finds the offset, the second the one in force at that moment.
  for (let step = 0; step < 2; step += 1) at += wanted - wallMs(at, zone);
  return iso(at);
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}
