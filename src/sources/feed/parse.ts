// From a document's text to a feed: rss-parser first, feedsmith for what it refuses; only what both refuse is broken.
import type { RawFeed } from './entry.ts';
import { shapeOf } from './json.ts';
import { readByRssParser } from './rss.ts';
import { entriesAtMost, type Tidied, type TidyFeed, tidy } from './tidy.ts';

export type Parsed =
  | { readonly kind: 'feed'; readonly feed: RawFeed; readonly type: 'xml' | 'json' }
  | { readonly kind: 'broken'; readonly reason: string };

/** Entries that are parsed at once. */
const piece = 200;

const broken = (reason: string): Parsed => ({ kind: 'broken', reason });

/** Never throws for what the document says. */
export async function parseFeedText(text: string): Promise<Parsed> {
  const start = text.slice(0, 200).trimStart().at(0);
  if (start === undefined) return broken('the document is empty');
  if (start === '{' || start === '[') return parseJson(text);
  if (unfolds(text))
    return broken('it declares entities that unfold into others; no feed needs that, and it is not read');
  const tidied = tidy(text);
  switch (tidied.kind) {
    case 'cut short':
      return broken('the document is cut short (its end is missing); it is not read at all, so nothing is lost');
    case 'too many':
      return broken(tooMany);
    case 'unread':
      return broken('it holds entries, but none of them where RSS or Atom has them; it is not read at all');
    case 'other':
      return broken(whatItIs(tidied, text));
    case 'feed':
      return parseXml(tidied);
  }
}

/** An entity made of others in the DOCTYPE: the start of a document that grows without end where it is believed. */
function unfolds(text: string): boolean {
  const start = /^[^<]*(?:<\?[^>]*>\s*)?<!DOCTYPE[^<>[]*\[/i.exec(text.slice(0, 4_000))?.[0];
  if (start === undefined) return false;
  const subset = text.slice(start.length, start.length + 100_000).split(/\]\s*>/, 1)[0] ?? '';
  return /<!ENTITY[^>"']{1,200}(?:"[^"]{0,10000}?[&%][a-z_:]|'[^']{0,10000}?[&%][a-z_:])/i.test(subset);
}

async function parseXml(tidied: TidyFeed): Promise<Parsed> {
  const first = await attempt(() => readInPieces(tidied));
  if ('feed' in first && first.feed.entries.length >= tidied.entries.length)
    return { kind: 'feed', feed: first.feed, type: 'xml' };
  const second = await attempt(() => readByFeedsmith(documentOf(tidied, 0, tidied.entries.length)));
  if ('feed' in second) return { kind: 'feed', feed: second.feed, type: 'xml' };
  if ('feed' in first) return { kind: 'feed', feed: first.feed, type: 'xml' };
  if (tidied.root.name !== 'feed' && !tidied.head.includes('<channel'))
    return broken('it begins like RSS, but has no channel');
  return broken(`it begins like a feed, but cannot be read as RSS or Atom (${first.refusal})`);
}

/** A parser's tree is many times larger than its text, so a long feed is given to it in pieces. */
async function readInPieces(tidied: TidyFeed): Promise<RawFeed> {
  const first = await readByRssParser(documentOf(tidied, 0, piece), tidied.root);
  const entries = [...first.entries];
  for (let from = piece; from < tidied.entries.length; from += piece) {
    const next = await readByRssParser(documentOf(tidied, from, from + piece), tidied.root);
    entries.push(...next.entries);
  }
  return { ...first, entries };
}

const documentOf = ({ head, tail, entries }: TidyFeed, from: number, to: number): string =>
  `${head}${entries.slice(from, to).join('')}${tail}`;

async function parseJson(text: string): Promise<Parsed> {
  const shape = shapeOf(text);
  if (shape !== 'usual')
    return broken(`this is JSON, but ${shape === 'too deep' ? 'nested' : 'listed'} without end; no feed is like that`);
  const value = jsonOf(text);
  if (value === undefined) return broken('the JSON is damaged or cut short; it is not read at all, so nothing is lost');
  const listed = typeof value === 'object' && value !== null && 'items' in value ? value.items : [];
  const items = Array.isArray(listed) ? listed.length : 0;
  if (items > entriesAtMost) return broken(tooMany);
  const read = await attempt(async () => (await import('./other.ts')).readJsonFeed(value));
  if (!('feed' in read)) return broken('this is JSON, but not a JSON Feed');
  if (items > 0 && read.feed.entries.length === 0) return broken('the entries of this JSON Feed cannot be read');
  return { kind: 'feed', feed: read.feed, type: 'json' };
}

const tooMany = `it has more than ${entriesAtMost} entries; no feed is like that`;

type Attempt = { readonly feed: RawFeed } | { readonly refusal: string };

/** The parsers tell by exceptions what they do not take. */
async function attempt(read: () => RawFeed | Promise<RawFeed>): Promise<Attempt> {
  try {
    return { feed: await read() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { refusal: message.replace(/\s+/g, ' ').slice(0, 120) };
  }
}

/** Loaded only when it is needed: most feeds never do. */
async function readByFeedsmith(text: string): Promise<RawFeed> {
  const { readByFeedsmith: read } = await import('./other.ts');
  return read(text);
}

/** Undefined when it is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whatItIs(tidied: Extract<Tidied, { readonly kind: 'other' }>, text: string): string {
  const name = tidied.root?.name.toLowerCase() ?? '';
  if (name === 'html' || /^\s*<!doctype\s+html/i.test(text.slice(0, 300)))
    return `HTML came instead of a feed${feedNamedIn(text)}`;
  if (name === 'urlset' || name === 'sitemapindex')
    return 'this is a sitemap, not a feed; write `sitemap:` instead of `feed:`';
  if (name === 'opml') return 'this is a list of feeds (OPML), not a feed';
  if (name === '') return 'this is neither XML nor JSON, so no feed';
  return `the document is <${name.slice(0, 40)}>, which is no feed`;
}

/** Pages name their feed in a `<link rel="alternate">`. */
function feedNamedIn(html: string): string {
  for (const [tag] of html.slice(0, 100_000).matchAll(/<link\s[^>]{1,1000}>/gi)) {
    if (!/application\/(?:rss|atom|feed)\+/i.test(tag)) continue;
    const href = /href\s*=\s*["']?([^"'\s>]+)/i.exec(tag)?.[1];
    if (href !== undefined) return `; the page names its feed: ${href.slice(0, 200)}`;
  }
  return '; look up the address of the feed, or write `page:` with a `select`';
}
