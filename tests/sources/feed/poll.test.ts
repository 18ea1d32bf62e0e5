// Looking at feeds over the web: validators, whose fault a failure is, redirects, wishes to be left alone.

import { describe, expect, test } from 'vitest';
import { feed } from '../../../src/sources/feed/source.ts';
import { mentioning, saying } from '../../support/reasons.ts';
import { fresh, lookAt, noon, only, playWeb, targetOf, type Written } from '../../support/sources/web.ts';

const url = 'https://lab.example/feed.xml';
const target = targetOf(feed, url);
const rss = (title = 'A', channel = ''): string =>
  `<rss version="2.0"><channel>${channel}<item><title>${title}</title><link>/a/${title}</link></item></channel></rss>`;

test('an address must be one of the web', () => {
  expect(targetOf(feed, ' https://Lab.example/feed.xml#x ')).toEqual({
    id: `feed:${url}`,
    source: 'feed',
    address: url,
    shape: null,
  });
  for (const written of ['lab.example/feed', 'ftp://lab.example/', 'https://', 'file:///x', 'https://a b/', ''])
    expect(feed.address(written, {})).toMatchObject({ problem: mentioning('not the address of a feed') });
});

describe('unchanged', () => {
  test('both validators go back as they came, and 304 is the same', async () => {
    const headers = { etag: 'W/"a b"', 'last-modified': 'Wed, 19 Aug 2026 09:59:60 GMT' };
    const web = playWeb(feed, { [url]: { headers, body: rss() } });
    const first = fresh(await web.poll(lookAt(target)));
    const second = only(await web.poll(lookAt(target, first)));
    expect(web.asked[0]?.options.headers).not.toHaveProperty('if-none-match');
    expect(web.asked[1]?.options.headers).toMatchObject({
      'if-none-match': 'W/"a b"',
      'if-modified-since': headers['last-modified'],
    });
    expect(second).toEqual({ kind: 'same', cursor: first.cursor, restMs: null });
  });

  test('304 to a look that sent no validator is a failed look, never a baseline', async () => {
    const web = playWeb(feed, { [url]: { status: 304, headers: { etag: '"1"' } } });
    const failed = { kind: 'later', reason: saying(/^304: .*was not asked/) };
    expect(only(await web.poll(lookAt(target)))).toMatchObject(failed);
    web.answer(url, { body: rss() });
    const first = fresh(await web.poll(lookAt(target)));
    web.answer(url, { status: 304 });
    expect(only(await web.poll(lookAt(target, first)))).toMatchObject(failed);
  });

  test('304 from another host, which was sent no validators, is a failed look too', async () => {
    const web = playWeb(feed, { [url]: { headers: { etag: '"1"' }, body: rss() } });
    const first = fresh(await web.poll(lookAt(target)));
    web.answer(url, { status: 304, redirects: [{ status: 302, to: 'https://elsewhere.example/feed.xml' }] });
    expect(only(await web.poll(lookAt(target, first)))).toMatchObject({
      kind: 'later',
      reason: mentioning('(answered by https://elsewhere.example/feed.xml)'),
    });
  });

  test('other bytes with the same entries are the same, with the new validators', async () => {
    const web = playWeb(feed, { [url]: { headers: { etag: '"1"' }, body: rss() } });
    const first = fresh(await web.poll(lookAt(target)));
    web.answer(url, { headers: { etag: '"2"' }, body: `${rss('A', '<lastBuildDate>now</lastBuildDate>')}\n` });
    const second = only(await web.poll(lookAt(target, first)));
    expect(second).toMatchObject({ kind: 'same', cursor: { etag: '"2"' } });
  });

  test('an empty feed is a baseline of its own', async () => {
    const web = playWeb(feed, { [url]: '<rss version="2.0"><channel></channel></rss>' });
    expect(fresh(await web.poll(lookAt(target)))).toMatchObject({
      there: true,
      observations: [],
      window: 'newest',
      gone: [],
    });
  });
});

describe('whose fault', () => {
  const later = (reason: string, afterMs: number | null): object => ({
    kind: 'later',
    reason: mentioning(reason),
    afterMs,
  });
  const broken = (words: string): object => ({ kind: 'broken', reason: mentioning(words) });
  test.each<[string, Written, object]>([
    ['429 in seconds', { status: 429, headers: { 'retry-after': '120' } }, later('429', 120_000)],
    [
      '503 until a date',
      { status: 503, headers: { 'retry-after': 'Thu, 20 Aug 2026 12:10:00 GMT' } },
      later('503', 600_000),
    ],
    ['500', { status: 500 }, later('500', null)],
    ['a wait of ten years', { status: 503, headers: { 'retry-after': '315360000' } }, later('503', 86_400_000)],
    ['the network', { failed: 'network' }, later('network', null)],
    ['a time-out', { failed: 'timeout' }, later('timeout', null)],
    ['401', { status: 401 }, broken('wants a login')],
    ['403', { status: 403 }, broken('refuses us')],
    ['404', { status: 404, body: rss() }, broken('404: there is nothing')],
    ['410', { status: 410 }, broken('gone for good')],
    ['206', { status: 206, body: rss() }, broken('206: the site sends no document')],
    [
      '404 after a redirect',
      { status: 404, redirects: [{ status: 302, to: 'https://cdn.example/x?key=1' }] },
      broken('(answered by https://cdn.example/x)'),
    ],
    [
      'no feed after a redirect',
      { body: '<html></html>', redirects: [{ status: 302, to: 'https://cdn.example/login' }] },
      broken('(answered by https://cdn.example/login)'),
    ],
    ['a private address', { failed: 'private address' }, broken('private address')],
    ['too large', { failed: 'too large' }, broken('too large')],
    ['nothing', { body: '' }, broken('empty')],
    ['a page', { body: '<!doctype html><title>x</title>' }, broken('HTML came instead')],
    ['half a feed', { body: rss().slice(0, -30) }, broken('cut short')],
  ])('%s', async (_, written, expected) => {
    expect(only(await playWeb(feed, { [url]: written }).poll(lookAt(target)))).toEqual(expected);
  });
});

