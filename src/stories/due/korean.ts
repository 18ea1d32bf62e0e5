// Expressions of time in Korean.
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
  until,
  weekWindow,
  yearOf,
  yearWindow,
} from './calendar.ts';
import { type Found, type Rule, readRules } from './rules.ts';
import { undatedKorean } from './undated.ts';

type Groups = Readonly<Record<string, string | undefined>>;

const numbers: Readonly<Record<string, number>> = {
  한: 1,
  두: 2,
  세: 3,
  네: 4,
  다섯: 5,
  여섯: 6,
  일곱: 7,
  여덟: 8,
  아홉: 9,
  열: 10,
  일: 1,
  이: 2,
  삼: 3,
  사: 4,
  오: 5,
  육: 6,
};
const number = `(?:\\d{1,2}|${Object.keys(numbers).join('|')})`;
const weekdays = '월화수목금토일';
const upTo = '(?<by> ?(?:말)?까지)?';
const year = "(?<year>올해|올|금년|내년|명년|20\\d\\d년|'?\\d\\d년)";
const part = '(?<part>초반?|초순|중순|중반|말|하순|후반)';
const seasons: Readonly<Record<string, Season>> = { 봄: 'spring', 여름: 'summer', 가을: 'autumn', 겨울: 'winter' };

const count = (word: string | undefined): number => (word === undefined ? 1 : (numbers[word] ?? Number(word)));

function yearRead(word: string | undefined, said: string): number {
  if (word === undefined || /올|금년/.test(word)) return yearOf(said);
  if (/내년|명년/.test(word)) return yearOf(said) + 1;
  const digits = Number(word.replace(/\D/g, ''));
  return digits < 100 ? 2000 + digits : digits;
}

function partNamed(word: string): Part {
  if (word.startsWith('초')) return 'early';
  return word.startsWith('중') ? 'mid' : 'late';
}

/** 까지 makes a window begin on the day said; what has begun already begins on that day too. */
function shape(window: Window, groups: Groups, said: string): Window {
  const narrowed = groups.part === undefined ? window : partOf(window, partNamed(groups.part));
  return groups.by !== undefined || narrowed.from < said ? until(said, narrowed.to) : narrowed;
}

/** Without a year, what has passed is meant of the next one. */
function coming(groups: Groups, said: string, window: (year: number) => Window): Window {
  const first = window(yearRead(groups.year, said));
  return groups.year === undefined && first.to < said ? window(yearOf(said) + 1) : first;
}

function monthRead(groups: Groups, said: string): Window | null {
  const month = Number(groups.month);
  if (month < 1 || month > 12) return null;
  const window = coming(groups, said, (inYear) => monthWindow(inYear, month));
  if (groups.day === undefined && groups.by === undefined && groups.part === undefined) return window;
  if (groups.day === undefined) return shape(window, groups, said);
  const named = dayOf(yearOf(window.from), month, Number(groups.day));
  // A day of the last weeks is over; it is not the next year's.
  if (named !== null && named < said && named >= addDays(said, -45) && groups.year === undefined) return null;
  const day =
    named !== null && named < said && groups.year === undefined
      ? dayOf(yearOf(window.from) + 1, month, Number(groups.day))
      : named;
  return day === null ? null : groups.by === undefined ? oneDay(day) : until(said, day);
}

/** The press dates its reports so; only a day that is still to come is a plan's. */
function bareDay(groups: Groups, said: string): Window | null {
  const here = dayOf(yearOf(said), monthOf(said), Number(groups.day));
  return here !== null && here > said ? dayOfMonth(groups, said) : null;
}

function dayOfMonth({ day, by }: Groups, said: string): Window | null {
  const here = dayOf(yearOf(said), monthOf(said), Number(day));
  const found = here !== null && here >= said ? here : dayOf(yearOf(said), monthOf(said) + 1, Number(day));
  return found === null ? null : by === undefined ? oneDay(found) : until(said, found);
}

