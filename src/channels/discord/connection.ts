// Discord's REST client, restricted: it never waits or retries, and every answer is a value.
import { createHash } from 'node:crypto';
import type { SendReason } from '../../types/reasons/sending.ts';
import type { ChannelWorld, Urgency } from '../define.ts';
import { fileOf } from './form.ts';
import { createInvalidRequests } from './invalid.ts';
import { createPace } from './pace.ts';
import type { Attachment } from './page.ts';
import { Paced, type Paces, request, urgencyHeader, waitIn } from './request.ts';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** The path after the API version, with its query. */
  readonly path: `/${string}`;
  readonly body?: unknown;
  readonly files?: readonly Attachment[];
  /** Whether to send the bot's token; a webhook's token is part of the path. */
  readonly auth: boolean;
  /** Left out = now. */
  readonly urgency?: Urgency | undefined;
}

export type RestAnswer =
  | { readonly kind: 'answer'; readonly body: unknown }
  /** A 429, or a refusal by the client's own limiter, without any request. */
  | { readonly kind: 'limited'; readonly afterMs: number; readonly reason: SendReason }
  /** A 4xx, with Discord's error code and the time to wait where these are given. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: number | null;
      readonly afterMs: number | null;
      readonly reason: SendReason;
    }
  /** A 5xx; the request may have been carried out all the same. */
  | { readonly kind: 'failed'; readonly reason: SendReason }
  /** A network error; `reached`: the request may have arrived. */
  | { readonly kind: 'lost'; readonly reached: boolean; readonly reason: SendReason };

export interface Connection {
  /** Throws only for bugs. */
  readonly call: (call: Call, signal: AbortSignal) => Promise<RestAnswer>;
}

/** A connection whose requests use only capacity that no message needs. */
export function idly(connection: Connection): Connection {
  return { call: (call, signal) => connection.call({ ...call, urgency: 'idle' }, signal) };
}

const timeoutMs = 15_000;
const setBackMs = 60_000;

/** Errors from before a connection was established: nothing was sent. */
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

async function openClient(world: ChannelWorld) {
  const paces: Paces = {
    token: createPace(world.now),
    address: createPace(world.now),
    invalid: createInvalidRequests(world.now),
  };
  const { REST, RateLimitError, DiscordAPIError, HTTPError, RequestMethod } = await import('@discordjs/rest');
  const rest = new REST({
    api: world.addresses['discord.apiUrl'] ?? 'https://discord.com/api',
    version: '10',
    retries: 0,
    timeout: timeoutMs,
    // Reset times are relative and arrive late, never early, so an additional margin would only waste capacity.
    offset: 0,
    rejectOnRateLimit: () => true,
    userAgentAppendix: world.userAgent,
    // Disabled, because our own pace replaces it and gives each waiting request its own time.
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
    makeRequest: async (url, init) => await request(world.fetch, paces, url, init),
  });
  const methods = { GET: RequestMethod.Get, POST: RequestMethod.Post, PATCH: RequestMethod.Patch } as const;
  return { rest, methods, RateLimitError, DiscordAPIError, HTTPError };
}

type Client = Awaited<ReturnType<typeof openClient>>;

const limited = (scope: string): SendReason => ({ code: 'discord.limited', params: { scope } });

/** Errors that people can fix, by Discord's codes. */
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
  if (error instanceof Paced) return { kind: 'limited', afterMs: error.afterMs, reason: limited(error.scope) };
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

/** One connection per world: all channels share it, since Discord's global limit applies to all of them. */
const connections = new WeakMap<ChannelWorld, Connection>();

/** All channels of one bot share Discord's limits; undefined without a token. */
export function paceOfToken({ secrets }: Pick<ChannelWorld, 'secrets'>): { readonly pace?: string } {
  const token = secrets.DISCORD_TOKEN;
  if (token === undefined) return {};
  return { pace: `discord:${createHash('sha256').update(token).digest('hex').slice(0, 16)}` };
}

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
      // After the clock was set back, the client's limits would last until it has caught up, so start with a new client.
      const offsetNow = world.now() - performance.now();
      if (offsetNow < offset - setBackMs) opening = null;
      offset = offsetNow;
      opening ??= openClient(world);
      const client = await opening;
      // The client drops its token after a 401, but a refused token may be accepted again later.
      if (call.auth && token !== undefined) client.rest.setToken(token);
      // A signal of its own for each call, because the client never removes its listeners.
      const stop = new AbortController();
      const onAbort = () => stop.abort();
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        const body = await client.rest.request({
          fullRoute: call.path,
          method: client.methods[call.method],
          auth: call.auth,
          signal: stop.signal,
          ...(call.urgency === 'idle' ? { headers: { [urgencyHeader]: 'idle' } } : {}),
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
