// A model's downloads, likes and derivatives by days after its release.
import { scaleLinear, scaleLog } from 'd3-scale';
import { curveMonotoneX, line } from 'd3-shape';
import type { Measure, Relation } from '../../../messages/board.ts';
import type { SpreadPoint, SpreadSeries } from '../../../reports/spread.ts';
import type { BoardView } from '../view.ts';
import { baseline, numberAxis } from './axes.ts';
import { at, type Chart, type ChartDrawing, svgText } from './figure.ts';

const drawn: readonly Measure[] = ['downloadsAll', 'downloads', 'likes', 'derivatives', 'stars', 'forks'];

function measureText(measure: string, view: BoardView): string {
  const { measures, relations } = view.words.charts;
  const [name = '', relation = ''] = measure.split(':');
  if (relation !== '') return Object.hasOwn(relations, relation) ? relations[relation as Relation] : relation;
  return Object.hasOwn(measures, name) ? measures[name as Measure] : name;
}

/** Total downloads where they are known, else those of the last 30 days; never both. */
function shown(series: SpreadSeries): readonly (readonly [Measure, readonly SpreadPoint[]])[] {
  return drawn.flatMap((measure) => {
    const points = series.measures.get(measure);
    if (points === undefined || (measure === 'downloads' && series.measures.has('downloadsAll'))) return [];
    return [[measure, points] as const];
  });
}

function draw(lines: ReturnType<typeof shown>, view: BoardView, width: number): ChartDrawing {
  const height = width > 500 ? 280 : 240;
  const frame = { left: 48, right: width - 14, top: 14, bottom: height - 28 };
  const values = lines.flatMap(([, points]) => points.map(({ value }) => value));
  const days = lines.flatMap(([, points]) => points.map(({ after }) => after));
  const x = scaleLinear()
    .domain([0, Math.max(7, ...days)])
    .range([frame.left, frame.right]);
  const y = scaleLog()
    .domain([1, Math.max(10, ...values)])
    .nice()
    .range([frame.bottom, frame.top]);
  const compact = new Intl.NumberFormat(view.language.texts.formatting, { notation: 'compact' });
  const powers = (value: number): string => (Number.isInteger(Math.log10(value)) ? compact.format(value) : '');
  const path = line<SpreadPoint>()
    .x(({ after }) => x(after))
    .y(({ value }) => y(Math.max(1, value)))
    .curve(curveMonotoneX)
    .digits(1);
  const curves = lines.map(([measure, points]) => {
    const last = points.at(-1);
    const dot =
      last === undefined
        ? ''
        : `<circle class="fill m-${measure}" cx="${at(x(last.after))}" cy="${at(y(Math.max(1, last.value)))}" r="3.5"/>`;
    return `<path class="line m-${measure}" d="${path(points) ?? ''}"/>${dot}`;
  });
  const ticks = x
    .ticks(width < 500 ? 4 : 8)
    .filter(Number.isInteger)
    .map(
      (value) =>
        `<text class="tick" x="${at(x(value))}" y="${at(frame.bottom + 18)}" text-anchor="middle">${svgText(view.language.number(value))}</text>`,
    );
  const grid = numberAxis(y, frame, 4, powers);
  return { height, content: `${grid}${baseline(frame)}${curves.join('')}${ticks.join('')}` };
}

export function spreadChart(series: SpreadSeries, view: BoardView): Chart {
  const { words, language } = view;
  const lines = shown(series);
  const measures = [...series.measures.keys()];
  const days = [...new Map([...series.measures.values()].flat().map((point) => [point.day, point.after]))];
  const valueOn = (measure: string, day: string): string => {
    const point = series.measures.get(measure)?.find((one) => one.day === day);
    return point === undefined ? '–' : language.number(point.value);
  };
  return {
    id: 'spread',
    ...words.charts.spread,
    draw: (width) => draw(lines, view, width),
    legend: lines.map(([measure]) => ({ classes: `m-${measure}`, label: words.charts.measures[measure] })),
    columns: [{ label: words.columns.day }, ...measures.map((measure) => ({ label: measureText(measure, view) }))],
    rows: days
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([day, after]) => [
        `${day} (+${language.number(after)})`,
        ...measures.map((measure) => valueOn(measure, day)),
      ]),
  };
}
