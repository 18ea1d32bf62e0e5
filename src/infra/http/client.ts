// Bytes over HTTP: time-outs, a cap on decoded size, and a guard against private addresses.
import type { Dispatcher } from 'undici';
import type { HttpReason } from '../../types/reasons/http.ts';
import { type Body, discard, readBody } from './body.ts';
import { acceptEncoding } from './coding.ts';
import { faults, privateAddress, rootOf } from './faults.ts';
import { createFetch } from './fetch.ts';
import { guardedConnector, isPrivateRefusal, plainHost } from './guard.ts';
import { type Cookies, createCookies, locationOf, shown } from './redirect.ts';
import { withStartHook } from './start.ts';
import { Agent, Headers } from './undici.ts';

export interface GetOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Whole exchange, in milliseconds; default 20,000. */
  readonly timeoutMs?: number;
  /** Decoded bytes; default 5 MiB. */
  readonly maxBytes?: number;
  /** 'public': refuses private, loopback and other non-unicast addresses (but for `http.allowPrivate`), also after
   *  redirects. 'strict': refuses them without exception. 'any': an address from our own configuration. */
  readonly reach: 'public' | 'strict' | 'any';
  /** Default 5. */
  readonly maxRedirects?: number;
}

export type HttpReply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: Headers;
      /** After redirects. */
      readonly url: string;
      /** The redirects that were followed, in order (301 and 308 are permanent). */
      readonly redirects: readonly { readonly status: number; readonly from: string; readonly to: string }[];
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: 'failed';
      readonly fault:
        | 'network'
        | 'timeout'
        | 'too large'
        | 'private address'
        | 'too many redirects'
        | 'bad url'
        | 'aborted';
      /** What happened and where, without secrets. */
      readonly reason: HttpReason;
    };

export interface Http {
  readonly userAgent: string;
  readonly get: (url: string, options: GetOptions) => Promise<HttpReply>;
  /** For libraries that make their own requests (octokit's `request.fetch`): user agent, time-out, size cap (64 MiB). */
  readonly fetch: typeof globalThis.fetch;
  /** The same, but private addresses are refused as for `reach: 'public'`. */
  readonly publicFetch: typeof globalThis.fetch;
  readonly close: () => Promise<void>;
}

export interface HttpSettings {
  readonly userAgent: string;
  /** Host names (no port) that reach 'public' may find on private addresses. */
  readonly allowPrivate: readonly string[];
  /** Milliseconds; default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Called just before a request of `fetch` or `publicFetch` is written; if it aborts the request, nothing is written. */
  readonly onStart?: () => void;
}

type Failed = Extract<HttpReply, { readonly kind: 'failed' }>;
type Redirect = Extract<HttpReply, { readonly kind: 'reply' }>['redirects'][number];
type Agents = Readonly<Record<GetOptions['reach'], Dispatcher>>;

/** One exchange: what stays the same across its redirects. */
interface Exchange {
  readonly agent: Dispatcher;
  readonly signal: AbortSignal;
  readonly caller: AbortSignal;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly strict: boolean;
  /** Sent back within this exchange, and forgotten after it. */
  readonly cookies: Cookies;
}

const defaultTimeoutMs = 20_000;
const defaultMaxBytes = 5 * 1024 * 1024;
const redirecting = new Set([301, 302, 303, 307, 308]);
/** Not sent on to another host: credentials, and validators that only have a meaning for the first host. */
const boundToHost = new Set(['authorization', 'proxy-authorization', 'cookie', 'if-none-match', 'if-modified-since']);

/** Connects to nothing before the first request; `close` aborts requests under way. */
export function openHttp(settings: HttpSettings): Http {
  const connectMs = settings.connectTimeoutMs ?? 10_000;
  const exempt = new Set(settings.allowPrivate.map(plainHost));
  const guarded = (hosts: ReadonlySet<string>) => new Agent({ connect: guardedConnector(hosts, connectMs) });
  const open = new Agent({ connect: { timeout: connectMs, allowH2: false } });
  const agents: Agents = { public: guarded(exempt), strict: guarded(new Set()), any: open };
  return {
    userAgent: settings.userAgent,
    get: (url, options) => get(agents[options.reach], settings.userAgent, url, options),
    fetch: createFetch(withStartHook(open, settings.onStart), settings.userAgent),
    publicFetch: createFetch(withStartHook(agents.public, settings.onStart), settings.userAgent),
    close: async () => {
      await Promise.all(Object.values(agents).map((agent) => agent.destroy()));
    },
  };
}

