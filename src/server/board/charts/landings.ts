// Landings per month, stacked by verdict.
import { utcMonth } from 'd3-time';
import type { MonthCount } from '../../../store/listing.ts';
import { verdictClass, verdictText } from '../parts.ts';
import type { BoardView } from '../view.ts';
import type { Chart, ChartDrawing } from './figure.ts';
import { drawBars, type VerdictBar, verdictsInOrder } from './verdict-bars.ts';

function monthsOf(counts: readonly MonthCount[], now: string): readonly VerdictBar[] {
  const end = utcMonth.offset(utcMonth.floor(new Date(now)), 1);
  return utcMonth.range(utcMonth.offset(end, -12), end).map((date) => {
    const key = date.toISOString().slice(0, 7);
    const mine = counts.filter((one) => one.month === key);
    return { key, counts: new Map(mine.map(({ verdict, count }) => [verdict ?? 'unknown', count])) };
  });
}

function draw(months: readonly VerdictBar[], view: BoardView, width: number): ChartDrawing {
  const month = new Intl.DateTimeFormat(view.language.texts.formatting, { month: 'short', timeZone: 'UTC' });
  const year = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'UTC' });
  return drawBars(months, view, { width, height: width > 500 ? 260 : 220 }, (key) => {
    if (width < 500 && Number(key.slice(5)) % 3 !== 1) return null;
    return (key.endsWith('-01') ? year : month).format(new Date(`${key}-01T00:00:00Z`));
  });
}

/** The last twelve months, including the current one. */
export function landingsChart(counts: readonly MonthCount[], view: BoardView): Chart {
  const months = monthsOf(counts, view.now);
  const verdicts = verdictsInOrder(months.flatMap(({ counts: of }) => [...of.keys()]));
  const { words, language } = view;
  const shown = months.filter((one) => one.counts.size > 0);
  return {
    id: 'landings',
    ...words.charts.landings,
    draw: (width) => draw(months, view, width),
    legend: verdicts.map((verdict) => ({ classes: verdictClass(verdict), label: verdictText(verdict, view) })),
    columns: [words.columns.month, ...verdicts.map((verdict) => verdictText(verdict, view)), words.columns.total].map(
      (label) => ({ label }),
    ),
    rows: shown.map(({ key: month, counts: of }) => [
      month,
      ...verdicts.map((verdict) => language.number(of.get(verdict) ?? 0)),
      language.number([...of.values()].reduce((sum, count) => sum + count, 0)),
    ]),
  };
}
