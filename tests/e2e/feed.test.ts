// What is told of feeds, through the built command: new entries in every form, and none that only look new.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';
import type { FeedHandle } from '../support/world/web/open.ts';

const dayMs = 86_400_000;
let place: Place;
let first: Once;
let second: Once;
let third: Once;
const heads = (look: Once): readonly string[] => look.said.map((text) => text.split('\n')[0] ?? '');

beforeAll(async () => {
  place = await openPlace();
  const { web, now } = place.world;
  const at = (n: number): number => now() - 30 * dayMs + n * dayMs;
  const two = (name: string) => [
    { title: `${name} b`, link: `https://lab.example/${name}/b`, published: at(2) },
    { title: `${name} a`, link: `https://lab.example/${name}/a`, published: at(1) },
  ];
  const feeds: Record<string, FeedHandle> = {
    rss: web.feed('/rss.xml', { entries: two('rss') }),
    atom: web.feed('/atom.xml', { format: 'atom', entries: two('atom') }),
    json: web.feed('/feed.json', { format: 'json', entries: two('json') }),
    korean: web.feed('/korean.xml', { encoding: 'euc-kr', entries: two('korean') }),
    dated: web.feed('/dated.xml', { entries: two('dated') }),
    tracked: web.feed('/tracked.xml', {
      entries: [
        { title: 'tracked b', link: 'https://lab.example/p?id=2&utm_source=x', guid: null },
        { title: 'tracked a', link: 'https://lab.example/p?id=1&utm_source=x', guid: null },
      ],
    }),
    matched: web.feed('/matched.xml', { entries: two('matched') }),
    flood: web.feed('/flood.xml', { entries: [] }),
    broken: web.feed('/broken.xml', { entries: two('broken') }),
  };
  const options: Record<string, string> = {
    matched: ', match: { any: ["open-weight", "오픈소스"], none: ["careers"] }',
  };
  await place.configure(
    Object.entries(feeds)
      .map(([name, feed]) => `- { feed: "${feed.url}"${options[name] ?? ''} }`)
      .join('\n'),
  );
  first = await place.once();
  for (const name of ['rss', 'atom', 'json', 'broken']) {
    feeds[name]?.add({ title: `${name} c`, link: `https://lab.example/${name}/c`, published: at(3) });
    feeds[name]?.add({ title: `${name} d`, link: `https://lab.example/${name}/d`, published: at(4) });
  }
  feeds.korean?.add({ title: '오픈소스 모델 공개', link: 'https://lab.example/korean/c', published: at(3) });
  feeds.dated?.set({
    entries: two('dated')
      .toReversed()
      .map((entry, n) => ({ ...entry, published: now() - n })),
  });
  feeds.tracked?.set({
    entries: [
      { title: 'tracked c', link: 'https://lab.example/p?id=3&utm_source=y', guid: null },
      { title: 'tracked a', link: 'https://lab.example/p?id=1&utm_source=y&ref=home', guid: null },
      { title: 'tracked b', link: 'https://lab.example/p?id=2', guid: null },
    ],
  });
  for (const title of ['An OPEN-WEIGHT model', 'Open-weight careers', 'Something else']) {
    feeds.matched?.add({ title, link: `https://lab.example/matched/${encodeURIComponent(title)}`, published: at(5) });
  }
  for (let n = 1; n <= 45; n += 1)
    feeds.flood?.add({ title: `article ${n}`, link: `https://lab.example/flood/${n}`, published: at(5) });
  web.service.faults.plan('GET /broken.xml', { kind: 'truncated' });
  second = await place.once();
  third = await place.once();
});
afterAll(() => place.close());

describe('feeds', () => {
  it('store a baseline and tell nothing', () => {
    expect([first.code, first.said, first.document.owed]).toEqual([0, [], 0]);
  });

  it('tell every new entry of RSS, Atom and JSON Feed, oldest first', () => {
    for (const name of ['rss', 'atom', 'json'])
      expect(heads(second).filter((head) => head.startsWith(name))).toEqual([`${name} c`, `${name} d`]);
  });

  it('are read in their own encoding', () => {
    expect(heads(second)).toContain('오픈소스 모델 공개');
  });

  it('do not tell what was re-dated, reordered or only tracked anew, but what is named by its query', () => {
    expect(heads(second).filter((head) => head.startsWith('dated'))).toEqual([]);
    expect(heads(second).filter((head) => head.startsWith('tracked'))).toEqual(['tracked c']);
  });

  it('are told by their match alone', () => {
    expect(heads(second).filter((head) => /open-weight|something/i.test(head))).toEqual(['An OPEN-WEIGHT model']);
  });

  it('tell more than twenty in one group that names each', () => {
    const groups = second.said.filter((text) => text.includes('/flood/'));
    for (let n = 1; n <= 45; n += 1) expect(groups.join('\n')).toContain(`**article ${n}**`);
    expect(groups.length).toBeLessThanOrEqual(3);
  });

  it('lose nothing to a document that was cut short', () => {
    expect(second.code).toBe(1);
    const failed = second.document.watches.filter(({ result }) => result !== 'fresh' && result !== 'same');
    expect(failed.map(({ target }) => new URL(target.slice('feed:'.length)).pathname)).toEqual(['/broken.xml']);
    expect(heads(second).filter((head) => head.startsWith('broken'))).toEqual([]);
    expect([third.code, heads(third)]).toEqual([0, ['broken c', 'broken d']]);
  });

  it('are asked with their validators', () => {
    const again = place.world.web.service.log.filter((entry) => entry.path === '/rss.xml');
    expect(again.map(({ status }) => status)).toEqual([200, 200, 304]);
    expect(place.world.unexpected()).toEqual([]);
  });
});
