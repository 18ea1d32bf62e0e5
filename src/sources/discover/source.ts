// Discovery: new models anywhere on Hugging Face, or new repositories on GitHub, whoever published them.
import type { HttpReply } from '../../infra/http/client.ts';
import type { Look, PollResult, Spent } from '../../types/core.ts';
import type { PollContext, Source, SourceKind, SourceWorld } from '../define.ts';
import { quotaOf, readQuota, readRetryAfter } from '../hub/quota.ts';
import { continues, discoveryOf, options, readAddress } from './address.ts';
import { discoverModels, discoverRepositories, type Reader, readModels, readRepositories } from './read.ts';

const pools: Readonly<Record<string, string>> = { huggingface: 'huggingface', github: 'github-search' };
const hubAtOnce = 500;
const searchAtOnce = 100;
const dayMs = 86_400_000;

export const discover: SourceKind = {
  kind: 'discover',
  events: [],
  options,
  address: readAddress,
  floorMs: 10 * 60_000,
  open,
};

type Failure = Extract<PollResult, { kind: 'later' | 'broken' }>;
/** A list is read anew when it is this old; just short of the floor, which wakes do not meet to the millisecond. */
const listMs = 10 * 60_000 - 2_000;
/** After a failed request, the others are not made at once. */
const failureMs = 30_000;

/** The last answer of the hub. */
interface Listed {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly got: Body | Failure;
  readonly list: ReturnType<typeof readModels>;
  /** The discoveries that have had this list. */
  readonly readBy: Set<string>;
}

type Body = { readonly kind: 'body'; readonly body: unknown; readonly url: string };

type Listing = (looks: readonly Look[], context: PollContext, spent: Spent[]) => Promise<Listed>;

/** All discoveries on the hub read the same list, also those whose looks no longer fall on the same time. */
function openListing(world: SourceWorld, hub: string): Listing {
  let last: Listed | null = null;

  return async (looks, context, spent) => {
    const now = context.now();
    const keptMs = last?.got.kind === 'body' ? listMs : failureMs;
    // What is there at a first look is its baseline, so that has to be the list of this moment; and nobody reads one twice.
    const anew = looks.some(({ cursor, target }) => cursor === null || last?.readBy.has(target.id) === true);
    if (!anew && last !== null && last.at <= now && now - last.at < keptMs) {
      for (const { target } of looks) last.readBy.add(target.id);
      return last;
    }
    const url = `${hub}/api/models?sort=trendingScore&direction=-1&limit=${hubAtOnce}`;
    const got = await ask({ world, context, spent, pool: 'huggingface', secret: world.secrets.HF_TOKEN }, url);
    const { kind } = got;
    const list = kind === 'body' ? readModels(got.body) : null;
    last = {
      at: now,
      got: kind === 'body' ? { ...got, body: null } : got,
      list,
      readBy: new Set(looks.map(({ target }) => target.id)),
    };
    return last;
  };
}

function open(world: SourceWorld): Source {
  const hub = world.addresses['huggingface.endpoint'] ?? 'https://huggingface.co';
  const api = world.addresses['github.apiUrl'] ?? 'https://api.github.com';
  const reader: Reader = { endpoint: hub, senseOf: world.senseOf ?? (() => null) };

  const listed = openListing(world, hub);

  async function models(looks: readonly Look[], context: PollContext, spent: Spent[]) {
    const { got, list } = await listed(looks, context, spent);
    return looks.map((look): readonly [string, PollResult] => {
      if (got.kind !== 'body') return [look.target.id, got];
      if (list === null) return [look.target.id, noList(hub)];
      return [look.target.id, discoverModels(look, { models: list, url: got.url, at: context.now() }, reader)];
    });
  }

  async function repositories(
    look: Look,
    context: PollContext,
    spent: Spent[],
  ): Promise<readonly [string, PollResult]> {
    const { query, days } = discoveryOf(look.target.shape);
    const since = new Date(context.now() - (days + 60) * dayMs).toISOString().slice(0, 10);
    const asked = /\bcreated:/.test(query) ? query : `${query} created:>=${since}`;
    const words = new URLSearchParams({ q: asked, sort: 'stars', order: 'desc', per_page: String(searchAtOnce) });
    const url = `${api}/search/repositories?${words.toString()}`;
    const got = await ask({ world, context, spent, pool: 'github-search', secret: world.secrets.GITHUB_TOKEN }, url);
    if (got.kind !== 'body') return [look.target.id, got];
    const list = readRepositories(got.body);
    return [look.target.id, list === null ? noList(api) : discoverRepositories(look, list, got.url)];
  }

  return {
    kind: 'discover',
    continues,
    batch: 50,
    pool: ({ address }) => pools[address] ?? address,
    quota: (pool) => (pool === 'huggingface' ? quotaOf(Boolean(world.secrets.HF_TOKEN)) : searchQuota(world)),
    async poll(looks, context) {
      const spent: Spent[] = [];
      const onHub = looks.filter(({ target }) => target.address === 'huggingface');
      const results = new Map(onHub.length === 0 ? [] : await models(onHub, context, spent));
      for (const look of looks.filter(({ target }) => target.address === 'github')) {
        const [id, found] = await repositories(look, context, spent);
        results.set(id, found);
      }
      return { results, spent };
    },
    read(look, { body, url }, at) {
      const json = parse(body);
      if (look.target.address === 'github') {
        const list = readRepositories(json);
        return list === null ? noList(api) : discoverRepositories(look, list, url);
      }
      const list = readModels(json);
      return list === null ? noList(hub) : discoverModels(look, { models: list, url, at }, reader);
    },
  };
}

