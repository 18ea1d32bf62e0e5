// What a feed's text is read as: entries with plain titles and absolute links, or a reason why it is none.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type FeedReading, readFeed } from '../../../src/sources/feed/read.ts';
import { feed } from '../../../src/sources/feed/source.ts';
import type { Observation } from '../../../src/types/core.ts';
import { mentioning } from '../../support/reasons.ts';
import { targetOf } from '../../support/sources/web.ts';

const url = 'https://lab.example/blog/feed.xml';
const target = targetOf(feed, url);
const read = (text: string, from = url): Promise<FeedReading> =>
  readFeed(text, from, target, { links: {}, sessions: {} });

async function entries(text: string, from = url): Promise<readonly Observation[]> {
  const reading = await read(text, from);
  if (reading.kind === 'broken') throw new Error(reading.reason.code);
  return reading.observations;
}
const only = async (text: string, from = url): Promise<Observation> => {
  const [entry, more] = await entries(text, from);
  if (entry === undefined || more !== undefined) throw new Error('not one entry');
  return entry;
};
const rss = (items: string, channel = '', root = ''): string =>
  `<?xml version="1.0"?><rss version="2.0" ${root}><channel><title>Lab</title>${channel}${items}</channel></rss>`;
const fixture = (name: string): string => readFileSync(new URL(`../fixtures/feed/${name}`, import.meta.url), 'utf8');

describe('the three families say the same', () => {
  test.each(['rss.xml', 'atom.xml', 'rdf.xml', 'feed.json'])('%s', async (name) => {
    const found = await entries(fixture(name));
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({
      kind: 'entry',
      sort: 'thing',
      about: 'feed:https://lab.example/news/beacon-2',
      subject: 'Beacon 2 & friends: open weights',
      title: 'Beacon 2 & friends: open weights',
      url: 'https://lab.example/news/beacon-2',
      publishedAt: '2026-08-19T06:30:00.000Z',
      lang: 'en',
      text: 'The weights are on the Hub today. Training data is not.',
      facts: { author: 'Ada Example' },
    });
    expect(found[1]).toMatchObject({
      title: '비컨 2, 다음 주 공개',
      lang: 'ko',
      publishedAt: '2026-08-18T00:00:00.000Z',
    });
  });
});

test.each([
  ['<guid>/notes/2</guid>', 'https://lab.example/notes/2'],
  ['<guid>https://lab.example/notes/3</guid>', 'https://lab.example/notes/3'],
  ['<guid isPermaLink="false">/notes/2</guid>', 'https://lab.example/'],
  ['<guid>//2</guid>', 'https://lab.example/'],
  ['<guid>2</guid>', 'https://lab.example/'],
])('an entry without a link leads to its guid, where that is one: %s', async (guid, link) => {
  const channel = '<link>https://lab.example/</link>';
  expect((await only(rss(`<item><title>Beacon</title>${guid}</item>`, channel))).url).toBe(link);
});

test('links that look like those of repositories are kept', async () => {
  const repository = 'https://huggingface.co/acme/beacon-2';
  const markup = `<a href="${repository}">weights</a> <a href='https://lab.example/a/b/c'>more</a> <a href="/x/y">us</a>`;
  const item = `<item><title>Beacon</title><link>https://lab.example/1</link><description><![CDATA[${markup}]]></description></item>`;
  expect((await only(rss(item))).facts.links).toEqual([repository]);
  expect((await only(rss(item.replace(repository, 'https://lab.example/')))).facts.links).toBeUndefined();
});

