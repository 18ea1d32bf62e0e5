// A bar chart in which every bar is stacked by verdict.
import { scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import { verdictClass, verdictText } from '../parts.ts';
import type { BoardView } from '../view.ts';
import { baseline, numberAxis } from './axes.ts';
import { at, type ChartDrawing, svgText } from './figure.ts';

export interface VerdictBar {
  /** The bar's period: `2026-01` or `2026-01-31`. */
  readonly key: string;
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

/** The distinct verdicts, from open to closed; unlisted ones come last, followed by `unknown`. */
export function verdictsInOrder(verdicts: readonly string[]): readonly string[] {
  const found = new Set(verdicts);
  const rank = (verdict: string): number =>
    verdict === unknown ? order.length + 1 : order.includes(verdict) ? order.indexOf(verdict) : order.length;
  return [...found].toSorted((one, other) => rank(one) - rank(other));
}

interface BarSize {
  readonly width: number;
  readonly height: number;
}

/** `labelOf` returns the label below a bar; null = none. */
export function drawBars(
  bars: readonly VerdictBar[],
  view: BoardView,
  { width, height }: BarSize,
  labelOf: (key: string) => string | null,
): ChartDrawing {
  const frame = { left: 36, right: width - 6, top: 12, bottom: height - 28 };
  const totals = bars.map(({ counts }) => [...counts.values()].reduce((sum, count) => sum + count, 0));
  const x = scaleBand<string>()
    .domain(bars.map(({ key }) => key))
    .range([frame.left, frame.right])
    .padding(0.28);
  const y = scaleLinear()
    .domain([0, Math.max(4, ...totals)])
    .nice(4)
    .range([frame.bottom, frame.top]);
  const layers = stack<VerdictBar, string>()
    .keys(verdictsInOrder(bars.flatMap(({ counts }) => [...counts.keys()])))
    .value(({ counts }, verdict) => counts.get(verdict) ?? 0)(bars);
  const drawn = layers.flatMap((layer) =>
    layer.flatMap((band) => {
      const [from, to] = band;
      if (to <= from) return [];
      const title = svgText(`${verdictText(layer.key, view)}: ${view.language.number(to - from)}`);
      return `<rect class="fill ${verdictClass(layer.key)}" x="${at(x(band.data.key) ?? 0)}" width="${at(x.bandwidth())}" y="${at(y(to))}" height="${at(y(from) - y(to))}"><title>${title}</title></rect>`;
    }),
  );
  const labels = bars.flatMap(({ key }) => {
    const label = labelOf(key);
    const middle = (x(key) ?? 0) + x.bandwidth() / 2;
    return label === null
      ? []
      : `<text class="tick" x="${at(middle)}" y="${at(frame.bottom + 18)}" text-anchor="middle">${svgText(label)}</text>`;
  });
  const ticks = numberAxis(y, frame, 4, (value) => (Number.isInteger(value) ? view.language.number(value) : ''));
  return { height, content: `${ticks}${drawn.join('')}${baseline(frame)}${labels.join('')}` };
}
