// One conditional GET per look for feeds, pages and sitemaps, and what its response means for the target.

import { z } from 'zod';
import type { Http, HttpReply } from '../../infra/http/client.ts';
import { shown } from '../../infra/http/redirect.ts';
import type { Json, Look, PollResult, Spent } from '../../types/core.ts';
import type { LookReason } from '../../types/reasons/looks.ts';
import { dayMs } from '../../types/time.ts';
import type { PollAnswer, PollContext } from '../define.ts';

/** What a document source remembers of a response until the next look. */
export interface Validators {
  /** As received, byte for byte; null = the response had none. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Where permanent redirects led; null = nowhere. */
  readonly moved: string | null;
}

export const noValidators: Validators = { etag: null, lastModified: null, moved: null };

export const validatorsShape = {
  etag: z.string().nullable().catch(null),
  lastModified: z.string().nullable().catch(null),
  moved: z.string().nullable().catch(null),
};

type Later = Extract<PollResult, { readonly kind: 'later' }>;
type Broken = Extract<PollResult, { readonly kind: 'broken' }>;
type Answered = Extract<HttpReply, { readonly kind: 'reply' }>;

export type Got =
  | {
      readonly kind: 'document';
      readonly bytes: Uint8Array;
      readonly contentType: string | null;
      /** The final address, after redirects. */
      readonly url: string;
      readonly validators: Validators;
      /** From Cache-Control, in milliseconds; null = it says nothing. */
      readonly restMs: number | null;
    }
  | { readonly kind: 'unchanged'; readonly restMs: number | null }
  | Later
  | Broken;

export interface DocumentRequest {
  readonly address: string;
  /** Null = never fetched, so the request is unconditional. */
  readonly validators: Validators | null;
  readonly accept: string;
  readonly reach: 'public' | 'strict';
}

export const restAtMostMs = dayMs;

/** The address to fetch. A secret in it is sent to its own host only (which may redirect it), not to one it moved to. */
function movedTo({ address, validators }: DocumentRequest): string {
  const moved = validators?.moved ?? address;
  const elsewhere = URL.parse(moved)?.origin !== URL.parse(address)?.origin;
  return elsewhere && /\$(?:\{|%7B)/i.test(moved) ? address : moved;
}

/** One GET, or a second one to the original address when the one it had moved to is gone. Adds the cost to `spent`. */
export async function getDocument(
  http: Http,
  asked: DocumentRequest,
  context: PollContext,
  spent: Spent[],
): Promise<Got> {
  const { validators } = asked;
  const from = movedTo(asked);
  const reply = await request(http, { url: from, asked, validators }, context, spent);
  if (from !== asked.address && isGone(reply)) {
    const again = await request(http, { url: asked.address, asked, validators: null }, context, spent);
    return meaningOf(again, asked.address, { ...asked, validators: null }, context.now());
  }
  return meaningOf(reply, from, asked, context.now());
}

const isGone = (reply: HttpReply): boolean =>
  reply.kind === 'failed'
    ? !['aborted', 'timeout'].includes(reply.fault)
    : reply.status === 404 || reply.status === 410;

interface Asking {
  readonly url: string;
  readonly asked: DocumentRequest;
  readonly validators: Validators | null;
}

async function request(
  http: Http,
  { url, asked, validators }: Asking,
  context: PollContext,
  spent: Spent[],
): Promise<HttpReply> {
  const headers: Record<string, string> = { accept: asked.accept };
  if (validators?.etag) headers['if-none-match'] = validators.etag;
  if (validators?.lastModified) headers['if-modified-since'] = validators.lastModified;
  const began = context.now();
  const reply = await http.get(url, { headers, signal: context.signal, reach: asked.reach });
  const pauseMs = reply.kind === 'reply' && reply.status === 429 ? retryAfterMs(reply.headers, context.now()) : null;
  const cost = { pool: hostPool(asked.address), cost: 1, tookMs: Math.max(0, context.now() - began) };
  spent.push(pauseMs === null ? cost : { ...cost, pauseMs });
  return reply;
}

/** Documents have no published quota, so each host is a pool of its own. */
export const hostPool = (address: string): string => `feed:${new URL(address).host}`;

function meaningOf(reply: HttpReply, from: string, asked: DocumentRequest, now: number): Got {
  if (reply.kind === 'failed') return failureOf(reply);
  const { status, headers } = reply;
  const { address } = asked;
  const said = (code: StatusCode): LookReason => answeredBy({ code, params: { status } }, reply.url, address);
  if (status === 304)
    return isComparable(reply, from, asked.validators)
      ? { kind: 'unchanged', restMs: maxAgeMs(headers) }
      : {
          kind: 'later',
          reason: said('document.unasked'),
          afterMs: null,
        };
  if (status === 429 || status === 408 || status === 425 || status >= 500)
    return { kind: 'later', reason: said(waiting(status)), afterMs: retryAfterMs(headers, now) };
  if (status < 200 || status > 299 || partial.has(status))
    return { kind: 'broken', reason: said(refused[status] ?? 'document.none') };
  if (reply.bytes.byteLength === 0)
    return { kind: 'broken', reason: answeredBy({ code: 'document.empty', params: {} }, reply.url, address) };
  const permanent =
    reply.redirects.length > 0 && reply.redirects.every((hop) => hop.status === 301 || hop.status === 308);
  const start = permanent ? reply.url : from;
  return {
    kind: 'document',
    bytes: reply.bytes,
    contentType: headers.get('content-type'),
    url: reply.url,
    validators: {
      etag: sendable(headers.get('etag')),
      lastModified: sendable(headers.get('last-modified')),
      moved: start === address ? null : start,
    },
    restMs: maxAgeMs(headers),
  };
}

/** Whether a 304 can be trusted: only if we sent validators, and no redirect led to another host. */
function isComparable({ redirects }: Answered, from: string, validators: Validators | null): boolean {
  const sent = validators !== null && (validators.etag !== null || validators.lastModified !== null);
  const host = URL.parse(from)?.host;
  return sent && redirects.every((hop) => URL.parse(hop.to)?.host === host);
}

/** Adds the address that answered to a reason when redirects led elsewhere than to `asked`. */
export function answeredBy(reason: LookReason, answered: string, asked: string): LookReason {
  const place = shown(answered);
  return place === shown(asked) ? reason : { code: 'document.answered-by', params: { cause: reason, place } };
}

function failureOf(reply: Extract<HttpReply, { readonly kind: 'failed' }>): Later | Broken {
  switch (reply.fault) {
    case 'network':
    case 'timeout':
    case 'aborted':
      return { kind: 'later', reason: reply.reason, afterMs: null };
    case 'too large':
    case 'private address':
    case 'too many redirects':
    case 'bad url':
      return { kind: 'broken', reason: reply.reason };
  }
}

const waiting = (status: number): StatusCode => (status === 429 ? 'document.waits' : 'document.trouble');

/** Statuses that carry only part of the document, although we never ask for a part. */
const partial = new Set([206, 226]);

type StatusCode = Extract<LookReason, { readonly params: { readonly status: number } }>['code'] & `document.${string}`;

const refused: Readonly<Record<number, StatusCode>> = {
  401: 'document.login',
  403: 'document.refuses',
  404: 'document.nothing',
  410: 'document.gone',
};

/** `Retry-After` (seconds or a date) as milliseconds from now, at most a day; null = no such header. */
function retryAfterMs(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), restAtMostMs);
}

