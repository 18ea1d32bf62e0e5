// The source behind feeds, pages and sitemaps: one document per target, fetched conditionally, decoded, passed to a reader.
import { z } from 'zod';
import { compileHotLoops, worthCompiling } from '../../infra/compiler.ts';
import { gunzip, isGzip } from '../../infra/http/body.ts';
import type { Json, Look, Observation, PollResult, RecordedAnswer, Spent, Target } from '../../types/core.ts';
import type { AddressReading, PollContext, Source, SourceKind, SourceWorld } from '../define.ts';
import { decode } from './decode.ts';
import * as get from './get.ts';
import { type Sessions, sessionsShape } from './sessions.ts';
import { createDigest, digest, hangulShare } from './text.ts';

/** The part of the cursor common to all documents: HTTP validators, a hash of the observations, session parameters. */
export const cursorShape = {
  ...get.validatorsShape,
  hash: z.string().nullable().catch(null),
  sessions: sessionsShape,
};

export interface DocumentCursor extends get.Validators {
  readonly hash: string | null;
  readonly sessions: Sessions;
}

/** A decoded document, with what its response headers said. */
export interface Text {
  readonly kind: 'text';
  readonly answer: RecordedAnswer;
  readonly validators: get.Validators;
  /** How long the server asks not to be asked again, in milliseconds; null = it does not say. */
  readonly restMs: number | null;
}

export type Fetched = Exclude<get.Got, { readonly kind: 'document' }> | Text;

/** Fetches another document that belongs to the same look; `validators` is null when it was never fetched before. */
export type AskDocument = (address: string, validators: get.Validators | null) => Promise<Fetched>;

export interface DocumentReading<Cursor> extends Omit<Text, 'kind'> {
  readonly look: Look;
  /** Null = this is the first look. */
  readonly before: Cursor | null;
  /** Null = read from a recording, so nothing else can be fetched. */
  readonly ask: AskDocument | null;
}

export interface DocumentKind<Cursor extends DocumentCursor> {
  readonly kind: string;
  readonly options: SourceKind['options'];
  readonly address: (written: string, entry: Readonly<Record<string, unknown>>) => AddressReading;
  readonly accept: string;
  readonly type: RecordedAnswer['type'];
  readonly cursor: z.ZodType<Cursor>;
  /** How long the document itself asks to be left alone (such as a feed's `ttl`), from the cursor, in milliseconds. */
  readonly restMs?: (cursor: Cursor) => number | null;
  /** Pure except for `ask`; never throws, whatever the document contains. */
  readonly read: (reading: DocumentReading<Cursor>) => Promise<PollResult>;
}

const floorMs = 15 * 60_000;
const bytesAtMost = 5 * 1024 * 1024;

export function documentSource<Cursor extends DocumentCursor>(document: DocumentKind<Cursor>): SourceKind {
  const { kind, options, address } = document;
  return {
    kind,
    events: [],
    options,
    address,
    floorMs,
    open: (world: SourceWorld): Source => ({
      kind,
      expectsNews: true,
      batch: 20,
      pool: (target) => get.hostPool(target.address),
      poll: (looks, context) =>
        get.pollByHost(looks, context, (look, spent) => lookAt(document, world, { look, context, spent })),
      read: (look, answer) => {
        const before = get.cursorOf(document.cursor, look.cursor);
        return document.read({ look, answer, before, validators: before ?? get.noValidators, restMs: null, ask: null });
      },
    }),
  };
}

interface LookNow {
  readonly look: Look;
  readonly context: PollContext;
  readonly spent: Spent[];
}

async function lookAt<Cursor extends DocumentCursor>(
  document: DocumentKind<Cursor>,
  world: SourceWorld,
  { look, context, spent }: LookNow,
): Promise<PollResult> {
  const before = get.cursorOf(document.cursor, look.cursor);
  const { accept, type, restMs } = document;
  const reach = look.strict === true ? 'strict' : 'public';
  const ask: AskDocument = async (address, validators) =>
    textOf(await get.getDocument(world.http, { address, validators, accept, reach }, context, spent), type);
  const got = await ask(look.target.address, before);
  if (got.kind === 'later' || got.kind === 'broken') return got;
  if (got.kind === 'unchanged') {
    const wish = before === null ? null : (restMs?.(before) ?? null);
    return { kind: 'same', cursor: look.cursor, restMs: get.longest(got.restMs, wish) };
  }
  const { answer, validators } = got;
  const result = await document.read({ look, answer, before, validators, restMs: got.restMs, ask });
  return result.kind === 'broken'
    ? { ...result, reason: get.answeredBy(result.reason, answer.url, look.target.address) }
    : result;
}