async function get(agent: Dispatcher, userAgent: string, written: string, options: GetOptions): Promise<HttpReply> {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const exchange: Exchange = {
    agent,
    signal: AbortSignal.any([options.signal, AbortSignal.timeout(timeoutMs)]),
    caller: options.signal,
    maxBytes: options.maxBytes ?? defaultMaxBytes,
    timeoutMs,
    strict: options.reach === 'strict',
    cookies: createCookies(),
  };
  const redirects: Redirect[] = [];
  let headers: Readonly<Record<string, string>> = lowerCased({
    accept: '*/*',
    ...options.headers,
    'user-agent': userAgent,
    'accept-encoding': acceptEncoding,
  });
  for (let address = written; ; ) {
    const place = placeOf(address);
    if (place === null) return failed('bad url', { code: 'http.bad-address', params: { where: shown(address) } });
    const step = await once(exchange, place, headers, redirects);
    if (step.kind !== 'redirect') return step;
    if (redirects.length >= (options.maxRedirects ?? 5))
      return failed('too many redirects', {
        code: 'http.redirects',
        params: { where: shown(written), most: options.maxRedirects ?? 5, to: shown(step.to) },
      });
    redirects.push({ status: step.status, from: place.url.href, to: withoutSecrets(step.to) });
    if (step.host !== place.url.host) headers = withoutBound(headers);
    address = step.to;
  }
}

/** A checked address, with user name and password taken out of it. */
interface Place {
  readonly url: URL;
  readonly authorization: string | null;
}

function placeOf(address: string): Place | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || url.hostname === '') return null;
  const named = url.username !== '' || url.password !== '';
  const pair = named ? `${unescaped(url.username)}:${unescaped(url.password)}` : '';
  url.username = '';
  url.password = '';
  url.hash = '';
  return { url, authorization: named ? `Basic ${Buffer.from(pair).toString('base64')}` : null };
}

type Step =
  | HttpReply
  | { readonly kind: 'redirect'; readonly status: number; readonly to: string; readonly host: string };

async function once(
  exchange: Exchange,
  place: Place,
  headers: Readonly<Record<string, string>>,
  redirects: readonly Redirect[],
): Promise<Step> {
  const { url, authorization } = place;
  const where = shown(url.href);
  const cookie = exchange.cookies.headerFor(url.href);
  try {
    const answer = await exchange.agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: {
        ...headers,
        ...(authorization === null ? {} : { authorization }),
        ...(cookie === null ? {} : { cookie }),
      },
      signal: exchange.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const { location } = answer.headers;
    if (redirecting.has(answer.statusCode) && location !== undefined) {
      discard(answer.body);
      await exchange.cookies.keep(answer.headers['set-cookie'], url.href);
      const next = locationOf(typeof location === 'string' ? location : (location[0] ?? ''), url.href);
      if (next === null) return failed('bad url', { code: 'http.redirect-astray', params: { where } });
      return { kind: 'redirect', status: answer.statusCode, to: next.href, host: next.host };
    }
    const received = headersOf(answer.headers);
    const body = await readBody(answer.body, received.get('content-encoding'), exchange.maxBytes);
    if (body.kind === 'too large')
      return failed('too large', { code: 'http.too-large', params: { where, most: megabytes(exchange.maxBytes) } });
    if (body.kind === 'unreadable') return failed('network', unreadable(body, where));
    return {
      kind: 'reply',
      status: answer.statusCode,
      headers: received,
      url: url.href,
      redirects,
      bytes: body.bytes,
    };
  } catch (error) {
    return failureOf(error, exchange, where);
  }
}

function unreadable({ fault }: Extract<Body, { kind: 'unreadable' }>, where: string): HttpReason {
  switch (fault.kind) {
    case 'foreign':
      return { code: 'http.encoding', params: { where, encoding: fault.name } };
    case 'too many':
      return { code: 'http.encodings', params: { where } };
    case 'damaged':
      return { code: 'http.damaged', params: { where } };
  }
}

function failureOf(error: unknown, exchange: Exchange, where: string): Failed {
  if (exchange.caller.aborted) return failed('aborted', { code: 'http.stopped', params: { where } });
  if (exchange.signal.aborted)
    return failed('timeout', { code: 'http.slow', params: { where, seconds: exchange.timeoutMs / 1000 } });
  const cause = rootOf(error);
  if (isPrivateRefusal(cause)) return failed('private address', privateAddress(cause, exchange.strict, where));
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return failed('timeout', { code: 'http.connect-slow', params: { where } });
  const known = faults[code];
  if (known !== undefined) return failed('network', { code: known, params: { where } });
  return failed(
    'network',
    code === ''
      ? { code: 'http.failed', params: { where } }
      : { code: 'http.failed-code', params: { where, detail: code } },
  );
}

function headersOf(received: Readonly<Record<string, string | readonly string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) {
      // Bytes that no header may contain (such as a raw UTF-8 file name) cost only that header, not the whole answer.
      if (/^[\t\x20-\x7e\x80-\xff]*$/.test(one)) headers.append(name, one);
    }
  }
  return headers;
}

const failed = (fault: Failed['fault'], reason: HttpReason): Failed => ({ kind: 'failed', fault, reason });

const lowerCased = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const withoutBound = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !boundToHost.has(name)));

const withoutSecrets = (address: string): string => placeOf(address)?.url.href ?? shown(address);

const megabytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`;

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
