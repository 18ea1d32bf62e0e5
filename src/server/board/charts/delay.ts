// The distribution of delays from publication to our message.

import { scaleBand, scaleLinear } from 'd3-scale';
import type { DelayStep } from '../../../messages/board.ts';
import { fill } from '../../../messages/fill.ts';
import { dayMs } from '../../../types/time.ts';
import { duration } from '../parts.ts';
import type { BoardView } from '../view.ts';
import { baseline, numberAxis } from './axes.ts';
import { at, type Chart, type ChartDrawing, svgText } from './figure.ts';

const steps: readonly { readonly step: DelayStep; readonly belowMs: number }[] = [
  { step: 'minute', belowMs: 60_000 },
  { step: 'five', belowMs: 300_000 },
  { step: 'half', belowMs: 1_800_000 },
  { step: 'hours', belowMs: 7_200_000 },
  { step: 'day', belowMs: dayMs },
  { step: 'longer', belowMs: Number.POSITIVE_INFINITY },
];

function counted(delays: readonly number[]): readonly { readonly step: DelayStep; readonly count: number }[] {
  return steps.map(({ step, belowMs }, index) => {
    const fromMs = steps[index - 1]?.belowMs ?? Number.NEGATIVE_INFINITY;
    return { step, count: delays.filter((ms) => ms >= fromMs && ms < belowMs).length };
  });
}

function draw(counts: ReturnType<typeof counted>, view: BoardView, width: number): ChartDrawing {
  const height = 210;
  const frame = { left: 36, right: width - 6, top: 22, bottom: height - (width < 500 ? 42 : 28) };
  const x = scaleBand<string>()
    .domain(counts.map(({ step }) => step))
    .range([frame.left, frame.right])
    .padding(0.22);
  const y = scaleLinear()
    .domain([0, Math.max(4, ...counts.map(({ count }) => count))])
    .nice(4)
    .range([frame.bottom, frame.top]);
  const bars = counts.map(({ step, count }, index) => {
    const left = x(step) ?? 0;
    const middle = at(left + x.bandwidth() / 2);
    const below = frame.bottom + (width < 500 && index % 2 === 1 ? 34 : 18);
    const bar = `<rect class="fill delay" x="${at(left)}" width="${at(x.bandwidth())}" y="${at(y(count))}" height="${at(frame.bottom - y(count))}"/>`;
    const text = (name: string, top: number, words: string): string =>
      `<text class="${name}" x="${middle}" y="${at(top)}" text-anchor="middle">${svgText(words)}</text>`;
    const value = count === 0 ? '' : text('value', y(count) - 6, view.language.number(count));
    return `${bar}${value}${text('tick', below, view.words.charts.steps[step])}`;
  });
  const ticks = numberAxis(y, frame, 4, (value) => (Number.isInteger(value) ? view.language.number(value) : ''));
  return { height, content: `${ticks}${bars.join('')}${baseline(frame)}` };
}

/** `delays`: those of the latest landings that were told, in milliseconds. */
export function delayChart(delays: readonly number[], view: BoardView): Chart {
  const { words, language } = view;
  const counts = counted(delays);
  const middle = delays.toSorted((one, other) => one - other)[Math.floor((delays.length - 1) / 2)];
  return {
    id: 'delay',
    title: words.charts.delay.title,
    about: words.charts.delay.about,
    draw: (width) => draw(counts, view, width),
    columns: [{ label: words.columns.delay }, { label: words.columns.count }],
    rows:
      delays.length === 0 ? [] : counts.map(({ step, count }) => [words.charts.steps[step], language.number(count)]),
    ...(middle === undefined ? {} : { note: fill(words.charts.delay.median, { delay: duration(middle, view) }) }),
  };
}
