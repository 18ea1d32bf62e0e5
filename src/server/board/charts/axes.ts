// Axes as SVG text, from a scale's own ticks; d3-axis would need a DOM.
import type { ScaleLinear, ScaleLogarithmic, ScaleTime } from 'd3-scale';
import { at, svgText } from './figure.ts';

type Numbers = ScaleLinear<number, number> | ScaleLogarithmic<number, number>;

export interface ChartFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Horizontal grid lines with numbers on the left. */
export function numberAxis(scale: Numbers, frame: ChartFrame, count: number, say: (value: number) => string): string {
  return scale
    .ticks(count)
    .map((value) => {
      const y = at(scale(value));
      return `<line class="grid" x1="${at(frame.left)}" x2="${at(frame.right)}" y1="${y}" y2="${y}"/><text class="tick" x="${at(frame.left - 8)}" y="${y}" dy="0.32em" text-anchor="end">${svgText(say(value))}</text>`;
    })
    .join('');
}

/** Vertical grid lines with dates below. */
export function timeAxis(
  scale: ScaleTime<number, number>,
  frame: ChartFrame,
  ticks: readonly Date[],
  say: (value: Date) => string,
): string {
  return ticks
    .map((value) => {
      const x = at(scale(value));
      return `<line class="grid" x1="${x}" x2="${x}" y1="${at(frame.top)}" y2="${at(frame.bottom)}"/><text class="tick" x="${x}" y="${at(frame.bottom + 18)}" text-anchor="middle">${svgText(say(value))}</text>`;
    })
    .join('');
}

export function baseline(frame: ChartFrame): string {
  const y = at(frame.bottom);
  return `<line class="axis" x1="${at(frame.left)}" x2="${at(frame.right)}" y1="${y}" y2="${y}"/>`;
}
