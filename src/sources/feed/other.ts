// Reads with feedsmith what rss-parser does not accept: JSON Feed, and RSS with an unusual structure.
import { type AtomFeed, type JsonFeed, parseFeed, parseJsonFeed, type RdfFeed, type RssFeed } from 'feedsmith';
import { type RawEntry, type RawFeed, type RawLink, restOf } from './entry.ts';

/** Throws feedsmith's error for a document that it does not accept either. */
export function readByFeedsmith(text: string): RawFeed {
  const parsed = parseFeed(text);
  switch (parsed.format) {
    case 'rss':
      return fromRss(parsed.feed);
    case 'atom':
      return fromAtom(parsed.feed);
    case 'rdf':
      return fromRdf(parsed.feed);
    case 'json':
      return fromJson(parsed.feed);
  }
}

/** Throws for what is not a JSON Feed. */
export const readJsonFeed = (value: unknown): RawFeed => fromJson(parseJsonFeed(value));

const alternate = (href: string | undefined): readonly RawLink[] =>
  href === undefined ? [] : [{ href, rel: 'alternate', type: null, base: null }];

const present = (texts: readonly (string | undefined)[]): readonly string[] =>
  texts.filter((text) => text !== undefined);

const plainEntry = {
  id: null,
  idIsLink: true,
  links: [],
  title: '',
  summary: '',
  dates: [],
  updates: [],
  author: null,
  lang: null,
  base: null,
};
const plainFeed = { bases: [], links: [], lang: null, dates: [], restMs: null };

const fromRss = (feed: RssFeed.Feed<string>): RawFeed => ({
  ...plainFeed,
  bases: present([feed.xml?.base]),
  links: alternate(feed.link),
  lang: feed.language ?? feed.dc?.languages?.[0] ?? null,
  dates: present([feed.lastBuildDate, feed.pubDate]),
  restMs: restOf(String(feed.ttl ?? ''), feed.sy?.updatePeriod ?? '', String(feed.sy?.updateFrequency ?? '')),
  entries: (feed.items ?? []).map(
    (item): RawEntry => ({
      ...plainEntry,
      id: item.guid?.value ?? null,
      idIsLink: item.guid?.isPermaLink !== false,
      links: [...alternate(item.link), ...atomLinks(item.atom?.links)],
      title: item.title ?? item.dc?.titles?.[0] ?? '',
      summary: item.description ?? item.content?.encoded ?? '',
      dates: present([item.pubDate, item.dc?.dates?.[0], item.atom?.published]),
      updates: present([item.atom?.updated]),
      author: item.dc?.creators?.[0] ?? item.authors?.[0]?.name ?? null,
      base: item.xml?.base ?? null,
    }),
  ),
});

const fromAtom = (feed: AtomFeed.Feed<string>): RawFeed => ({
  ...plainFeed,
  bases: present([feed.xml?.base]),
  links: atomLinks(feed.links),
  lang: feed.xml?.lang ?? null,
  dates: present([feed.updated]),
  restMs: restOf('', feed.sy?.updatePeriod ?? '', String(feed.sy?.updateFrequency ?? '')),
  entries: (feed.entries ?? []).map(
    (entry): RawEntry => ({
      ...plainEntry,
      id: entry.id ?? null,
      links: atomLinks(entry.links),
      title: entry.title?.value ?? '',
      summary: entry.summary?.value ?? entry.content?.value ?? '',
      dates: present([entry.published]),
      updates: present([entry.updated]),
      author: entry.authors?.[0]?.name ?? null,
      lang: entry.xml?.lang ?? null,
      base: entry.xml?.base ?? null,
    }),
  ),
});

const fromRdf = (feed: RdfFeed.Feed<string>): RawFeed => ({
  ...plainFeed,
  links: alternate(feed.link),
  lang: feed.dc?.languages?.[0] ?? null,
  restMs: restOf('', feed.sy?.updatePeriod ?? '', String(feed.sy?.updateFrequency ?? '')),
  entries: (feed.items ?? []).map(
    (item): RawEntry => ({
      ...plainEntry,
      id: item.rdf?.about ?? null,
      links: alternate(item.link),
      title: item.title ?? '',
      summary: item.description ?? '',
      dates: present([item.dc?.dates?.[0]]),
      author: item.dc?.creators?.[0] ?? null,
    }),
  ),
});

const fromJson = (feed: JsonFeed.Feed<string>): RawFeed => ({
  ...plainFeed,
  links: alternate(feed.home_page_url),
  lang: feed.language ?? null,
  entries: (feed.items ?? []).map(
    (item): RawEntry => ({
      ...plainEntry,
      id: item.id ?? null,
      links: [...alternate(item.url), ...alternate(item.external_url)],
      title: item.title ?? '',
      // Escaped because it is plain text, which would otherwise be read as markup later.
      summary: item.content_html ?? escaped(item.summary ?? item.content_text ?? ''),
      dates: present([item.date_published]),
      updates: present([item.date_modified]),
      author: item.authors?.[0]?.name ?? null,
      lang: item.language ?? null,
    }),
  ),
});

function atomLinks(links: readonly AtomFeed.Link<string>[] | undefined): readonly RawLink[] {
  return (links ?? []).flatMap((link): readonly RawLink[] =>
    link.href === undefined
      ? []
      : [{ href: link.href, rel: link.rel ?? 'alternate', type: link.type ?? null, base: null }],
  );
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