/** Files that are compressed themselves (`sitemap.xml.gz`) are unpacked whatever their content type says. */
async function textOf(got: get.Got, type: RecordedAnswer['type']): Promise<Fetched> {
  if (got.kind !== 'document') return got;
  const { contentType, url, validators, restMs } = got;
  const body = isGzip(got.bytes) ? await gunzip(got.bytes, bytesAtMost) : { kind: 'bytes' as const, bytes: got.bytes };
  if (body.kind === 'too large')
    return { kind: 'broken', reason: { code: 'document.too-large', params: { most: '5 MiB' } } };
  if (body.kind === 'unreadable') return { kind: 'broken', reason: { code: 'document.damaged', params: {} } };
  if (body.bytes.byteLength >= worthCompiling) compileHotLoops();
  return { kind: 'text', answer: { type, body: await decode(body.bytes, contentType), url }, validators, restMs };
}

export function notAnAddress(kind: 'feed' | 'page' | 'sitemap', text: string, example: string): AddressReading {
  const written = text.trim();
  return {
    problem:
      written === '' ? { code: 'address.empty', params: { kind } } : { code: `address.${kind}`, params: { written } },
    help: { code: 'help.in-full', params: { example } },
  };
}

/** Reads an address from the YAML; `example` is shown as a correct one when it is invalid. */
export function readAddress(kind: 'feed' | 'sitemap', written: string, example: string): AddressReading {
  const address = get.webAddress(written);
  if (address !== null) return { target: { id: `${kind}:${address}`, source: kind, address, shape: null } };
  return notAnAddress(kind, written, example);
}

/** Independent of the order of the strings, so that a reordered document counts as unchanged. */
export function hashOf(said: readonly string[]): string {
  const hash = createDigest();
  for (const [index, one] of said.toSorted().entries()) hash.add(index === 0 ? one : `\n${one}`);
  return hash.digest();
}

/** The result of a look: `same` when `cursor.hash` has not changed. */
export function resultOf(
  { before, answer, restMs }: Pick<DocumentReading<DocumentCursor>, 'before' | 'answer' | 'restMs'>,
  cursor: DocumentCursor & Readonly<Record<string, Json>>,
  observations: readonly Observation[],
): PollResult {
  if (cursor.hash === before?.hash) return { kind: 'same', cursor, restMs };
  return { kind: 'fresh', there: true, observations, cursor, gone: [], window: 'newest', found: [], answer, restMs };
}

/** A link found in a document, with its title. */
export interface NamedLink {
  /** Absolute, without tracking parameters. */
  readonly link: string;
  /** The normalised link, for comparison. */
  readonly same: string;
  readonly title: string;
  readonly publishedAt: string | null;
  /** Null when the document does not say. */
  readonly lang: string | null;
}

/** One observation per distinct link. Titles are left out of the fingerprint: many carry dates and counters. */
export function linkObservations(links: Iterable<NamedLink>, target: Target): readonly Observation[] {
  const observations = new Map<string, Observation>();
  for (const one of links) if (!observations.has(one.same)) observations.set(one.same, linkObservation(one, target));
  return [...observations.values()];
}

const noFacts: Observation['facts'] = {};

function linkObservation({ link, same, title, publishedAt, lang }: NamedLink, target: Target): Observation {
  return {
    targetId: target.id,
    // Shares one string where both are equal, as for most entries of a long list, to save memory.
    key: same === link ? link : same,
    fingerprint: digest(same),
    kind: 'link',
    sort: 'thing',
    about: `link:${same}`,
    subject: link,
    title,
    url: link,
    publishedAt,
    lang: hangulShare(title) >= 0.3 ? 'ko' : lang,
    text: null,
    facts: noFacts,
  };
}
