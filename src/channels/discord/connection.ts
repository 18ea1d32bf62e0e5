// Discord's REST client, tamed: it never waits, never retries, and every answer is a value.
import type { RESTOptions } from '@discordjs/rest';
import { z } from 'zod';
import type { SendReason } from '../../types/reasons/sending.ts';
import type { ChannelWorld } from '../define.ts';
import { bodyOf, fileOf } from './form.ts';
import { createPace, type RequestPace } from './pace.ts';
import type { Attachment } from './page.ts';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Path after the version, with its query. */
  readonly path: `/${string}`;
  readonly body?: unknown;
  readonly files?: readonly Attachment[];
  /** With the bot's token; a webhook carries its own in the path. */
  readonly auth: boolean;
}

export type RestAnswer =
  | { readonly kind: 'answer'; readonly body: unknown }
  /** A 429, or the client's own limiter, which asked nobody. */
  | { readonly kind: 'limited'; readonly afterMs: number; readonly reason: SendReason }
  /** 4xx with Discord's own error code, when there is one, and how long to wait, when it says so. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: number | null;
      readonly afterMs: number | null;
      readonly reason: SendReason;
    }
  /** 5xx: it may have been done all the same. */
  | { readonly kind: 'failed'; readonly reason: SendReason }
  /** Network; `reached`: something may have arrived there. */
  | { readonly kind: 'lost'; readonly reached: boolean; readonly reason: SendReason };

export interface Connection {
  /** Throws only for bugs. */
  readonly call: (call: Call, signal: AbortSignal) => Promise<RestAnswer>;
}

const timeoutMs = 15_000;
const setBackMs = 60_000;
/** A 429 without a word on how long: Cloudflare's block of a whole address. */
const blockedSeconds = 60;

/** Errors of a connection that was never made: nothing was sent. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function codesOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner = error instanceof AggregateError ? error.errors.flatMap((each) => codesOf(each, depth + 1)) : [];
  return [...own, ...inner, ...codesOf(error.cause, depth + 1)];
}

const longestSeconds = 6 * 3_600;

/** What an answer says of how long to wait, in seconds: longer than six hours, or nonsense, counts as six hours. */
function believed(said: unknown): number {
  const seconds = typeof said === 'string' && said.trim() !== '' ? Number(said) : said;
  const sound = typeof seconds === 'number' && seconds >= 0 && seconds <= longestSeconds;
  return sound ? seconds : longestSeconds;
}

const waitShape = z.looseObject({ retry_after: z.unknown().optional() });

/** In seconds; null when the body says nothing of it. */
function waitIn(body: unknown): number | null {
  const said = waitShape.safeParse(body).data?.retry_after;
  return said === undefined || said === null ? null : believed(said);
}

