// Dates as feeds write them: RFC 822, ISO 8601 and common deviations. Never read in the machine's own time zone.

import { iso } from '../../types/time.ts';

/**
 * A date as written: `wall` is the local time as if it were UTC; `offset` in minutes east of UTC, null when no zone is
 * given.
 */
export interface WrittenDate {
  readonly wall: number;
  readonly offset: number | null;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Minutes east of UTC. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  west: 60,
  bst: 60,
  cet: 60,
  cest: 120,
  met: 60,
  mest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  trt: 180,
  gst: 240,
  ist: 330,
  ict: 420,
  wib: 420,
  hkt: 480,
  sgt: 480,
  awst: 480,
  kst: 540,
  jst: 540,
  aest: 600,
  aedt: 660,
  acst: 570,
  nzst: 720,
  nzdt: 780,
  brt: -180,
  art: -180,
  ast: -240,
  adt: -180,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  akdt: -480,
  hst: -600,
};

const isoDay = /(\d{4})\s?[-./년]\s?(\d{1,2})\s?[-./월]\s?(\d{1,2})(?!\d)/;
const compactDay = /^(\d{4})(\d{2})(\d{2})(?:T|$)/i;
const dayFirst = /(?:^|[\s,])(\d{1,2})(?:st|nd|rd|th)?[\s-]([a-z]{3,9})\.?,?[\s-](\d{4}|\d{2})(?!\d)/i;
const monthFirst = /(?:^|[\s,])([a-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,|\s)/i;
const clock = /(?:^|[\sT일])(?:(오전|오후|am|pm)\s?)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?(am|pm)?/i;
const compactClock = /^\d{8}T(\d{2})(\d{2})(\d{2})?/i;
const offsetPattern = /(?:[\s\d)]|utc|gmt)([+-])(\d{1,2}):?(\d{2})?(?:\s*\([^)]*\))?\s*$/i;
const zoneName = /(?:[\s\d(])([a-z]{1,5})\)?\s*$/i;

/** Null for what is not a date, or is not plausible (before 1990, after 2100). */
export function readDate(written: string): WrittenDate | null {
  const text = written.trim().replace(/\s+/g, ' ').slice(0, 100);
  const day = dayOf(text);
  if (day === null) return null;
  const time = timeOf(text, day.rest);
  const wall = Date.UTC(day.year, day.month - 1, day.day, time.hour, time.minute, time.second);
  const right = new Date(Date.UTC(day.year, day.month - 1, day.day));
  if (right.getUTCDate() !== day.day || time.hour > 24 || time.minute > 59 || time.second > 60) return null;
  if (day.year < 1990 || day.year > 2100) return null;
  return { wall, offset: offsetOf(text) };
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** The text after the day, where the time is. */
  readonly rest: string;
}

function dayOf(text: string): Day | null {
  const iso = isoDay.exec(text) ?? compactDay.exec(text);
  if (iso !== null) return dayFrom(iso[1], Number(iso[2]), iso[3], text.slice(iso.index + iso[0].length));
  const first = dayFirst.exec(text);
  if (first !== null) return dayFrom(first[3], monthOf(first[2]), first[1], text.slice(first.index + first[0].length));
  const month = monthFirst.exec(text);
  // In `Sat Aug 23 18:00:00 2025` the year comes last.
  const year = /(?:^|[\s,])(\d{4})(?!\d)/.exec(text)?.[1];
  return month === null ? null : dayFrom(year, monthOf(month[1]), month[2], text.slice(month.index + month[0].length));
}

function dayFrom(year: string | undefined, month: number, day: string | undefined, rest: string): Day | null {
  if (year === undefined || day === undefined || month < 1 || month > 12) return null;
  const short = Number(year);
  const full = year.length > 2 ? short : short + (short < 70 ? 2000 : 1900);
  return { year: full, month, day: Number(day), rest };
}

const monthOf = (name: string | undefined): number => months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;

function timeOf(
  text: string,
  rest: string,
): { readonly hour: number; readonly minute: number; readonly second: number } {
  const found = clock.exec(rest) ?? clock.exec(text);
  if (found === null) {
    const compact = compactClock.exec(text);
    return { hour: Number(compact?.[1] ?? 0), minute: Number(compact?.[2] ?? 0), second: Number(compact?.[3] ?? 0) };
  }
  const half = (found[1] ?? found[5] ?? '').toLowerCase();
  const hour = Number(found[2]);
  const shift = /^(?:오후|pm)$/.test(half) && hour < 12 ? 12 : /^(?:오전|am)$/.test(half) && hour === 12 ? -12 : 0;
  return { hour: hour + shift, minute: Number(found[3]), second: Number(found[4] ?? 0) };
}

function offsetOf(text: string): number | null {
  // Only after a time: the last part of `2025-08-23` is not an offset.
  if (!/\d:\d{2}|T\d{4}/i.test(text)) return null;
  const signed = offsetPattern.exec(text);
  if (signed !== null) {
    const minutes = Number(signed[2]) * 60 + Number(signed[3] ?? 0);
    return minutes > 14 * 60 ? null : signed[1] === '-' ? -minutes : minutes;
  }
  const name = zoneName.exec(text)?.[1]?.toLowerCase() ?? '';
  return zones[name] ?? null;
}

/** Minutes east of UTC for dates without a zone: the most common offset in the feed, else Korea's for Korean feeds, else 0. */
export function zoneOf(entryDates: readonly string[], feedDates: readonly string[], korean: boolean): number {
  return (
    usual(entryDates) ??
    usual(feedDates.filter((text) => !korean || readDate(text)?.offset !== 0)) ??
    (korean ? 540 : 0)
  );
}

function usual(dates: readonly string[]): number | null {
  const counts = new Map<number, number>();
  for (const text of dates) {
    const offset = readDate(text)?.offset ?? null;
    if (offset !== null) counts.set(offset, (counts.get(offset) ?? 0) + 1);
  }
  const [most] = [...counts].sort((one, other) => other[1] - one[1]);
  return most === undefined ? null : most[0];
}

/** The first of the texts that is a date, as ISO 8601 in UTC; null when none is. */
export function dateOf(texts: readonly string[], zoneMinutes: number): string | null {
  for (const text of texts) {
    const date = readDate(text);
    if (date !== null) return iso(date.wall - (date.offset ?? zoneMinutes) * 60_000);
  }
  return null;
}
