// Reads a sitemap's text: the addresses of a `urlset`, the parts of a `sitemapindex`, or a plain list of addresses.
import { Parser } from 'htmlparser2';
import { linkOf } from '../document/links.ts';
import { folded } from '../document/text.ts';

export interface Location {
  /** Absolute, without tracking. */
  readonly link: string;
  /** As written; many sites stamp the date of the build on everything. */
  readonly lastmod: string | null;
  /** From the news extension; null = none. */
  readonly title: string | null;
  readonly publishedAt: string | null;
}

export type Locations =
  | { readonly kind: 'urlset'; readonly locations: readonly Location[] }
  | { readonly kind: 'sitemapindex'; readonly locations: readonly Location[] }
  | { readonly kind: 'cut short' }
  /** `name`: the document's root element; '' = no XML at all. */
  | { readonly kind: 'other'; readonly name: string };

/** Pure, never throws; `url` is where the document was read. An entry without a usable address is dropped. */
export function readLocations(text: string, url: string): Locations {
  if (!text.includes('<')) return readList(text, url);
  const locations: Location[] = [];
  const path: string[] = [];
  let root = '';
  let whole = false;
  let entry: Record<string, string> = {};
  const parser = new Parser(
    {
      onopentag(name) {
        if (path.length === 0 && root === '') root = name;
        path.push(name);
        if (path.length === 2) entry = {};
      },
      ontext(part) {
        const field = fieldOf(path);
        if (field !== null) entry[field] = (entry[field] ?? '') + part;
      },
      onclosetag(_name, implied) {
        if (path.length === 2 && !implied) {
          const location = locationOf(entry, url);
          if (location !== null) locations.push(location);
        }
        if (path.length === 1 && !implied) whole = true;
        path.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(text.replace(/^[^<]*/, ''));
  parser.end();
  const kind = localName(root).toLowerCase();
  if (kind !== 'urlset' && kind !== 'sitemapindex') return { kind: 'other', name: kind };
  return whole ? { kind, locations } : { kind: 'cut short' };
}

/** Which field the text at this path belongs to; the addresses of images and videos are deeper, or have another prefix. */
function fieldOf(path: readonly string[]): string | null {
  const [root = '', , name = '', inner] = path;
  if (path.length === 3 && prefixOf(name) === prefixOf(root)) return localName(name);
  if (path.length === 4 && localName(name) === 'news') return `news ${localName(inner ?? '')}`;
  return null;
}

function locationOf(entry: Readonly<Record<string, string>>, url: string): Location | null {
  const link = linkOf(entry.loc ?? '', url);
  if (link === null) return null;
  const title = folded(entry['news title'] ?? '');
  return {
    link,
    lastmod: entry.lastmod?.trim() || null,
    title: title === '' ? null : title,
    publishedAt: timeOf(entry['news publication_date'] ?? ''),
  };
}

/** W3C date and time; a time without a zone is taken for UTC, never for the machine's. */
function timeOf(written: string): string | null {
  const text = written.trim().replace(' ', 'T');
  const ms = Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(ms) || !/^\d{4}-/.test(text) ? null : new Date(ms).toISOString();
}

function readList(text: string, url: string): Locations {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const links = lines.filter((line) => /^https?:\/\//i.test(line)).map((line) => linkOf(line, url));
  const locations = links
    .filter((link) => link !== null)
    .map((link) => ({ link, lastmod: null, title: null, publishedAt: null }));
  return locations.length === 0 ? { kind: 'other', name: '' } : { kind: 'urlset', locations };
}

const prefixOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(':')));
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
