// The soak's targets, of every kind; each can publish news that is recognised by a unique word.
import type { World } from '../world/open.ts';
import { soakDomain } from './clock.ts';

export type Sort = 'github' | 'huggingface' | 'modelscope' | 'feed' | 'page' | 'sitemap';

export interface SoakTarget {
  readonly sort: Sort;
  /** The watch list entry, without channels. */
  readonly entry: string;
  /** Whether its news must arrive in the order of publication. */
  readonly ordered: boolean;
  /** Publishes something new that contains this word. */
  readonly publish: (word: string) => void;
}

/** Per hundred targets. */
const shares: readonly (readonly [Sort, number])[] = [
  ['github', 34],
  ['huggingface', 17],
  ['modelscope', 6],
  ['feed', 21],
  ['page', 12],
  ['sitemap', 10],
];

/** Documents per host, which share that host's quota. */
const perHost = 3;

export const hostsOf = (count: number): readonly string[] =>
  Array.from({ length: Math.ceil(count / perHost) }, (_, n) => `h${n}.${soakDomain}`);

type Make = (world: World, n: number, address: (url: string) => string) => SoakTarget;

const makers: Readonly<Record<Sort, Make>> = {
  github: ({ github }, n) => {
    const repo = github.repo(`soak/tool-${n}`);
    repo.push('begin', { 'README.md': 'a tool' });
    return {
      sort: 'github',
      entry: `github: soak/tool-${n}`,
      ordered: true,
      publish: (word) => void repo.release({ tag: word, name: word }),
    };
  },
  huggingface: ({ huggingface }, n) => {
    huggingface.model(`hub-${n}/first`, { licence: 'mit', files: { 'model.safetensors': { size: 1e9 } } });
    return {
      sort: 'huggingface',
      entry: `huggingface: hub-${n}`,
      ordered: false,
      publish: (word) =>
        void huggingface.model(`hub-${n}/${word}`, { licence: 'mit', files: { 'model.safetensors': { size: 1e9 } } }),
    };
  },
  modelscope: ({ modelscope }, n) => {
    modelscope.model(`scope-${n}/first`, { files: { 'model.safetensors': 1e9 } });
    return {
      sort: 'modelscope',
      entry: `modelscope: scope-${n}`,
      ordered: false,
      publish: (word) => modelscope.model(`scope-${n}/${word}`, { files: { 'model.safetensors': 1e9 } }),
    };
  },
  feed: ({ web, now }, n, address) => {
    const format = (['rss', 'atom', 'json'] as const)[n % 3] ?? 'rss';
    const feed = web.feed(`/feed-${n}.xml`, {
      format,
      entries: [{ title: 'an old note', link: `https://lab.example/feed-${n}/old`, published: now() - 1e7 }],
    });
    // Feeds give times in seconds, so news within the same second would have no order.
    let last = 0;
    const next = (): number => {
      last = Math.max(last + 1_000, now());
      return last;
    };
    return {
      sort: 'feed',
      // Otherwise, with the clock thirty days ahead, news published now would count as too old.
      entry: `feed: "${address(feed.url)}", maxAge: off`,
      ordered: true,
      publish: (word) =>
        feed.add({ title: `a note on ${word}`, link: `https://lab.example/feed-${n}/${word}`, published: next() }),
    };
  },
  page: ({ web }, n, address) => {
    const page = web.page(`/page-${n}`, { links: [{ href: '/news/old', text: 'an old page' }] });
    return {
      sort: 'page',
      entry: `page: "${address(page.url)}", select: "a[href^='/news/']"`,
      ordered: false,
      publish: (word) => page.add(`/news/${n}/${word}`, `a page on ${word}`),
    };
  },
  sitemap: ({ web }, n, address) => {
    const map = web.sitemap(`/map-${n}.xml`, { urls: [{ loc: `https://lab.example/map-${n}/old` }] });
    return {
      sort: 'sitemap',
      entry: `sitemap: "${address(map.url)}"`,
      ordered: false,
      publish: (word) => map.add(`https://lab.example/map-${n}/about-${word}`),
    };
  },
};

/** About `count` targets, of all kinds in their shares. */
export function openTargets(world: World, count: number): readonly SoakTarget[] {
  const hosts = hostsOf(count);
  const port = new URL(world.web.service.url).port;
  return shares.flatMap(([sort, share]) =>
    Array.from({ length: Math.max(1, Math.round((share * count) / 100)) }, (_, n) => {
      const host = hosts[n % hosts.length] ?? '';
      return makers[sort](world, n, (url) => `http://${host}:${port}${new URL(url).pathname}`);
    }),
  );
}
