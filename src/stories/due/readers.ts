// The arithmetic for times in words, under the names that config/dates-*.yaml uses. Pure.
import { addDays } from '../days.ts';
import type { Window } from '../pledges.ts';
import {
  aboutMonths,
  addMonths,
  comingMonths,
  comingWeeks,
  dayOf,
  halfWindow,
  monthOf,
  monthWindow,
  nextSeason,
  nextWeekday,
  oneDay,
  type Part,
  partOf,
  quarterWindow,
  type Season,
  seasonWindow,
  until,
  weekWindow,
  yearOf,
  yearWindow,
} from './calendar.ts';

/** The values found in a phrase, by name of their list: `{ n: '2', unit: 'week' }`. */
export type Values = Readonly<Record<string, string | undefined>>;

/** Null: these words name no window. */
type Reader = (values: Values, said: string) => Window | null;

const parts: readonly Part[] = ['early', 'mid', 'late', 'end'];
const seasons: readonly Season[] = ['spring', 'summer', 'autumn', 'winter'];
const partNamed = (word: string | undefined): Part | undefined => parts.find((part) => part === word);
const seasonNamed = (word: string | undefined): Season => seasons.find((season) => season === word) ?? 'summer';
const later = (one: string, other: string): string => (one > other ? one : other);

/** `by` starts the window on the day it was said, and so does a window that has begun; `part` narrows it. */
function shape(window: Window, { part, by }: Values, said: string): Window {
  const named = partNamed(part);
  const narrowed = named === undefined ? window : partOf(window, named);
  return until(by === undefined ? later(narrowed.from, said) : said, narrowed.to);
}

/** `+1` is the next year; `2027` and `27` are that year; null when none is named. */
function yearGiven({ year: written, thatyear }: Values, said: string): number | null {
  const year = written ?? thatyear;
  if (year === undefined) return null;
  const number = Number(year.replace(/[^\d+]/g, ''));
  if (year.startsWith('+')) return yearOf(said) + number;
  return number < 100 ? 2000 + number : number;
}

/** Without a year, a window that has passed means next year's. */
function coming(values: Values, said: string, window: (year: number) => Window): Window {
  const given = yearGiven(values, said);
  const first = window(given ?? yearOf(said));
  return given === null && first.to < said ? window(yearOf(said) + 1) : first;
}

const count = ({ n = '1' }: Values): number => Number(n.replace(/\D/g, '') || '1');

function span(values: Values, said: string): string {
  const amount = count(values);
  if (values.unit === 'day') return addDays(said, amount);
  if (values.unit === 'week') return addDays(said, 7 * amount);
  return addMonths(said, values.unit === 'year' ? 12 * amount : amount);
}

function fromNow(values: Values, said: string): Window {
  const amount = count(values);
  if (values.unit === 'day') return oneDay(addDays(said, amount));
  if (values.unit === 'week') return weekWindow(said, amount);
  return aboutMonths(said, values.unit === 'year' ? 12 * amount : amount);
}

function dated(day: string | null, { by }: Values, said: string): Window | null {
  if (day === null) return null;
  return by === undefined ? oneDay(day) : until(said, day);
}

/** A month, a part of one, or a day in it. */
function month(values: Values, said: string): Window | null {
  const number = Number((values.month ?? '').replace(/\D/g, ''));
  if (number < 1 || number > 12) return null;
  const window = coming(values, said, (year) => monthWindow(year, number));
  // The name of a month alone means the whole month, even when it has begun.
  if (values.day === undefined && values.by === undefined && values.part === undefined) return window;
  if (values.day === undefined) return shape(window, values, said);
  const day = Number(values.day.replace(/\D/g, ''));
  const given = yearGiven(values, said);
  if (given !== null) return dated(dayOf(given, number, day), values, said);
  const here = dayOf(yearOf(said), number, day);
  if (here !== null && here >= said) return dated(here, values, said);
  // A day within the last weeks has passed; it does not mean next year's.
  if (here !== null && here >= addDays(said, -45)) return null;
  return dated(dayOf(yearOf(said) + 1, number, day), values, said);
}

/** The first week of a month is its first seven days; the fifth or last is its last seven. */
function weekOfMonth(values: Values, said: string): Window | null {
  const whole = month({ month: values.month, year: values.year }, said);
  const nth = Number(values.nth);
  if (whole === null) return null;
  const from = nth >= 5 ? addDays(whole.to, -6) : addDays(whole.from, 7 * (nth - 1));
  return shape({ from, to: addDays(from, 6) }, { by: values.by }, said);
}

