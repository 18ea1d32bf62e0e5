// Single requests to the Hugging Face API. The outcome is a value: the answer, or the kind of failure.

import type { HttpReply } from '../../infra/http/client.ts';
import type { Spent } from '../../types/core.ts';
import type { LookReason } from '../../types/reasons/looks.ts';
import { iso } from '../../types/time.ts';
import type { PollContext, SourceWorld } from '../define.ts';
import { readQuota, readRetryAfter } from '../hub/quota.ts';
import { disabledWords, readRefusal } from './document.ts';

export const pool = 'huggingface';

export type Failure =
  | { readonly kind: 'later'; readonly reason: LookReason; readonly afterMs: number | null }
  | { readonly kind: 'broken'; readonly reason: LookReason };

type Got =
  | {
      readonly kind: 'json';
      readonly body: unknown;
      readonly etag: string | null;
      readonly url: string;
      readonly next: string | null;
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'missing'; readonly status: number }
  | { readonly kind: 'disabled' }
  /** The answer exceeds the size limit, or the server rejects a field of the query: ask for less. */
  | { readonly kind: 'too much'; readonly reason: LookReason }
  | Failure;

export interface HubClient {
  readonly endpoint: string;
  readonly json: (path: string, etag: string | null) => Promise<Got>;
  /** A small text file; null when it cannot be read (gated, gone, too large). */
  readonly text: (
    path: string,
    maxBytes: number,
  ) => Promise<{ readonly kind: 'text'; readonly text: string | null } | Failure>;
  readonly spent: readonly Spent[];
}

/** The cost of one API request, and the quota left after it. */
function costOf(quota: ReturnType<typeof readQuota>, now: number): Omit<Spent, 'tookMs'> {
  return {
    pool,
    cost: 1,
    ...(quota ? { left: quota.left, resetAt: iso(now + quota.resetMs) } : {}),
    ...(quota?.limit != null ? { limit: quota.limit } : {}),
  };
}

/** One client per poll: after the first 429, or once the quota is used up, the rest of the poll is not sent. */
export function createClient(world: SourceWorld, context: PollContext): HubClient {
  const endpoint = world.addresses['huggingface.endpoint'] ?? 'https://huggingface.co';
  const host = new URL(endpoint).host;
  const token = world.secrets.HF_TOKEN;
  const spent: Spent[] = [];
  let resumeAt = 0;

  async function ask(path: string, etag: string | null, maxBytes?: number): Promise<HttpReply | Failure> {
    const begun = context.now();
    if (begun < resumeAt)
      return { kind: 'later', reason: { code: 'huggingface.spent', params: { host } }, afterMs: resumeAt - begun };
    const reply = await world.http.get(`${endpoint}${path}`, {
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(etag === null ? {} : { 'if-none-match': etag }),
      },
      signal: context.signal,
      reach: 'any',
      maxRedirects: 3,
      ...(maxBytes === undefined ? {} : { maxBytes }),
    });
    const now = context.now();
    const api = path.startsWith('/api/');
    if (reply.kind === 'failed') {
      if (api) spent.push({ pool, cost: 1, tookMs: now - begun });
      return reply;
    }
    const quota = readQuota(reply.headers);
    const pauseMs = reply.status === 429 ? (readRetryAfter(reply.headers, now) ?? quota?.resetMs ?? 60_000) : null;
    // Files count against a separate, larger quota, so only a refusal matters there.
    if (pauseMs !== null) resumeAt = now + pauseMs;
    else if (api && quota?.left === 0) resumeAt = now + quota.resetMs;
    if (api) spent.push({ ...costOf(quota, now), tookMs: now - begun, ...(pauseMs === null ? {} : { pauseMs }) });
    else if (pauseMs !== null) spent.push({ pool, cost: 0, tookMs: now - begun, pauseMs });
    if (pauseMs === null && reply.status < 500) return reply;
    return {
      kind: 'later',
      reason: { code: 'huggingface.answered', params: { host, status: reply.status } },
      afterMs: pauseMs ?? readRetryAfter(reply.headers, now),
    };
  }

  async function json(path: string, etag: string | null): Promise<Got> {
    const reply = await ask(path, etag);
    switch (reply.kind) {
      case 'later':
      case 'broken':
        return reply;
      case 'failed':
        return unanswered(reply);
      case 'reply':
        if (reply.status === 304)
          return etag === null
            ? { kind: 'later', reason: { code: 'huggingface.unasked', params: { host } }, afterMs: null }
            : { kind: 'unchanged' };
        return understand(reply, host, token !== undefined && token !== '');
    }
  }

  async function text(path: string, maxBytes: number) {
    const reply = await ask(path, null, maxBytes);
    if (reply.kind === 'later' || reply.kind === 'broken') return reply;
    if (reply.kind === 'failed') {
      const failure = unanswered(reply);
      return failure.kind === 'too much' ? ({ kind: 'text', text: null } as const) : failure;
    }
    return { kind: 'text', text: reply.status === 200 ? new TextDecoder().decode(reply.bytes) : null } as const;
  }

  return { endpoint, json, text, spent };
}

