// Components of all pages: links, times, badges, and tables that turn into cards on a narrow screen.
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { oneLine, webAddress } from '../../messages/outside.ts';
import { modelPath } from '../../reports/answers.ts';
import type { Iso } from '../../types/core.ts';
import type { Story } from '../../types/story.ts';
import { type BoardView, href } from './view.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
export type HtmlPart = Html | string | null;

const nameAtMost = 160;

/** Text from outside: on one line, without control characters, limited in length. */
export function clipped(text: string, most = nameAtMost): string {
  const characters = Array.from(oneLine(text.slice(0, most * 8)));
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
}

export function part(content: HtmlPart): Html {
  return html`${content ?? ''}`;
}

/** A link to another site; an address that is not http or https becomes plain text. */
export function outward(url: string, content: HtmlPart, view: BoardView, classes = ''): Html {
  const address = webAddress(url);
  if (address === null) return part(content);
  return html`<a class="out ${classes}" href="${address.href}" rel="noopener noreferrer nofollow">${content}<span class="hidden"> (${view.words.external})</span></a>`;
}

export function storyLink(story: Pick<Story, 'key' | 'name'>, view: BoardView, classes = 'name'): Html {
  return html`<a class="${classes}" href="${href(view, modelPath(story.key))}">${clipped(story.name)}</a>`;
}

/** `23 Aug 2025`, with the exact time as a tooltip. */
export function day(at: Iso, view: BoardView): Html {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return part('–');
  return html`<time datetime="${moment.toISOString()}" title="${view.language.moment(at, 'UTC')}">${view.language.shortDate(at)}</time>`;
}

/** Date and time; the page's script turns it into `5 min ago`. */
export function moment(at: Iso | null, view: BoardView): Html {
  if (at === null || Number.isNaN(Date.parse(at))) return part('–');
  return html`<time datetime="${at}" data-relative>${view.language.moment(at, 'UTC')}</time>`;
}

const spans = [
  { unit: 'second', ms: 1_000, below: 90_000 },
  { unit: 'minute', ms: 60_000, below: 5_400_000 },
  { unit: 'hour', ms: 3_600_000, below: 129_600_000 },
  { unit: 'day', ms: 86_400_000, below: Number.POSITIVE_INFINITY },
] as const;

/** A duration in words: `4 minutes`. */
export function duration(ms: number, view: BoardView): string {
  const span = spans.find(({ below }) => ms < below) ?? spans[3];
  return new Intl.NumberFormat(view.language.texts.formatting, {
    style: 'unit',
    unit: span.unit,
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(Math.max(0, ms) / span.ms);
}

/** The CSS class of a verdict's colour; an unlisted verdict gets the neutral one. */
export function verdictClass(verdict: string | null): string {
  return `v-${(verdict ?? 'unknown').toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
}

export function verdictText(verdict: string | null, view: BoardView): string {
  if (verdict === null || verdict === 'unknown') return view.words.noVerdict;
  const { verdicts } = view.language.texts;
  return Object.hasOwn(verdicts, verdict) ? (verdicts[verdict] ?? verdict) : verdict;
}

export function verdictBadge(verdict: string | null, view: BoardView): Html {
  return html`<span class="badge ${verdictClass(verdict)}">${verdictText(verdict, view)}</span>`;
}

export interface TableColumn {
  readonly label: string;
  readonly classes?: string;
  /** Replaces the label in the table's head, such as a link for sorting. */
  readonly head?: Html;
  readonly sorted?: 'ascending' | 'descending' | null;
}

/** The first cell of a row is its header. Roles are explicit, because tables laid out as cards would lose them. */
export function table(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly HtmlPart[])[],
  classes = '',
): Html {
  const head = columns.map(
    ({ label, head: link, classes: more = '', sorted = null }) =>
      html`<th role="columnheader" scope="col" class="${more}"${sorted === null ? '' : html` aria-sort="${sorted}"`}>${link ?? label}</th>`,
  );
  const body = rows.map(
    (cells) =>
      html`<tr role="row">${cells.map((cell, index) =>
        index === 0
          ? html`<th role="rowheader" scope="row" class="${columns[0]?.classes ?? ''}">${cell ?? ''}</th>`
          : html`<td role="cell" class="${columns[index]?.classes ?? ''}" data-label="${columns[index]?.label ?? ''}">${cell ?? ''}</td>`,
      )}</tr>`,
  );
  return html`<table role="table" class="${classes}">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">${body}</tbody>
</table>`;
}

/** Links to the first and the next page; nothing when there is only one page. */
export function pager(view: BoardView, first: string | null, next: string | null): Html {
  if (first === null && next === null) return part('');
  const { words } = view;
  return html`<nav class="pager" aria-label="${words.pager.name}">
${first === null ? '' : html`<a href="${first}">← ${words.pager.first}</a>`}
${next === null ? '' : html`<a rel="next" href="${next}">${words.pager.older} →</a>`}
</nav>`;
}
