// What an answer's headers say about the quota, and how a refusal is classified.

import { z } from 'zod';
import type { PollResult } from '../../types/core.ts';
import { iso, minuteMs } from '../../types/time.ts';

export type GithubRefusal = Extract<PollResult, { kind: 'later' | 'broken' }>;

export function isRefusal(value: unknown): value is GithubRefusal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    (value.kind === 'later' || value.kind === 'broken')
  );
}

export type Headers = Readonly<Record<string, string | number | undefined>>;

export interface RateLimit {
  readonly left?: number;
  readonly limit?: number;
  /** ISO 8601. */
  readonly resetAt?: string;
}

function number(headers: Headers, name: string): number | null {
  const value = headers[name];
  if (value === undefined || value === '') return null;
  const read = Number(value);
  return Number.isFinite(read) ? read : null;
}

export function readQuota(headers: Headers): RateLimit {
  const left = number(headers, 'x-ratelimit-remaining');
  const limit = number(headers, 'x-ratelimit-limit');
  const reset = number(headers, 'x-ratelimit-reset');
  return {
    ...(left === null ? {} : { left }),
    ...(limit === null ? {} : { limit }),
    ...(reset === null ? {} : { resetAt: iso(reset * 1000) }),
  };
}

/** `X-Poll-Interval` in milliseconds; null when the header is missing. */
export function readRest(headers: Headers): number | null {
  const seconds = number(headers, 'x-poll-interval');
  return seconds === null ? null : seconds * 1000;
}

function readRetryAfter(headers: Headers, now: number): number | null {
  const seconds = number(headers, 'retry-after');
  if (seconds !== null) return seconds * 1000;
  const date = Date.parse(String(headers['retry-after'] ?? ''));
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** Milliseconds until the quota is reset, if nothing is left of it; null otherwise. */
export function untilReset(headers: Headers, now: number): number | null {
  const { left, resetAt } = readQuota(headers);
  if (left !== 0 || resetAt === undefined) return null;
  // Plus one second: both clocks are rounded down to whole seconds.
  return Math.max(0, Date.parse(resetAt) - now) + 1_000;
}

/** How long the whole pool must pause after this refusal, in milliseconds; null when it concerns this request alone. */
export function pauseOf(status: number, headers: Headers, message: string, now: number): number | null {
  if (status !== 403 && status !== 429) return null;
  const asked = readRetryAfter(headers, now);
  if (asked !== null) return asked;
  const reset = untilReset(headers, now);
  if (reset !== null) return reset;
  if (status === 429 || /rate limit|abuse/i.test(message)) return minuteMs;
  return null;
}

const blockedBody = z.object({ block: z.object({ reason: z.string() }) });

/** Also true for a repository that GitHub took down: it answers 451, or 403 with a `block`. */
export function isMissing(status: number, body: unknown): boolean {
  return status === 404 || status === 410 || status === 451 || (status === 403 && blockedBody.safeParse(body).success);
}

const spoken = z.object({ message: z.string() });

export function readMessage(body: unknown): string {
  return (spoken.safeParse(body).data?.message ?? '').replace(/\s+/g, ' ').slice(0, 200);
}

interface RefusedReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export function refuse(
  host: string,
  { status, headers, body }: RefusedReply,
  withToken: boolean,
  now: number,
): GithubRefusal {
  const message = readMessage(body);
  const pause = pauseOf(status, headers, message, now);
  if (pause !== null)
    return { kind: 'later', reason: { code: 'github.limit-answered', params: { host, status } }, afterMs: pause };
  if (status >= 500)
    return {
      kind: 'later',
      reason: { code: 'github.answered', params: { host, status } },
      afterMs: readRetryAfter(headers, now),
    };
  if (status === 401) {
    return {
      kind: 'broken',
      reason: { code: withToken ? 'github.token-refused' : 'github.token-wanted', params: { host } },
    };
  }
  if (message === '') return { kind: 'broken', reason: { code: 'github.answered', params: { host, status } } };
  return { kind: 'broken', reason: { code: 'github.answered-saying', params: { host, status, said: message } } };
}
