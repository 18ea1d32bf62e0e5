// Writes feeds as Atom and JSON Feed 1.1, and the list of watched feeds as OPML 2.0.
import { generateAtomFeed, generateJsonFeed, generateOpml } from 'feedsmith';
import { webAddress } from '../../messages/outside.ts';
import type { FeedEntry } from './entries.ts';

export interface FeedHead {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The feed's own address. */
  readonly self: string;
  readonly home: string;
  readonly language: string;
}

const author = 'Landfall';
/** RFC 4287 requires an `updated` time even for a feed without entries. */
const never = '1970-01-01T00:00:00Z';

export function atomFeed(head: FeedHead, entries: readonly FeedEntry[]): string {
  const updated =
    entries
      .map((entry) => entry.updated)
      .toSorted()
      .at(-1) ?? never;
  const feed = generateAtomFeed({
    id: head.id,
    title: { value: head.title },
    subtitle: { value: head.description },
    updated,
    authors: [{ name: author }],
    generator: { text: author },
    xml: { lang: head.language },
    links: [
      { href: head.self, rel: 'self', type: 'application/atom+xml' },
      { href: head.home, rel: 'alternate', type: 'text/html' },
    ],
    entries: entries.map((entry) => ({
      id: entry.id,
      title: { value: entry.title },
      updated: entry.updated,
      published: entry.published,
      links: [
        { href: entry.url, rel: 'alternate', type: 'text/html' },
        ...(entry.about === null ? [] : [{ href: entry.about, rel: 'related' }]),
      ],
      categories: [{ term: entry.stage }, ...(entry.lab === null ? [] : [{ term: entry.lab }])],
      content: { value: entry.text, type: 'text' },
    })),
  });
  // The library puts white space around CDATA sections, and readers would show it.
  return feed.replaceAll(/>\n {1,40}(<!\[CDATA\[[^\]]*(?:\](?!\]>)[^\]]*)*\]\]>)\n {1,40}</g, '>$1<');
}

export function jsonFeed(head: FeedHead, entries: readonly FeedEntry[]): string {
  const items = entries.map((entry) => ({
    id: entry.id,
    url: entry.url,
    ...(entry.about === null ? {} : { external_url: entry.about }),
    title: entry.title,
    content_text: entry.text,
    date_published: entry.published,
    date_modified: entry.updated,
    tags: [entry.stage, ...(entry.lab === null ? [] : [entry.lab])],
  }));
  const feed = generateJsonFeed({
    title: head.title,
    home_page_url: head.home,
    feed_url: head.self,
    description: head.description,
    language: head.language,
    authors: [{ name: author }],
    items,
  });
  // The library leaves out an empty list, which the format requires.
  const whole = typeof feed === 'object' ? { items, ...feed } : feed;
  return `${JSON.stringify(whole)}\n`;
}

/** Always has an outline: readers take a list without one for broken. */
export function opml(title: string, feed: string, addresses: readonly string[]): string {
  const watched = addresses.flatMap((address) => {
    const url = webAddress(address);
    return url === null ? [] : [{ text: url.host, type: 'rss', xmlUrl: url.href }];
  });
  return generateOpml({
    head: { title },
    body: { outlines: [{ text: title, type: 'rss', xmlUrl: feed }, ...watched] },
  });
}
