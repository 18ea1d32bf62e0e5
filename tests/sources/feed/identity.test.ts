// Which entry is which, from one look to the next: what must not be told twice, and what must not be swallowed.
import { describe, expect, test } from 'vitest';
import { feed } from '../../../src/sources/feed/source.ts';
import type { Fresh } from '../../../src/types/core.ts';
import { fresh, lookAt, only, playWeb, targetOf } from '../../support/sources/web.ts';

const url = 'https://lab.example/feed.xml';
const target = targetOf(feed, url);

interface Item {
  readonly title?: string;
  readonly link?: string;
  readonly guid?: string;
  readonly date?: string;
  readonly text?: string;
}

const rss = (items: readonly Item[]): string => {
  const part = (name: string, value: string | undefined): string =>
    value === undefined ? '' : `<${name}>${value.replaceAll('&', '&amp;')}</${name}>`;
  const written = items.map(
    ({ title, link, guid, date, text }) =>
      `<item>${part('title', title)}${part('link', link)}${part('guid', guid)}${part('pubDate', date)}${part('description', text)}</item>`,
  );
  return `<rss version="2.0"><channel><link>https://lab.example/</link>${written.join('')}</channel></rss>`;
};

/** Looks at each version in turn; gives, per look, the titles whose key was not known before, or `same`. */
async function told(...versions: readonly (readonly Item[])[]): Promise<readonly (readonly string[] | 'same')[]> {
  const web = playWeb(feed);
  const known = new Set<string>();
  let before: Fresh | null = null;
  const news: (readonly string[] | 'same')[] = [];
  for (const version of versions) {
    web.answer(url, rss(version));
    const result = only(await web.poll(lookAt(target, before)));
    if (result.kind === 'same') news.push('same');
    else {
      before = fresh(result);
      news.push(before.observations.filter((one) => !known.has(one.key)).map((one) => one.title));
      for (const { key } of before.observations) known.add(key);
    }
  }
  return news;
}

const a: Item = {
  title: 'A',
  link: 'https://lab.example/news?id=1',
  guid: 'g1',
  date: 'Wed, 19 Aug 2026 10:00:00 GMT',
};
const b: Item = {
  title: 'B',
  link: 'https://lab.example/news?id=2',
  guid: 'g2',
  date: 'Tue, 18 Aug 2026 10:00:00 GMT',
};

describe('no news', () => {
  test.each<[string, readonly Item[]]>([
    ['all dates stamped anew', [a, b].map((item) => ({ ...item, date: 'Thu, 20 Aug 2026 00:00:00 GMT' }))],
    ['another order', [b, a]],
    ['other summaries', [{ ...a, text: 'now with a summary' }, b]],
    [
      'tracking added to links',
      [a, b].map((item, n) => ({ ...item, link: `${item.link}&utm_source=rss&utm_campaign=${n}&fbclid=x` })),
    ],
    ['tracking in front of the id', [{ ...a, link: 'https://lab.example/news?ref=feed&id=1&gclid=2#utm_x' }, b]],
    ['http instead of https, and www', [{ ...a, link: 'http://www.lab.example/news?id=1' }, b]],
    [
      'new guids for the old links',
      [
        { ...a, guid: 'fresh-1' },
        { ...b, guid: 'fresh-2' },
      ],
    ],
    ['the guids gone', [{ title: 'A', link: 'https://lab.example/news?id=1' }, b]],
    ['the same entry twice', [a, { ...a, link: `${a.link}&utm_medium=x` }, b]],
  ])('%s', async (_, changed) => {
    expect(await told([a, b], changed)).toEqual([['A', 'B'], 'same']);
  });

  test('a new address under the same guid', async () => {
    expect(await told([a, b], [{ ...a, link: 'https://lab.example/moved/1' }, b])).toEqual([['A', 'B'], []]);
  });

  test('a guid that is an address with changing tracking', async () => {
    const item = (n: number): Item => ({ title: 'A', guid: `https://lab.example/a?utm_source=${n}` });
    expect(await told([item(1)], [item(2)])).toEqual([['A'], 'same']);
  });

  test('what left the window and comes back, with a new guid', async () => {
    expect(await told([a, b], [a], [a, { ...b, guid: 'other' }])).toEqual([['A', 'B'], [], []]);
  });

  test('a guid that two entries shared and one keeps', async () => {
    const shared = [
      { ...a, guid: 'x' },
      { ...b, guid: 'x' },
    ];
    expect(await told(shared, shared.slice(0, 1))).toEqual([['A', 'B'], []]);
  });
});

describe('news', () => {
  test.each<[string, Item]>([
    ['another id in the query', { title: 'C', link: 'https://lab.example/news?id=3', guid: 'g3' }],
    ['another id, and no guid', { title: 'C', link: 'https://lab.example/news?id=3' }],
    ['another idxno', { title: 'C', link: 'https://lab.example/view?idxno=9' }],
    ['a guid alone', { title: 'C', guid: 'g3' }],
    ['a title alone', { title: 'C' }],
    ['another fragment', { title: 'C', link: 'https://lab.example/news?id=1#v3', guid: 'g3' }],
  ])('%s', async (_, item) => {
    expect(await told([a, b], [item, a, b])).toEqual([['A', 'B'], ['C']]);
  });

  test('entries that all lead to one page are told apart by their guids', async () => {
    const one = (n: number): Item => ({ title: `v${n}`, link: 'https://lab.example/changelog', guid: `v${n}` });
    expect(await told([one(2), one(1)], [one(3), one(2), one(1)])).toEqual([['v2', 'v1'], ['v3']]);
  });

  test('entries that lead to the home page are told apart, even one at a time', async () => {
    const one = (n: number): Item => ({ title: `v${n}`, link: 'https://lab.example/', guid: `v${n}` });
    expect(await told([one(1)], [one(2)])).toEqual([['v1'], ['v2']]);
  });

  test('two guids that are the same text, on two pages', async () => {
    expect(
      await told([
        { ...a, guid: '0' },
        { ...b, guid: '0' },
      ]),
    ).toEqual([['A', 'B']]);
  });
});

