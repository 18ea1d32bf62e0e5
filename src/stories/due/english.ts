// Expressions of time in English.
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
import { type Found, type Rule, readRules } from './rules.ts';
import { undatedEnglish } from './undated.ts';

const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const number = String.raw`(?:\d{1,3}|${numbers.slice(1).join('|')}|an?|a couple(?: of)?|couple of)`;
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const monthName =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const weekdays = 'mon tue wed thu fri sat sun'.split(' ');
const weekday =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';
const by = String.raw`(?<by>\b(?:by|before|until|till|no later than|within|through)(?: the)? )?`;
const part = `(?<part>early(?: in)?|beginning of|start of|mid(?:dle of)?|late(?:r)?(?: in)?|(?:the )?end of)`;
const about = '(?:about |around |roughly |approximately |some |maybe |another |as (?:little|few) as |the )?';

function count(word: string | undefined): number {
  if (word === undefined || /^an?$/.test(word)) return 1;
  if (word.includes('couple')) return 2;
  return /^\d/.test(word) ? Number(word) : numbers.indexOf(word);
}

function partNamed(word: string): Part {
  if (/early|begin|start/.test(word)) return 'early';
  if (word.startsWith('mid')) return 'mid';
  return word.includes('end') ? 'end' : 'late';
}

/** `by` makes a window begin on the day said; a part narrows it. */
function shape(window: Window, groups: Readonly<Record<string, string | undefined>>, said: string): Window {
  const narrowed = groups.part === undefined ? window : partOf(window, partNamed(groups.part));
  return groups.by === undefined && narrowed.from > said
    ? narrowed
    : until(groups.by === undefined ? later(narrowed.from, said) : said, narrowed.to);
}

const later = (one: string, other: string): string => (one > other ? one : other);
const year = (word: string | undefined, said: string): number =>
  word === undefined || /this|the/.test(word)
    ? yearOf(said)
    : word.includes('next')
      ? yearOf(said) + 1
      : Number(word.replace(/\D/g, ''));

function monthRead(groups: Readonly<Record<string, string | undefined>>, said: string): Window | null {
  const month = months.indexOf((groups.month ?? '').slice(0, 3)) + 1;
  const given = groups.year;
  const passed = month < monthOf(said) ? 1 : 0;
  const inYear = given === undefined ? yearOf(said) + passed : year(given, said);
  // A month by its name alone is the whole month, also when it has begun.
  if (groups.day === undefined && groups.by === undefined && groups.part === undefined)
    return monthWindow(inYear, month);
  if (groups.day === undefined) return shape(monthWindow(inYear, month), groups, said);
  const here = dayOf(inYear - passed, month, Number(groups.day));
  // A day of the last weeks is over; it is not the next year's.
  if (given === undefined && here !== null && here < said && here >= addDays(said, -45)) return null;
  const named = dayOf(inYear, month, Number(groups.day));
  const day =
    named !== null && given === undefined && named < said ? dayOf(inYear + 1, month, Number(groups.day)) : named;
  if (day === null) return null;
  return groups.by === undefined ? oneDay(day) : until(said, day);
}

function span(unit: string, amount: number, said: string): string {
  if (unit.startsWith('day')) return addDays(said, amount);
  if (unit.startsWith('week')) return addDays(said, 7 * amount);
  return addMonths(said, unit.startsWith('year') ? 12 * amount : amount);
}

function fromNow(unit: string, amount: number, said: string): Window {
  if (unit.startsWith('day')) return oneDay(addDays(said, amount));
  if (unit.startsWith('week')) return weekWindow(said, amount);
  return aboutMonths(said, unit.startsWith('year') ? 12 * amount : amount);
}

const season = (word: string): Season => (word === 'fall' ? 'autumn' : (word as Season));
const g = (source: string): RegExp => new RegExp(source, 'g');
const yearAfter = String.raw`(?:,? (?:of )?(?<year>20\d\d|next year|this year))?`;

