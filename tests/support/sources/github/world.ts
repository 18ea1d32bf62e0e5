// A GitHub for tests: each answer is prepared in advance and used once; an unknown request or an unused answer fails.
import { expect } from 'vitest';
import type { PollAnswer, Source } from '../../../../src/sources/define.ts';
import { github } from '../../../../src/sources/github/source.ts';
import type { Fresh, Json, Look, PollResult, Target } from '../../../../src/types/core.ts';

export interface Prepared {
  /** Method, path and query of the request. */
  readonly on: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The request fails with this network error. */
  readonly fails?: string;
  /** Headers that the request must have; null = must not have. */
  readonly wants?: Readonly<Record<string, string | null>>;
}

export interface World {
  readonly source: Source;
  readonly asked: string[];
  /** Adds answers for the looks to come. */
  readonly prepare: (answers: readonly Prepared[]) => void;
  readonly poll: (looks: readonly Look[]) => Promise<PollAnswer>;
  /** Makes one look, which must use up all prepared answers. */
  readonly look: (address: string, before?: PollResult | null) => Promise<PollResult>;
  readonly pass: (ms: number) => void;
  readonly mostAtOnce: () => number;
}

export const api = 'https://api.github.test';

export function targetOf(address: string): Target {
  const reading = github.address(address, {});
  if (!('target' in reading)) throw new Error(reading.problem.code);
  return reading.target;
}

export function lookAfter(address: string, before: PollResult | null = null): Look {
  const cursor: Json = before !== null && 'cursor' in before ? before.cursor : null;
  return { target: targetOf(address), cursor, lastAt: cursor === null ? null : '2026-01-01T00:00:00.000Z' };
}

export function createWorld(secrets: Readonly<Record<string, string>> = {}): World {
  let waiting: Prepared[] = [];
  const asked: string[] = [];
  let now = Date.parse('2026-01-10T12:00:00Z');
  let open = 0;
  let most = 0;

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    const name = `${init?.method ?? 'GET'} ${url.replace(api, '')}`;
    asked.push(name);
    const index = waiting.findIndex((one) => one.on === name);
    const [answer] = index < 0 ? [] : waiting.splice(index, 1);
    if (!answer) return Response.json({ message: `no answer is prepared for ${name}` }, { status: 418 });
    const headers = new Headers(init?.headers);
    expect(headers.get('user-agent')).toBe('Landfall/test');
    for (const [key, value] of Object.entries(answer.wants ?? {}))
      expect(`${key}: ${headers.get(key)}`).toBe(`${key}: ${value}`);
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    if (answer.fails !== undefined) throw new TypeError('fetch failed', { cause: new Error(answer.fails) });
    const status = answer.status ?? 200;
    if (status === 304) return new Response(null, { status, headers: answer.headers ?? {} });
    if (typeof answer.body === 'string')
      return new Response(answer.body, { status, headers: { 'content-type': 'text/html', ...answer.headers } });
    return Response.json(answer.body ?? {}, { status, headers: answer.headers ?? {} });
  };

  const source = github.open({
    http: {
      userAgent: 'Landfall/test',
      get: () => Promise.reject(new Error('not used')),
      fetch,
      publicFetch: fetch,
      close: () => Promise.resolve(),
    },
    addresses: {
      'github.apiUrl': api,
      'github.graphqlUrl': `${api}/graphql`,
      'github.serverUrl': 'https://github.com',
    },
    secrets,
  });

  const poll = async (looks: readonly Look[]): Promise<PollAnswer> => {
    const answer = await source.poll(looks, { now: () => now, signal: new AbortController().signal });
    expect(waiting.map((one) => one.on)).toEqual([]);
    expect([...answer.results.keys()]).toEqual(looks.map((one) => one.target.id));
    return answer;
  };

  return {
    source,
    asked,
    prepare: (answers) => {
      waiting = [...waiting, ...answers];
    },
    poll,
    look: async (address, before = null) => {
      const { results } = await poll([lookAfter(address, before)]);
      const result = results.get(targetOf(address).id);
      if (!result) throw new Error('no result');
      expect(JSON.stringify(result)).not.toContain('no answer is prepared');
      return result;
    },
    pass: (ms) => {
      now += ms;
    },
    mostAtOnce: () => most,
  };
}

export function fresh(result: PollResult): Fresh {
  if (result.kind !== 'fresh') throw new Error(`not fresh: ${JSON.stringify(result)}`);
  return result;
}

/** The observations, one per line: `key = fingerprint`. */
export function lines(result: PollResult): readonly string[] {
  return fresh(result).observations.map((one) => `${one.key} = ${one.fingerprint}`);
}
