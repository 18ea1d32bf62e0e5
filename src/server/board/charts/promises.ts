// Promises as windows on a time axis, with the day each one was kept.

import { scaleTime } from 'd3-scale';
import { utcDay, utcTicks } from 'd3-time';
import type { PromisedStory } from '../../../reports/promises.ts';
import { dayMs } from '../../../types/time.ts';
import { clipped } from '../parts.ts';
import type { BoardView } from '../view.ts';
import { timeAxis } from './axes.ts';
import { at, type Chart, type ChartDrawing, svgText } from './figure.ts';

/** A picture with more rows is no longer legible. */
const rowsAtMost = 24;

interface Span {
  readonly promised: PromisedStory;
  readonly said: Date;
  readonly from: Date;
  /** The end of the last day. */
  readonly to: Date;
  readonly kept: Date | null;
}

function spansOf(promises: readonly PromisedStory[]): readonly Span[] {
  return promises.flatMap((promised) => {
    const { pledge, keptAt } = promised;
    const last = pledge.dueTo ?? pledge.dueFrom;
    const first = pledge.dueFrom ?? (last === null ? null : pledge.saidAt);
    if (first === null || last === null) return [];
    const from = new Date(first);
    const to = utcDay.offset(utcDay.floor(new Date(last)), 1);
    const said = new Date(pledge.saidAt);
    if ([from, to, said].some((date) => Number.isNaN(date.getTime()))) return [];
    return [{ promised, said, from, to, kept: keptAt === null ? null : new Date(keptAt) }];
  });
}

function stateClass(state: string): string {
  return `p-${state.replaceAll(' ', '-')}`;
}

function draw(spans: readonly Span[], view: BoardView, width: number): ChartDrawing {
  const narrow = width < 500;
  const rowHeight = narrow ? 46 : 30;
  const left = narrow ? 8 : 190;
  const height = 14 + spans.length * rowHeight + 30;
  const frame = { left, right: width - 14, top: 8, bottom: height - 28 };
  const times = spans.flatMap(({ said, from, to, kept }) => [said, from, to, ...(kept === null ? [] : [kept])]);
  const now = new Date(view.now);
  const scale = scaleTime()
    .domain([new Date(Math.min(...times.map(Number))), new Date(Math.max(...times.map(Number), now.getTime()))])
    .range([frame.left + 4, frame.right - 4]);
  const [start, end] = scale.domain();
  const ticks = start === undefined || end === undefined ? [] : utcTicks(start, end, narrow ? 3 : 6);
  const years = new Intl.DateTimeFormat(view.language.texts.formatting, {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const days = new Intl.DateTimeFormat(view.language.texts.formatting, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const long = start !== undefined && end !== undefined && end.getTime() - start.getTime() > 200 * dayMs;
  const rows = spans.map(({ promised, said, from, to, kept }, index) => {
    const { pledge, story } = promised;
    const top = 14 + index * rowHeight;
    const y = narrow ? top + 30 : top + rowHeight / 2;
    const bar = Math.max(4, scale(to) - scale(from));
    const name = svgText(story.name, narrow ? 40 : 26);
    const label = narrow
      ? `<text class="row" x="${at(frame.left)}" y="${at(top + 14)}">${name}</text>`
      : `<text class="row" x="${at(left - 14)}" y="${at(y)}" dy="0.32em" text-anchor="end">${name}</text>`;
    const lead = `<line class="stretch" x1="${at(scale(said))}" x2="${at(scale(from))}" y1="${at(y)}" y2="${at(y)}"/>`;
    const window = `<rect class="fill ${stateClass(pledge.state)}" x="${at(scale(from))}" y="${at(y - 6)}" width="${at(bar)}" height="12" rx="3"><title>${svgText(view.words.promises.states[pledge.state])}</title></rect>`;
    const dot =
      kept === null
        ? ''
        : `<circle class="kept ${stateClass(pledge.state)}" cx="${at(scale(kept))}" cy="${at(y)}" r="5.5"/>`;
    return `${label}${lead}${window}${dot}`;
  });
  const today = at(scale(now));
  return {
    height,
    content: `${timeAxis(scale, frame, ticks, (date) => (long ? years : days).format(date))}<line class="today" x1="${today}" x2="${today}" y1="${at(frame.top)}" y2="${at(frame.bottom)}"/>${rows.join('')}`,
  };
}

/** Only promises with a date; the latest window first. */
export function promisesChart(promises: readonly PromisedStory[], view: BoardView, id = 'windows'): Chart {
  const { words, language } = view;
  const spans = spansOf(promises)
    .toSorted((one, other) => other.to.getTime() - one.to.getTime())
    .slice(0, rowsAtMost);
  const states = [...new Set(spans.map(({ promised }) => promised.pledge.state))];
  return {
    id,
    ...words.charts.promises,
    draw: (width) => draw(spans, view, width),
    legend: states.map((state) => ({ classes: stateClass(state), label: words.promises.states[state] })),
    columns: [
      { label: words.columns.model },
      { label: words.columns.window },
      { label: words.columns.kept },
      { label: words.columns.state },
    ],
    rows: spans.map(({ promised: { story, pledge, keptAt } }) => [
      clipped(story.name),
      language.days(pledge.dueFrom ?? pledge.dueTo ?? '', pledge.dueTo ?? pledge.dueFrom ?? ''),
      keptAt === null ? '–' : language.date(keptAt.slice(0, 10)),
      words.promises.states[pledge.state],
    ]),
  };
}
