// The pages for "not found" and other errors.
import { html } from 'hono/html';
import type { BoardMessages } from '../../messages/board.ts';
import { page } from './page.ts';
import type { Html } from './parts.ts';
import { type BoardView, href } from './view.ts';

export function errorPage(view: BoardView, kind: Exclude<keyof BoardMessages['errors'], 'home'>): Html {
  const { words } = view;
  const { title, text, hint } = words.errors[kind];
  const main = html`<p>${hint}</p>
<form class="filters" method="get" action="/" role="search" aria-label="${words.filter.name}">
${view.chosen === null ? '' : html`<input type="hidden" name="lang" value="${view.chosen}">`}
<label class="grow"><span>${words.filter.search}</span><input type="search" name="q" maxlength="100" autocomplete="off"></label>
<button type="submit">${words.filter.apply}</button>
</form>
<p class="tools"><a class="button" href="${href(view, '/')}">${words.errors.home}</a></p>`;
  return page(view, { name: null, title, lead: text, main });
}
