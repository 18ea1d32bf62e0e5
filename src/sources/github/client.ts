// Single requests to GitHub through octokit. The outcome is a value: the answer, or the kind of failure.
import { text as readText } from 'node:stream/consumers';
import type { Spent } from '../../types/core.ts';
import type { LookReason } from '../../types/reasons/looks.ts';
import type { PollContext, SourceWorld } from '../define.ts';
import { createGate } from './gate.ts';
import type { Octokit, RequestFailure } from './octokit.ts';
import {
  type GithubRefusal,
  type Headers,
  isMissing,
  pauseOf,
  readMessage,
  readQuota,
  readRest,
  refuse,
  untilReset,
} from './refusal.ts';
import { createReserve, type RequestReserve } from './reserve.ts';

/** On whose behalf a client makes its requests. */
export interface Seat {
  /** The quota pool that its requests draw on. */
  readonly pool: string;
  /** False = within the limits of anonymous use. */
  readonly signedIn: boolean;
  readonly keys: string;
  readonly load: () => Promise<Octokit>;
  /** The meaning of a refusal with this status; null = nothing special. `forToken`: of a request for an installation token. */
  readonly refusedAs?: (status: number, forToken: boolean, nowMs: number) => GithubRefusal | null;
}

export interface GithubReply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly tookMs: number;
}

export type RestReply =
  | {
      readonly kind: 'body';
      readonly body: unknown;
      readonly validator: string | null;
      readonly next: boolean;
      /** The number of pages, from the `Link` header; null = not given. */
      readonly pages: number | null;
      readonly restMs: number | null;
    }
  | { readonly kind: 'unchanged'; readonly restMs: number | null }
  | { readonly kind: 'missing' }
  /** The repository has no commits yet. */
  | { readonly kind: 'empty' }
  | GithubRefusal;

type Parameters = Readonly<Record<string, string | number>>;

/** The requests of one poll, which share its quota accounting. */
export interface GithubSession {
  readonly context: PollContext;
  readonly pool: string;
  readonly server: string;
  /** Identifies the token without revealing it: validators received with one token are invalid for another. */
  readonly keys: string;
  readonly withToken: boolean;
  /** The requests left to anonymous use. */
  readonly reserve: RequestReserve;
  /** `validator` is an ETag or a `Last-Modified`, as received. */
  readonly get: (route: string, parameters: Parameters, validator?: string | undefined) => Promise<RestReply>;
  /** A key for the model that a pull request with this title adds support for; undefined = nothing is recognised. */
  readonly supportedIn: SourceWorld['supportedIn'];
  /** The server's host name, for messages. */
  readonly host: string;
  /** Sends one GraphQL document; the caller reads the answer and reports its cost (`spend`) and limits (`heed`). */
  readonly query: (query: string, variables: Readonly<Record<string, string>>) => Promise<GithubReply | GithubRefusal>;
  readonly refused: (reply: GithubReply) => GithubRefusal;
  readonly heed: (way: LimitKind, reply: GithubReply) => number | null;
  readonly spend: (spent: Spent) => void;
  readonly spent: readonly Spent[];
  /** How long a reached limit still forbids requests of this kind, in milliseconds; 0 = none. */
  readonly pausedMs: (way: LimitKind) => number;
}

/** REST and GraphQL have separate primary limits; the secondary limits apply to both. */
export type LimitKind = 'rest' | 'graphql';

export interface GithubClient {
  readonly begin: (context: PollContext) => GithubSession;
}

const cutShort = Symbol('cut short');

/** octokit's own body parser takes twice as long, and returns truncated JSON as a string instead of failing. */
async function readBody(data: unknown, headers: Headers): Promise<unknown> {
  if (!(data instanceof ReadableStream)) return null;
  const text = await readText(data);
  if (!/json/.test(String(headers['content-type'] ?? ''))) return text;
  try {
    return JSON.parse(text);
  } catch {
    return cutShort;
  }
}

