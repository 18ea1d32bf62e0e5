// From a document's text to a feed: rss-parser first, then feedsmith; only what both refuse is broken.
import type { LookReason } from '../../types/reasons/looks.ts';
import type { RawFeed } from './entry.ts';
import { shapeOf } from './json.ts';
import { readByRssParser } from './rss.ts';
import { entriesAtMost, type Tidied, type TidyFeed, tidy } from './tidy.ts';

export type Parsed =
  | { readonly kind: 'feed'; readonly feed: RawFeed; readonly type: 'xml' | 'json' }
  | { readonly kind: 'broken'; readonly reason: LookReason };

/** The most entries passed to the parser at once. */
const piece = 200;

const broken = (reason: LookReason): Parsed => ({ kind: 'broken', reason });

/** Never throws, whatever the document contains. */
export async function parseFeedText(text: string): Promise<Parsed> {
  const start = text.slice(0, 200).trimStart().at(0);
  if (start === undefined) return broken({ code: 'feed.empty', params: {} });
  if (start === '{' || start === '[') return parseJson(text);
  if (unfolds(text)) return broken({ code: 'feed.unfolds', params: {} });
  const tidied = tidy(text);
  switch (tidied.kind) {
    case 'cut short':
      return broken({ code: 'feed.cut-short', params: {} });
    case 'too many':
      return broken(tooMany);
    case 'unread':
      return broken({ code: 'feed.misplaced', params: {} });
    case 'other':
      return broken(whatItIs(tidied, text));
    case 'feed':
      return parseXml(tidied);
  }
}

/** Whether the DOCTYPE defines an entity in terms of others: the start of an entity expansion attack ("billion laughs"). */
function unfolds(text: string): boolean {
  const start = /^[^<]*(?:<\?[^>]*>\s*)?<!DOCTYPE[^<>[]*\[/i.exec(text.slice(0, 4_000))?.[0];
  if (start === undefined) return false;
  const subset = text.slice(start.length, start.length + subsetAtMost);
  const end = subset.indexOf(']');
  for (const { index } of subset.matchAll(/<!ENTITY\s/gi)) {
    const from = subset.slice(index, index + 300).search(/["']/);
    const quote = subset[index + from];
    const close = from === -1 || quote === undefined ? -1 : subset.indexOf(quote, index + from + 1);
    // An entity whose end cannot be found is not trusted either.
    if (close === -1) return end === -1 || index < end;
    if (/[&%][a-z_:]/i.test(subset.slice(index + from, Math.min(close, index + from + 10_000)))) return true;
  }
  return false;
}

const subsetAtMost = 100_000;

async function parseXml(tidied: TidyFeed): Promise<Parsed> {
  const first = await attempt(() => readInPieces(tidied));
  if ('feed' in first && first.feed.entries.length >= tidied.entries.length)
    return { kind: 'feed', feed: first.feed, type: 'xml' };
  const second = await attempt(() => readByFeedsmith(documentOf(tidied, 0, tidied.entries.length)));
  if ('feed' in second) return { kind: 'feed', feed: second.feed, type: 'xml' };
  if ('feed' in first) return { kind: 'feed', feed: first.feed, type: 'xml' };
  if (tidied.root.name !== 'feed' && !tidied.head.includes('<channel'))
    return broken({ code: 'feed.no-channel', params: {} });
  return broken({ code: 'feed.unreadable', params: { detail: first.refusal } });
}

/** A parser's tree is many times larger than its text, so a long feed is parsed in pieces. */
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
    return broken({ code: shape === 'too deep' ? 'feed.json-deep' : 'feed.json-long', params: {} });
  const value = jsonOf(text);
  if (value === undefined) return broken({ code: 'feed.json-damaged', params: {} });
  const listed = typeof value === 'object' && value !== null && 'items' in value ? value.items : [];
  const items = Array.isArray(listed) ? listed.length : 0;
  if (items > entriesAtMost) return broken(tooMany);
  const read = await attempt(async () => (await import('./other.ts')).readJsonFeed(value));
  if (!('feed' in read)) return broken({ code: 'feed.json-other', params: {} });
  if (items > 0 && read.feed.entries.length === 0) return broken({ code: 'feed.json-entries', params: {} });
  return { kind: 'feed', feed: read.feed, type: 'json' };
}

const tooMany: LookReason = { code: 'feed.too-long', params: { most: entriesAtMost } };

type Attempt = { readonly feed: RawFeed } | { readonly refusal: string };

/** The parsers throw for what they do not accept. */
async function attempt(read: () => RawFeed | Promise<RawFeed>): Promise<Attempt> {
  try {
    return { feed: await read() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { refusal: message.replace(/\s+/g, ' ').slice(0, 120) };
  }
}

/** Imported only when needed: most feeds never need it. */
async function readByFeedsmith(text: string): Promise<RawFeed> {
  const { readByFeedsmith: read } = await import('./other.ts');
  return read(text);
}

/** Undefined when it is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whatItIs(tidied: Extract<Tidied, { readonly kind: 'other' }>, text: string): LookReason {
  const name = tidied.root?.name.toLowerCase() ?? '';
  if (name === 'html' || /^\s*<!doctype\s+html/i.test(text.slice(0, 300))) return htmlNaming(feedNamedIn(text));
  if (name === 'urlset' || name === 'sitemapindex') return { code: 'feed.sitemap', params: {} };
  if (name === 'opml') return { code: 'feed.opml', params: {} };
  if (name === '') return { code: 'feed.neither', params: {} };
  return { code: 'feed.other', params: { name: name.slice(0, 40) } };
}

const htmlNaming = (feed: string | null): LookReason =>
  feed === null ? { code: 'feed.html', params: {} } : { code: 'feed.html-naming', params: { feed } };

/** Pages name their feed in a `<link rel="alternate">`. */
function feedNamedIn(html: string): string | null {
  const head = html.slice(0, 100_000);
  for (const { index } of head.matchAll(/<link\s/gi)) {
    const tag = head.slice(index, index + 1_000).split('>', 1)[0] ?? '';
    if (!/application\/(?:rss|atom|feed)\+/i.test(tag)) continue;
    const href = /href\s*=\s*["']?([^"'\s>]+)/i.exec(tag)?.[1];
    if (href !== undefined) return href.slice(0, 200);
  }
  return null;
}
