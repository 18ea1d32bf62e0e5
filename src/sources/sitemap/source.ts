// Sitemaps: every address in one is a link; an index is followed into its parts. `lastmod` only says what to read.
import { z } from 'zod';
import { gunzip, isGzip } from '../../infra/http/body.ts';
import type { Json, Look, Observation, PollResult, RecordedAnswer, Spent, Target } from '../../types/core.ts';
import type { PollContext, Source, SourceKind, SourceWorld } from '../define.ts';
import { decode } from '../document/decode.ts';
import * as document from '../document/get.ts';
import { identityOf } from '../document/links.ts';
import { digest, hangulShare } from '../document/text.ts';
import { titleOfLink } from '../document/title.ts';
import type { Location, Locations } from './locations.ts';

const partShape = z.object({
  ...document.validatorsShape,
  /** `lastmod` in the index when it was read; null = none given. */
  mark: z.string().nullable(),
  /** False: known to be there since the first look, but never read. */
  read: z.boolean(),
});
type Part = z.infer<typeof partShape>;
const cursorShape = z.object({
  ...document.validatorsShape,
  hash: z.string().nullable().catch(null),
  count: z.number().catch(0),
  parts: z.record(z.string(), partShape).catch({}),
});
type Cursor = z.infer<typeof cursorShape>;

const accept = 'application/xml, text/xml, application/gzip;q=0.9, text/plain;q=0.8, */*;q=0.5';
const bytesAtMost = 5 * 1024 * 1024;
/** Per look; what is over stays for the next one. */
const partsAtMost = 50;
const locationsAtMost = 50_000;
const partsKnownAtMost = 2_000;

export const sitemap: SourceKind = {
  kind: 'sitemap',
  events: [],
  options: { include: z.string().optional(), exclude: z.string().optional() },
  address: (written) => {
    const address = document.webAddress(written);
    if (address !== null) return { target: { id: `sitemap:${address}`, source: 'sitemap', address, shape: null } };
    return {
      problem: `${written.trim() || 'an empty text'} is not the address of a sitemap`,
      hint: 'write it in full: https://example.org/sitemap.xml',
    };
  },
  floorMs: 15 * 60_000,
  open: (world: SourceWorld): Source => ({
    kind: 'sitemap',
    expectsNews: true,
    batch: 20,
    pool: (target) => document.hostPool(target.address),
    poll: (looks, context) => document.pollByHost(looks, context, (look, spent) => lookAt(world, look, context, spent)),
    read: async (look, answer) => {
      const before = document.cursorOf(cursorShape, look.cursor);
      const { readLocations } = await import('./locations.ts');
      const found = readLocations(answer.body, answer.url);
      if (found.kind === 'sitemapindex') return broken('an index says nothing without its parts');
      return found.kind === 'urlset'
        ? resultOf(look, before, found.locations, answer, before ?? document.noValidators, {}, null)
        : misfit(found);
    },
  }),
};

const broken = (reason: string): PollResult => ({ kind: 'broken', reason });

async function lookAt(world: SourceWorld, look: Look, context: PollContext, spent: Spent[]): Promise<PollResult> {
  const before = document.cursorOf(cursorShape, look.cursor);
  const ask = (address: string, validators: document.Validators | null): Promise<Fetched> =>
    fetched(world, { address, validators, accept, reach: look.strict === true ? 'strict' : 'public' }, context, spent);
  const got = await ask(look.target.address, before);
  if (got.kind === 'later' || got.kind === 'broken') return got;
  if (got.kind === 'unchanged') return { kind: 'same', cursor: look.cursor, restMs: got.restMs };
  const { found, answer } = got;
  if (found.kind === 'sitemapindex') return followIndex(look, before, found.locations, got, ask);
  return found.kind === 'urlset'
    ? resultOf(look, before, found.locations, answer, got.validators, {}, got.restMs)
    : misfit(found);
}

type Got = document.Got;
type Read = {
  readonly kind: 'read';
  readonly found: Locations;
  readonly answer: RecordedAnswer;
  readonly validators: document.Validators;
  readonly restMs: number | null;
};
type Fetched = Exclude<Got, { readonly kind: 'document' }> | Read;

async function fetched(
  world: SourceWorld,
  asked: document.DocumentRequest,
  context: PollContext,
  spent: Spent[],
): Promise<Fetched> {
  const got = await document.getDocument(world.http, asked, context, spent);
  if (got.kind !== 'document') return got;
  const body = isGzip(got.bytes) ? await gunzip(got.bytes, bytesAtMost) : { kind: 'bytes' as const, bytes: got.bytes };
  if (body.kind === 'too large') return { kind: 'broken', reason: 'the unpacked sitemap is larger than 5 MiB' };
  if (body.kind === 'unreadable') return { kind: 'broken', reason: body.reason };
  const text = decode(body.bytes, got.contentType);
  const { validators, restMs, url } = got;
  const { readLocations } = await import('./locations.ts');
  return {
    kind: 'read',
    found: readLocations(text, url),
    answer: { type: 'xml', body: text, url },
    validators,
    restMs,
  };
}

