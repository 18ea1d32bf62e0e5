// Days, weeks, months and seasons as windows. Pure arithmetic on YYYY-MM-DD.
import { addDays } from '../days.ts';
import type { Window } from '../pledges.ts';

export const yearOf = (day: string): number => Number(day.slice(0, 4));
export const monthOf = (day: string): number => Number(day.slice(5, 7));

/** Months beyond 12 continue into the following years; null when there is no such day. */
export function dayOf(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  return day >= 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : null;
}

function lastOf(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** One month; months beyond 12 continue into the following years. */
export function monthWindow(year: number, month: number): Window {
  const to = lastOf(year, month);
  return { from: `${to.slice(0, 7)}-01`, to };
}

export function quarterWindow(year: number, quarter: number): Window {
  return { from: monthWindow(year, quarter * 3 - 2).from, to: lastOf(year, quarter * 3) };
}

export function halfWindow(year: number, half: number): Window {
  return { from: monthWindow(year, half * 6 - 5).from, to: lastOf(year, half * 6) };
}

export const yearWindow = (year: number): Window => ({ from: `${year}-01-01`, to: `${year}-12-31` });

/** The same day `count` months later, or the last day of that month when it is shorter. */
export function addMonths(day: string, count: number): string {
  const last = lastOf(yearOf(day), monthOf(day) + count);
  const same = `${last.slice(0, 8)}${day.slice(8)}`;
  return same < last ? same : last;
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** Monday to Sunday of the week `count` weeks after the day's own; 0 = its own. */
export function weekWindow(day: string, count: number): Window {
  const from = addDays(day, 1 - weekdayOf(day) + 7 * count);
  return { from, to: addDays(from, 6) };
}

/** The next day with this weekday, never the day itself. */
export function nextWeekday(day: string, weekday: number): string {
  return addDays(day, ((weekday - weekdayOf(day) + 6) % 7) + 1);
}

/** "In about N months": from the first of the target month to the 15th of the next. */
export function aboutMonths(said: string, count: number): Window {
  const from = monthWindow(yearOf(said), monthOf(said) + count).from;
  return { from, to: addDays(monthWindow(yearOf(said), monthOf(said) + count + 1).from, 14) };
}

export const comingMonths = (said: string): Window => ({ from: addMonths(said, 1), to: addMonths(said, 6) });
export const comingWeeks = (said: string): Window => ({ from: addDays(said, 7), to: addDays(said, 42) });
export const until = (said: string, to: string): Window => ({ from: said, to });
export const oneDay = (day: string): Window => ({ from: day, to: day });

export type Season = 'spring' | 'summer' | 'autumn' | 'winter';

/** Summer begins in July, as press offices use the word; each season ends on its astronomical date. */
export function seasonWindow(year: number, season: Season): Window {
  switch (season) {
    case 'spring':
      return { from: `${year}-03-01`, to: `${year}-06-20` };
    case 'summer':
      return { from: `${year}-07-01`, to: `${year}-09-22` };
    case 'autumn':
      return { from: `${year}-09-01`, to: `${year}-12-21` };
    case 'winter':
      return { from: `${year}-12-01`, to: `${year + 1}-03-20` };
  }
}

/** The current season of this name, or the next one. */
export function nextSeason(said: string, season: Season): Window {
  const year = yearOf(said);
  const window = seasonWindow(year, season);
  const running = seasonWindow(year - 1, season);
  if (running.to >= said) return running;
  return window.to < said ? seasonWindow(year + 1, season) : window;
}

export type Part = 'early' | 'mid' | 'late' | 'end';

/** A third of a month, quarter or half-year; of a year its first quarter, its middle months or its last quarter. */
export function partOf(window: Window, part: Part): Window {
  const year = yearOf(window.from);
  const month = monthOf(window.from);
  const months = (yearOf(window.to) - year) * 12 + monthOf(window.to) - month + 1;
  const at = (first: number, last: number): Window => ({
    from: monthWindow(year, month + first).from,
    to: lastOf(year, month + last),
  });
  if (months === 12)
    return part === 'early' ? at(0, 2) : part === 'mid' ? at(4, 7) : part === 'late' ? at(9, 11) : at(11, 11);
  if (months === 6)
    return part === 'early' ? at(0, 1) : part === 'mid' ? at(2, 3) : part === 'late' ? at(4, 5) : at(5, 5);
  if (months === 3) return part === 'early' ? at(0, 0) : part === 'mid' ? at(1, 1) : at(2, 2);
  const first = window.from;
  if (part === 'early') return { from: first, to: addDays(first, 9) };
  if (part === 'mid') return { from: addDays(first, 10), to: addDays(first, 19) };
  return { from: addDays(first, 20), to: window.to };
}