function unanswered(
  reply: Extract<HttpReply, { kind: 'failed' }>,
): Failure | { readonly kind: 'too much'; readonly reason: LookReason } {
  switch (reply.fault) {
    case 'too large':
      return { kind: 'too much', reason: reply.reason };
    case 'private address':
    case 'bad url':
      return { kind: 'broken', reason: reply.reason };
    case 'network':
    case 'timeout':
    case 'too many redirects':
    case 'aborted':
      return { kind: 'later', reason: reply.reason, afterMs: null };
  }
}

function understand(reply: Extract<HttpReply, { kind: 'reply' }>, host: string, withToken: boolean): Got {
  if (new URL(reply.url).host !== host)
    return { kind: 'broken', reason: { code: 'huggingface.elsewhere', params: { host } } };
  const body = parse(reply.bytes);
  if (reply.status === 200) {
    if (body === undefined) return { kind: 'broken', reason: { code: 'huggingface.not-json', params: { host } } };
    const etag = reply.headers.get('etag');
    return { kind: 'json', body, etag, url: reply.url, next: nextPage(reply.headers.get('link'), reply.url) };
  }
  if (reply.status === 404 || reply.status === 410) return { kind: 'missing', status: reply.status };
  const words = readRefusal(body) ?? reply.headers.get('x-error-message') ?? '';
  const said = words.slice(0, 200);
  if (words.includes(disabledWords) || reply.status === 451) return { kind: 'disabled' };
  if (reply.status === 400)
    return { kind: 'too much', reason: { code: 'huggingface.question-refused', params: { host, said } } };
  if (reply.status === 401) {
    // Without a token, 401 means "does not exist, or is not public"; with a token that has to be said explicitly.
    const absent = /RepoNotFound|GatedRepo/.test(reply.headers.get('x-error-code') ?? '') || /not found/i.test(words);
    if (!withToken || absent) return { kind: 'missing', status: 401 };
    return { kind: 'broken', reason: { code: 'huggingface.token-refused', params: { host } } };
  }
  const { status } = reply;
  if (said.trim() === '') return { kind: 'broken', reason: { code: 'huggingface.answered', params: { host, status } } };
  return { kind: 'broken', reason: { code: 'huggingface.answered-saying', params: { host, status, said } } };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** Only the query of `rel="next"` is used: a mirror may name another host there, and we stay on ours. */
function nextPage(link: string | null, base: string): string | null {
  const found = /<([^>]+)>\s*;[^,]*\brel="?next"?/.exec((link ?? '').slice(0, 4_000))?.[1];
  if (found === undefined || !URL.canParse(found, base)) return null;
  return new URL(found, base).search;
}