test('an update is no publication, but a time to show', async () => {
  const atom = (dates: string): string =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>Lab</title><entry><id>urn:1</id><title>Beacon</title>${dates}</entry></feed>`;
  const updated = '<updated>2026-08-19T06:30:00Z</updated>';
  const published = '<published>2026-08-01T00:00:00Z</published>';
  expect(await only(atom(updated))).toMatchObject({
    publishedAt: '2026-08-19T06:30:00.000Z',
    facts: { dated: 'updated' },
  });
  expect(await only(atom(updated + published))).toMatchObject({ publishedAt: '2026-08-01T00:00:00.000Z', facts: {} });
  expect((await only(atom(updated + published))).facts).toEqual({});
});

describe('titles', () => {
  test.each([
    ['AT&amp;amp;T &amp;mdash; news', 'AT&T — news'],
    ['<![CDATA[Ben &amp; Jerry’s <b>new</b> model]]>', 'Ben & Jerry’s new model'],
    ['a & b < c &nbsp; d', 'a & b < c d'],
    ['How Vec&lt;T&gt; grows', 'How Vec<T> grows'],
    ['Naked <i>markup</i> &amp; text', 'Naked markup & text'],
    ['Broken <br> markup', 'Broken markup'],
    ['&#8220;quoted&#8221; &#x1F680;', '“quoted” 🚀'],
    ['It&#146;s Windows&#150;1252', 'It’s Windows–1252'],
    ['no &#0; &#xD800; &#99999999; such', 'no such'],
    ['  two\n  lines\t', 'two lines'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;Fine', 'Fine'],
    ['&amp;lt;em&amp;gt;twice&amp;lt;/em&amp;gt;', 'twice'],
    ['&bogus; stays', '&bogus; stays'],
  ])('%j', async (written, title) => {
    expect((await only(rss(`<item><title>${written}</title><link>https://lab.example/a</link></item>`))).title).toBe(
      title,
    );
  });

  test('an entry without one is named by its text, or its link; one that says nothing is dropped', async () => {
    const found = await entries(
      rss(
        '<item><description>First words.</description></item><item><link>/b</link></item><item><pubDate>today</pubDate></item>',
      ),
    );
    expect(found.map((one) => one.title)).toEqual(['First words.', 'https://lab.example/b']);
  });
});

describe('links', () => {
  test.each([
    [
      'the channel’s link',
      rss('<item><title>a</title><link>post/1</link></item>', '<link>https://lab.example/en/</link>'),
      'https://lab.example/en/post/1',
    ],
    ['the feed’s address', rss('<item><title>a</title><link>/post/1</link></item>'), 'https://lab.example/post/1'],
    [
      'xml:base, inherited',
      '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/"><entry xml:base="y/"><title>a</title><link href="z"/></entry></feed>',
      'https://a.example/x/y/z',
    ],
    [
      'a permalink guid',
      rss('<item><title>a</title><guid>https://lab.example/g</guid></item>'),
      'https://lab.example/g',
    ],
    [
      'alternate before self',
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><link rel="self" href="/self"/><link rel="alternate" type="text/html" href="/page"/></entry></feed>',
      'https://lab.example/page',
    ],
    [
      'a link with attributes in RSS',
      rss(
        '<item><title>a</title><atom:link href="/x" rel="alternate"/></item>',
        '',
        'xmlns:atom="http://www.w3.org/2005/Atom"',
      ),
      'https://lab.example/x',
    ],
    [
      'a link as text in Atom',
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a</title><link>https://lab.example/t</link></entry></feed>',
      'https://lab.example/t',
    ],
    [
      'a bare & in a query',
      rss('<item><title>a</title><link>https://lab.example/?id=1&no=2&utm_source=rss</link></item>'),
      'https://lab.example/?id=1&no=2',
    ],
    [
      'an enclosure, when there is nothing better',
      rss('<item><title>a</title><enclosure url="/a.mp3"/></item>'),
      'https://lab.example/a.mp3',
    ],
    [
      'none at all: the feed’s home',
      rss('<item><title>a</title></item>', '<link>https://lab.example/en/</link>'),
      'https://lab.example/en/',
    ],
    [
      'no script',
      rss('<item><title>a</title><link>javascript:alert(1)</link></item>', '<link>https://lab.example/</link>'),
      'https://lab.example/',
    ],
  ])('%s', async (_, text, link) => {
    expect((await only(text)).url).toBe(link);
  });
});

describe('what parsers stumble over is mended', () => {
  const item = '<item><title>One</title><link>https://lab.example/1</link></item>';
  test.each([
    ['white space and a comment first', `\n\n <!-- hi --> ${rss(item)}`],
    ['a warning printed first', `<br /><b>Warning</b>: it broke in /x.php\n${rss(item)}`],
    ['words after the end', `${rss(item)}<!-- cached --> </body>`],
    ['no version', rss(item).replace(' version="2.0"', '')],
    ['no channel', `<rss>${item}</rss>`],
    [
      'capitals',
      '<RSS VERSION="2.0"><CHANNEL><ITEM><TITLE>One</TITLE><LINK>https://lab.example/1</LINK></ITEM></CHANNEL></RSS>',
    ],
    ['an unquoted attribute', rss(item, '<image width=10><title>x</title></image>')],
    ['an undeclared prefix', rss(item, '<geo:lat>1</geo:lat>')],
    ['a tag never closed', rss(item.replace('</link>', '</link><category>x'))],
    [
      'a title never closed',
      rss(item.replace('</title>', '').replace('<link>', '<title/><link>')).replace('<title/>', '</title>'),
    ],
    ['an item never closed', rss(`${item.replace('</item>', '')}<item><title>Two</title></item>`)],
    [
      'another prefix for Atom',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>One</a:title><a:link href="https://lab.example/1"/></a:entry></a:feed>',
    ],
    ['the last > missing', rss(item).slice(0, -1)],
    [
      'a feed inside a page',
      `<!DOCTYPE html><html><body><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title><link href="https://lab.example/1"/></entry></feed></body></html>`,
    ],
    ['a DOCTYPE with entities', `<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY x "]">]>${rss(item)}`],
  ])('%s', async (_, text) => {
    expect((await entries(text))[0]).toMatchObject({ title: 'One', url: 'https://lab.example/1' });
  });
});