const timeOuts = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

/** octokit wraps what `fetch` threw, so the time-out may be a few causes deep. */
function isTimeOut(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false;
  const timedOut = error.name === 'TimeoutError' || ('code' in error && timeOuts.has(String(error.code)));
  return timedOut || isTimeOut(error.cause, depth + 1);
}

function unanswered(host: string, thrown: unknown): LookReason {
  if (!(thrown instanceof Error)) return { code: 'github.unanswered', params: { host } };
  const code = isTimeOut(thrown) ? 'github.slow' : 'github.unreachable';
  return { code, params: { host, detail: thrown.message } };
}

/** State shared by all sessions of a client, as they share one quota. */
interface Shared {
  readonly seat: Seat;
  readonly host: string;
  readonly withToken: boolean;
  readonly gate: ReturnType<typeof createGate>;
  readonly client: () => Promise<Octokit>;
  /** Until when requests of each kind are paused, in milliseconds since the epoch. */
  readonly resumeAt: Record<LimitKind, number>;
}

/** Whether it is a request for an installation's token, which octokit makes by itself. */
const isForToken = (request: RequestFailure['request']): boolean => request?.url.endsWith('/access_tokens') === true;

type Spend = (one: Spent) => void;
type Send = (
  way: LimitKind,
  route: string,
  options: Readonly<Record<string, unknown>>,
) => Promise<GithubReply | GithubRefusal>;

const pausedFor = ({ resumeAt }: Shared, way: LimitKind, now: number): number => Math.max(0, resumeAt[way] - now);

function createSend(shared: Shared, context: PollContext, spend: Spend): Send {
  const { host, gate, seat } = shared;
  const { pool } = seat;
  return async (way, route, options) => {
    const entry = await gate.enter(context.now);
    if (entry.kind === 'shut')
      return { kind: 'later', reason: { code: 'github.spent', params: { host } }, afterMs: entry.afterMs };
    const begun = context.now();
    try {
      const pauseMs = pausedFor(shared, way, begun);
      if (pauseMs > 0) return { kind: 'later', reason: { code: 'github.limit', params: { host } }, afterMs: pauseMs };
      const client = await shared.client();
      const { status, headers, data } = await client.request(route, {
        ...options,
        request: { signal: context.signal, parseSuccessResponseBody: false },
      });
      const body = await readBody(data, headers);
      const tookMs = context.now() - begun;
      if (body === cutShort) {
        spend({ pool, cost: 1, tookMs });
        return { kind: 'later', reason: { code: 'github.cut-short', params: { host } }, afterMs: null };
      }
      return { kind: 'reply', status, headers, body, tookMs };
    } catch (thrown) {
      // octokit throws for statuses from 300 on; here they are expected answers, so they become values again.
      const { response, request } = thrown as RequestFailure;
      const tookMs = context.now() - begun;
      const refused = response && seat.refusedAs?.(response.status, isForToken(request), context.now());
      if (refused) return refused;
      if (response)
        return { kind: 'reply', status: response.status, headers: response.headers, body: response.data, tookMs };
      spend({ pool, cost: 1, tookMs });
      const reason: LookReason = context.signal.aborted
        ? { code: 'github.stopping', params: { host } }
        : unanswered(host, thrown);
      return { kind: 'later', reason, afterMs: null };
    } finally {
      gate.leave();
    }
  };
}

/** Records the pauses that an answer asks for; returns the one that a refusal asks of the whole pool, null if none. */
function heedPause({ resumeAt }: Shared, way: LimitKind, reply: GithubReply, now: number): number | null {
  const spentUntil = untilReset(reply.headers, now);
  const pause = reply.status < 400 ? null : pauseOf(reply.status, reply.headers, readMessage(reply.body), now);
  const shared = pause !== null && spentUntil === null;
  const at = now + Math.max(pause ?? 0, spentUntil ?? 0);
  if (shared || way === 'rest') resumeAt.rest = Math.max(resumeAt.rest, at);
  if (shared || way === 'graphql') resumeAt.graphql = Math.max(resumeAt.graphql, at);
  return pause;
}

