// The source under test, connected to the small GitHub.
import { github } from '../../../../src/sources/github/source.ts';
import type { Look, PollResult, Spent } from '../../../../src/types/core.ts';
import { answerFeed } from './feed-server.ts';
import { answerGraphql } from './graphql-server.ts';
import { answerRest } from './rest-server.ts';
import type { Hub } from './state.ts';
import { lookAfter, targetOf } from './world.ts';

export interface Watcher {
  readonly poll: (
    looks: readonly Look[],
  ) => Promise<{ readonly results: ReadonlyMap<string, PollResult>; readonly spent: readonly Spent[] }>;
  readonly look: (address: string, before?: PollResult | null) => Promise<PollResult>;
}

export function watch(hub: Hub, token: string | null): Watcher {
  const answer = async (url: URL, body: string): Promise<Response> => {
    if (url.host === 'github.test') return answerFeed(hub, url);
    if (url.pathname !== '/graphql') return answerRest(hub, url);
    return hub.graphql ? await answerGraphql(hub, body) : Response.json({ message: 'Not Found' }, { status: 404 });
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input instanceof Request ? input.url : input));
    const body = String(init?.body ?? '');
    hub.asked.push(`${init?.method ?? 'GET'} ${url.pathname}`);
    await new Promise((resolve) => setImmediate(resolve));
    return hub.intercept ? await hub.intercept(url.href, () => answer(url, body), body) : await answer(url, body);
  };
  const source = github.open({
    http: {
      userAgent: 'Landfall/test',
      get: async (url, options) => {
        const reply = await fetch(url, { headers: options.headers ?? {} });
        const bytes = new Uint8Array(await reply.arrayBuffer());
        return { kind: 'reply', status: reply.status, headers: reply.headers, url, redirects: [], bytes };
      },
      fetch,
      publicFetch: fetch,
      close: () => Promise.resolve(),
    },
    addresses: { 'github.apiUrl': 'https://api.github.test', 'github.serverUrl': 'https://github.test' },
    secrets: token === null ? {} : { GITHUB_TOKEN: token },
  });
  const poll: Watcher['poll'] = (looks) =>
    source.poll(looks, { now: () => hub.now, signal: new AbortController().signal });
  const look: Watcher['look'] = async (address, before = null) => {
    const { results } = await poll([lookAfter(address, before)]);
    const result = results.get(targetOf(address).id);
    if (!result) throw new Error('no result');
    return result;
  };
  return { poll, look };
}
