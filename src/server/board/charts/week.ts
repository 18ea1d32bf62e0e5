// The landings of a period, one bar per day, stacked by verdict.
import { utcDay } from 'd3-time';
import type { WeekPicture } from '../../../types/picture.ts';
import { verdictClass, verdictText } from '../parts.ts';
import type { BoardView } from '../view.ts';
import type { Chart } from './figure.ts';
import { drawBars, type VerdictBar, verdictsInOrder } from './verdict-bars.ts';

type Landed = WeekPicture['landed'][number];

function daysOf(landed: readonly Landed[], from: string, to: string): readonly VerdictBar[] {
  return utcDay.range(new Date(from), utcDay.offset(new Date(to), 1)).map((date) => {
    const key = date.toISOString().slice(0, 10);
    const mine = Map.groupBy(
      landed.filter(({ day }) => day === key),
      ({ verdict }) => verdict,
    );
    return { key, counts: new Map([...mine].map(([verdict, list]) => [verdict, list.length])) };
  });
}

/** `from` and `to`: the first and last day. */
export function weekChart(landed: readonly Landed[], from: string, to: string, view: BoardView): Chart {
  const days = daysOf(landed, from, to);
  const names = new Intl.DateTimeFormat(view.language.texts.formatting, {
    weekday: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  });
  const verdicts = verdictsInOrder(landed.map(({ verdict }) => verdict));
  return {
    id: 'week',
    title: 'what landed, day by day, by verdict',
    about: '',
    draw: (width) => drawBars(days, view, { width, height: 220 }, (day) => names.format(new Date(day))),
    legend: verdicts.map((verdict) => ({ classes: verdictClass(verdict), label: verdictText(verdict, view) })),
    columns: [],
    rows: [],
  };
}