function readRestReply(
  reply: GithubReply,
  validator: string | undefined,
  { host, withToken }: Shared,
  now: number,
): RestReply {
  const { status, headers, body } = reply;
  if (status === 304)
    return validator === undefined
      ? { kind: 'later', reason: { code: 'github.unasked', params: { host } }, afterMs: null }
      : { kind: 'unchanged', restMs: readRest(headers) };
  if (status === 200) {
    const link = String(headers.link ?? '');
    const last = link.split(',').find((part) => /rel="?last"?/.test(part)) ?? '';
    const pages = URL.parse(last.slice(last.indexOf('<') + 1, last.indexOf('>')))?.searchParams.get('page') ?? null;
    const stamp = headers.etag ?? headers['last-modified'];
    return {
      kind: 'body',
      body,
      validator: stamp === undefined ? null : String(stamp),
      next: /rel="?next"?/.test(link),
      pages: pages === null ? null : Number(pages),
      restMs: readRest(headers),
    };
  }
  if (isMissing(status, body)) return { kind: 'missing' };
  if (status === 409) return { kind: 'empty' };
  return refuse(host, { status, headers, body }, withToken, now);
}

export function createClient(world: SourceWorld, seat: Seat): GithubClient {
  const apiUrl = world.addresses['github.apiUrl'] ?? 'https://api.github.com';
  const graphqlUrl = world.addresses['github.graphqlUrl'] ?? `${apiUrl}/graphql`;
  const server = world.addresses['github.serverUrl'] ?? 'https://github.com';
  const { pool, keys, signedIn: withToken } = seat;
  const host = new URL(apiUrl).host;
  const reserve = createReserve(host);
  let octokit: Promise<Octokit> | null = null;
  const client = (): Promise<Octokit> => {
    octokit ??= seat.load();
    return octokit;
  };
  const gate = createGate({ atOnce: 25, perMinute: 900 });
  const shared: Shared = { seat, host, withToken, gate, client, resumeAt: { rest: 0, graphql: 0 } };
  const agent = { 'user-agent': world.http.userAgent };

  function begin(context: PollContext): GithubSession {
    const spent: Spent[] = [];
    const spend: Spend = (one) => void spent.push(one);
    const send = createSend(shared, context, spend);
    const heed: GithubSession['heed'] = (way, reply) => heedPause(shared, way, reply, context.now());
    return {
      context,
      pool,
      server,
      keys,
      withToken,
      reserve,
      supportedIn: world.supportedIn,
      host,
      heed,
      spend,
      spent,
      pausedMs: (way) => pausedFor(shared, way, context.now()),
      get: async (route, parameters, validator) => {
        const conditional =
          validator === undefined
            ? {}
            : { [/^(W\/)?"/.test(validator) ? 'if-none-match' : 'if-modified-since']: validator };
        const reply = await send('rest', route, { ...parameters, headers: { ...agent, ...conditional } });
        if (reply.kind !== 'reply') return reply;
        const pauseMs = heed('rest', reply);
        const quota = readQuota(reply.headers);
        reserve.hear(quota);
        const cost = reply.status === 304 && withToken ? 0 : 1;
        spend({ pool, cost, ...quota, tookMs: reply.tookMs, ...(pauseMs === null ? {} : { pauseMs }) });
        return readRestReply(reply, validator, shared, context.now());
      },
      query: (text, variables) => send('graphql', `POST ${graphqlUrl}`, { headers: agent, query: text, variables }),
      refused: (reply) => {
        heed('graphql', reply);
        const { status, headers, body } = reply;
        return refuse(host, { status, headers, body }, withToken, context.now());
      },
    };
  }

  return { begin };
}
