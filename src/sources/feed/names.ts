// The feed elements that are read, and how namespace prefixes and capitals are mapped to their usual names.
import { attributesOf } from './pieces.ts';

/** The elements that make up a feed's structure; all others are leaves. */
export const structure: ReadonlySet<string> = new Set(['rss', 'channel', 'item', 'feed', 'entry', 'rdf:RDF']);
export const entryNames: ReadonlySet<string> = new Set(['item', 'entry']);

/** The leaves that are read, by their usual names in lower case. */
export const leaves: ReadonlySet<string> = new Set([
  ...['title', 'link', 'guid', 'id', 'author', 'enclosure', 'language', 'atom:link', 'feedburner:origlink'],
  ...['description', 'summary', 'content', 'content:encoded', 'atom:summary', 'atom:content', 'dc:description'],
  ...['pubdate', 'published', 'updated', 'modified', 'issued', 'created', 'lastbuilddate', 'date'],
  ...['atom:published', 'atom:updated', 'dcterms:issued', 'dcterms:created', 'dcterms:modified'],
  ...['dc:date', 'dc:creator', 'dc:language', 'dc:title', 'dc:identifier', 'media:title', 'media:description'],
  ...['ttl', 'sy:updateperiod', 'sy:updatefrequency'],
]);
/** Leaves that may contain unescaped markup. */
export const marked: ReadonlySet<string> = new Set([
  ...['title', 'description', 'summary', 'content', 'content:encoded', 'author', 'atom:summary', 'atom:content'],
  ...['dc:title', 'dc:description', 'media:title', 'media:description'],
]);

const namespaces: Readonly<Record<string, string>> = {
  'http://www.w3.org/2005/atom': 'atom',
  'http://purl.org/atom/ns#': 'atom',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/dc/terms/': 'dcterms',
  'http://purl.org/rss/1.0/modules/content/': 'content',
  'http://purl.org/rss/1.0/modules/syndication/': 'sy',
  'http://purl.org/rss/1.0/': '',
  'http://my.netscape.com/rdf/simple/0.9/': '',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
};
const usualNames: Readonly<Record<string, string>> = { pubdate: 'pubDate', rdf: 'rdf:RDF', 'rdf:rdf': 'rdf:RDF' };
/** The deepest nesting of elements that declare namespaces. */
const scopesAtMost = 20;
const namesKept = 500;

/** An element that declares namespaces, and what its prefixes meant outside it. */
interface Scope {
  readonly name: string;
  readonly before: ReadonlyMap<string, string | null | undefined>;
  nested: number;
}

/** Maps one document's element names to the usual ones, according to the namespace declarations in scope. */
export interface Naming {
  /** `inside`: the tag's attributes, as written. */
  readonly opened: (name: string, inside: string, empty: boolean) => string;
  readonly closed: (name: string) => string;
}

/** `item` or `entry`, with any prefix. */
export const isLikeEntry = (name: string): boolean => entryNames.has(name.slice(name.indexOf(':') + 1).toLowerCase());

/** By prefix: the usual prefix for its namespace; null = a namespace that is not read. */
type Prefixes = Map<string, string | null | undefined>;

function usualName(name: string, prefixes: Prefixes, shouting: boolean): string {
  const cut = name.indexOf(':');
  const local = name.slice(cut + 1);
  // An undeclared prefix on an entry element: treat it as the document's own namespace.
  if (cut !== -1 && prefixes.get(name.slice(0, cut)) === undefined && isLikeEntry(name))
    prefixes.set(name.slice(0, cut), '');
  const prefix = cut === -1 ? undefined : prefixes.get(name.slice(0, cut));
  const usual = typeof prefix === 'string' ? `${prefix}${prefix === '' ? '' : ':'}${local}` : name;
  const small = shouting ? usual.toLowerCase() : usual;
  return usualNames[small.toLowerCase()] ?? small;
}

export function createNaming(rootName: string): Naming {
  const [rootLocal = '', rootPrefix = null] = rootName.split(':').reverse();
  const isRdf = rootLocal.toLowerCase() === 'rdf';
  const shouting = rootLocal === rootLocal.toUpperCase() && !isRdf;
  const isAtom = rootLocal.toLowerCase() === 'feed';
  const prefixes: Prefixes = new Map();
  const scopes: Scope[] = [];
  const known = new Map<string, string>();
  let rootSpace: string | null = null;

  const meaningOf = (prefix: string, space: string): string | null => {
    const usual = namespaces[space.toLowerCase()];
    if (usual === 'atom' && isAtom) return '';
    if (usual !== undefined) return usual;
    return !isRdf && (prefix === rootPrefix || space === rootSpace) ? '' : null;
  };
  const bind = (inside: string): Scope['before'] => {
    const before = new Map<string, string | null | undefined>();
    for (const [name, value] of Object.entries(attributesOf(inside))) {
      if (!name.toLowerCase().startsWith('xmlns:')) continue;
      const prefix = name.slice('xmlns:'.length);
      before.set(prefix, prefixes.get(prefix));
      prefixes.set(prefix, meaningOf(prefix, value.trim()));
    }
    if (before.size > 0) known.clear();
    return before;
  };
  const leave = (): void => {
    for (const [prefix, meaning] of scopes.pop()?.before ?? []) prefixes.set(prefix, meaning);
    known.clear();
  };
  const renamed = (name: string): string => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const after = usualName(name, prefixes, shouting);
    // A document may use any number of names, so the cache is bounded.
    if (known.size < namesKept) known.set(name, after);
    return after;
  };
  return {
    opened: (name, inside, empty) => {
      const isRoot = rootSpace === null;
      if (isRoot) {
        const attributes = attributesOf(inside);
        rootSpace = attributes[rootPrefix === null ? 'xmlns' : `xmlns:${rootPrefix}`]?.trim() ?? '';
        if (rootPrefix !== null && rootSpace === '' && !isRdf) prefixes.set(rootPrefix, '');
      }
      const top = scopes.at(-1);
      if (inside.includes('xmlns:') && scopes.length < scopesAtMost)
        scopes.push({ name, before: bind(inside), nested: 0 });
      else if (top?.name === name && !empty) top.nested += 1;
      const after = renamed(name);
      if (empty && scopes.at(-1) !== top) leave();
      return after;
    },
    closed: (name) => {
      const after = renamed(name);
      const at = scopes.findLastIndex((scope) => scope.name === name);
      const scope = scopes[at];
      if (scope === undefined) return after;
      while (scopes.length > at + 1) leave();
      if (scope.nested > 0) scope.nested -= 1;
      else leave();
      return after;
    },
  };
}