describe('entries that share one link', () => {
  const link = 'https://lab.example/product';
  const one = (title: string, day: number | null, guid?: string): Item => ({
    title,
    link,
    ...(day === null ? {} : { date: `Wed, ${day} Aug 2026 10:00:00 GMT` }),
    ...(guid === undefined ? {} : { guid }),
  });
  const A = one('A', 19, 'g1');
  const B = one('B', 20, 'g2');
  const C = one('C', 21, 'g3');
  test.each<[string, readonly (readonly Item[])[], readonly (readonly string[] | 'same')[]]>([
    ['one after the other, by their guids', [[A], [B], [C]], [['A'], ['B'], ['C']]],
    ['three at once', [[C, B, A]], [['C', 'B', 'A']]],
    ['what is there already comes back', [[A], [B], [A], [B, A]], [['A'], ['B'], [], []]],
    ['without guids, by link and title', [[one('A', 19)], [one('B', 20), one('A', 19)]], [['A'], ['B']]],
    ['without guids, one at a time', [[one('A', 19)], [one('B', 20)], [one('C', 21)]], [['A'], ['B'], ['C']]],
    ['without guids, two from the start', [[one('B', 20), one('A', 19)]], [['B', 'A']]],
    ['a changed title of the same day is an edit', [[one('A', 19)], [one('A, corrected', 19)]], [['A'], []]],
    ['a changed title under a new guid of the same day too', [[A], [one('A, corrected', 19, 'g9')]], [['A'], []]],
    ['a changed title that says no day too', [[one('A', null)], [one('B', null)]], [['A'], []]],
    ['unless the old one stands beside it', [[one('A', null)], [one('B', null), one('A', null)]], [['A'], ['B']]],
    ['a changed title under the same guid is an edit, whatever its day', [[A], [one('B', 20, 'g1')]], [['A'], []]],
    ['a later day alone is nothing', [[A], [one('A', 25, 'g1')], [one('A', 26, 'g9')]], [['A'], 'same', 'same']],
    ['the same title once more in one document', [[A, one('A', 20, 'g2')]], [['A']]],
  ])('%s', async (_, versions, expected) => {
    expect(await told(...versions)).toEqual(expected);
  });

  test('are about matters of their own, the first about the link', async () => {
    const web = playWeb(feed, { [url]: rss([A]) });
    const first = fresh(await web.poll(lookAt(target)));
    expect(first.observations.map(({ about }) => about)).toEqual([`feed:${link}`]);
    web.answer(url, rss([C, B, A]));
    const second = fresh(await web.poll(lookAt(target, first)));
    expect(second.observations[2]?.about).toBe(`feed:${link}`);
    expect(new Set(second.observations.map(({ about }) => about)).size).toBe(3);
    web.answer(url, rss([C, B, A, one('D', 22, 'g4')]));
    const third = fresh(await web.poll(lookAt(target, second)));
    expect(third.observations.slice(0, 3).map(({ about }) => about)).toEqual(
      second.observations.map(({ about }) => about),
    );
  });

  test('are known by what an earlier version kept of a link', async () => {
    const web = playWeb(feed, { [url]: rss([A]) });
    const first = fresh(await web.poll(lookAt(target)));
    const { links, ...rest } = first.cursor as { readonly links: Readonly<Record<string, readonly string[][]>> };
    const cursor = {
      ...rest,
      links: Object.fromEntries(Object.entries(links).map(([key, [entry]]) => [key, entry?.[0] ?? ''])),
    };
    web.answer(url, rss([{ ...A, guid: 'fresh' }, B]));
    const next = fresh(await web.poll(lookAt(target, { ...first, cursor })));
    expect(next.observations[0]?.key).toBe(first.observations[0]?.key);
  });
});

test('an edited title is an edit, never a new entry', async () => {
  const web = playWeb(feed, { [url]: rss([a, b]) });
  const first = fresh(await web.poll(lookAt(target)));
  web.answer(url, rss([{ ...a, title: 'A, corrected' }, b]));
  const second = fresh(await web.poll(lookAt(target, first)));
  expect(second.observations.map((one) => one.key)).toEqual(first.observations.map((one) => one.key));
  expect(second.observations.map((one, n) => one.fingerprint === first.observations[n]?.fingerprint)).toEqual([
    false,
    true,
  ]);
});

test('what is remembered stays small', async () => {
  const web = playWeb(feed);
  let before: Fresh | null = null;
  for (let look = 0; look < 4; look += 1) {
    const items = Array.from({ length: 600 }, (_, n) => ({
      title: 'x',
      link: `https://lab.example/${look}/${n}`,
      guid: `${look}-${n}`,
    }));
    web.answer(url, rss(items));
    before = fresh(await web.poll(lookAt(target, before)));
  }
  expect(JSON.stringify(before?.cursor).length).toBeLessThan(60_000);
});
