// `/`: what landed, newest first, with open and overdue promises.
import { html } from 'hono/html';
import { verdictOf } from '../../reports/answers.ts';
import type { Choices, StoryPage } from '../../reports/listing.ts';
import type { PromisedStory, PromiseReport } from '../../reports/promises.ts';
import { landedAt } from '../../store/brief.ts';
import type { ListFilter, MonthCount } from '../../store/listing.ts';
import type { Story } from '../../types/story.ts';
import { delayChart } from './charts/delay.ts';
import { figure } from './charts/figure.ts';
import { landingsChart } from './charts/landings.ts';
import { answer, factOf, questionLabel, sizeText } from './facts.ts';
import { page } from './page.ts';
import { clipped, day, type Html, pager, part, storyLink, table, verdictBadge, verdictText } from './parts.ts';
import { type BoardView, href } from './view.ts';

export interface Landed {
  readonly list: StoryPage;
  readonly filter: ListFilter;
  readonly choices: Choices;
  /** Null on all pages but the first. */
  readonly promises: PromiseReport | null;
  /** Delays in milliseconds. Null on all pages but the first page without filters. */
  readonly figures: { readonly months: readonly MonthCount[]; readonly delays: readonly number[] } | null;
  /** Cursor of the next page, as written in the address; null on the last page. */
  readonly next: string | null;
}

const stripAtMost = 4;

/** The query parameters of a filter, for links that keep it. */
export function filterQuery(filter: ListFilter): Readonly<Record<string, string | null>> {
  return {
    q: filter.words ?? null,
    lab: filter.lab ?? null,
    verdict: filter.verdict ?? null,
    kind: filter.kind ?? null,
  };
}

function promiseCard({ story, pledge }: PromisedStory, view: BoardView): Html {
  const { words, language } = view;
  const last = pledge.dueTo ?? pledge.dueFrom;
  const window = last === null ? words.promises.noDate : language.days(pledge.dueFrom ?? last, last);
  const state = pledge.state === 'overdue' ? 'overdue' : 'open';
  return html`<li class="promise p-${state}">
<span class="state">${words.promises.states[pledge.state]}</span>
${storyLink(story, view)}
<span class="by">${clipped(pledge.by, 80)} · ${window}</span>
</li>`;
}

function strip({ overdue, open }: PromiseReport, view: BoardView): Html {
  const shown = [...overdue, ...open].slice(0, stripAtMost);
  if (shown.length === 0) return part('');
  const { words } = view;
  const rest = overdue.length + open.length - shown.length;
  const more = rest > 0 ? ` (+${view.language.number(rest)})` : '';
  return html`<section class="strip" aria-labelledby="strip">
<div class="head"><h2 id="strip">${words.strip.name}</h2><a href="${href(view, '/promises')}">${words.strip.all}${more}</a></div>
<ul>${shown.map((one) => promiseCard(one, view))}</ul>
</section>`;
}

function options(
  values: readonly string[],
  chosen: string | undefined,
  view: BoardView,
  say: (value: string) => string,
): Html {
  const listed = chosen === undefined || values.includes(chosen) ? values : [...values, chosen];
  return html`<option value="">${view.words.filter.all}</option>${listed.map(
    (value) =>
      html`<option value="${value}"${value === chosen ? html` selected` : ''}>${clipped(say(value), 60)}</option>`,
  )}`;
}

function filters({ filter, choices }: Landed, view: BoardView): Html {
  const { words } = view;
  const kinds = ['model', 'software', 'repository', 'news'] as const;
  const isFiltered = Object.values(filterQuery(filter)).some((value) => value !== null);
  return html`<form class="filters" method="get" action="/" role="search" aria-label="${words.filter.name}">
${view.chosen === null ? '' : html`<input type="hidden" name="lang" value="${view.chosen}">`}
<label class="grow"><span>${words.filter.search}</span><input type="search" name="q" maxlength="100" value="${filter.words ?? ''}" autocomplete="off"></label>
<label><span>${words.filter.lab}</span><select name="lab">${options(choices.labs, filter.lab, view, (lab) => lab)}</select></label>
<label><span>${words.filter.verdict}</span><select name="verdict">${options([...choices.verdicts, 'unknown'], filter.verdict, view, (verdict) => verdictText(verdict, view))}</select></label>
<label><span>${words.filter.kind}</span><select name="kind">${options(kinds, filter.kind, view, (kind) => words.filter.kinds[kind as (typeof kinds)[number]] ?? kind)}</select></label>
<button type="submit">${words.filter.apply}</button>
${isFiltered ? html`<a class="clear" href="${href(view, '/')}">${words.filter.clear}</a>` : ''}
</form>`;
}

function nameCell(story: Story, view: BoardView): Html {
  const kind = story.sort === 'model' ? null : view.words.filter.kinds[story.sort];
  return html`${storyLink(story, view)}<span class="sub">${
    story.lab === null ? '' : html`<a href="${href(view, '/', { lab: story.lab })}">${clipped(story.lab, 40)}</a>`
  }${story.lab !== null && kind !== null ? ' · ' : ''}${kind ?? ''}</span>`;
}

function rows(stories: readonly Story[], view: BoardView): Html {
  const { words } = view;
  const asked = ['licence', 'commercialUse', 'territory'];
  const columns = [
    { label: words.columns.model, classes: 'title' },
    { label: words.columns.when, classes: 'when' },
    { label: words.columns.verdict, classes: 'verdict' },
    ...asked.map((name) => ({ label: questionLabel(name, view) })),
    { label: words.columns.size, classes: 'number' },
    { label: questionLabel('gated', view) },
  ];
  const list = stories.map((story) => [
    nameCell(story, view),
    day(landedAt(story), view),
    verdictBadge(verdictOf(story), view),
    ...asked.map((name) => answer(name, factOf(story, name), view)),
    sizeText(story, view),
    answer('gated', factOf(story, 'gated'), view),
  ]);
  return table(words.pages.landed.title, columns, list, 'cards landed');
}

export function landedPage(view: BoardView, landed: Landed): Html {
  const { words } = view;
  const { list, filter, promises, figures, next } = landed;
  const query = filterQuery(filter);
  const isFiltered = Object.values(query).some((value) => value !== null);
  const main = html`${promises === null ? '' : strip(promises, view)}
${filters(landed, view)}
${
  list.stories.length === 0
    ? html`<p class="empty">${isFiltered ? words.empty.filtered : words.empty.landed}</p>`
    : rows(list.stories, view)
}
${pager(view, promises === null ? href(view, '/', query) : null, next === null ? null : href(view, '/', { ...query, after: next }))}
${figures === null ? '' : html`<div class="charts">${figure(landingsChart(figures.months, view), view)}${figure(delayChart(figures.delays, view), view)}</div>`}`;
  return page(view, { name: 'landed', title: words.pages.landed.title, lead: words.pages.landed.lead, main });
}
