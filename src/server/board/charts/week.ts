// What landed in a span of days, one bar a day, stacked by verdict.
import { scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import { utcDay } from 'd3-time';
import type { WeekPicture } from '../../../types/picture.ts';
import { verdictClass, verdictText } from '../parts.ts';
import type { BoardView } from '../view.ts';
import { baseline, numberAxis } from './axes.ts';
import { at, type Chart, type ChartDrawing, svgText } from './figure.ts';
import { verdictsInOrder } from './landings.ts';

type Landed = WeekPicture['landed'][number];

interface Day {
  readonly day: string;
  readonly counts: ReadonlyMap<string, number>;
}

function daysOf(landed: readonly Landed[], from: string, to: string): readonly Day[] {
  return utcDay.range(new Date(from), utcDay.offset(new Date(to), 1)).map((date) => {
    const day = date.toISOString().slice(0, 10);
    const mine = landed.filter((one) => one.day === day);
    return {
      day,
      counts: new Map([...Map.groupBy(mine, ({ verdict }) => verdict)].map(([key, list]) => [key, list.length])),
    };
  });
}

function draw(days: readonly Day[], verdicts: readonly string[], view: BoardView, width: number): ChartDrawing {
  const height = 220;
  const frame = { left: 36, right: width - 6, top: 12, bottom: height - 28 };
  const totals = days.map(({ counts }) => [...counts.values()].reduce((sum, count) => sum + count, 0));
  const x = scaleBand<string>()
    .domain(days.map(({ day }) => day))
    .range([frame.left, frame.right])
    .padding(0.28);
  const y = scaleLinear()
    .domain([0, Math.max(4, ...totals)])
    .nice(4)
    .range([frame.bottom, frame.top]);
  const layers = stack<Day, string>()
    .keys(verdicts)
    .value(({ counts }, verdict) => counts.get(verdict) ?? 0)([...days]);
  const bars = layers.flatMap((layer) =>
    layer.map(([low, high], index) => {
      const left = x(days[index]?.day ?? '') ?? 0;
      const tall = y(low) - y(high);
      return tall <= 0
        ? ''
        : `<rect class="fill ${verdictClass(layer.key)}" x="${at(left)}" y="${at(y(high))}" width="${at(x.bandwidth())}" height="${at(tall)}"/>`;
    }),
  );
  const names = new Intl.DateTimeFormat(view.language.texts.formatting, {
    weekday: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  });
  const ticks = days.map(({ day }) => {
    const middle = (x(day) ?? 0) + x.bandwidth() / 2;
    return `<text class="tick" x="${at(middle)}" y="${at(frame.bottom + 18)}" text-anchor="middle">${svgText(names.format(new Date(day)))}</text>`;
  });
  const grid = numberAxis(y, frame, 4, (value) => (Number.isInteger(value) ? view.language.number(value) : ''));
  return { height, content: `${grid}${baseline(frame)}${bars.join('')}${ticks.join('')}` };
}

/** `from` and `to`: the first and the last day. */
export function weekChart(landed: readonly Landed[], from: string, to: string, view: BoardView): Chart {
  const days = daysOf(landed, from, to);
  const verdicts = verdictsInOrder(landed.map(({ verdict }) => verdict));
  return {
    id: 'week',
    title: 'what landed, day by day, by verdict',
    about: '',
    draw: (width) => draw(days, verdicts, view, width),
    legend: verdicts.map((verdict) => ({ classes: verdictClass(verdict), label: verdictText(verdict, view) })),
    columns: [],
    rows: [],
  };
}