function maxAgeMs(headers: Headers): number | null {
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(headers.get('cache-control') ?? '')?.[1];
  return seconds === undefined || seconds === '0' ? null : Math.min(Number(seconds) * 1000, restAtMostMs);
}

/** Drops a validator that could not be sent back in a header. */
const sendable = (value: string | null): string | null =>
  value !== null && /^[\x20-\x7e]{1,1000}$/.test(value) ? value : null;

/** The longest of several waiting times in milliseconds; null when none is given. */
export function longest(...wishes: readonly (number | null)[]): number | null {
  const given = wishes.filter((wish) => wish !== null);
  return given.length === 0 ? null : Math.min(Math.max(...given), restAtMostMs);
}

function isToWait(reason: LookReason): boolean {
  const said = reason.code === 'document.answered-by' ? reason.params.cause : reason;
  return said.code === 'document.waits';
}

/** Polls hosts in parallel, and the looks at one host one after another; after a 429 the rest of that host's looks wait too. */
export async function pollByHost(
  looks: readonly Look[],
  context: PollContext,
  one: (look: Look, spent: Spent[]) => Promise<PollResult>,
): Promise<PollAnswer> {
  const results = new Map<string, PollResult>();
  const spent: Spent[] = [];
  const hosts = Map.groupBy(looks, (look) => hostPool(look.target.address));
  const visit = async (queue: readonly Look[]): Promise<void> => {
    let wait: Later | null = null;
    for (const look of queue) {
      const result: PollResult = wait ?? (context.signal.aborted ? stopped : await one(look, spent));
      if (result.kind === 'later' && isToWait(result.reason)) wait = result;
      results.set(look.target.id, result);
    }
  };
  await Promise.all([...hosts.values()].map(visit));
  return { results, spent };
}

const stopped: Later = { kind: 'later', reason: { code: 'look.stopped', params: {} }, afterMs: null };

/** An http or https address as people write it, normalised as in targets; null when it is not one. */
export function webAddress(written: string): string | null {
  const text = written.trim();
  if (/\s/.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol) || url.hostname === '') return null;
  url.hash = '';
  return url.href;
}

/** Parses a stored cursor; one that does not fit the shape counts as a first look. */
export function cursorOf<T>(shape: z.ZodType<T>, cursor: Json): T | null {
  const read = shape.safeParse(cursor);
  return read.success ? read.data : null;
}
