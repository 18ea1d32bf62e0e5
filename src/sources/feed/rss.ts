// RSS and Atom by rss-parser. Fields that it would interpret itself (dates in the machine's zone, links, snippets made with
// slow expressions) are renamed before it sees them and read as they stand in the document.
import Parser from 'rss-parser';
import { type RawEntry, type RawFeed, type RawLink, restOf } from './entry.ts';
import { leaves } from './names.ts';
import { attributeText } from './pieces.ts';
import type { Root } from './tidy.ts';

const held = new Map([...leaves].map((name) => [name, `held:${name}`]));
const fields = [...held.values(), '$'].map((name): [string, string, { keepArray: boolean }] => [
  name,
  name,
  { keepArray: true },
]);

type Node = Readonly<Record<string, unknown>>;

/** Throws rss-parser's error for a document that it does not accept. */
export async function readByRssParser(text: string, root: Root): Promise<RawFeed> {
  const parser = new Parser<Node, Node>({
    defaultRSS: 2,
    // Its types allow whole lists for items only, but it accepts them for the feed as well.
    customFields: { feed: fields as never, item: fields },
    // An empty element must still be an object, so that a feed without entries is a feed.
    xml2js: { emptyTag: () => ({}), tagNameProcessors: [(name: string) => held.get(name.toLowerCase()) ?? name] },
  });
  const feed: Node & { readonly items: readonly Node[] } = await parser.parseString(text);
  return {
    bases: [attributeOf(root.attributes, 'xml:base'), attributeOf(feed.$, 'xml:base')].filter((base) => base !== null),
    links: linksOf(feed),
    lang:
      first(feed, 'language', 'dc:language') ??
      attributeOf(feed.$, 'xml:lang') ??
      attributeOf(root.attributes, 'xml:lang'),
    dates: all(feed, 'lastbuilddate', 'pubdate', 'updated', 'modified', 'dc:date', 'atom:updated'),
    restMs: restOf(
      first(feed, 'ttl') ?? '',
      first(feed, 'sy:updateperiod') ?? '',
      first(feed, 'sy:updatefrequency') ?? '',
    ),
    entries: feed.items.map(entryOf),
  };
}

function entryOf(item: Node): RawEntry {
  const guid = nodes(item, 'guid')[0] ?? nodes(item, 'id')[0];
  return {
    id: textOf(guid) ?? attributeOf(item.$, 'rdf:about') ?? first(item, 'dc:identifier'),
    idIsLink: attributeOf(attributesOf(guid), 'isPermaLink')?.toLowerCase() !== 'false',
    links: linksOf(item),
    title: first(item, 'title', 'dc:title', 'media:title') ?? '',
    summary:
      first(
        item,
        'description',
        'summary',
        'atom:summary',
        'content:encoded',
        'content',
        'atom:content',
        'dc:description',
        'media:description',
      ) ?? '',
    dates: all(
      item,
      ...[
        'pubdate',
        'published',
        'atom:published',
        'dc:date',
        'date',
        'dcterms:issued',
        'issued',
        'dcterms:created',
        'created',
      ],
    ),
    updates: all(item, 'updated', 'atom:updated', 'modified', 'dcterms:modified'),
    author: first(item, 'dc:creator') ?? authorOf(nodes(item, 'author')[0]),
    lang: attributeOf(item.$, 'xml:lang') ?? first(item, 'language', 'dc:language'),
    base: attributeOf(item.$, 'xml:base'),
  };
}

function linksOf(holder: Node): readonly RawLink[] {
  const found: RawLink[] = [];
  const add = (href: string | null, rel: string, node: unknown): void => {
    const attributes = attributesOf(node);
    if (href === null || href.trim() === '') return;
    found.push({ href, rel, type: attributeOf(attributes, 'type'), base: attributeOf(attributes, 'xml:base') });
  };
  for (const node of [...nodes(holder, 'link'), ...nodes(holder, 'atom:link')]) {
    const rel = attributeOf(attributesOf(node), 'rel')?.trim().toLowerCase() ?? 'alternate';
    add(textOf(node) ?? attributeOf(attributesOf(node), 'href'), rel === '' ? 'alternate' : rel, node);
  }
  add(first(holder, 'feedburner:origlink'), 'alternate', null);
  for (const node of nodes(holder, 'enclosure')) add(attributeOf(attributesOf(node), 'url'), 'enclosure', node);
  for (const node of nodes(holder, 'content')) add(attributeOf(attributesOf(node), 'src'), 'content', node);
  return found;
}

/** Atom puts the author's name in an element of its own. */
function authorOf(node: unknown): string | null {
  const text = textOf(node);
  const at = text?.search(/<(?:\w{1,20}:)?name[\s>]/) ?? -1;
  if (text === null || at === -1) return text;
  return text.slice(text.indexOf('>', at) + 1).split('<', 1)[0] ?? text;
}

const nodes = (holder: Node, name: string): readonly unknown[] => {
  const list = holder[`held:${name}`];
  return Array.isArray(list) ? list : [];
};

/** The first non-empty text among these elements, in order. */
function first(holder: Node, ...names: readonly string[]): string | null {
  return all(holder, ...names)[0] ?? null;
}

const all = (holder: Node, ...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => nodes(holder, name).map(textOf)).filter((text) => text !== null);

/** An element's text; null when there is none. Atom 0.3 allowed base64. */
function textOf(node: unknown): string | null {
  const text =
    typeof node === 'string' ? node : typeof node === 'object' && node !== null && '_' in node ? node._ : null;
  if (typeof text !== 'string' || text.trim() === '') return null;
  const packed = attributeOf(attributesOf(node), 'mode') === 'base64';
  return packed ? Buffer.from(text, 'base64').toString('utf8') : text;
}

const attributesOf = (node: unknown): unknown =>
  typeof node === 'object' && node !== null && '$' in node ? node.$ : null;

function attributeOf(attributes: unknown, name: string): string | null {
  if (typeof attributes !== 'object' || attributes === null) return null;
  const value: unknown = Object.entries(attributes).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  return typeof value === 'string' ? (attributeText(value) ?? null) : null;
}