/** Parts whose `lastmod` is as it was are not read again; the newest come first. */
async function followIndex(
  look: Look,
  before: Cursor | null,
  listed: readonly Location[],
  index: Read,
  ask: (address: string, validators: document.Validators | null) => Promise<Fetched>,
): Promise<PollResult> {
  if (listed.length === 0 && (before?.count ?? 0) > 0) return broken(emptied);
  const known = before?.parts ?? {};
  const parts: Record<string, Part> = {};
  for (const { link, lastmod } of listed.slice(0, partsKnownAtMost))
    parts[digest(link)] = known[digest(link)] ?? { ...document.noValidators, mark: lastmod, read: false };
  const due = listed.filter(({ link, lastmod }) => isDue(known[digest(link)], lastmod, before === null));
  const newestFirst = due.toSorted((one, other) => (other.lastmod ?? '').localeCompare(one.lastmod ?? ''));
  const locations: Location[] = [];
  let trouble: PollResult | null = null;
  for (const { link, lastmod } of newestFirst.slice(0, partsAtMost)) {
    if (locations.length >= locationsAtMost) break;
    const part = known[digest(link)];
    const got = await ask(link, part?.read === true ? part : null);
    if (got.kind === 'later' && before === null) return got;
    if (got.kind === 'later' || got.kind === 'broken') trouble ??= got;
    else if (got.kind === 'unchanged') parts[digest(link)] = { ...(part ?? unread), mark: lastmod, read: true };
    else if (got.found.kind === 'sitemapindex')
      trouble ??= broken('a part of the index is an index itself; watch that one');
    else if (got.found.kind !== 'urlset') trouble ??= misfit(got.found);
    else {
      const since = part === undefined || part.read ? null : (look.lastAt ?? '');
      locations.push(...got.found.locations.filter((one) => since === null || (one.lastmod ?? '') > since));
      parts[digest(link)] = { ...got.validators, mark: lastmod, read: true };
    }
  }
  if (locations.length === 0 && trouble !== null) return trouble;
  // A part without `lastmod` may change while the index does not, so the index is asked for in full each time.
  const validators = listed.every((part) => part.lastmod !== null)
    ? index.validators
    : { ...index.validators, etag: null, lastModified: null };
  if (locations.length === 0 && before !== null) {
    const cursor = { ...before, ...validators, parts } satisfies Cursor;
    return { kind: 'same', cursor, restMs: index.restMs };
  }
  return resultOf(look, before, locations, flat(locations, index.answer.url), validators, parts, index.restMs);
}

const unread: Part = { ...document.noValidators, mark: null, read: false };

/** A part that was there at the first look and not read then is read when it changes. */
function isDue(part: Part | undefined, lastmod: string | null, first: boolean): boolean {
  if (first || part === undefined) return true;
  return part.read ? lastmod === null || lastmod !== part.mark : lastmod !== null && lastmod !== part.mark;
}

const emptied = 'the sitemap is empty, and it was not before; that is an error of the site, nothing is taken for gone';

function misfit(found: Exclude<Locations, { readonly kind: 'urlset' | 'sitemapindex' }>): PollResult {
  switch (found.kind) {
    case 'cut short':
      return broken('the sitemap is cut short (its end is missing); it is not read at all, so nothing is lost');
    case 'other':
      if (found.name === 'html')
        return broken('HTML came instead of a sitemap; its address usually stands in /robots.txt');
      if (['rss', 'feed', 'rdf'].includes(found.name))
        return broken('this is a feed, not a sitemap; write `feed:` instead of `sitemap:`');
      return broken(
        found.name === '' ? 'this is no sitemap' : `the document is <${found.name.slice(0, 40)}>, which is no sitemap`,
      );
  }
}

function resultOf(
  look: Look,
  before: Cursor | null,
  locations: readonly Location[],
  answer: RecordedAnswer,
  validators: document.Validators,
  parts: Readonly<Record<string, Part>>,
  restMs: number | null,
): PollResult {
  if (locations.length === 0 && (before?.count ?? 0) > 0) return broken(emptied);
  const observations = new Map<string, Observation>();
  for (const location of locations) {
    const observation = observationOf(location, look.target);
    if (!observations.has(observation.key)) observations.set(observation.key, observation);
  }
  const hash = digest([...observations.keys()].sort().join('\n'));
  const { etag, lastModified, moved } = validators;
  const cursor: Json = {
    etag,
    lastModified,
    moved,
    hash,
    count: observations.size,
    parts: { ...parts },
  } satisfies Cursor;
  if (before !== null && hash === before.hash) return { kind: 'same', cursor, restMs };
  const seen = [...observations.values()];
  return {
    kind: 'fresh',
    there: true,
    observations: seen,
    cursor,
    gone: [],
    window: 'newest',
    found: [],
    answer,
    restMs,
  };
}

function observationOf({ link, title, publishedAt }: Location, target: Target): Observation {
  const same = identityOf(link);
  const name = title ?? titleOfLink(link);
  return {
    targetId: target.id,
    key: same,
    fingerprint: digest(same),
    kind: 'link',
    sort: 'thing',
    about: `link:${same}`,
    subject: link,
    title: name,
    url: link,
    publishedAt,
    lang: hangulShare(name) >= 0.3 ? 'ko' : null,
    text: null,
    facts: {},
  };
}

/** What an index and its parts said, as one sitemap, for the recording. */
function flat(locations: readonly Location[], url: string): RecordedAnswer {
  const text = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const lines = locations.map(({ link, title, publishedAt }) => {
    const name = title === null ? '' : `<news:title>${text(title)}</news:title>`;
    const date = publishedAt === null ? '' : `<news:publication_date>${publishedAt}</news:publication_date>`;
    const news = name + date === '' ? '' : `<news:news>${name}${date}</news:news>`;
    return `<url><loc>${text(link)}</loc>${news}</url>`;
  });
  return { type: 'xml', body: `<urlset>\n${lines.join('\n')}\n</urlset>\n`, url };
}
