// How a language writes dates, numbers and sizes.

import type { Iso } from '../types/core.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import { dayMs } from '../types/time.ts';
import type { Messages } from './define.ts';
import { fill } from './fill.ts';
import type { Plural } from './plural.ts';
import { wordsOf } from './reasons/words.ts';

/** A language ready for use: its texts, and how it writes numbers and dates. */
export interface Language {
  readonly locale: string;
  readonly texts: Messages;
  readonly number: (value: number) => string;
  /** Decimal units: 500,000,000,000 bytes are 500 GB. */
  readonly bytes: (value: number) => string;
  /** The plural form for `n`, with `{n}` and the other blanks filled in. */
  readonly count: (forms: Plural, n: number, values?: Readonly<Record<string, string>>) => string;
  /** A calendar date `YYYY-MM-DD`. */
  readonly date: (day: string) => string;
  /** `23 Aug 2025`: the day of a moment in UTC, short enough for a table. */
  readonly shortDate: (at: Iso) => string;
  /** The days from one calendar date to another, both included. */
  readonly days: (from: string, to: string) => string;
  /** A moment in an IANA time zone, to the minute, with the zone's name. */
  readonly moment: (at: Iso, timezone: string) => string;
  readonly reason: (reason: AnyReason) => string;
}

/** The calendar date `YYYY-MM-DD` of a moment in a time zone. */
export function dayIn(at: Iso, timezone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const found = Object.fromEntries(parts.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  return `${found.year}-${found.month}-${found.day}`;
}

/** Whole days from one calendar date to a later one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

export function nextDay(day: string): string {
  return new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/** Intl puts thin and narrow spaces around dashes and units, which some fonts and terminals lack. */
function plainSpaces(text: string): string {
  return text.replaceAll(/[\u2009\u202f\u00a0]/g, ' ').replace(/^(\d{1,2}) – (\d{1,2}) /, '$1–$2 ');
}

export function createLanguage(locale: string, texts: Messages): Language {
  const plurals = new Intl.PluralRules(texts.formatting);
  const numbers = new Intl.NumberFormat(texts.formatting, { maximumFractionDigits: 2 });
  const dates = new Intl.DateTimeFormat(texts.formatting, { dateStyle: 'long', timeZone: 'UTC' });
  const number = (value: number) => numbers.format(value);
  const date = (day: string) => dates.format(new Date(day));

  // Creating an Intl formatter costs more than a hundred uses of it, so each is created when first needed.
  const moments = new Map<string, Intl.DateTimeFormat>();
  const sizes = new Map<number, Intl.NumberFormat>();
  let shortDates: Intl.DateTimeFormat | null = null;
  const momentsIn = (timezone: string): Intl.DateTimeFormat => {
    const known = moments.get(timezone);
    if (known !== undefined) return known;
    const made = new Intl.DateTimeFormat(texts.formatting, {
      timeZone: timezone,
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    });
    moments.set(timezone, made);
    return made;
  };

  const sizeFormat = (power: number): Intl.NumberFormat => {
    const known = sizes.get(power);
    if (known !== undefined) return known;
    const made = new Intl.NumberFormat(texts.formatting, {
      style: 'unit',
      unit: byteUnits[power] ?? 'byte',
      unitDisplay: power === 0 ? 'long' : 'short',
      maximumSignificantDigits: 3,
    });
    sizes.set(power, made);
    return made;
  };

  return {
    locale,
    texts,
    number,
    bytes: (value) => {
      // Rounding may carry into the next unit: 999,999 bytes are 1 MB, not 1,000 kB.
      const rounded = Number(value.toPrecision(3));
      const power = rounded < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(rounded) / 3));
      return plainSpaces(sizeFormat(power).format(rounded / 1000 ** power));
    },
    count: (forms, n, values = {}) => fill(forms[plurals.select(n)] ?? forms.other, { ...values, n: number(n) }),
    date,
    shortDate: (at) => {
      shortDates ??= new Intl.DateTimeFormat(texts.formatting, { dateStyle: 'medium', timeZone: 'UTC' });
      return shortDates.format(new Date(at));
    },
    days: (from, to) => (from === to ? date(from) : plainSpaces(dates.formatRange(new Date(from), new Date(to)))),
    moment: (at, timezone) => plainSpaces(momentsIn(timezone).format(new Date(at))),
    reason: (reason) => wordsOf(reason, texts.reasons),
  };
}
