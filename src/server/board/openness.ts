// `/openness`: models side by side, a row per model and a column per question; also as CSV.
import { html } from 'hono/html';
import { verdictOf } from '../../reports/answers.ts';
import type { SortedPage, SortOrder } from '../../reports/listing.ts';
import { landedAt } from '../../store/brief.ts';
import type { Story } from '../../types/story.ts';
import { answer, answerText, factOf, questionLabel } from './facts.ts';
import { page } from './page.ts';
import { clipped, day, type Html, part, storyLink, table, verdictBadge, verdictText } from './parts.ts';
import { type BoardView, href } from './view.ts';

/** The questions that readers ask first; all others follow in the card's own order. */
const first = [
  'licence',
  'commercialUse',
  'territory',
  'weights',
  'parameters',
  'bytes',
  'gated',
  'trainingData',
  'trainingCode',
  'inferenceCode',
  'report',
  'licenceConflict',
  'derivativeOf',
];
/** Questions covered by another column, or about the lab rather than the model. */
const left: ReadonlySet<string> = new Set([
  'verdict',
  'licenceClass',
  'files',
  'formats',
  'copies',
  'newestOpen',
  'newestOverall',
]);

export function questionNames(stories: readonly Story[]): readonly string[] {
  const found = new Set(stories.flatMap(({ openness }) => Object.keys(openness ?? {})));
  return [...first, ...[...found].filter((name) => !first.includes(name) && !left.has(name))];
}

function sortHead(by: string, label: string, order: SortOrder, view: BoardView): Html {
  const down = order.by === by ? !order.down : by === 'when';
  const arrow = order.by === by ? (order.down ? ' ↓' : ' ↑') : '';
  const title = view.words.openness.sortBy.replace('{column}', label);
  return html`<a href="${href(view, '/openness', { sort: by, dir: down ? 'desc' : 'asc' })}" title="${title}">${label}${arrow}</a>`;
}

function pages({ page: at, pages: count }: SortedPage, order: SortOrder, view: BoardView): Html {
  if (count <= 1) return part('');
  const { words, language } = view;
  const to = (number: number): string =>
    href(view, '/openness', { sort: order.by, dir: order.down ? 'desc' : 'asc', page: String(number) });
  return html`<nav class="pager" aria-label="${words.pager.name}">
${at > 1 ? html`<a rel="prev" href="${to(at - 1)}" aria-label="${language.number(at - 1)}">←</a>` : ''}
<span>${language.number(at)} / ${language.number(count)}</span>
${at < count ? html`<a rel="next" href="${to(at + 1)}" aria-label="${language.number(at + 1)}">→</a>` : ''}
</nav>`;
}

export function opennessPage(view: BoardView, sorted: SortedPage, order: SortOrder): Html {
  const { words } = view;
  const names = questionNames(sorted.stories);
  const column = (by: string, label: string, classes = '') => ({
    label,
    classes,
    head: sortHead(by, label, order, view),
    sorted: order.by === by ? (order.down ? ('descending' as const) : ('ascending' as const)) : null,
  });
  const columns = [
    column('model', words.columns.model, 'title'),
    column('when', words.columns.when, 'when'),
    column('verdict', words.columns.verdict, 'verdict'),
    ...names.map((name) => column(name, questionLabel(name, view))),
  ];
  const rows = sorted.stories.map((story) => [
    html`${storyLink(story, view)}<span class="sub">${story.lab === null ? '' : clipped(story.lab, 40)}</span>`,
    day(landedAt(story), view),
    verdictBadge(verdictOf(story), view),
    ...names.map((name) => answer(name, factOf(story, name), view)),
  ]);
  const main =
    rows.length === 0
      ? html`<p class="empty">${words.empty.landed}</p>`
      : html`<p class="tools"><a class="button" href="${href(view, '/openness.csv')}">${words.openness.csv}</a></p>
<div class="wide-table" role="region" tabindex="0" aria-label="${words.openness.scroll}">${table(words.pages.openness.title, columns, rows, 'cards matrix')}</div>
${pages(sorted, order, view)}`;
  return page(view, { name: 'openness', title: words.pages.openness.title, lead: words.pages.openness.lead, main });
}

/** Prevents a spreadsheet from reading the text as a formula: https://owasp.org/www-community/attacks/CSV_Injection */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}

/** CSV by RFC 4180; each question has two columns, its answer and the address of its evidence. */
export function opennessCsv(view: BoardView, stories: readonly Story[]): string {
  const names = questionNames(stories);
  const { columns } = view.words;
  const head = [
    columns.model,
    columns.lab,
    columns.when,
    columns.verdict,
    ...names.flatMap((name) => [
      questionLabel(name, view),
      `${questionLabel(name, view)}: ${view.words.model.evidenceOf}`,
    ]),
  ];
  const rows = stories.map((story) => [
    clipped(story.name),
    story.lab ?? '',
    landedAt(story),
    verdictText(verdictOf(story), view),
    ...names.flatMap((name) => {
      const fact = factOf(story, name);
      return fact === null ? ['', ''] : [answerText(name, fact.value, view), fact.because.url];
    }),
  ]);
  return `${[head, ...rows].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
