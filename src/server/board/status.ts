// `/status`: watches, channels and quotas, failures first. Not served by a public board.
import { html } from 'hono/html';
import { fill } from '../../messages/fill.ts';
import type { Standings, StandingWatch } from '../../reports/standings.ts';
import { page } from './page.ts';
import { clipped, type Html, moment, part, table } from './parts.ts';
import { type BoardView, href } from './view.ts';

export interface StatusPage {
  readonly standings: Standings;
  /** The watches on this page. */
  readonly shown: readonly StandingWatch[];
  readonly words: string;
  readonly offset: number;
  readonly most: number;
}

function stateCell({ state, reason }: StandingWatch, view: BoardView): Html {
  const text = reason === null ? null : clipped(view.language.reason(reason), 160);
  return html`<span class="badge s-${state}">${view.words.status.states[state]}</span>${text === null ? '' : html`<span class="sub">${text}</span>`}`;
}

function watches({ standings, shown, words: asked, offset, most }: StatusPage, view: BoardView): Html {
  const { words, language } = view;
  const list = standings.watches;
  const columns = [
    { label: words.columns.watch, classes: 'title' },
    { label: words.columns.state, classes: 'verdict' },
    { label: words.columns.lastLook, classes: 'when' },
    { label: words.columns.nextLook, classes: 'when' },
    { label: words.columns.lastChange, classes: 'when' },
    { label: words.columns.pace },
  ];
  const rows = shown.map((watch) => [
    html`<span class="name">${clipped(watch.target)}</span>${watch.select === null ? '' : html`<span class="sub"><code>${clipped(watch.select, 80)}</code></span>`}`,
    stateCell(watch, view),
    moment(watch.lastLook, view),
    moment(watch.nextLook, view),
    moment(watch.lastChange, view),
    watch.pace === null ? null : clipped(language.reason(watch.pace), 120),
  ]);
  const to = (from: number): string => href(view, '/status', { q: asked, from: from === 0 ? null : String(from) });
  return html`<section id="watches"><h2>${words.status.watches} <span class="count">${language.number(list.length)}</span></h2>
<form class="filters" method="get" action="/status" role="search">
${view.chosen === null ? '' : html`<input type="hidden" name="lang" value="${view.chosen}">`}
<label class="grow"><span>${words.status.search}</span><input type="search" name="q" maxlength="100" value="${asked}" autocomplete="off"></label>
<button type="submit">${words.filter.apply}</button>
</form>
${rows.length === 0 ? html`<p class="empty">${words.empty.watches}</p>` : table(words.status.watches, columns, rows, 'cards')}
<nav class="pager" aria-label="${words.pager.name}">
${offset > 0 ? html`<a rel="prev" href="${to(Math.max(0, offset - most))}">←</a>` : ''}
${offset + most < list.length ? html`<a rel="next" href="${to(offset + most)}">→</a>` : ''}
</nav></section>`;
}

function channels({ channels: list }: Standings, view: BoardView): Html {
  if (list.length === 0) return part('');
  const { words, language } = view;
  const state = (channel: Standings['channels'][number]): string => {
    if (!channel.on) return words.status.off;
    const reason = channel.reason === null ? '' : clipped(language.reason(channel.reason), 160);
    if (channel.gone) return fill(words.status.gone, { reason });
    if (channel.holdUntil === null) return words.status.well;
    return fill(words.status.held, { until: language.moment(channel.holdUntil, 'UTC'), reason });
  };
  const rows = list.map((channel) => [
    html`<span class="name">${clipped(channel.channel, 80)}</span>`,
    state(channel),
    channel.owed === 0 ? words.status.owedNothing : language.number(channel.owed),
  ]);
  const columns = [
    { label: words.columns.channel, classes: 'title' },
    { label: words.columns.state },
    { label: words.columns.owed, classes: 'number' },
  ];
  return html`<section id="channels"><h2>${words.status.channels}</h2>${table(words.status.channels, columns, rows, 'cards')}</section>`;
}

function pools({ pools: list }: Standings, view: BoardView): Html {
  if (list.length === 0) return part('');
  const { words, language } = view;
  const rows = list.map((pool) => [
    html`<span class="name">${clipped(pool.pool, 80)}</span>`,
    language.number(pool.targets),
    `${language.number(pool.spent)} / ${language.number(pool.cap)}`,
    pool.left === null ? null : language.number(pool.left),
  ]);
  const columns = [
    { label: words.columns.pool, classes: 'title' },
    { label: words.columns.targets, classes: 'number' },
    { label: words.columns.spent, classes: 'number' },
    { label: words.columns.left, classes: 'number' },
  ];
  return html`<section id="pools"><h2>${words.status.pools}</h2>${table(words.status.pools, columns, rows, 'cards')}</section>`;
}

export function statusPage(view: BoardView, status: StatusPage): Html {
  const { words } = view;
  const { beat } = status.standings;
  const [before = '', after = ''] = words.status.beat.split('{at}');
  const lead =
    beat === null ? words.status.noBeat : html`${words.pages.status.lead} ${before}${moment(beat, view)}${after}`;
  const main = html`${watches(status, view)}${channels(status.standings, view)}${pools(status.standings, view)}`;
  return page(view, { name: 'status', title: words.pages.status.title, lead, main });
}