describe('redirects', () => {
  const there = 'https://new.example/feed';
  const moved = {
    body: rss(),
    redirects: [
      { status: 301, to: 'https://lab.example/b' },
      { status: 308, to: there },
    ],
  };

  test('a permanent one is followed at once from then on, with links read from there', async () => {
    const web = playWeb(feed, { [url]: moved, [there]: rss('B') });
    const first = fresh(await web.poll(lookAt(target)));
    expect(first.observations[0]?.url).toBe('https://new.example/a/A');
    fresh(await web.poll(lookAt(target, first)));
    expect(web.asked.map((one) => one.url)).toEqual([url, there]);
  });

  test('a passing one is not remembered', async () => {
    const web = playWeb(feed, {
      [url]: {
        body: rss(),
        redirects: [
          { status: 301, to: 'https://x.example/' },
          { status: 302, to: there },
        ],
      },
    });
    const first = fresh(await web.poll(lookAt(target)));
    expect(first.cursor).toMatchObject({ moved: null });
  });

  test('when the new place is gone, the old one is asked', async () => {
    const web = playWeb(feed, { [url]: moved, [there]: { status: 404 } });
    const first = fresh(await web.poll(lookAt(target)));
    web.answer(url, rss('B'));
    const second = fresh(await web.poll(lookAt(target, first)));
    expect(second.cursor).toMatchObject({ moved: null });
    expect(web.asked.map((one) => one.url)).toEqual([url, there, url]);
  });
});

describe('left alone', () => {
  const hour = 3_600_000;
  test.each([
    ['nothing said', {}, '', null],
    ['Cache-Control', { 'cache-control': 'public, max-age=1800' }, '', hour / 2],
    ['ttl', {}, '<ttl>120</ttl>', 2 * hour],
    [
      'twice a day',
      {},
      '<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>',
      12 * hour,
    ],
    ['the longest of all', { 'cache-control': 'max-age=7200' }, '<ttl>60</ttl>', 2 * hour],
    ['at most a day', { 'cache-control': 'max-age=31536000' }, '<ttl>99999</ttl>', 24 * hour],
  ])('%s', async (_, headers, channel, restMs) => {
    const web = playWeb(feed, { [url]: { headers: { etag: '"1"', ...headers }, body: rss('A', channel) } });
    const first = fresh(await web.poll(lookAt(target)));
    expect(first.restMs).toBe(restMs);
    expect(only(await web.poll(lookAt(target, first)))).toMatchObject({ kind: 'same', restMs });
  });
});

describe('several at once', () => {
  test('each gets its result, and what it cost stands under its host', async () => {
    const other = targetOf(feed, 'https://other.example/rss');
    const web = playWeb(feed, { [url]: rss(), [other.address]: { status: 500 } });
    const context = { now: () => noon, signal: new AbortController().signal };
    const { results, spent } = await web.source.poll([lookAt(target), lookAt(other)], context);
    expect([target, other].map(({ id }) => results.get(id)?.kind)).toEqual(['fresh', 'later']);
    expect(results.size).toBe(2);
    expect(spent.map(({ pool, cost }) => [pool, cost])).toEqual([
      ['feed:lab.example', 1],
      ['feed:other.example', 1],
    ]);
    expect([target, other].map(web.source.pool)).toEqual(['feed:lab.example', 'feed:other.example']);
  });

  test('a host that asks us to wait is not asked again in the same pass', async () => {
    const second = targetOf(feed, 'https://lab.example/two.xml');
    const web = playWeb(feed, { [url]: { status: 429, headers: { 'retry-after': '60' } } });
    const results = await web.poll(lookAt(target), lookAt(second));
    expect(results.get(second.id)).toMatchObject({ kind: 'later', afterMs: 60_000 });
    expect(web.asked).toHaveLength(1);
  });

  test('what only Discord asked for reaches no private address at all', async () => {
    const web = playWeb(feed, { [url]: rss() });
    await web.poll(lookAt(target));
    await web.poll({ ...lookAt(target), strict: true });
    expect(web.asked.map((one) => one.options.reach)).toEqual(['public', 'strict']);
  });
});

test('a recorded answer reads as it was seen, whatever a cursor of another make holds', async () => {
  const web = playWeb(feed, { [url]: rss() });
  const seen = fresh(await web.poll(lookAt(target)));
  if (seen.answer === null) throw new Error('nothing to record');
  for (const cursor of [null, 'old', { hash: 7, links: 'x' }]) {
    const again = await web.source.read({ ...lookAt(target), cursor }, seen.answer, noon);
    expect(fresh(again).observations).toEqual(seen.observations);
  }
});
