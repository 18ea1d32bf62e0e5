// Feeds: RSS, Atom and JSON Feed. One target is one feed; an entry is news by its guid or link, never by its date.
import { z } from 'zod';
import type { Look, PollResult, RecordedAnswer, Spent } from '../../types/core.ts';
import type { PollContext, Source, SourceKind, SourceWorld } from '../define.ts';
import { decode } from '../document/decode.ts';
import {
  cursorOf,
  getDocument,
  hostPool,
  longest,
  noValidators,
  pollByHost,
  type Validators,
  validatorsShape,
  webAddress,
} from '../document/get.ts';

const cursorShape = z.object({
  ...validatorsShape,
  hash: z.string().nullable().catch(null),
  restMs: z.number().nullable().catch(null),
  links: z.record(z.string(), z.string()).catch({}),
});
type Cursor = z.infer<typeof cursorShape>;

const accept =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5';

export const feed: SourceKind = {
  kind: 'feed',
  events: [],
  options: {
    include: z.string().optional(),
    exclude: z.string().optional(),
    match: z
      .strictObject({ any: z.array(z.string().min(1)).default([]), none: z.array(z.string().min(1)).default([]) })
      .optional(),
  },
  address: (written) => {
    const address = webAddress(written);
    if (address !== null) return { target: { id: `feed:${address}`, source: 'feed', address, shape: null } };
    return {
      problem: `${written.trim() || 'an empty text'} is not the address of a feed`,
      hint: 'write it in full: https://example.org/feed.xml',
    };
  },
  floorMs: 15 * 60_000,
  open,
};

function open(world: SourceWorld): Source {
  return {
    kind: 'feed',
    expectsNews: true,
    batch: 20,
    pool: (target) => hostPool(target.address),
    poll: (looks, context) => pollByHost(looks, context, (look, spent) => lookAt(world, look, context, spent)),
    read: (look, answer) => {
      const before = cursorOf(cursorShape, look.cursor);
      return read(look, answer, before, before ?? noValidators, null);
    },
  };
}

async function lookAt(world: SourceWorld, look: Look, context: PollContext, spent: Spent[]): Promise<PollResult> {
  const before = cursorOf(cursorShape, look.cursor);
  const reach = look.strict === true ? 'strict' : 'public';
  const got = await getDocument(
    world.http,
    { address: look.target.address, validators: before, accept, reach },
    context,
    spent,
  );
  if (got.kind === 'later' || got.kind === 'broken') return got;
  if (got.kind === 'unchanged')
    return { kind: 'same', cursor: look.cursor, restMs: longest(got.restMs, before?.restMs ?? null) };
  const answer: RecordedAnswer = { type: 'xml', body: decode(got.bytes, got.contentType), url: got.url };
  return read(look, answer, before, got.validators, got.restMs);
}

async function read(
  look: Look,
  answer: RecordedAnswer,
  before: Cursor | null,
  validators: Validators,
  serverMs: number | null,
): Promise<PollResult> {
  // Only a document that has changed is worth its parsers: most looks find none.
  const { readFeed } = await import('./read.ts');
  const reading = await readFeed(answer.body, answer.url, look.target, before?.links ?? {});
  if (reading.kind === 'broken') return reading;
  const { hash, links } = reading;
  const { etag, lastModified, moved } = validators;
  const cursor = { etag, lastModified, moved, hash, links, restMs: reading.restMs } satisfies Cursor;
  const restMs = longest(serverMs, reading.restMs);
  if (hash === before?.hash) return { kind: 'same', cursor, restMs };
  return {
    kind: 'fresh',
    there: true,
    observations: reading.observations,
    cursor,
    gone: [],
    window: 'newest',
    found: [],
    answer: { ...answer, type: reading.type },
    restMs,
  };
}