describe('what is no feed says what it is', () => {
  test.each([
    [
      '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>',
      'HTML came instead of a feed; the page names its feed: /rss',
    ],
    ['<html><body>Just a moment…</body></html>', 'HTML came instead of a feed; look up'],
    [rss('<item><title>One</title></item>').slice(0, -20), 'cut short'],
    [rss('<item><description><![CDATA[One'), 'cut short'],
    ['<urlset><url><loc>https://x.example/</loc></url></urlset>', 'this is a sitemap'],
    ['<opml version="2.0"></opml>', 'list of feeds'],
    ['<Error><Code>AccessDenied</Code></Error>', 'the document is <error>, which is no feed'],
    ['{"version":"https://jsonfeed.org/version/1.1","items":[', 'the JSON is damaged or cut short'],
    ['{"message":"Not Found"}', 'this is JSON, but not a JSON Feed'],
    ['just words', 'neither XML nor JSON'],
    [' \n ', 'the document is empty'],
    ['<rss version="2.0"></rss>', 'has no channel'],
    [`<rss><channel>${'<item>'.repeat(60_000)}</channel></rss>`, 'more than 20000 entries'],
  ])('%s', async (text, reason) => {
    const reading = await read(text);
    expect(reading).toMatchObject({ kind: 'broken' });
    expect(reading).toEqual({ kind: 'broken', reason: mentioning(reason) });
  });

  test('a feed that has no entries yet is a feed', async () => {
    expect(await entries(rss(''))).toEqual([]);
    expect(await entries('<feed xmlns="http://www.w3.org/2005/Atom"/>')).toEqual([]);
  });
});

describe('hostile documents cost little', () => {
  test('entities that multiply are an error; one that stands for itself is not expanded', async () => {
    const levels = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    const bomb = `<!DOCTYPE rss [<!ENTITY l0 "lol">${levels}]>${rss('<item><title>&l9;</title></item>')}`;
    expect(await read(bomb)).toMatchObject({ kind: 'broken', reason: { code: 'feed.unfolds' } });
    const plain = `<!DOCTYPE rss [<!ENTITY own "lol">]>${rss('<item><title>&own;</title></item>')}`;
    expect((await only(plain)).title).toBe('&own;');
  });

  test('a file of the machine is not read', async () => {
    const found = await only(
      `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${rss('<item><title>&x;</title></item>')}`,
    );
    expect(found.title).toBe('&x;');
  });

  test.each([
    ['comments that never end', '<!--'.repeat(300_000)],
    [
      'half tags',
      `${rss('').slice(0, -16)}<item><description>${'a<p '.repeat(300_000)}</description></item></channel></rss>`,
    ],
    [
      'half tags in CDATA',
      rss(`<item><title>x</title><description><![CDATA[${'a<p '.repeat(300_000)}]]></description></item>`),
    ],
    ['open quotes', `<rss ${'a="'.repeat(300_000)}`],
    ['ampersands', rss(`<item><title>${'&'.repeat(1_000_000)}</title></item>`)],
    ['instructions', `<rss>${'<?'.repeat(300_000)}`],
    ['a title of 1 MB', rss(`<item><title>${'x'.repeat(1_000_000)}</title></item>`)],
  ])(
    '%s',
    async (_, text) => {
      expect(['feed', 'broken']).toContain((await read(text)).kind);
    },
    // Work that grows with the square of the length would take minutes.
    10_000,
  );

  test('10,000 entries within 5 MiB are all kept', async () => {
    const items = Array.from(
      { length: 10_000 },
      (_, n) =>
        `<item><title>Post ${n}</title><link>https://lab.example/p?id=${n}</link><guid>${n}</guid><description>${'word '.repeat(60)}</description></item>`,
    );
    const found = await entries(rss(items.join('')));
    expect(new Set(found.map((one) => one.key)).size).toBe(10_000);
  });
});
