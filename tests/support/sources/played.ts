// Every source in the stand-in world: its targets, and changes that happen all the time without being news.

import { openHttp } from '../../../src/infra/http/client.ts';
import type { Source, SourceKind } from '../../../src/sources/define.ts';
import type { Look, PollResult, Target } from '../../../src/types/core.ts';
import type { Fault } from '../world/faults.ts';
import { openWorld, type World } from '../world/open.ts';

/** A watch list entry: the address, and the options that are part of the target. */
type Entry = readonly [written: string, entry?: Readonly<Record<string, unknown>>];

interface Scene {
  readonly targets: readonly Entry[];
  /** Changes counts, re-dates items and shuffles lists, none of which is news. */
  readonly stir: () => void;
}

/** `token`: whether the source is given its secrets. */
export interface Way {
  readonly name: string;
  readonly token: boolean;
  readonly play: (world: World) => Scene;
}

const dayMs = 86_400_000;
const noon = Date.parse('2026-03-02T12:00:00Z');

function playGithub({ github, now }: World): Scene {
  const [one, other] = ['acme/one', 'acme/other'].map((name) => github.repo(name, { licence: { spdx: 'MIT' } }));
  for (const n of [1, 2, 3]) {
    const publishedAt = now() - n * dayMs;
    one?.release({ tag: `v${n}`, body: 'Notes', publishedAt, assets: [{ name: 'weights.bin', downloads: 5 }] });
  }
  other?.tag('t1');
  github.repo('acme/empty', { empty: true });
  return {
    targets: [['acme'], ['acme/one'], ['acme/other'], ['acme/empty'], ['acme/absent'], ['nobody-here']],
    stir: () => {
      one?.downloads(1_000);
      for (const repo of [one, other]) if (repo !== undefined) Object.assign(repo.state, { stars: 900, forks: 80 });
    },
  };
}

function playHuggingface({ huggingface, now }: World): Scene {
  const models = ['acme/one', 'acme/two'].map((id) =>
    huggingface.model(id, {
      files: { 'model.safetensors': { size: 4e9 }, LICENSE: 'Some terms' },
      licence: 'mit',
      createdAt: now() - 9 * dayMs,
    }),
  );
  return {
    targets: [['acme'], ['acme/one'], ['acme/two'], ['acme/absent'], ['nobody-here']],
    stir: () => {
      for (const model of models) model.downloads(1_000_000);
    },
  };
}

function playModelscope({ modelscope, now }: World): Scene {
  const files = { 'config.json': 700, 'model.safetensors': 4e9 };
  for (const [place, name] of ['one', 'two', 'three'].entries())
    modelscope.model(`acme/${name}`, { files, licence: 'apache-2.0', lastModified: now() - place * dayMs });
  return {
    targets: [['acme'], ['acme/one'], ['acme/two'], ['acme/absent'], ['nobody-here']],
    // Nothing to do: download counts already grow with every answer.
    stir: () => undefined,
  };
}

function playDiscoveries({ github, huggingface, now }: World): Scene {
  const models = ['acme/one', 'beta/two'].map((id, place) =>
    huggingface.model(id, { createdAt: now() - 9 * dayMs, trending: 90 - place, likes: 200 }),
  );
  const repos = ['acme/engine', 'beta/engine'].map((name) => github.repo(name, {}));
  for (const repo of repos) Object.assign(repo.state, { stars: 900, createdAt: now() - 9 * dayMs });
  return {
    targets: [['huggingface'], ['huggingface', { top: 1 }], ['github', { query: 'engine stars:>500' }]],
    stir: () => {
      for (const model of models) Object.assign(model.state, { likes: 300, downloads: 9_000 });
      for (const repo of repos) Object.assign(repo.state, { stars: 950, forks: 7 });
    },
  };
}

function playFeeds({ web, now }: World): Scene {
  const entries = [3, 2, 1].map((n) => ({
    title: `Post ${n}`,
    link: `https://lab.example/${n}?utm_source=a`,
    guid: null,
    published: now() - n * dayMs,
  }));
  const feeds = (['rss', 'atom', 'json'] as const).map((format) => web.feed(`/feed.${format}`, { format, entries }));
  const link = (n: number) => `https://lab.example/${n}?utm_source=b&ref=home`;
  const stirred = [1, 3, 2].map((n) => ({ title: `Post ${n}`, link: link(n), guid: null, published: now() - n }));
  return {
    targets: feeds.map(({ url }) => [url]),
    stir: () => {
      for (const feed of feeds) feed.set({ entries: stirred });
    },
  };
}

