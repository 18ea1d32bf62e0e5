// Sitemaps: their addresses, their parts, and when nothing in them is an error.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sitemap } from '../../../src/sources/sitemap/source.ts';
import type { PollResult } from '../../../src/types/core.ts';
import { mentioning, saying } from '../../support/reasons.ts';
import { fresh, lookAt, noon, only, playWeb, targetOf, type Web } from '../../support/sources/web.ts';

const url = 'https://lab.example/sitemap.xml';
const target = targetOf(sitemap, url);
const fixture = (name: string): string => readFileSync(new URL(`../fixtures/sitemap/${name}`, import.meta.url), 'utf8');
const urlset = (...locs: readonly (string | readonly [string, string])[]): string => {
  const entry = (loc: string, lastmod?: string): string =>
    `<url><loc>${loc}</loc>${lastmod === undefined ? '' : `<lastmod>${lastmod}</lastmod>`}</url>`;
  return `<urlset>${locs.map((loc) => (typeof loc === 'string' ? entry(loc) : entry(...loc))).join('')}</urlset>`;
};
const urls = (result: PollResult): readonly string[] => fresh(result).observations.map((one) => one.url);
const poll = async (web: Web, before: PollResult | null = null): Promise<PollResult> =>
  only(await web.poll(lookAt(target, before)));

describe('one sitemap', () => {
  test('gives its pages, not its pictures, each once', async () => {
    const { observations } = fresh(await poll(playWeb(sitemap, { [url]: fixture('news.xml') })));
    expect(observations.map((one) => [one.url, one.title, one.publishedAt])).toEqual([
      ['https://lab.example/news/beacon-2?a=1&b=2', 'Beacon 2 & friends', '2026-08-19T06:30:00.000Z'],
      ['https://lab.example/news/beacon-1&nbsp;', 'beacon 1&nbsp;', null],
    ]);
    expect(observations[0]).toMatchObject({ kind: 'link', about: 'link:https://lab.example/news/beacon-2?a=1&b=2' });
  });

  test.each([
    ['with a prefix', '<s:urlset xmlns:s="x"><s:url><s:loc>https://lab.example/a</s:loc></s:url></s:urlset>'],
    [
      'in capitals of nobody’s fault',
      '\n\n<?xml version="1.0"?><!-- c --><urlset><url><loc><![CDATA[https://lab.example/a]]></loc></url></urlset>',
    ],
    ['as a plain list', 'https://lab.example/a\nnot an address\n'],
    ['packed', gzipSync(urlset('https://lab.example/a'))],
  ])('%s', async (_, body) => {
    expect(urls(await poll(playWeb(sitemap, { [url]: { body } })))).toEqual(['https://lab.example/a']);
  });

  test('dates that are stamped anew are no news; a new address is', async () => {
    const web = playWeb(sitemap, { [url]: urlset(['/a', '2026-01-01'], ['/b', '2026-01-01']) });
    const first = await poll(web);
    web.answer(url, urlset(['/b?utm_source=x', '2026-08-20'], ['/a', '2026-08-20']));
    expect(await poll(web, first)).toMatchObject({ kind: 'same' });
    web.answer(url, urlset('/a', '/b', '/c'));
    expect(urls(await poll(web, first))).toEqual([
      'https://lab.example/a',
      'https://lab.example/b',
      'https://lab.example/c',
    ]);
  });

  test('empty from the start is a baseline, empty all of a sudden is an error', async () => {
    const web = playWeb(sitemap, { [url]: urlset() });
    expect(urls(await poll(web))).toEqual([]);
    web.answer(url, urlset('/a'));
    const full = await poll(web);
    web.answer(url, urlset());
    expect(await poll(web, full)).toEqual({ kind: 'broken', reason: saying(/it was not before/) });
  });

  test.each([
    [urlset('/a').slice(0, -8), 'cut short'],
    [gzipSync(urlset('/a')).subarray(0, 30), 'damaged or cut short'],
    [gzipSync(Buffer.alloc(6 * 1024 * 1024, ' ')), 'larger than 5 MiB'],
    ['<html><body>404</body></html>', 'HTML came instead of a sitemap'],
    ['<rss version="2.0"></rss>', 'this is a feed'],
    ['<note/>', 'the document is <note>'],
    ['no addresses here', 'this is no sitemap'],
  ])('case %#', async (body, reason) => {
    expect(await poll(playWeb(sitemap, { [url]: { body } }))).toEqual({
      kind: 'broken',
      reason: mentioning(reason),
    });
  });
});

