// Feeds: RSS, Atom and JSON Feed, one target per feed. An entry is known by its guid or link, never by its date.
import { z } from 'zod';
import type { PollResult } from '../../types/core.ts';
import type { SourceKind } from '../define.ts';
import {
  cursorShape,
  type DocumentReading,
  documentSource,
  readAddress,
  resultOf,
} from '../document/document-source.ts';
import { longest } from '../document/get.ts';
import { nameFilters } from '../filters.ts';
import type { KnownEntry } from './identity.ts';

const knownEntry = z.tuple([z.string(), z.string(), z.string().nullable()]).readonly();

/** The older cursor format, with one entry per link and no title. */
function alone(key: string): readonly KnownEntry[] {
  return [[key, '', null]];
}

const feedCursor = z.object({
  ...cursorShape,
  restMs: z.number().nullable().catch(null),
  links: z.record(z.string(), z.union([z.array(knownEntry), z.string().transform(alone)])).catch({}),
});
type Cursor = z.infer<typeof feedCursor>;

export const feed: SourceKind = documentSource({
  kind: 'feed',
  options: {
    ...nameFilters,
    only: z.literal('models').optional(),
    maxAge: z.string().optional(),
    match: z
      .strictObject({ any: z.array(z.string().min(1)).default([]), none: z.array(z.string().min(1)).default([]) })
      .optional(),
  },
  address: (written) => readAddress('feed', written, 'https://example.org/feed.xml'),
  accept:
    'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5',
  type: 'xml',
  cursor: feedCursor,
  restMs: (cursor) => cursor.restMs,
  read,
});

async function read(reading: DocumentReading<Cursor>): Promise<PollResult> {
  const { look, answer, before, validators } = reading;
  // Loads the parsers only for a document that has changed: at most looks none has.
  const { readFeed } = await import('./read.ts');
  const known = { links: before?.links ?? {}, sessions: before?.sessions ?? {} };
  const found = await readFeed(answer.body, answer.url, look.target, known);
  if (found.kind === 'broken') return found;
  const { hash, links, sessions, restMs, type, observations } = found;
  const { etag, lastModified, moved } = validators;
  const around = { before, answer: { ...answer, type }, restMs: longest(reading.restMs, restMs) };
  return resultOf(around, { etag, lastModified, moved, hash, links, sessions, restMs }, observations);
}
