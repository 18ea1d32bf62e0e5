// Parses a sitemap: the addresses of a `urlset`, the parts of a `sitemapindex`, or a plain list of addresses.

import { Parser } from 'htmlparser2';
import { iso } from '../../types/time.ts';
import { linkOf } from '../document/links.ts';
import { folded } from '../document/text.ts';

export interface Location {
  /** Absolute, without tracking parameters. */
  readonly link: string;
  /** As written; many sites put the build date on every entry. */
  readonly lastmod: string | null;
  /** From the news extension; null = none. */
  readonly title: string | null;
  readonly publishedAt: string | null;
}

export type Locations =
  | { readonly kind: 'urlset'; readonly locations: readonly Location[] }
  | { readonly kind: 'sitemapindex'; readonly locations: readonly Location[] }
  | { readonly kind: 'cut short' }
  | { readonly kind: 'too many' }
  /** `name`: the document's root element; '' = not XML. */
  | { readonly kind: 'other'; readonly name: string };

/** The limit of https://www.sitemaps.org/protocol.html, for an index as well. */
const locationsAtMost = 50_000;
/** The most characters kept of one field, slightly more than a link may have. */
const fieldAtMost = 20_000;
const depthAtMost = 100;
const pieceLength = 32_768;
const fields: ReadonlySet<string> = new Set(['loc', 'lastmod', 'news title', 'news publication_date']);

/** Pure, never throws; `url` is where the document was fetched. An entry without a usable address is dropped. */
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
        if (field === null) return;
        const before = entry[field] ?? '';
        if (before.length <= fieldAtMost) entry[field] = before + part.slice(0, fieldAtMost);
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
  for (let at = Math.max(0, text.indexOf('<')); at < text.length; at += pieceLength) {
    parser.write(text.slice(at, at + pieceLength));
    if (locations.length > locationsAtMost) return { kind: 'too many' };
    // The parser's time grows with the square of the depth.
    if (path.length > depthAtMost) return { kind: 'other', name: localName(root).toLowerCase() };
  }
  parser.end();
  const kind = localName(root).toLowerCase();
  if (kind !== 'urlset' && kind !== 'sitemapindex') return { kind: 'other', name: kind };
  return whole ? { kind, locations } : { kind: 'cut short' };
}

/** The field that text at this path belongs to; addresses of images and videos are nested deeper or have another prefix. */
function fieldOf(path: readonly string[]): string | null {
  const [root = '', , name = '', inner] = path;
  if (path.length !== 3 && path.length !== 4) return null;
  if (path.length === 3 && prefixOf(name) !== prefixOf(root)) return null;
  const field = path.length === 3 ? localName(name) : `${localName(name)} ${localName(inner ?? '')}`;
  return fields.has(field) ? field : null;
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

/** A W3C date and time; without a zone it is read as UTC, never as the machine's zone. */
function timeOf(written: string): string | null {
  const text = written.trim().replace(' ', 'T');
  const ms = Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(ms) || !/^\d{4}-/.test(text) ? null : iso(ms);
}

function readList(text: string, url: string): Locations {
  const locations: Location[] = [];
  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    const written = line.trim();
    const link = /^https?:\/\//i.test(written) ? linkOf(written, url) : null;
    if (link !== null) locations.push({ link, lastmod: null, title: null, publishedAt: null });
    if (locations.length > locationsAtMost) return { kind: 'too many' };
  }
  return locations.length === 0 ? { kind: 'other', name: '' } : { kind: 'urlset', locations };
}

const prefixOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(':')));
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
