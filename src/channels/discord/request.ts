// One request as it is really sent: within the pace, with the whole answer read, and a 429 that always says how long to wait.
import type { RESTOptions } from '@discordjs/rest';
import { z } from 'zod';
import type { ChannelWorld, Urgency } from '../define.ts';
import { bodyOf } from './form.ts';
import type { InvalidRequests } from './invalid.ts';
import type { RequestPace } from './pace.ts';

/** A 429 without a time to wait is Cloudflare blocking the whole IP address. */
const blockedSeconds = 60;

/** Carries the urgency through the REST client; removed before the request is sent. */
export const urgencyHeader = 'landfall-urgency';

const longestSeconds = 6 * 3_600;

/** The time to wait in seconds; more than six hours, or nonsense, counts as six hours. */
function believed(said: unknown): number {
  const seconds = typeof said === 'string' && said.trim() !== '' ? Number(said) : said;
  const sound = typeof seconds === 'number' && seconds >= 0 && seconds <= longestSeconds;
  return sound ? seconds : longestSeconds;
}

const waitShape = z.looseObject({ retry_after: z.unknown().optional() });

/** In seconds; null when the body does not say. */
export function waitIn(body: unknown): number | null {
  const said = waitShape.safeParse(body).data?.retry_after;
  return said === undefined || said === null ? null : believed(said);
}

/** Discord's error code; null when it is not Discord's answer, or has no code. */
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

/** Ensures that a 429 says how long to wait: the client reads a missing value as "retry at once". */
function withRetryAfter(status: number, headers: Headers, text: string): Headers {
  if (status !== 429) return headers;
  const named = new Headers(headers);
  // The body takes precedence: some limits say half an hour there and a second in the header.
  const header = headers.get('retry-after');
  const seconds = waitIn(parsed(text)) ?? (header === null ? null : believed(header));
  named.set('retry-after', String(seconds ?? blockedSeconds));
  // Without Discord's error code it is Cloudflare's limit for the whole address; with one, it concerns this route only.
  if (seconds === null && codeIn(text) === null) named.set('x-ratelimit-global', 'true');
  return named;
}

/** This second's requests are used up: nothing was sent. */
export class Paced extends Error {
  readonly afterMs: number;
  /** `idle`: only because messages go first. */
  readonly scope: 'global' | 'idle';
  constructor(afterMs: number, urgency: Urgency) {
    super('paced');
    this.afterMs = afterMs;
    this.scope = urgency === 'idle' ? 'idle' : 'global';
  }
}

/** Reads the whole response within the request, so that the client's time-out covers the body too. */
export type MakeRequest = RESTOptions['makeRequest'];

export interface Paces {
  readonly invalid: InvalidRequests;
  readonly token: RequestPace;
  readonly address: RequestPace;
}

export async function request(
  fetch: ChannelWorld['fetch'],
  paces: Paces,
  url: string,
  init: Parameters<MakeRequest>[1],
): Promise<Response> {
  const headers = new Headers(
    Object.entries(init.headers ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  // Asked here, where the request is really sent: one that the client's own limiter refuses does not count.
  const who = `${init.method} ${url}`;
  const urgency = headers.get(urgencyHeader) === 'idle' ? 'idle' : 'now';
  headers.delete(urgencyHeader);
  const restMs = paces.invalid.restMs();
  if (restMs > 0) throw new Paced(restMs, urgency);
  const room = headers.has('authorization') ? paces.token(who, urgency) : paces.address(who, urgency);
  if (room.heard === null) throw new Paced(room.afterMs, urgency);
  const answer = await fetch(url, {
    method: init.method ?? 'GET',
    headers,
    body: await bodyOf(init.body, headers),
    signal: init.signal ?? null,
    redirect: 'error',
  });
  room.heard();
  paces.invalid.note(answer.status, answer.headers);
  const text = await answer.text();
  const body = answer.status === 204 || answer.status === 205 || answer.status === 304 ? null : text;
  return new Response(body, {
    status: answer.status,
    statusText: answer.statusText,
    headers: withRetryAfter(answer.status, answer.headers, text),
  });
}
