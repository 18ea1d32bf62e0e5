// One request to ModelScope as a value: the answer, or on whose side it failed.
import { z } from 'zod';
import type { PollResult, Spent } from '../../types/core.ts';
import type { PollContext, SourceWorld } from '../define.ts';

export const pool = 'modelscope';

export type ScopeFailure = Extract<PollResult, { kind: 'later' | 'broken' }>;
type Got = { readonly kind: 'json'; readonly body: unknown } | { readonly kind: 'missing' } | ScopeFailure;
type Answered =
  | { readonly kind: 'reply'; readonly status: number; readonly bytes: Uint8Array }
  | Exclude<Got, { kind: 'json' }>;

export interface ScopeClient {
  readonly endpoint: string;
  readonly now: () => number;
  readonly ask: (path: string) => Promise<Got>;
  /** The text of a small file; null = there is none, or it cannot be read. */
  readonly text: (path: string, maxBytes: number) => Promise<string | null | Extract<ScopeFailure, { kind: 'later' }>>;
}

/** The path that lists a model's files. */
export const filesOf = (address: string): string =>
  `/api/v1/models/${address}/repo/files?Revision=master&Recursive=True`;

const hostOf = (endpoint: string): string => new URL(endpoint).host;

/** `success: false` with HTTP 200 (a quota, an internal error) is a problem on their side, so the look is retried later. */
export const refused = (endpoint: string, said: string): ScopeFailure => ({
  kind: 'later',
  reason: { code: 'modelscope.refused', params: { host: hostOf(endpoint), said } },
  afterMs: null,
});

export const noAnswer = (endpoint: string): ScopeFailure => ({
  kind: 'broken',
  reason: { code: 'modelscope.no-answer', params: { host: hostOf(endpoint) } },
});

export function codeOf(body: unknown): string {
  const said = z.object({ code: z.union([z.string(), z.number()]) }).safeParse(body).data?.code ?? 'no code';
  return String(said).slice(0, 100);
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One request at a time; after a refusal the rest of the poll is not sent. */
export function createClient(world: SourceWorld, context: PollContext, endpoint: string, spent: Spent[]): ScopeClient {
  let resumeAt = 0;
  const answered = (status: number, afterMs: number | null): ScopeFailure => ({
    kind: 'later',
    reason: { code: 'modelscope.answered', params: { host: hostOf(endpoint), status } },
    afterMs,
  });
  const asked = async (path: string, maxBytes?: number): Promise<Answered> => {
    const begun = context.now();
    if (context.signal.aborted) return { kind: 'later', reason: { code: 'look.stopped', params: {} }, afterMs: null };
    if (begun < resumeAt) return answered(429, resumeAt - begun);
    const reply = await world.http.get(`${endpoint}${path}`, {
      signal: context.signal,
      reach: 'any',
      maxRedirects: 3,
      ...(maxBytes === undefined ? {} : { maxBytes }),
    });
    const now = context.now();
    if (reply.kind === 'failed') {
      spent.push({ pool, cost: 1, tookMs: now - begun });
      const ours = reply.fault === 'private address' || reply.fault === 'bad url' || reply.fault === 'too large';
      return ours ? { kind: 'broken', reason: reply.reason } : { kind: 'later', reason: reply.reason, afterMs: null };
    }
    const { status, headers } = reply;
    const waits = status === 429 || status === 403;
    const seconds = Number(headers.get('retry-after') ?? '');
    const pauseMs = seconds > 0 ? seconds * 1_000 : 60_000;
    spent.push({ pool, cost: 1, tookMs: now - begun, ...(waits ? { pauseMs } : {}) });
    if (waits) {
      resumeAt = now + pauseMs;
      return answered(status, pauseMs);
    }
    if (status === 404) return { kind: 'missing' };
    if (status >= 500) return answered(status, seconds > 0 ? seconds * 1_000 : null);
    return { kind: 'reply', status, bytes: reply.bytes };
  };

  return {
    endpoint,
    now: context.now,
    ask: async (path) => {
      const answer = await asked(path);
      if (answer.kind !== 'reply') return answer;
      const body = answer.status === 200 ? parse(new TextDecoder().decode(answer.bytes)) : undefined;
      return body === undefined ? noAnswer(endpoint) : { kind: 'json', body };
    },
    text: async (path, maxBytes) => {
      const answer = await asked(path, maxBytes);
      if (answer.kind === 'later') return answer;
      return answer.kind === 'reply' && answer.status === 200 ? new TextDecoder().decode(answer.bytes) : null;
    },
  };
}
