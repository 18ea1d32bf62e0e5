// What the board, feeds and API work with.
import type { Context } from 'hono';
import type { Config } from '../config/shape.ts';
import type { Log } from '../infra/log.ts';
import type { StandingsDeps } from '../reports/standings.ts';
import type { Db } from '../store/define.ts';
import type { createClientReader } from './address.ts';
import type { AnswerCache, CachedAnswer } from './cache.ts';

/** What @hono/node-server passes in with a request; absent in tests. */
export interface Bindings {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string } };
}

export type WebRequest = Context<{ Bindings: Bindings }>;

export interface Assets {
  readonly css: string;
  readonly js: string;
  readonly icon: string;
}

export interface BoardWorld {
  readonly db: Db;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly config: Pick<Config, 'server' | 'channels'>;
  readonly standings: Omit<StandingsDeps, 'db' | 'config'>;
  readonly assets: Assets;
  readonly version: string;
  readonly log: Log;
}

/** The world plus the state of one running server. */
export interface Serving extends BoardWorld {
  readonly cache: AnswerCache;
  /** For data without a change stamp (looks, deliveries owed): cached for seconds only. */
  readonly brief: AnswerCache;
  readonly readClient: ReturnType<typeof createClientReader>;
  readonly assetsMark: string;
}

export function clientOf(serving: Pick<Serving, 'readClient'>, ask: WebRequest): ReturnType<Serving['readClient']> {
  // Requests made by tests have no bindings.
  const bindings: Bindings | undefined = ask.env;
  return serving.readClient(bindings?.incoming?.socket.remoteAddress ?? '', ask.req.header('x-forwarded-for'));
}

const hostName = /^[\w.-]{1,253}(?::\d{1,5})?$|^\[[\da-f:.]{2,45}\](?::\d{1,5})?$/i;

/** `https://board.example`: the origin that the client used, or that a trusted proxy reports. */
export function originOf(serving: Pick<Serving, 'readClient'>, ask: WebRequest): string {
  const own = new URL(ask.req.url);
  if (!clientOf(serving, ask).trusted) return own.origin;
  const proto = ask.req.header('x-forwarded-proto')?.split(',')[0]?.trim() === 'https' ? 'https' : 'http';
  const host = ask.req.header('x-forwarded-host')?.split(',')[0]?.trim() ?? own.host;
  return hostName.test(host) ? `${proto}://${host}` : own.origin;
}

function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header
    .slice(0, 2_000)
    .split(',')
    .some((one) => one.trim().replace(/^W\//, '') === etag);
}

/** Answers 304 to a client that has the current version. */
export function answerKept(ask: WebRequest, { etag, type, body, headers = {} }: CachedAnswer): Response {
  const common = { etag, 'cache-control': 'no-cache', vary: 'Accept-Language, Host', ...headers };
  if (isKnown(ask.req.header('if-none-match'), etag)) return ask.body(null, 304, common);
  return ask.body(body, 200, { ...common, 'content-type': type });
}