describe('an index', () => {
  const parts = ['posts-1.xml', 'posts-2.xml.gz', 'pages.xml'].map((name) => `https://lab.example/${name}`);
  const [one = '', two = '', pages = ''] = parts;
  const index = fixture('index.xml');
  const open = (): Web =>
    playWeb(sitemap, {
      [url]: { headers: { etag: '"i"' }, body: index },
      [one]: urlset('/1'),
      [two]: { body: gzipSync(urlset('/2')) },
      [pages]: { headers: { etag: '"p"' }, body: urlset('/p') },
    });
  const asked = (web: Web, from: number): readonly string[] => web.asked.slice(from).map((request) => request.url);

  test('is followed, the newest part first', async () => {
    const web = open();
    expect(urls(await poll(web))).toEqual(['https://lab.example/2', 'https://lab.example/1', 'https://lab.example/p']);
    expect(asked(web, 0)).toEqual([url, two, one, pages]);
  });

  test('afterwards only parts that changed, or do not say, are asked', async () => {
    const web = open();
    const first = await poll(web);
    expect(await poll(web, first)).toMatchObject({ kind: 'same' });
    expect(asked(web, 4)).toEqual([url, pages]);
    web.answer(url, { body: index.replace('2026-08-19', '2026-08-20') });
    web.answer(two, urlset('/2', '/3'));
    const second = await poll(web, first);
    expect(urls(second)).toEqual(['https://lab.example/2', 'https://lab.example/3']);
    expect(asked(web, 6)).toEqual([url, two, pages]);
  });

  test('a part that fails does not hide the others, and is asked again', async () => {
    const web = open();
    const first = await poll(web);
    web.answer(url, { body: index.replaceAll(/<lastmod>[^<]*/g, '<lastmod>2026-08-20') });
    web.answer(one, { status: 500 });
    web.answer(two, urlset('/2', '/3'));
    const second = await poll(web, first);
    expect(urls(second)).toContain('https://lab.example/3');
    web.answer(one, urlset('/1', '/4'));
    expect(urls(await poll(web, second))).toEqual(['https://lab.example/1', 'https://lab.example/4']);
  });

  test('the first look waits until every part answers', async () => {
    const web = open();
    web.answer(one, { status: 503 });
    expect(await poll(web)).toMatchObject({ kind: 'later' });
  });

  test('a part beyond the fifty read at first tells only what its dates prove to be new', async () => {
    const name = (n: number): string => `https://lab.example/${n}.xml`;
    const list = (stamp: (n: number) => string): string =>
      `<sitemapindex>${Array.from({ length: 60 }, (_, n) => `<sitemap><loc>${name(n)}</loc><lastmod>${stamp(n)}</lastmod></sitemap>`).join('')}</sitemapindex>`;
    const web = playWeb(sitemap, {
      [url]: list((n) => `2025-01-${String(1 + (n % 28)).padStart(2, '0')}T00:00:0${Math.floor(n / 28)}Z`),
    });
    for (let n = 0; n < 60; n += 1) web.answer(name(n), urlset([`/${n}/old`, '2025-01-01']));
    const first = await poll(web);
    expect(urls(first)).toHaveLength(50);
    const skipped =
      Array.from({ length: 60 }, (_, n) => n).find((n) => !urls(first).includes(`https://lab.example/${n}/old`)) ?? -1;
    web.answer(
      name(skipped),
      urlset([`/${skipped}/old`, '2025-01-01'], [`/${skipped}/new`, new Date(noon).toISOString()]),
    );
    const body = fresh(first);
    web.answer(
      url,
      list((n) =>
        n === skipped
          ? '2026-08-20T12:00:00Z'
          : `2025-01-${String(1 + (n % 28)).padStart(2, '0')}T00:00:0${Math.floor(n / 28)}Z`,
      ),
    );
    expect(urls(await poll(web, body))).toEqual([`https://lab.example/${skipped}/new`]);
  });

  test('an index within an index is named; an index that is emptied is an error', async () => {
    const nested = '<sitemapindex><sitemap><loc>/inner.xml</loc></sitemap></sitemapindex>';
    const web = playWeb(sitemap, { [url]: nested, 'https://lab.example/inner.xml': nested });
    expect(await poll(web)).toEqual({ kind: 'broken', reason: saying(/is an index itself/) });
    const full = open();
    const first = await poll(full);
    full.answer(url, '<sitemapindex></sitemapindex>');
    expect(await poll(full, first)).toMatchObject({ kind: 'broken' });
  });

  test('is recorded as what it and its parts said', async () => {
    const first = fresh(await poll(open()));
    if (first.answer === null) throw new Error('nothing to record');
    const again = await open().source.read(lookAt(target), first.answer, noon);
    expect(fresh(again).observations).toEqual(first.observations);
  });
});