/** https://docs.github.com/en/rest/search: 30 a minute with a token, 10 without. */
function searchQuota(world: SourceWorld) {
  const limit = world.secrets.GITHUB_TOKEN ? 30 : 10;
  return { limit, windowMs: 60_000, share: 0.3, peak: 1, hot: 0, batch: 1, worst: 1, lanes: 1 };
}

const noList = (address: string): Failure => ({
  kind: 'broken',
  reason: { code: 'discover.no-list', params: { host: new URL(address).host } },
});

interface Asking {
  readonly world: SourceWorld;
  readonly context: PollContext;
  readonly spent: Spent[];
  readonly pool: string;
  readonly secret: string | undefined;
}

async function ask({ world, context, spent, pool, secret }: Asking, url: string): Promise<Body | Failure> {
  if (context.signal.aborted) return { kind: 'later', reason: { code: 'look.stopped', params: {} }, afterMs: null };
  const begun = context.now();
  const reply = await world.http.get(url, {
    headers: { accept: 'application/json', ...(secret ? { authorization: `Bearer ${secret}` } : {}) },
    signal: context.signal,
    reach: 'any',
    maxRedirects: 3,
  });
  const now = context.now();
  const cost = { pool, cost: 1, tookMs: now - begun };
  if (reply.kind === 'failed') {
    spent.push(cost);
    const refused = reply.fault === 'private address' || reply.fault === 'bad url' || reply.fault === 'too large';
    return refused ? { kind: 'broken', reason: reply.reason } : { kind: 'later', reason: reply.reason, afterMs: null };
  }
  return answered(reply, { ...cost }, spent, now);
}

function answered(
  reply: Extract<HttpReply, { kind: 'reply' }>,
  cost: Spent,
  spent: Spent[],
  now: number,
): Body | Failure {
  const { status, headers, url } = reply;
  const host = new URL(url).host;
  const quota = readQuota(headers);
  const exhausted = headers.get('x-ratelimit-remaining') === '0';
  const waits = status === 429 || (status === 403 && (exhausted || headers.has('retry-after')));
  const resetMs = Number(headers.get('x-ratelimit-reset')) * 1_000 - now;
  const pauseMs = readRetryAfter(headers, now) ?? quota?.resetMs ?? (resetMs > 0 ? resetMs : 60_000);
  spent.push({
    ...cost,
    ...(quota === null ? {} : { left: quota.left, resetAt: new Date(now + quota.resetMs).toISOString() }),
    ...(waits ? { pauseMs } : {}),
  });
  const reason = { code: 'discover.answered' as const, params: { host, status } };
  if (waits) return { kind: 'later', reason, afterMs: pauseMs };
  if (status >= 500) return { kind: 'later', reason, afterMs: readRetryAfter(headers, now) };
  if (status !== 200) return { kind: 'broken', reason };
  const body = parse(new TextDecoder().decode(reply.bytes));
  return body === undefined ? noList(url) : { kind: 'body', body, url };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