/** A day of this month or, when it has passed, of the next. */
function dayAhead(values: Values, said: string): Window | null {
  const day = Number((values.day ?? '').replace(/\D/g, ''));
  const here = dayOf(yearOf(said), monthOf(said), day);
  return dated(here !== null && here >= said ? here : dayOf(yearOf(said), monthOf(said) + 1, day), values, said);
}

/** Press reports date themselves this way, so only a day that is still to come can be a plan. */
function bareDay(values: Values, said: string): Window | null {
  const here = dayOf(yearOf(said), monthOf(said), Number((values.day ?? '').replace(/\D/g, '')));
  return here !== null && here > said ? dated(here, values, said) : null;
}

function season(values: Values, said: string): Window {
  const named = seasonNamed(values.season);
  const given = yearGiven(values, said);
  const window = given === null ? nextSeason(said, named) : seasonWindow(given, named);
  return values.by === undefined ? window : until(said, window.to);
}

/** "Later this year", "the end of the month": from now until its end; only "the middle" is a window of its own. */
function rest(window: Window, values: Values, said: string): Window {
  return values.part === 'mid' ? shape(window, values, said) : until(said, window.to);
}

const quarterOf = (said: string): number => Math.ceil(monthOf(said) / 3);
const dayIn = (window: Window, { weekday = '1' }: Values): Window => oneDay(addDays(window.from, Number(weekday) - 1));

export const readers: Readonly<Record<string, Reader>> = {
  nothing: () => null,
  within: (values, said) => until(said, span(values, said)),
  between: (values, said) => ({
    from: fromNow(values, said).from,
    to: fromNow({ unit: values.unit, n: values.m }, said).to,
  }),
  'from-now': fromNow,
  'months-ahead': (_, said) => comingMonths(said),
  'weeks-ahead': (_, said) => comingWeeks(said),
  'half-year-ahead': (_, said) => aboutMonths(said, 6),
  'within-half-year': (_, said) => until(said, addMonths(said, 6)),
  hours: (values, said) => until(said, addDays(said, Math.ceil(count(values) / 24))),
  today: (_, said) => oneDay(said),
  tomorrow: (values, said) => dated(addDays(said, 1), values, said),
  'day-after-tomorrow': (_, said) => oneDay(addDays(said, 2)),
  'this-week': (_, said) => until(said, weekWindow(said, 0).to),
  'next-week': (values, said) => shape(weekWindow(said, 1), { by: values.by }, said),
  'week-after-next': (values, said) => shape(weekWindow(said, 2), values, said),
  'weekday-this-week': (values, said) => dayIn(weekWindow(said, 0), values),
  'weekday-next-week': (values, said) => dayIn(weekWindow(said, 1), values),
  weekday: (values, said) => dated(nextWeekday(said, Number(values.weekday)), values, said),
  'bare-day': bareDay,
  'day-ahead': dayAhead,
  'day-next-month': (values, said) =>
    dated(dayOf(yearOf(said), monthOf(said) + 1, Number((values.day ?? '').replace(/\D/g, ''))), values, said),
  month,
  'week-of-month': weekOfMonth,
  christmas: (values, said) => dated(coming({}, said, (year) => oneDay(`${year}-12-25`)).to, values, said),
  'this-month': (values, said) => rest(monthWindow(yearOf(said), monthOf(said)), values, said),
  'next-month': (values, said) => shape(monthWindow(yearOf(said), monthOf(said) + 1), values, said),
  quarter: (values, said) => {
    const quarter = Number((values.quarter ?? '').replace(/\D/g, ''));
    const window = coming(values, said, (year) => quarterWindow(year, quarter));
    return quarter < 1 || quarter > 4 ? null : shape(window, { by: values.by }, said);
  },
  'this-quarter': (values, said) => shape(quarterWindow(yearOf(said), quarterOf(said)), values, said),
  'next-quarter': (values, said) => shape(quarterWindow(yearOf(said), quarterOf(said) + 1), values, said),
  half: (values, said) =>
    shape(
      coming(values, said, (year) => halfWindow(year, Number(values.half))),
      { by: values.by },
      said,
    ),
  season,
  'season-next-year': (values, said) => nextSeason(`${yearOf(said) + 1}-03-21`, seasonNamed(values.season)),
  'this-year': (values, said) => rest(yearWindow(yearOf(said)), values, said),
  'next-year': (values, said) => shape(yearWindow(yearOf(said) + 1), values, said),
  year: (values, said) => {
    const year = yearGiven(values, said) ?? yearOf(said);
    const isNow = values.part === undefined && values.by === undefined && year <= yearOf(said);
    return isNow ? null : shape(yearWindow(year), values, said);
  },
  'year-or-rest': (values, said) => shape(yearWindow(yearGiven(values, said) ?? yearOf(said)), values, said),
};
