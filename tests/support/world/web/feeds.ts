// Feeds as publishers write them: RSS, Atom and JSON Feed from the same entries, in any encoding.
import iconv from 'iconv-lite';
import { xmlText } from '../xml.ts';

export interface FeedEntry {
  readonly title: string;
  readonly link: string;
  /** `guid` or `id`; null = none. Default: the link. */
  readonly guid?: string | null;
  /** A string is written as it is (RFC 822, ISO, or nonsense); milliseconds are written in the format's way; null = none. */
  readonly published?: string | number | null;
  readonly summary?: string;
  readonly author?: string;
}

export interface FeedShape {
  readonly format: 'rss' | 'atom' | 'json';
  readonly title: string;
  /** Address of the site. */
  readonly link: string;
  readonly entries: readonly FeedEntry[];
  /** The encoding of the bytes: any name that iconv knows. Default utf-8. */
  readonly encoding?: string;
  /** The encoding named in the XML prolog; null = no prolog. Default: the real encoding. */
  readonly prolog?: string | null;
  /** The charset of `Content-Type`; null = none. Default null. */
  readonly charset?: string | null;
  /** Whether to write a byte order mark. */
  readonly bom?: boolean;
  /** `Content-Type` without charset; default the format's own. */
  readonly type?: string;
  /** RSS `ttl`, in minutes. */
  readonly ttl?: number;
  readonly language?: string;
  /** Raw XML inside the channel, before the entries (not used for JSON). */
  readonly extra?: string;
}

const TYPES = { rss: 'application/rss+xml', atom: 'application/atom+xml', json: 'application/feed+json' };

/** The document's bytes and its `Content-Type`. */
export function writeFeed(feed: FeedShape): { bytes: Uint8Array; type: string } {
  const encoding = feed.encoding ?? 'utf-8';
  const declared = feed.prolog === undefined ? encoding : feed.prolog;
  const prolog = declared === null ? '' : `<?xml version="1.0" encoding="${declared}"?>\n`;
  const text = feed.format === 'json' ? json(feed) : prolog + (feed.format === 'rss' ? rss(feed) : atom(feed));
  const type = feed.type ?? TYPES[feed.format];
  return {
    bytes: iconv.encode(text, encoding, { addBOM: feed.bom ?? false }),
    type: feed.charset == null ? type : `${type}; charset=${feed.charset}`,
  };
}

function rss(feed: FeedShape): string {
  const items = feed.entries.map((entry) => {
    const guid = entry.guid === undefined ? entry.link : entry.guid;
    return [
      '    <item>',
      `      <title>${xmlText(entry.title)}</title>`,
      `      <link>${xmlText(entry.link)}</link>`,
      ...(guid === null ? [] : [`      <guid isPermaLink="${guid === entry.link}">${xmlText(guid)}</guid>`]),
      ...date(entry, 'pubDate', (ms) => new Date(ms).toUTCString()),
      ...(entry.author === undefined ? [] : [`      <dc:creator>${xmlText(entry.author)}</dc:creator>`]),
      `      <description>${xmlText(entry.summary ?? '')}</description>`,
      '    </item>',
    ].join('\n');
  });
  return `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>${xmlText(feed.title)}</title>
    <link>${xmlText(feed.link)}</link>
    <description>${xmlText(feed.title)}</description>
    <language>${feed.language ?? 'en'}</language>
${feed.ttl === undefined ? '' : `    <ttl>${feed.ttl}</ttl>\n`}${feed.extra ?? ''}
${items.join('\n')}
  </channel>
</rss>
`;
}

function atom(feed: FeedShape): string {
  const entries = feed.entries.map((entry) =>
    [
      '  <entry>',
      `    <id>${xmlText(entry.guid ?? entry.link)}</id>`,
      `    <title>${xmlText(entry.title)}</title>`,
      `    <link rel="alternate" href="${xmlText(entry.link)}"/>`,
      ...date(entry, 'published', iso),
      ...date(entry, 'updated', iso),
      ...(entry.author === undefined ? [] : [`    <author><name>${xmlText(entry.author)}</name></author>`]),
      `    <summary type="html">${xmlText(entry.summary ?? '')}</summary>`,
      '  </entry>',
    ].join('\n'),
  );
  return `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language ?? 'en'}">
  <id>${xmlText(feed.link)}</id>
  <title>${xmlText(feed.title)}</title>
  <link href="${xmlText(feed.link)}"/>
${feed.extra ?? ''}
${entries.join('\n')}
</feed>
`;
}

function json(feed: FeedShape): string {
  const items = feed.entries.map((entry) => ({
    id: entry.guid ?? entry.link,
    url: entry.link,
    title: entry.title,
    content_html: entry.summary ?? '',
    ...(entry.published == null
      ? {}
      : { date_published: typeof entry.published === 'number' ? iso(entry.published) : entry.published }),
    ...(entry.author === undefined ? {} : { authors: [{ name: entry.author }] }),
  }));
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.link,
    language: feed.language ?? 'en',
    items,
  });
}

function date(entry: FeedEntry, name: string, write: (ms: number) => string): readonly string[] {
  if (entry.published == null) return [];
  const text = typeof entry.published === 'number' ? write(entry.published) : entry.published;
  return [`      <${name}>${xmlText(text)}</${name}>`];
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