const weekdayIn = (window: Window, name: string): Window => oneDay(addDays(window.from, weekdays.indexOf(name)));
const g = (source: string): RegExp => new RegExp(source, 'g');

const rules: readonly Rule[] = [
  {
    pattern: g(
      `(?:지난|작년|전년|지난해)(?: ?(?:주|달|해|\\d+월(?: ?\\d+일)?|\\d+일))?|${number} ?(?:개월|달|주|일|년) ?(?:전|만에|째|간|넘게|연속)`,
    ),
    read: () => null,
  },
  {
    pattern: g(`(?:이번|금) ?주 ?(?:(?<day>[${weekdays}])요일)`),
    read: ({ day = '' }, said) => weekdayIn(weekWindow(said, 0), day),
  },
  {
    pattern: g(`(?:다음|내|차) ?주 ?(?:(?<day>[${weekdays}])요일)`),
    read: ({ day = '' }, said) => weekdayIn(weekWindow(said, 1), day),
  },
  { pattern: g(`다다음 ?주`), read: (_, said) => weekWindow(said, 2) },
  { pattern: g(`(?:다음 ?주|내주|차주)${upTo}`), read: (groups, said) => shape(weekWindow(said, 1), groups, said) },
  {
    pattern: g(`이번 ?주말|(?:이번 ?주|금주)(?: ?(?:중|내|안|말))?(?:까지)?`),
    read: (_, said) => until(said, weekWindow(said, 0).to),
  },
  { pattern: g(`(?:몇|수) ?(?:개월|달)|두어 ?달|서너 ?달`), read: (_, said) => comingMonths(said) },
  { pattern: g(`(?:몇|수) ?주|두어 ?주|보름`), read: (_, said) => comingWeeks(said) },
  {
    pattern: g(`(?<n>${number}) ?(?<unit>개월|달|주일?|일|년) ?(?:이?내|안)`),
    read: ({ n, unit = '' }, said) => until(said, span(unit, count(n), said)),
  },
  {
    pattern: g(`(?<n>${number}) ?(?<unit>개월|달|주일?|일|년) ?(?:뒤|후|이후)`),
    read: ({ n, unit = '' }, said) => fromNow(unit, count(n), said),
  },
  {
    pattern: g(`(?<n>\\d{1,3}) ?시간 ?(?:이?내|안)`),
    read: ({ n }, said) => until(said, addDays(said, Math.ceil(Number(n) / 24))),
  },
  { pattern: g(`반년 ?(?:뒤|후)`), read: (_, said) => aboutMonths(said, 6) },
  { pattern: g(`반년 ?(?:이?내|안)`), read: (_, said) => until(said, addMonths(said, 6)) },
  {
    pattern: g(`(?:다음|내) ?달 ?(?<day>\\d\\d?)일${upTo}`),
    read: ({ day, by }, said) => nextMonthDay(Number(day), by, said),
  },
  {
    pattern: g(`(?:다음 ?달|내달)(?: ?${part})?(?: ?중)?${upTo}`),
    read: (groups, said) => shape(monthWindow(yearOf(said), monthOf(said) + 1), groups, said),
  },
  {
    pattern: g(`(?:이번 ?달|이달|금월)(?: ?(?<day>\\d\\d?)일${upTo})`),
    read: (groups, said) => dayOfMonth(groups, said),
  },
  {
    pattern: g(`(?:이번 ?달|이달|금월)(?: ?(?:중순?|내|안|말|하순))?(?:까지)?|월말|월내`),
    read: (_, said) => until(said, monthWindow(yearOf(said), monthOf(said)).to),
  },
  {
    pattern: g(`(?:${year} ?)?(?<q>[1-4]) ?분기(?: ?(?:중|내|안|말))?${upTo}`),
    read: (groups, said) =>
      shape(
        coming(groups, said, (inYear) => quarterWindow(inYear, Number(groups.q))),
        { by: groups.by },
        said,
      ),
  },
  {
    pattern: g(`(?:${year} ?)?(?<half>상|하)반기(?: ?(?:중|내|안))?${upTo}`),
    read: (groups, said) =>
      shape(
        coming(groups, said, (inYear) => halfWindow(inYear, groups.half === '상' ? 1 : 2)),
        { by: groups.by },
        said,
      ),
  },
  { pattern: g(`(?:${year} ?)?(?<![가-힣\\d])(?<month>\\d\\d?)월 ?(?<day>\\d\\d?)일${upTo}`), read: monthRead },
  {
    pattern: g(`(?:${year} ?)?(?<!\\d)(?<month>\\d\\d?)월(?: ?${part})?(?: ?(?:중|내|경|께|쯤))?${upTo}`),
    read: monthRead,
  },
  {
    pattern: g(`올해 ?(?:말|안|내|중|연말)?(?:까지)?(?!의|는|도|에 ?이어|들어|초)|연내|(?:올 ?)?연말|세밑|금년 ?내`),
    read: (_, said) => until(said, `${yearOf(said)}-12-31`),
  },
  {
    pattern: g(`(?:올 ?|이번 ?|늦)?(?:늦)?(?<season>여름|가을|겨울)(?!방학|올림픽)${upTo}|올 ?(?<spring>봄)`),
    read: ({ season = '봄', by }, said) => seasonRead(season, by, said),
  },
  {
    pattern: g(`(?:내년|명년) ?(?<season>봄|여름|가을|겨울)`),
    read: ({ season = '여름' }, said) => nextSeason(`${yearOf(said) + 1}-03-21`, seasons[season] ?? 'summer'),
  },
  {
    pattern: g(`(?:내년|명년)(?: ?${part})?(?: ?(?:중|안|내))?${upTo}`),
    read: (groups, said) => shape(yearWindow(yearOf(said) + 1), groups, said),
  },
  {
    pattern: g(`(?<year>20[2-4]\\d)년(?: ?${part})?${upTo}`),
    read: (groups, said) => shape(yearWindow(Number(groups.year)), groups, said),
  },
  { pattern: g(`오늘|금일`), read: (_, said) => oneDay(said) },
  { pattern: g(`내일|명일`), read: (_, said) => oneDay(addDays(said, 1)) },
  { pattern: g(`모레`), read: (_, said) => oneDay(addDays(said, 2)) },
  {
    pattern: g(`(?:오는 ?|이번 ?)?(?<day>[${weekdays}])요일${upTo}`),
    read: ({ day = '', by }, said) => weekdayRead(day, by, said),
  },
  { pattern: g(`오는 ?(?<day>[12]?\\d|3[01])일${upTo}`), read: dayOfMonth },
  { pattern: g(`(?<![가-힣\\d.])(?<day>[12]?\\d|3[01])일${upTo}(?!부터|째|간| ?만| ?전| ?연속)`), read: bareDay },
];

