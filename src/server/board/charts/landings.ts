// Landings per month, stacked by verdict.
import { scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import { utcMonth } from 'd3-time';
import type { MonthCount } from '../../../store/listing.ts';
import { verdictClass, verdictText } from '../parts.ts';
import type { BoardView } from '../view.ts';
import { baseline, numberAxis } from './axes.ts';
import { at, type Chart, type ChartDrawing, svgText } from './figure.ts';

interface Month {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly counts: ReadonlyMap<string, number>;
}

const unknown = 'unknown';
const order = [
  'open-data model',
  'open weights, free licence',
  'open weights, limited',
  'research only',
  'gated',
  'code only',
  'closed',
];

function monthsOf(counts: readonly MonthCount[], now: string): readonly Month[] {
  const end = utcMonth.offset(utcMonth.floor(new Date(now)), 1);
  return utcMonth.range(utcMonth.offset(end, -12), end).map((date) => {
    const month = date.toISOString().slice(0, 7);
    const mine = counts.filter((one) => one.month === month);
    return { month, counts: new Map(mine.map(({ verdict, count }) => [verdict ?? unknown, count])) };
  });
}

/** Each verdict once, from open to closed; one that is new comes before what is unknown. */
export function verdictsInOrder(verdicts: readonly string[]): readonly string[] {
  const found = new Set(verdicts);
  const rank = (verdict: string): number =>
    verdict === unknown ? order.length + 1 : order.includes(verdict) ? order.indexOf(verdict) : order.length;
  return [...found].toSorted((one, other) => rank(one) - rank(other));
}

function draw(months: readonly Month[], verdicts: readonly string[], view: BoardView, width: number): ChartDrawing {
  const height = width > 500 ? 260 : 220;
  const frame = { left: 36, right: width - 6, top: 12, bottom: height - 28 };
  const totals = months.map(({ counts }) => [...counts.values()].reduce((sum, count) => sum + count, 0));
  const x = scaleBand<string>()
    .domain(months.map(({ month }) => month))
    .range([frame.left, frame.right])
    .padding(0.28);
  const y = scaleLinear()
    .domain([0, Math.max(4, ...totals)])
    .nice(4)
    .range([frame.bottom, frame.top]);
  const layers = stack<Month, string>()
    .keys(verdicts)
    .value(({ counts }, verdict) => counts.get(verdict) ?? 0)(months);
  const bars = layers.flatMap((layer) =>
    layer.flatMap((band) => {
      const [from, to] = band;
      if (to <= from) return [];
      return `<rect class="fill ${verdictClass(layer.key)}" x="${at(x(band.data.month) ?? 0)}" width="${at(x.bandwidth())}" y="${at(y(to))}" height="${at(y(from) - y(to))}"><title>${svgText(`${verdictText(layer.key, view)}: ${view.language.number(to - from)}`)}</title></rect>`;
    }),
  );
  const month = new Intl.DateTimeFormat(view.language.texts.formatting, { month: 'short', timeZone: 'UTC' });
  const year = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'UTC' });
  const labels = months.flatMap(({ month: key }) => {
    if (width < 500 && Number(key.slice(5)) % 3 !== 1) return [];
    const date = new Date(`${key}-01T00:00:00Z`);
    const named = key.endsWith('-01') ? year.format(date) : month.format(date);
    return `<text class="tick" x="${at((x(key) ?? 0) + x.bandwidth() / 2)}" y="${at(frame.bottom + 18)}" text-anchor="middle">${svgText(named)}</text>`;
  });
  const ticks = numberAxis(y, frame, 4, (value) => (Number.isInteger(value) ? view.language.number(value) : ''));
  return { height, content: `${ticks}${bars.join('')}${baseline(frame)}${labels.join('')}` };
}

/** The last twelve months, this one included. */
export function landingsChart(counts: readonly MonthCount[], view: BoardView): Chart {
  const months = monthsOf(counts, view.now);
  const verdicts = verdictsInOrder(months.flatMap(({ counts: of }) => [...of.keys()]));
  const { words, language } = view;
  const shown = months.filter((one) => one.counts.size > 0);
  return {
    id: 'landings',
    ...words.charts.landings,
    draw: (width) => draw(months, verdicts, view, width),
    legend: verdicts.map((verdict) => ({ classes: verdictClass(verdict), label: verdictText(verdict, view) })),
    columns: [words.columns.month, ...verdicts.map((verdict) => verdictText(verdict, view)), words.columns.total].map(
      (label) => ({ label }),
    ),
    rows: shown.map(({ month, counts: of }) => [
      month,
      ...verdicts.map((verdict) => language.number(of.get(verdict) ?? 0)),
      language.number([...of.values()].reduce((sum, count) => sum + count, 0)),
    ]),
  };
}
