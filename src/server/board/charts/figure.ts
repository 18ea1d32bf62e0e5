// A complete chart: title, picture with a text alternative, and the same figures as a table.
import { html, raw } from 'hono/html';
import { clipped, type Html, type HtmlPart, part, type TableColumn, table } from '../parts.ts';
import type { BoardView } from '../view.ts';

/** Each chart is drawn for a wide and a narrow screen, as text in a scaled picture is illegible. `full`: alone in its row. */
export const widths = { full: 1_080, wide: 540, narrow: 330 } as const;

export interface ChartDrawing {
  readonly height: number;
  /** SVG elements; all their text is escaped by `svgText`. */
  readonly content: string;
}

export interface Chart {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** The description for readers who cannot see the picture, in addition to the table. */
  readonly about: string;
  readonly draw: (width: number) => ChartDrawing;
  readonly legend?: readonly { readonly classes: string; readonly label: string }[];
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly HtmlPart[])[];
  readonly note?: HtmlPart;
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for an SVG element or attribute, without characters that XML forbids. */
export function svgText(text: string, most = 60): string {
  return clipped(text, most).replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? '');
}

/** Rounds a coordinate to a tenth of a unit. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function svg(
  chart: Pick<Chart, 'id' | 'title' | 'about'>,
  size: keyof typeof widths,
  drawing: ChartDrawing,
): string {
  const width = widths[size];
  const { id } = chart;
  return `<svg class="${size === 'narrow' ? 'narrow' : 'wide'}" role="img" viewBox="0 0 ${width} ${at(drawing.height)}" aria-labelledby="${id}-${size}-t ${id}-${size}-d"><title id="${id}-${size}-t">${svgText(chart.title, 200)}</title><desc id="${id}-${size}-d">${svgText(chart.about, 300)}</desc>${drawing.content}</svg>`;
}

export function figure(chart: Chart, view: BoardView, size: 'full' | 'wide' = 'wide'): Html {
  if (chart.rows.length === 0) return part('');
  const legend =
    chart.legend === undefined
      ? ''
      : html`<ul class="legend">${chart.legend.map(({ classes, label }) => html`<li><span class="key ${classes}"></span>${label}</li>`)}</ul>`;
  return html`<figure class="chart ${size}" id="${chart.id}">
<figcaption><h2>${chart.title}</h2>${chart.note === undefined ? '' : html`<p>${chart.note}</p>`}</figcaption>
${legend}
${raw(svg(chart, size, chart.draw(widths[size])))}
${raw(svg(chart, 'narrow', chart.draw(widths.narrow)))}
<details><summary>${view.words.charts.figures}</summary>${table(chart.title, chart.columns, chart.rows, 'figures')}</details>
</figure>`;
}
