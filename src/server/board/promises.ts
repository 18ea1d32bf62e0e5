// `/promises`: open, overdue, kept, kept late and withdrawn; as lists, on a time axis, and by lab.
import { html } from 'hono/html';
import type { LabRecord, PromisedStory, PromiseReport } from '../../reports/promises.ts';
import { figure } from './charts/figure.ts';
import { promisesChart } from './charts/promises.ts';
import { page } from './page.ts';
import { clipped, day, type Html, outward, part, storyLink, table } from './parts.ts';
import { type BoardView, href } from './view.ts';

const listed = 60;

export function windowText({ pledge }: Pick<PromisedStory, 'pledge'>, view: BoardView): string {
  const last = pledge.dueTo ?? pledge.dueFrom;
  return last === null ? view.words.promises.noDate : view.language.days(pledge.dueFrom ?? last, last);
}

export function stateBadge({ pledge }: Pick<PromisedStory, 'pledge'>, view: BoardView): Html {
  const { states, unconfirmed } = view.words.promises;
  return html`<span class="badge p-${pledge.state.replaceAll(' ', '-')}">${states[pledge.state]}</span>${
    pledge.confirmed ? '' : html` <span class="note">${unconfirmed}</span>`
  }`;
}

export function byWhom({ pledge }: Pick<PromisedStory, 'pledge'>, view: BoardView): Html {
  const by = clipped(pledge.by, 80);
  return pledge.quoteUrl === null ? part(by) : outward(pledge.quoteUrl, by, view, 'fact');
}

interface PromiseList {
  readonly id: string;
  readonly title: string;
  readonly list: readonly PromisedStory[];
  readonly kept?: boolean;
}

function section({ id, title, list, kept = false }: PromiseList, view: BoardView): Html {
  if (list.length === 0) return part('');
  const { words } = view;
  const columns = [
    { label: words.columns.model, classes: 'title' },
    { label: words.columns.promisedBy },
    { label: words.columns.said, classes: 'when' },
    { label: words.columns.window },
    ...(kept ? [{ label: words.columns.kept, classes: 'when' }] : []),
    { label: words.columns.state, classes: 'verdict' },
  ];
  const rows = list
    .slice(0, listed)
    .map((one) => [
      html`${storyLink(one.story, view)}<span class="sub">${one.story.lab === null ? '' : clipped(one.story.lab, 40)}</span>`,
      byWhom(one, view),
      day(one.pledge.saidAt, view),
      windowText(one, view),
      ...(kept ? [one.keptAt === null ? null : day(one.keptAt, view)] : []),
      stateBadge(one, view),
    ]);
  return html`<section id="${id}"><h2>${title} <span class="count">${view.language.number(list.length)}</span></h2>${table(title, columns, rows, 'cards even')}</section>`;
}

function record(records: readonly LabRecord[], view: BoardView): Html {
  if (records.length === 0) return part('');
  const { words, language } = view;
  const columns = [
    { label: words.columns.lab, classes: 'title' },
    { label: words.columns.onTime, classes: 'number' },
    { label: words.columns.late, classes: 'number' },
    { label: words.columns.broken, classes: 'number' },
    { label: words.promises.states.open, classes: 'number' },
  ];
  const rows = records.map(({ lab, onTime, late, broken, open }) => [
    html`<a class="name" href="${href(view, '/', { lab })}">${clipped(lab, 60)}</a>`,
    ...[onTime, late, broken, open].map((count) => language.number(count)),
  ]);
  return html`<section id="record"><h2>${words.promises.record}</h2><p class="about">${words.promises.recordLead}</p>${table(words.promises.record, columns, rows, 'cards record')}</section>`;
}

export function promisesPage(view: BoardView, report: PromiseReport): Html {
  const { words } = view;
  const { overdue, open, kept, late, withdrawn, records } = report;
  const all = [...overdue, ...open, ...kept, ...late, ...withdrawn];
  const { states } = words.promises;
  const main =
    all.length === 0
      ? html`<p class="empty">${words.empty.promises}</p>`
      : html`${section({ id: 'overdue', title: states.overdue, list: overdue }, view)}
${section({ id: 'open', title: states.open, list: open }, view)}
${figure(promisesChart(all, view), view, 'full')}
${record(records, view)}
${section({ id: 'late', title: states['kept late'], list: late, kept: true }, view)}
${section({ id: 'kept', title: states.kept, list: kept, kept: true }, view)}
${section({ id: 'withdrawn', title: states.withdrawn, list: withdrawn }, view)}`;
  return page(view, { name: 'promises', title: words.pages.promises.title, lead: words.pages.promises.lead, main });
}
