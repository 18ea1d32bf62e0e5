// Sitemaps: every address is a link; an index is followed to its parts. `lastmod` only decides which parts are read.
import { z } from 'zod';
import type { PollResult, RecordedAnswer } from '../../types/core.ts';
import type { LookReason } from '../../types/reasons/looks.ts';
import type { SourceKind } from '../define.ts';
import {
  type AskDocument,
  cursorShape,
  type DocumentReading,
  documentSource,
  hashOf,
  linkObservations,
  type NamedLink,
  readAddress,
  resultOf,
} from '../document/document-source.ts';
import { noValidators, type Validators, validatorsShape } from '../document/get.ts';
import { identitiesOf } from '../document/sessions.ts';
import { digest } from '../document/text.ts';
import { titleOfLink } from '../document/title.ts';
import { nameFilters } from '../filters.ts';
import type { Location, Locations } from './locations.ts';

const partShape = z.object({
  ...validatorsShape,
  /** The index's `lastmod` when the part was read; null = none given. */
  mark: z.string().nullable(),
  /** False = listed since the first look, but never read. */
  read: z.boolean(),
});
type Part = z.infer<typeof partShape>;
const sitemapCursor = z.object({
  ...cursorShape,
  count: z.number().catch(0),
  parts: z.record(z.string(), partShape).catch({}),
});
type Cursor = z.infer<typeof sitemapCursor>;

/** Limits per look; the rest is left for the next one. */
const partsAtMost = 50;
const locationsPerLook = 50_000;
const partsKnownAtMost = 2_000;

export const sitemap: SourceKind = documentSource({
  kind: 'sitemap',
  options: {
    ...nameFilters,
    only: z.literal('models').optional(),
  },
  address: (written) => readAddress('sitemap', written, 'https://example.org/sitemap.xml'),
  accept: 'application/xml, text/xml, application/gzip;q=0.9, text/plain;q=0.8, */*;q=0.5',
  type: 'xml',
  cursor: sitemapCursor,
  read,
});

const broken = (reason: LookReason): PollResult => ({ kind: 'broken', reason });

async function read(reading: DocumentReading<Cursor>): Promise<PollResult> {
  const { answer, ask, validators } = reading;
  const { readLocations } = await import('./locations.ts');
  const found = readLocations(answer.body, answer.url);
  if (found.kind === 'urlset') return readingOf(reading, found.locations, validators, {});
  if (found.kind !== 'sitemapindex') return misfit(found);
  return ask === null
    ? broken({ code: 'sitemap.index-alone', params: {} })
    : followIndex(reading, found.locations, ask, readLocations);
}

/** Parts with an unchanged `lastmod` are not read again; the newest are read first. */
async function followIndex(
  reading: DocumentReading<Cursor>,
  listed: readonly Location[],
  ask: AskDocument,
  readLocations: (text: string, url: string) => Locations,
): Promise<PollResult> {
  const { look, before } = reading;
  if (listed.length === 0 && (before?.count ?? 0) > 0) return broken(emptied);
  const known = before?.parts ?? {};
  const parts: Record<string, Part> = {};
  for (const { link, lastmod } of listed.slice(0, partsKnownAtMost))
    parts[digest(link)] = known[digest(link)] ?? { ...noValidators, mark: lastmod, read: false };
  const due = listed.filter(({ link, lastmod }) => isDue(known[digest(link)], lastmod, before === null));
  const newestFirst = due.toSorted((one, other) => (other.lastmod ?? '').localeCompare(one.lastmod ?? ''));
  const locations: Location[] = [];
  let trouble: PollResult | null = null;
  for (const { link, lastmod } of newestFirst.slice(0, partsAtMost)) {
    if (locations.length >= locationsPerLook) break;
    const part = known[digest(link)];
    const got = await ask(link, part?.read === true ? part : null);
    if (got.kind === 'later' && before === null) return got;
    if (got.kind === 'later' || got.kind === 'broken') trouble ??= got;
    else if (got.kind === 'unchanged') parts[digest(link)] = { ...(part ?? unread), mark: lastmod, read: true };
    else {
      const found = readLocations(got.answer.body, got.answer.url);
      if (found.kind === 'sitemapindex') trouble ??= broken({ code: 'sitemap.nested', params: {} });
      else if (found.kind !== 'urlset') trouble ??= misfit(found);
      else {
        const since = part === undefined || part.read ? null : (look.lastAt ?? '');
        for (const one of found.locations) if (since === null || (one.lastmod ?? '') > since) locations.push(one);
        parts[digest(link)] = { ...got.validators, mark: lastmod, read: true };
      }
    }
  }
  if (locations.length === 0 && trouble !== null) return trouble;
  // A part without `lastmod` may change while the index does not, so the index is then always fetched in full.
  const validators = listed.every((part) => part.lastmod !== null)
    ? reading.validators
    : { ...reading.validators, etag: null, lastModified: null };
  if (locations.length === 0 && before !== null) {
    const cursor = { ...before, ...validators, parts } satisfies Cursor;
    return { kind: 'same', cursor, restMs: reading.restMs };
  }
  return readingOf({ ...reading, answer: flat(locations, reading.answer.url) }, locations, validators, parts);
}

const unread: Part = { ...noValidators, mark: null, read: false };

/** A part that was listed at the first look, but not read, is read once it changes. */
function isDue(part: Part | undefined, lastmod: string | null, first: boolean): boolean {
  if (first || part === undefined) return true;
  return part.read ? lastmod === null || lastmod !== part.mark : lastmod !== null && lastmod !== part.mark;
}

const emptied: LookReason = { code: 'sitemap.emptied', params: {} };

function misfit(found: Exclude<Locations, { readonly kind: 'urlset' | 'sitemapindex' }>): PollResult {
  switch (found.kind) {
    case 'cut short':
      return broken({ code: 'sitemap.cut-short', params: {} });
    case 'too many':
      return broken({ code: 'sitemap.too-many', params: { most: 50_000 } });
    case 'other':
      if (found.name === 'html') return broken({ code: 'sitemap.html', params: {} });
      if (found.name === 'urlset' || found.name === 'sitemapindex')
        return broken({ code: 'sitemap.depth', params: {} });
      if (['rss', 'feed', 'rdf'].includes(found.name)) return broken({ code: 'sitemap.feed', params: {} });
      return broken(
        found.name === ''
          ? { code: 'sitemap.none', params: {} }
          : { code: 'sitemap.other', params: { name: found.name.slice(0, 40) } },
      );
  }
}

function readingOf(
  reading: DocumentReading<Cursor>,
  locations: readonly Location[],
  { etag, lastModified, moved }: Validators,
  parts: Readonly<Record<string, Part>>,
): PollResult {
  const { look, before } = reading;
  if (locations.length === 0 && (before?.count ?? 0) > 0) return broken(emptied);
  const { of, plain, sessions } = identitiesOf(
    locations.map(({ link }) => link),
    before?.sessions ?? {},
  );
  const named = function* (): Generator<NamedLink> {
    for (const { link, title, publishedAt } of locations)
      yield { link: plain(link), same: of(link), title: title ?? titleOfLink(link), publishedAt, lang: null };
  };
  const observations = linkObservations(named(), look.target);
  const hash = hashOf(observations.map(({ key }) => key));
  const cursor = {
    etag,
    lastModified,
    moved,
    hash,
    sessions,
    count: observations.length,
    parts: { ...parts },
  } satisfies Cursor;
  return resultOf(reading, cursor, observations);
}

/** The index and its parts combined into one sitemap, for the recording. */
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
