// The elements of feeds that we read, and how prefixes and capitals are brought to the usual names.

/** What feeds are built of; everything else in them is a leaf. */
export const structure: ReadonlySet<string> = new Set(['rss', 'channel', 'item', 'feed', 'entry', 'rdf:RDF']);
export const entryNames: ReadonlySet<string> = new Set(['item', 'entry']);

/** Leaves that we read, by their usual names in lower case. */
export const leaves: ReadonlySet<string> = new Set([
  ...['title', 'link', 'guid', 'id', 'author', 'enclosure', 'language', 'atom:link', 'feedburner:origlink'],
  ...['description', 'summary', 'content', 'content:encoded', 'atom:summary', 'atom:content', 'dc:description'],
  ...['pubdate', 'published', 'updated', 'modified', 'issued', 'created', 'lastbuilddate', 'date'],
  ...['atom:published', 'atom:updated', 'dcterms:issued', 'dcterms:created', 'dcterms:modified'],
  ...['dc:date', 'dc:creator', 'dc:language', 'dc:title', 'dc:identifier', 'media:title', 'media:description'],
  ...['ttl', 'sy:updateperiod', 'sy:updatefrequency'],
]);
/** Leaves in which markup may stand as it is. */
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
const usualNames: Readonly<Record<string, string>> = { pubdate: 'pubDate', 'rdf:rdf': 'rdf:RDF' };

/** Prefixes by what the root binds them to; tags in capitals become small. */
export function renaming(rootName: string, attributes: Readonly<Record<string, string>>): (name: string) => string {
  const [local = '', rootPrefix = null] = rootName.split(':').reverse();
  const shouting = local === local.toUpperCase() && local !== 'RDF';
  const prefixes = new Map<string, string>();
  for (const [name, value] of Object.entries(attributes)) {
    const prefix = /^xmlns:(.+)$/i.exec(name)?.[1];
    const usual = namespaces[value.trim().toLowerCase()];
    if (prefix !== undefined && usual !== undefined)
      prefixes.set(prefix, prefix === rootPrefix && usual === 'atom' ? '' : usual);
  }
  if (rootPrefix !== null && !prefixes.has(rootPrefix) && local !== 'RDF') prefixes.set(rootPrefix, '');
  const known = new Map<string, string>();
  const rename = (name: string): string => {
    const cut = name.indexOf(':');
    const prefix = prefixes.get(name.slice(0, Math.max(cut, 0)));
    const usual =
      prefix === undefined || cut === -1 ? name : `${prefix}${prefix === '' ? '' : ':'}${name.slice(cut + 1)}`;
    const small = shouting ? usual.toLowerCase() : usual;
    return usualNames[small.toLowerCase()] ?? small;
  };
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const after = rename(name);
    // A document may invent any number of names; only the usual few are worth keeping.
    if (known.size < 500) known.set(name, after);
    return after;
  };
}