function weekdayRead(name: string, by: string | undefined, said: string): Window {
  const day = nextWeekday(said, weekdays.indexOf(name) + 1);
  return by === undefined ? oneDay(day) : until(said, day);
}

function seasonRead(name: string, by: string | undefined, said: string): Window {
  const window = nextSeason(said, seasons[name] ?? 'summer');
  return by === undefined ? window : until(said, window.to);
}

function nextMonthDay(day: number, by: string | undefined, said: string): Window | null {
  const found = dayOf(yearOf(said), monthOf(said) + 1, day);
  return found === null ? null : by === undefined ? oneDay(found) : until(said, found);
}

function span(unit: string, amount: number, said: string): string {
  if (unit === '일') return addDays(said, amount);
  if (unit.startsWith('주')) return addDays(said, 7 * amount);
  return addMonths(said, unit === '년' ? 12 * amount : amount);
}

function fromNow(unit: string, amount: number, said: string): Window {
  if (unit === '일') return oneDay(addDays(said, amount));
  if (unit.startsWith('주')) return weekWindow(said, amount);
  return aboutMonths(said, unit === '년' ? 12 * amount : amount);
}

export function readKoreanDue(text: string, said: string): readonly Found[] {
  return readRules([...undatedKorean, ...rules], text, said);
}
