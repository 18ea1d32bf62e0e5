// Pages: which links are found, what they are called, and when finding nothing is an error.

import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { page } from '../../../src/sources/page/source.ts';
import { mentioning, saying } from '../../support/reasons.ts';
import { fresh, lookAt, only, playWeb, targetOf } from '../../support/sources/web.ts';

const url = 'https://lab.example/news';
const html = readFileSync(new URL('../fixtures/page/news.html', import.meta.url), 'utf8');
const select = "main a[href*='/news/']";
const target = targetOf(page, url, { select });

describe('the entry', () => {
  test('the selector is part of the target', () => {
    expect(target).toEqual({ id: `page:${url}#${select}`, source: 'page', address: url, shape: select });
  });

  test.each([
    [url, {}, 'needs a `select`'],
    [url, { select: ' ' }, 'needs a `select`'],
    [url, { select: 'a[href' }, 'not a CSS selector'],
    [url, { select: 'a:nonsense' }, 'not a CSS selector'],
    [url, { select: `a${',a'.repeat(600)}` }, 'longer than 1000'],
    ['lab.example/news', { select }, 'not the address of a page'],
  ])('case %# is refused', (written, entry, problem) => {
    expect(page.address(written, entry)).toMatchObject({
      problem: mentioning(problem),
      help: saying(/\S/),
    });
  });
});

describe('what is found', () => {
  test('each link once, absolute and named', async () => {
    const { observations } = fresh(await playWeb(page, { [url]: html }).poll(lookAt(target)));
    expect(observations.map((one) => [one.url, one.title, one.lang])).toEqual([
      ['https://lab.example/news/beacon-2', 'Beacon 2 & friends', 'en'],
      ['https://lab.example/news/beacon-1', 'Beacon 1', 'en'],
      ['https://www.lab.example/news/old_post.html', 'An old post', 'en'],
      ['https://lab.example/news/no-words-at-all', 'no words at all', 'en'],
      ['https://lab.example/ko/news/3', '비컨 3 공개', 'ko'],
    ]);
    expect(observations[0]).toMatchObject({
      key: 'https://lab.example/news/beacon-2',
      kind: 'link',
      about: 'link:https://lab.example/news/beacon-2',
      subject: 'https://lab.example/news/beacon-2',
      publishedAt: null,
    });
  });

  test('elements around or inside a link lead to it', async () => {
    for (const around of ['article.card', 'article h3', 'article img, article h3, article a']) {
      const other = targetOf(page, url, { select: around });
      const { observations } = fresh(await playWeb(page, { [url]: html }).poll(lookAt(other)));
      expect(observations[0]?.url).toBe('https://lab.example/news/beacon-2');
    }
  });

  test('a heading says more than the rest of a card', async () => {
    const cards = targetOf(page, url, { select: 'article.card' });
    const { observations } = fresh(await playWeb(page, { [url]: html }).poll(lookAt(cards)));
    expect(observations.map((one) => one.title).slice(0, 2)).toEqual(['Beacon 2 & friends', 'Beacon 1']);
  });

  test('Korean pages in CP949 are read', async () => {
    const body = iconv.encode('<meta charset="euc-kr"><a href="/news/1">뷁한 모델 공개</a>', 'cp949');
    const other = targetOf(page, url, { select: 'a' });
    const { observations } = fresh(await playWeb(page, { [url]: { body } }).poll(lookAt(other)));
    expect(observations[0]).toMatchObject({ title: '뷁한 모델 공개', lang: 'ko' });
  });
});

describe('from one look to the next', () => {
  test('another order, other words and other tracking are the same; another link is new', async () => {
    const web = playWeb(page, { [url]: html });
    const first = fresh(await web.poll(lookAt(target)));
    web.answer(
      url,
      html
        .replace('Beacon 2 &amp; friends', 'Beacon 2 (3 min ago)')
        .replace('utm_source=home', 'utm_source=x&fbclid=1'),
    );
    expect(only(await web.poll(lookAt(target, first)))).toMatchObject({ kind: 'same' });
    web.answer(url, html.replace('</main>', '<a href="/news/beacon-4">Beacon 4</a></main>'));
    const second = fresh(await web.poll(lookAt(target, first)));
    expect(second.observations).toHaveLength(6);
    expect(second.observations.slice(0, 5)).toEqual(first.observations);
  });

  test('a redesign that hides everything is an error, and the state stays', async () => {
    const web = playWeb(page, { [url]: html });
    const first = fresh(await web.poll(lookAt(target)));
    web.answer(url, '<html><body><div id="app"></div></body></html>');
    const second = only(await web.poll(lookAt(target, first)));
    expect(second).toEqual({ kind: 'broken', reason: saying(/no longer has what `select` finds/) });
  });
});

describe('what cannot be watched says why', () => {
  const deep = `${'<div>'.repeat(40_000)}<a href="/news/1">x</a>`;
  test.each([
    ['<main><a href="/a">1</a></main>', 'built in the browser'],
    [`${'<a href="/x">x</a>'.repeat(9)}`, 'finds nothing among the 9 links'],
    ['<main><a data-x="/news/">x</a></main>', 'finds nothing'],
    ['<main><a href="javascript:open(\'/news/1\')">x</a></main>', 'finds elements, but no links'],
    ['<?xml version="1.0"?><rss version="2.0"></rss>', 'this is a feed'],
    ['{"a":1}', 'not HTML'],
    [deep, 'nested more than 1000 deep'],
    ['<i>'.repeat(300_000), 'more than 50000 elements'],
  ])('case %#', async (body, reason) => {
    expect(only(await playWeb(page, { [url]: body }).poll(lookAt(target)))).toEqual({
      kind: 'broken',
      reason: mentioning(reason),
    });
  });

  test('failures of the site are not failures of the page', async () => {
    expect(only(await playWeb(page, { [url]: { status: 503 } }).poll(lookAt(target)))).toMatchObject({ kind: 'later' });
    expect(only(await playWeb(page, { [url]: { status: 404 } }).poll(lookAt(target)))).toMatchObject({
      kind: 'broken',
    });
  });
});