function playPages({ web }: World): Scene {
  const link = (n: number, more = '') => ({ href: `/posts/${n}${more}`, text: `Post ${n}${more}` });
  const page = web.page('/posts', { links: [link(2), link(1)] });
  return {
    targets: [
      [page.url, { select: 'main a' }],
      [page.url, { select: 'main li a[href]' }],
    ],
    stir: () => page.set({ title: 'Other news', links: [link(1, '?utm_source=b'), link(2)] }),
  };
}

function playSitemaps({ web }: World): Scene {
  const url = (n: number, lastmod: string) => ({ loc: `https://lab.example/posts/${n}`, lastmod });
  const sitemap = web.sitemap('/sitemap.xml', { urls: [url(1, '2026-01-01'), url(2, '2026-01-02')] });
  const part = web.sitemap('/part.xml', { urls: [url(3, '2026-01-03')] });
  const index = web.sitemap('/index.xml', { index: [{ loc: part.url, lastmod: '2026-01-03' }] });
  return {
    targets: [[sitemap.url], [index.url]],
    stir: () => sitemap.set({ urls: [url(2, '2026-02-02'), url(1, '2026-02-02')] }),
  };
}

/** By source kind. A new source must be added here. */
export const ways: Readonly<Record<string, readonly Way[]>> = {
  github: [
    { name: 'with a token', token: true, play: playGithub },
    { name: 'without a token', token: false, play: playGithub },
  ],
  huggingface: [
    { name: 'with a token', token: true, play: playHuggingface },
    { name: 'without a token', token: false, play: playHuggingface },
  ],
  modelscope: [{ name: 'by itself', token: false, play: playModelscope }],
  discover: [
    { name: 'with a token', token: true, play: playDiscoveries },
    { name: 'without a token', token: false, play: playDiscoveries },
  ],
  feed: [{ name: 'by themselves', token: false, play: playFeeds }],
  page: [{ name: 'by themselves', token: false, play: playPages }],
  sitemap: [{ name: 'by themselves', token: false, play: playSitemaps }],
};

export interface Played {
  readonly world: World;
  readonly targets: readonly Target[];
  readonly stir: () => void;
  /** Opens a source that has not made any request yet. */
  readonly open: () => Source;
  /** Polls all targets once, with cursors from these results. */
  readonly look: (
    before?: ReadonlyMap<string, PollResult> | null,
    signal?: AbortSignal,
  ) => Promise<ReadonlyMap<string, PollResult>>;
  readonly looks: (before?: ReadonlyMap<string, PollResult> | null) => readonly Look[];
  /** Makes every request from now on fail in this way. */
  readonly fail: (fault: Fault) => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

function targetOf(kind: SourceKind, [written, entry = {}]: Entry): Target {
  const reading = kind.address(written, entry);
  if ('problem' in reading) throw new Error(reading.problem.code);
  return reading.target;
}

/** To be closed when the tests have ended. */
export async function playSource(kind: SourceKind, way: Way): Promise<Played> {
  // The clock is fixed, so that remaining waiting times are exact.
  const world = await openWorld({ now: () => noon });
  world.github.limits.settings.anonymous = 10_000;
  const { targets: entries, stir } = way.play(world);
  const targets = entries.map((entry) => targetOf(kind, entry));
  const http = openHttp({ userAgent: 'Landfall/test', allowPrivate: ['127.0.0.1'] });
  const addresses = {
    'github.apiUrl': world.github.api.url,
    'github.graphqlUrl': `${world.github.api.url}/graphql`,
    'github.serverUrl': world.github.web.url,
    'huggingface.endpoint': world.huggingface.service.url,
    'modelscope.endpoint': world.modelscope.service.url,
  };
  const open = () => kind.open({ http, addresses, secrets: way.token ? world.tokens : {} });
  const looks: Played['looks'] = (before = null) =>
    targets.map((target) => {
      const result = before?.get(target.id);
      const known = result !== undefined && 'cursor' in result;
      return {
        target,
        cursor: known ? result.cursor : null,
        lastAt: known ? new Date(world.now()).toISOString() : null,
      };
    });
  return {
    world,
    targets,
    stir,
    open,
    looks,
    look: async (before = null, signal = new AbortController().signal) =>
      (await open().poll(looks(before), { now: world.now, signal })).results,
    fail: (fault) => {
      for (const service of world.services) service.faults.plan(/./, fault, { times: Number.POSITIVE_INFINITY });
    },
    mend: () => {
      for (const service of world.services) service.faults.clear();
    },
    close: async () => {
      await http.close();
      await world.close();
    },
  };
}