const rules: readonly Rule[] = [
  {
    pattern: g(
      String.raw`\b(?:last|past|previous) (?:week|month|year|quarter|summer|spring|fall|autumn|winter|${weekday}|${monthName})\b|\b${number} (?:days|weeks|months|years) (?:ago|late|later|after)\b`,
    ),
    read: () => null,
  },
  {
    pattern: g(
      String.raw`\b(?:within|(?:in|over|during) the (?:next|coming)|in the next|inside|in under|in less than) ${about}(?:next )?(?<n>${number}) (?<unit>days?|weeks?|months?|years?)\b`,
    ),
    read: ({ n, unit = '' }, said) => until(said, span(unit, count(n), said)),
  },
  {
    pattern: g(
      String.raw`\b(?:in |after )?${about}(?<n>${number})(?: to | or |-)(?<m>${number}) (?<unit>days|weeks|months)\b`,
    ),
    read: ({ n, m, unit = '' }, said) => ({
      from: fromNow(unit, count(n), said).from,
      to: fromNow(unit, count(m), said).to,
    }),
  },
  {
    pattern: g(
      String.raw`\b(?:in|after) (?:just |only )?${about}(?<n>${number}) (?<unit>days?|weeks?|months?|years?)\b(?!-)|\b${about}(?<n2>${number}) (?<unit2>days?|weeks?|months?|years?)(?:'s?)? (?:from (?:now|today)|time|out|away)\b|\b(?<n3>${number})(?:-| )(?<unit3>days?|weeks?|months?) delay\b`,
    ),
    read: (groups, said) =>
      fromNow(groups.unit ?? groups.unit2 ?? groups.unit3 ?? '', count(groups.n ?? groups.n2 ?? groups.n3), said),
  },
  {
    pattern: g(
      String.raw`\b(?:the |a )?(?:coming|next few|few|several|some|many) months\b|\bin months\b|\bmonths away\b`,
    ),
    read: (_, said) => comingMonths(said),
  },
  {
    pattern: g(
      String.raw`\b(?:the |a )?(?:coming|next few|few|several|some) weeks\b|\bin weeks\b|\bweeks away\b|\bmatter of weeks\b`,
    ),
    read: (_, said) => comingWeeks(said),
  },
  {
    pattern: g(String.raw`\b(?:today|tonight|this (?:morning|afternoon|evening)|later today)\b`),
    read: (_, said) => oneDay(said),
  },
  {
    pattern: g(String.raw`${by}\btomorrow\b`),
    read: ({ by: before }, said) => (before === undefined ? oneDay(addDays(said, 1)) : until(said, addDays(said, 1))),
  },
  {
    pattern: g(String.raw`${by}\b(?:the )?week after next\b`),
    read: (groups, said) => shape(weekWindow(said, 2), groups, said),
  },
  {
    pattern: g(String.raw`${by}\b(?<day>${weekday}) next week\b|\bnext week (?:on )?(?<day2>${weekday})\b`),
    read: (groups, said) =>
      oneDay(addDays(weekWindow(said, 1).from, weekdays.indexOf((groups.day ?? groups.day2 ?? '').slice(0, 3)))),
  },
  {
    pattern: g(String.raw`${by}(?:the )?(?:end of )?(?:early |late )?next week(?<end>end)?\b(?! (?:on )?${weekday})`),
    read: (groups, said) => shape(weekWindow(said, 1), groups, said),
  },
  {
    pattern: g(String.raw`\b(?:by |before |at )?(?:the )?(?:end of )?(?:later )?(?:this|the|in the) week(?:end)?\b`),
    read: (_, said) => until(said, weekWindow(said, 0).to),
  },
  {
    pattern: g(String.raw`\b(?:within|in) ${about}(?:next )?(?<n>\d{1,3}) ?(?:hours|hrs)\b`),
    read: ({ n }, said) => until(said, addDays(said, Math.ceil(count(n) / 24))),
  },
  {
    pattern: g(String.raw`\b(?:by|before|until) (?:the )?(?:end of )?q(?<q>[1-4])(?:[ ,/-]*(?<year>20\d\d))?\b`),
    read: (groups, said) => until(said, quarterRead(groups, said).to),
  },
  {
    pattern: g(
      String.raw`\bq(?<q>[1-4])(?:[ ,/-]*(?<year>20\d\d)| of (?:the )?(?<year2>20\d\d|next year|this year))?\b|\b(?:the )?(?<name>first|second|third|fourth|last|final) quarter(?: of (?:the )?(?<year3>20\d\d|next year|this year|year))?\b`,
    ),
    read: (groups, said) => quarterRead(groups, said),
  },
  {
    pattern: g(String.raw`${by}\b(?:the )?(?:end of )?(?<which>this|next|the) quarter\b`),
    read: ({ which, ...groups }, said) =>
      shape(quarterWindow(yearOf(said), Math.ceil(monthOf(said) / 3) + (which === 'next' ? 1 : 0)), groups, said),
  },
  {
    pattern: g(
      String.raw`${by}\b(?:h(?<h>[12])|(?:the )?(?<name>first|second|latter) half)(?:(?: of)?(?: the)? (?<year>20\d\d|next year|this year|year))?\b`,
    ),
    read: (groups, said) => halfRead(groups, said),
  },
  {
    pattern: g(
      String.raw`${by}\b(?:the )?(?:end of|late|later|early|mid|this|in|over|during)?(?: the| this|-)? ?\b(?<season>summer|spring|autumn|fall|winter)\b(?!-| (?:olympics|school|fest|intern|of code))(?: (?<year>20\d\d))?`,
    ),
    read: ({ season: name = 'summer', year: given, by: before }, said) => seasonRead(name, given, before, said),
  },
  {
    pattern: g(
      String.raw`${by}(?:${part}[ -])?\b(?:in )?(?:this|the|current) (?<unit>month|year)(?:'s end|-end)?\b(?! (?:ago|old|after))`,
    ),
    read: (groups, said) => thisPeriod(groups, said),
  },
  {
    pattern: g(String.raw`${by}\b(?:month|year)(?:'s |-| )end\b|\bbefore the year is out\b|\bend of (?:month|year)\b`),
    read: (_, said) => until(said, `${yearOf(said)}-12-31`),
  },
  {
    pattern: g(String.raw`${by}(?:${part} )?\bnext month\b`),
    read: (groups, said) => shape(monthWindow(yearOf(said), monthOf(said) + 1), groups, said),
  },
  {
    pattern: g(String.raw`${by}(?:${part} )?\bnext year\b`),
    read: (groups, said) => shape(yearWindow(yearOf(said) + 1), groups, said),
  },
  {
    pattern: g(
      String.raw`${by}\b(?:(?:on |in |for )?(?<month>${monthName})\.? (?<day>\d\d?)(?:st|nd|rd|th)?\b(?!%| ?(?:b|billion|million)\b)${yearAfter})`,
    ),
    read: monthRead,
  },
  {
    pattern: g(String.raw`${by}\b(?:on )?(?<day>\d\d?)(?:st|nd|rd|th)?(?: of)? (?<month>${monthName})\b${yearAfter}`),
    read: monthRead,
  },
  { pattern: g(String.raw`${by}(?:(?:the )?${part}[ -])(?<month>${monthName})\b${yearAfter}`), read: monthRead },
  {
    pattern: g(
      String.raw`(?:(?<by>\b(?:by|before|until|till|through) )|(?:\b(?:in|for|to|this|next|is|during|around|from)|@) )(?<month>${monthName})\b(?! (?:be|not|soon|open|release|on))${yearAfter}|^(?:${monthName})$|\b(?:${monthName}) (?:20\d\d|launch|release|date|debut)\b`,
    ),
    read: monthOrWhole,
  },
  {
    pattern: g(String.raw`${by}(?:${part}[ -])?\b(?:in )?(?<year>20[2-4]\d)\b(?!-)`),
    read: (groups, said) =>
      groups.part === undefined && groups.by === undefined && Number(groups.year) <= yearOf(said)
        ? null
        : shape(yearWindow(Number(groups.year)), groups, said),
  },
  {
    pattern: g(
      String.raw`(?<by>\b(?:by|before|until|no later than) )?\b(?:on |this |next |coming |this coming |due )*(?<day>${weekday})\b(?!'s)`,
    ),
    read: ({ by: before, day = '' }, said) => weekdayRead(day, before, said),
  },
];