/** Discord's own code of an error; null: it is somebody else's answer, or says none. */
function codeIn(text: string): number | null {
  return z.looseObject({ code: z.number() }).safeParse(parsed(text)).data?.code ?? null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A 429 must say for how long, or the client would take it for "at once". */
function withRetryAfter(status: number, headers: Headers, text: string): Headers {
  if (status !== 429) return headers;
  const named = new Headers(headers);
  // The body counts: some limits name half an hour there and a second in the header.
  const header = headers.get('retry-after');
  const seconds = waitIn(parsed(text)) ?? (header === null ? null : believed(header));
  named.set('retry-after', String(seconds ?? blockedSeconds));
  // Without a word of Discord's own it is Cloudflare's, for the whole address; with one it is this route's alone.
  if (seconds === null && codeIn(text) === null) named.set('x-ratelimit-global', 'true');
  return named;
}

/** There is no room for it in this second: nothing was sent. */
class Paced extends Error {
  readonly afterMs: number;
  constructor(afterMs: number) {
    super('paced');
    this.afterMs = afterMs;
  }
}

/** The whole answer is read here, so that the client's time-out covers the body too. */
type MakeRequest = RESTOptions['makeRequest'];

interface Paces {
  readonly token: RequestPace;
  readonly address: RequestPace;
}

async function request(
  fetch: ChannelWorld['fetch'],
  paces: Paces,
  url: string,
  init: Parameters<MakeRequest>[1],
): Promise<Response> {
  const headers = new Headers(
    Object.entries(init.headers ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  // Asked here, where it really goes out: what a bucket of the client holds back takes no place.
  const who = `${init.method} ${url}`;
  const room = headers.has('authorization') ? paces.token(who) : paces.address(who);
  if (room.heard === null) throw new Paced(room.afterMs);
  const answer = await fetch(url, {
    method: init.method ?? 'GET',
    headers,
    body: await bodyOf(init.body, headers),
    signal: init.signal ?? null,
    redirect: 'error',
  });
  room.heard();
  const text = await answer.text();
  const body = answer.status === 204 || answer.status === 205 || answer.status === 304 ? null : text;
  return new Response(body, {
    status: answer.status,
    statusText: answer.statusText,
    headers: withRetryAfter(answer.status, answer.headers, text),
  });
}

async function openClient(world: ChannelWorld) {
  const paces: Paces = { token: createPace(world.now), address: createPace(world.now) };
  const { REST, RateLimitError, DiscordAPIError, HTTPError, RequestMethod } = await import('@discordjs/rest');
  const rest = new REST({
    api: world.addresses['discord.apiUrl'] ?? 'https://discord.com/api',
    version: '10',
    retries: 0,
    timeout: timeoutMs,
    // Resets are told as time from now and reach us late, never early: a margin on top would only waste what is allowed.
    offset: 0,
    rejectOnRateLimit: () => true,
    userAgentAppendix: world.userAgent,
    // Our own pace tells each who waits a time of its own.
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    makeRequest: async (url, init) => await request(world.fetch, paces, url, init),
  });
  const methods = { GET: RequestMethod.Get, POST: RequestMethod.Post, PATCH: RequestMethod.Patch } as const;
  return { rest, methods, RateLimitError, DiscordAPIError, HTTPError };
}

type Client = Awaited<ReturnType<typeof openClient>>;

const limited = (scope: string): SendReason => ({ code: 'discord.limited', params: { scope } });

/** What people can mend, by Discord's codes. */
type OwnWords =
  | 'discord.no-channel'
  | 'discord.no-access'
  | 'discord.no-permission'
  | 'discord.no-text'
  | 'discord.locked'
  | 'discord.threads-full'
  | 'discord.automod';

const ownWords: ReadonlyMap<number, OwnWords> = new Map([
  [10_003, 'discord.no-channel'],
  [40_058, 'discord.no-text'],
  [50_008, 'discord.no-text'],
  [50_024, 'discord.no-text'],
  [160_005, 'discord.locked'],
  [160_006, 'discord.threads-full'],
  [160_007, 'discord.threads-full'],
  [200_000, 'discord.automod'],
  [200_001, 'discord.automod'],
  [50_001, 'discord.no-access'],
  [50_013, 'discord.no-permission'],
] as const);

function refusal(status: number, code: number | null, said: string): SendReason {
  if (code === null) return { code: 'discord.answered', params: { status, said } };
  return { code: ownWords.get(code) ?? 'discord.refused', params: { status, code, said } };
}

function answerOf(error: unknown, client: Client): RestAnswer {
  const { RateLimitError, DiscordAPIError, HTTPError } = client;
  if (error instanceof Paced) return { kind: 'limited', afterMs: error.afterMs, reason: limited('global') };
  if (error instanceof RateLimitError) {
    const afterMs = Math.max(10, Math.ceil(Math.max(error.retryAfter, error.timeToReset, error.sublimitTimeout)));
    return { kind: 'limited', afterMs, reason: limited(error.global ? 'global' : error.scope) };
  }
  if (error instanceof DiscordAPIError) {
    const code = typeof error.code === 'number' && error.code !== 0 ? error.code : null;
    const said = error.message.replaceAll(/\s+/g, ' ');
    const seconds = waitIn(error.rawError);
    const afterMs = seconds === null ? null : seconds * 1_000;
    return { kind: 'refused', status: error.status, code, afterMs, reason: refusal(error.status, code, said) };
  }
  if (error instanceof HTTPError)
    return { kind: 'failed', reason: { code: 'discord.failed', params: { status: error.status } } };
  if (!(error instanceof Error)) throw error;
  const codes = codesOf(error);
  const stopped = error.name === 'AbortError' || error.name === 'TimeoutError';
  const reached = stopped || !codes.some((code) => neverSent.has(code));
  if (stopped) return { kind: 'lost', reached, reason: { code: 'discord.slow', params: {} } };
  const detail = codes[0] ?? error.name;
  return { kind: 'lost', reached, reason: { code: 'discord.unreachable', params: { detail } } };
}

/** One per world: all channels share one limiter, because Discord's global limit is one. */
const connections = new WeakMap<ChannelWorld, Connection>();

export function connectionOf(world: ChannelWorld): Connection {
  const known = connections.get(world);
  if (known !== undefined) return known;
  const made = createConnection(world);
  connections.set(world, made);
  return made;
}

function createConnection(world: ChannelWorld): Connection {
  let opening: Promise<Client> | null = null;
  let offset = Number.NEGATIVE_INFINITY;
  const token = world.secrets.DISCORD_TOKEN;
  return {
    call: async (call, signal) => {
      if (signal.aborted) return { kind: 'lost', reached: false, reason: { code: 'discord.stopped', params: {} } };
      // A clock that was set back makes limits that are nearly over seem to last until it has caught up.
      const offsetNow = world.now() - performance.now();
      if (offsetNow < offset - setBackMs) opening = null;
      offset = offsetNow;
      opening ??= openClient(world);
      const client = await opening;
      // The client forgets its token after a 401; a refused token may be accepted again an hour later.
      if (call.auth && token !== undefined) client.rest.setToken(token);
      // Not the caller's signal itself: the client never takes its listeners off again.
      const stop = new AbortController();
      const onAbort = () => stop.abort();
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        const body = await client.rest.request({
          fullRoute: call.path,
          method: client.methods[call.method],
          auth: call.auth,
          signal: stop.signal,
          ...(call.body === undefined ? {} : { body: call.body }),
          ...(call.files === undefined ? {} : { files: call.files.map(fileOf) }),
        });
        return { kind: 'answer', body };
      } catch (error) {
        const answer = answerOf(error, client);
        return answer.kind === 'lost' && signal.aborted
          ? { ...answer, reason: { code: 'discord.stopped-sending', params: {} } }
          : answer;
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
}
