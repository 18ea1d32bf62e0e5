// The frame of every page: head, navigation, language switch, footer.
import { html } from 'hono/html';
import type { PageName } from '../../messages/board.ts';
import { locales, messagesFor } from '../../messages/index.ts';
import type { Html, HtmlPart } from './parts.ts';
import { type BoardView, href } from './view.ts';

export interface PageParts {
  /** The current entry of the navigation; null = none. */
  readonly name: PageName | null;
  readonly title: string;
  readonly lead: HtmlPart;
  readonly main: HtmlPart;
  /** Above the title: a badge or a link back. */
  readonly above?: HtmlPart;
}

const paths: Readonly<Record<PageName, string>> = {
  landed: '/',
  promises: '/promises',
  openness: '/openness',
  status: '/status',
};

function navigation(view: BoardView, lit: PageName | null): Html {
  const names = (Object.keys(paths) as PageName[]).filter((name) => name !== 'status' || !view.public);
  return html`<nav class="pages" aria-label="${view.words.navigation}"><ul>${names.map(
    (name) =>
      html`<li><a href="${href(view, paths[name])}"${name === lit ? html` aria-current="page"` : ''}>${view.words.pages[name].name}</a></li>`,
  )}</ul></nav>`;
}

function languages(view: BoardView): Html {
  return html`<nav class="languages" aria-label="${view.words.languages}"><ul>${locales.map((locale) => {
    const query = Object.fromEntries([...view.query].filter(([name]) => name !== 'lang').slice(0, 20));
    const name = messagesFor(locale).texts.name;
    const current = locale === view.language.locale;
    return html`<li><a href="${href(view, view.path, { ...query, lang: locale })}" lang="${locale}" hreflang="${locale}"${
      current ? html` aria-current="true"` : ''
    }>${name}</a></li>`;
  })}</ul></nav>`;
}

export function page(view: BoardView, { name, title, lead, main, above = null }: PageParts): Html {
  const { words } = view;
  return html`<!doctype html>
<html lang="${view.language.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Landfall</title>
<meta name="description" content="${words.tagline}">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/board.css?v=${view.assets}">
<link rel="alternate" type="application/atom+xml" title="Landfall" href="/feed.atom">
<link rel="alternate" type="application/feed+json" title="Landfall" href="/feed.json">
<script src="/assets/board.js?v=${view.assets}" defer></script>
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header class="top">
<div class="bar">
<a class="brand" href="${href(view, '/')}"><svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><circle cx="12" cy="8" r="3.4"/><path d="M3 14.5h18M5.5 18h13M8.5 21.5h7"/></svg>Landfall</a>
${navigation(view, name)}
${languages(view)}
</div>
</header>
<main id="main" tabindex="-1">
<div class="intro">
${above ?? ''}
<h1>${title}</h1>
${lead === null ? '' : html`<p class="lead">${lead}</p>`}
</div>
${main ?? ''}
</main>
<footer class="bottom">
<p>${words.footer.about}</p>
<ul>
<li><a href="/feed.atom">Atom</a></li>
<li><a href="/feed.json">JSON Feed</a></li>
<li><a href="${href(view, '/calendar.ics')}">iCalendar</a></li>
<li><a href="/opml">OPML</a></li>
<li><a href="/api/v1/openapi.json">${words.footer.api}</a></li>
</ul>
</footer>
</body>
</html>
`;
}