function weekdayRead(word: string, before: string | undefined, said: string): Window | null {
  if (/^(?:sun|sat|mar|wed|mon)$/.test(word)) return null;
  const day = nextWeekday(said, weekdays.indexOf(word.slice(0, 3)) + 1);
  return before === undefined ? oneDay(day) : until(said, day);
}

function monthOrWhole(groups: Readonly<Record<string, string | undefined>>, said: string): Window | null {
  return groups.month === undefined ? null : monthRead(groups, said);
}

function quarterRead(groups: Readonly<Record<string, string | undefined>>, said: string): Window {
  const names = ['first', 'second', 'third', 'fourth'];
  const named = groups.name;
  const quarter = groups.q === undefined ? names.indexOf(named ?? '') + 1 || 4 : Number(groups.q);
  const given = groups.year ?? groups.year2 ?? groups.year3;
  const window = quarterWindow(year(given === 'year' ? 'the' : given, said), quarter);
  return given === undefined && window.to < said ? quarterWindow(yearOf(said) + 1, quarter) : shape(window, {}, said);
}

function halfRead(groups: Readonly<Record<string, string | undefined>>, said: string): Window {
  const half = groups.h === undefined ? (groups.name === 'first' ? 1 : 2) : Number(groups.h);
  const given = groups.year;
  const window = halfWindow(year(given === 'year' ? 'the' : given, said), half);
  return given === undefined && window.to < said
    ? halfWindow(yearOf(said) + 1, half)
    : shape(window, { by: groups.by }, said);
}

function seasonRead(name: string, given: string | undefined, before: string | undefined, said: string): Window {
  const window = given === undefined ? nextSeason(said, season(name)) : seasonWindow(Number(given), season(name));
  return before === undefined ? window : until(said, window.to);
}

function thisPeriod(groups: Readonly<Record<string, string | undefined>>, said: string): Window {
  const whole = groups.unit === 'month' ? monthWindow(yearOf(said), monthOf(said)) : yearWindow(yearOf(said));
  const word = groups.part;
  // "Later this year", "the end of the month": from now on to the end.
  if (word === undefined || !/mid/.test(word)) return until(said, whole.to);
  return shape(whole, groups, said);
}

export function readEnglishDue(text: string, said: string): readonly Found[] {
  return readRules([...undatedEnglish, ...rules], text, said);
}
