// All other web sites in this world: feeds, pages, sitemaps, redirects and raw bytes, on one loopback host.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Ask, openService, type Said, type Service } from '../service.ts';
import { type FeedEntry, type FeedShape, writeFeed } from './feeds.ts';
import { type PageShape, type SitemapShape, writePage, writeSitemap } from './pages.ts';

/** A document's validators and additional headers. */
export interface Serving {
  /** Default: both. */
  readonly validators?: 'both' | 'etag' | 'modified' | 'none';
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
  /** Uses `Content-Encoding: gzip` for clients that accept it. */
  readonly compressed?: boolean;
}

export interface FeedHandle {
  readonly url: string;
  /** Adds an entry at the top. */
  readonly add: (entry: FeedEntry) => void;
  readonly set: (change: Partial<FeedShape>) => void;
  readonly shape: () => FeedShape;
}

export interface PageHandle {
  readonly url: string;
  readonly add: (href: string, text: string) => void;
  readonly set: (change: Partial<PageShape>) => void;
}

export interface SitemapHandle {
  readonly url: string;
  readonly add: (loc: string, lastmod?: string) => void;
  readonly set: (change: SitemapShape) => void;
}

export interface WebWorld {
  readonly service: Service;
  readonly feed: (path: string, shape: Partial<FeedShape>, serving?: Serving) => FeedHandle;
  readonly page: (path: string, shape: Partial<PageShape>, serving?: Serving) => PageHandle;
  readonly sitemap: (path: string, shape: SitemapShape, serving?: Serving) => SitemapHandle;
  /** Serves exactly these bytes. */
  readonly raw: (path: string, body: string | Uint8Array, type: string, serving?: Serving) => string;
  /** To any address, including private ones. */
  readonly redirect: (path: string, to: string, status?: 301 | 302 | 303 | 307 | 308) => string;
  /** Makes the path answer 404 (or 410) without counting as unexpected. */
  readonly remove: (path: string, status?: 404 | 410) => void;
  readonly close: () => Promise<void>;
}

interface Document {
  readonly write: () => { readonly bytes: Uint8Array; readonly type: string };
  readonly serving: Serving;
  /** The last ETag, and when the bytes changed. */
  seen: { etag: string; modified: number } | null;
}

export async function openWeb(now: () => number): Promise<WebWorld> {
  const documents = new Map<string, Document | Said>();
  const service: Service = await openService({
    name: 'web',
    now,
    handle: (ask) => {
      const known = documents.get(ask.path);
      if (known === undefined) return null;
      return 'write' in known ? serve(ask, known) : known;
    },
  });
  const put = (path: string, write: Document['write'], serving: Serving): string => {
    documents.set(path, { write, serving, seen: null });
    return `${service.url}${path}`;
  };
  return {
    service,
    close: service.close,
    feed: (path, shape, serving = {}) => {
      let feed: FeedShape = { format: 'rss', title: 'News', link: service.url, entries: [], ...shape };
      const url = put(path, () => writeFeed(feed), serving);
      return {
        url,
        add: (entry) => {
          feed = { ...feed, entries: [entry, ...feed.entries] };
        },
        set: (change) => {
          feed = { ...feed, ...change };
        },
        shape: () => feed,
      };
    },
    page: (path, shape, serving = {}) => {
      let page: PageShape = { title: 'News', links: [], ...shape };
      const write = () => ({ bytes: Buffer.from(writePage(page)), type: 'text/html; charset=utf-8' });
      return {
        url: put(path, write, serving),
        add: (href, text) => {
          page = { ...page, links: [{ href, text }, ...page.links] };
        },
        set: (change) => {
          page = { ...page, ...change };
        },
      };
    },
    sitemap: (path, shape, serving = {}) => {
      let sitemap = shape;
      const write = () => {
        const bytes = Buffer.from(writeSitemap(sitemap));
        return sitemap.gzip === true
          ? { bytes: gzipSync(bytes), type: 'application/gzip' }
          : { bytes, type: 'application/xml' };
      };
      return {
        url: put(path, write, serving),
        add: (loc, lastmod) => {
          const fresh = lastmod === undefined ? { loc } : { loc, lastmod };
          sitemap = { ...sitemap, urls: [...(sitemap.urls ?? []), fresh] };
        },
        set: (change) => {
          sitemap = { ...sitemap, ...change };
        },
      };
    },
    raw: (path, body, type, serving = {}) => {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      return put(path, () => ({ bytes, type }), serving);
    },
    redirect: (path, to, status = 302) => {
      documents.set(path, { status, headers: { location: to }, body: '' });
      return `${service.url}${path}`;
    },
    remove: (path, status = 404) => {
      documents.set(path, { status, headers: { 'content-type': 'text/html' }, body: '<h1>Not found</h1>' });
    },
  };
}

function serve(ask: Ask, document: Document): Said {
  const { bytes, type } = document.write();
  const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
  // A second change within a second still advances the date.
  const after = document.seen === null ? 0 : document.seen.modified + 1000;
  if (document.seen?.etag !== etag)
    document.seen = { etag, modified: Math.max(after, Math.floor(ask.at / 1000) * 1000) };
  const { modified } = document.seen;
  const { validators = 'both', headers: more = {}, status = 200, compressed = false } = document.serving;
  const headers: Record<string, string> = { 'content-type': type, ...more };
  if (validators === 'both' || validators === 'etag') headers.etag = etag;
  if (validators === 'both' || validators === 'modified') headers['last-modified'] = new Date(modified).toUTCString();
  const given = ask.headers['if-none-match'];
  const since = Date.parse(ask.headers['if-modified-since'] ?? '');
  // RFC 9110 13.2.2: with If-None-Match, the date is ignored.
  const same =
    given !== undefined && headers.etag !== undefined
      ? given.split(/, */).includes(etag)
      : given === undefined && headers['last-modified'] !== undefined && modified <= since;
  if (status === 200 && same) return { status: 304, headers };
  if (compressed && /\bgzip\b/.test(String(ask.headers['accept-encoding'] ?? ''))) {
    return { status, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(bytes) };
  }
  return { status, headers, body: bytes };
}
