// A web with the answers that a test prepared; records the requests. An address that was not prepared fails.
import type { GetOptions, Http, HttpReply } from '../../../src/infra/http/client.ts';
import type { Source, SourceKind } from '../../../src/sources/define.ts';
import type { Fresh, Look, PollResult, Target } from '../../../src/types/core.ts';

export interface Written {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly redirects?: readonly { readonly status: number; readonly to: string }[];
  readonly failed?: Extract<HttpReply, { readonly kind: 'failed' }>['fault'];
}

export interface Web {
  readonly source: Source;
  /** Sets the answer for an address from now on. */
  readonly answer: (url: string, written: Written | string) => void;
  readonly asked: readonly { readonly url: string; readonly options: GetOptions }[];
  readonly poll: (...looks: readonly Look[]) => Promise<ReadonlyMap<string, PollResult>>;
}

export const noon = Date.parse('2026-08-20T12:00:00Z');

export function playWeb(kind: SourceKind, written: Readonly<Record<string, Written | string>> = {}): Web {
  const pages = new Map(Object.entries(written));
  const asked: { url: string; options: GetOptions }[] = [];
  const http: Http = {
    userAgent: 'Landfall/test',
    get: async (url, options) => {
      asked.push({ url, options });
      const found = pages.get(url);
      if (found === undefined) throw new Error(`nobody wrote down what ${url} answers`);
      return replyOf(url, typeof found === 'string' ? { body: found } : found, options.headers ?? {});
    },
    fetch: () => Promise.reject(new Error('documents are got, not fetched')),
    publicFetch: () => Promise.reject(new Error('documents are got, not fetched')),
    close: async () => undefined,
  };
  const source = kind.open({ http, addresses: {}, secrets: {} });
  const context = { now: () => noon, signal: new AbortController().signal };
  return {
    source,
    answer: (url, page) => pages.set(url, page),
    asked,
    poll: async (...looks) => (await source.poll(looks, context)).results,
  };
}

function replyOf(url: string, page: Written, headers: Readonly<Record<string, string>>): HttpReply {
  if (page.failed !== undefined)
    return {
      kind: 'failed',
      fault: page.failed,
      reason: { code: 'http.failed-code', params: { where: url, detail: page.failed } },
    };
  const given = new Headers(page.headers ?? {});
  const same = given.get('etag') !== null && given.get('etag') === headers['if-none-match'];
  const hops = page.redirects ?? [];
  const redirects = hops.map(({ status, to }, index) => ({ status, to, from: hops[index - 1]?.to ?? url }));
  const bytes = typeof page.body === 'string' ? Buffer.from(page.body) : (page.body ?? new Uint8Array());
  const status = same ? 304 : (page.status ?? 200);
  return {
    kind: 'reply',
    status,
    headers: given,
    url: hops.at(-1)?.to ?? url,
    redirects,
    bytes: same ? new Uint8Array() : bytes,
  };
}

export const lookAt = (target: Target, before: PollResult | null = null): Look => ({
  target,
  cursor: before !== null && 'cursor' in before ? before.cursor : null,
  lastAt: before === null ? null : new Date(noon - 3_600_000).toISOString(),
});

export function targetOf(kind: SourceKind, written: string, entry: Readonly<Record<string, unknown>> = {}): Target {
  const reading = kind.address(written, entry);
  if ('problem' in reading) throw new Error(reading.problem.code);
  return reading.target;
}

/** The single result, which must be fresh. */
export function fresh(results: ReadonlyMap<string, PollResult> | PollResult): Fresh {
  const [result] = results instanceof Map ? results.values() : [results as PollResult];
  if (result === undefined || result.kind !== 'fresh') throw new Error(`not fresh: ${JSON.stringify(result)}`);
  return result;
}

export function only(results: ReadonlyMap<string, PollResult>): PollResult {
  const [result] = results.values();
  if (result === undefined) throw new Error('no result');
  return result;
}
