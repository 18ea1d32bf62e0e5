// Charsets, dates and links, as small tables.
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/sources/document/decode.ts';
import { identityOf, linkOf } from '../../../src/sources/document/links.ts';
import { summaryText } from '../../../src/sources/document/markup.ts';
import { hangulShare } from '../../../src/sources/document/text.ts';
import { dateOf, zoneOf } from '../../../src/sources/feed/dates.ts';
import { readFeed } from '../../../src/sources/feed/read.ts';
import { feed } from '../../../src/sources/feed/source.ts';
import { targetOf } from '../../support/sources/web.ts';

const korean = '뷁한 그록 2, 다음 주 오픈소스 공개 예고… 똠방각하 가중치를 내려받을 수 있다';
const xml = (text: string, encoding: string | null): string =>
  `<?xml version="1.0"${encoding === null ? '' : ` encoding="${encoding}"`}?><rss><channel><item><title>${text}</title></item></channel></rss>`;

describe('charsets', () => {
  test.each([
    ['the prolog says EUC-KR', korean, 'cp949', 'euc-kr', null],
    ['the prolog says ks_c_5601-1987', korean, 'cp949', 'ks_c_5601-1987', null],
    ['HTTP says windows-949', korean, 'cp949', null, 'text/xml; charset=windows-949'],
    ['HTTP is right, the prolog is not', korean, 'cp949', 'utf-8', 'text/xml;charset="EUC-KR"'],
    ['the prolog says UTF-8, the bytes are CP949', korean, 'cp949', 'utf-8', 'text/xml; charset=utf-8'],
    ['nobody says CP949', korean, 'cp949', null, null],
    ['everybody says EUC-KR, and it is UTF-8', korean, 'utf-8', 'euc-kr', 'text/xml; charset=euc-kr'],
    ['nobody says UTF-8', korean, 'utf-8', null, null],
    ['ISO-8859-1 with the quotes of Windows', 'It’s “naïve”', 'windows-1252', 'iso-8859-1', null],
    ['HTTP says ISO-8859-1, and it is UTF-8', 'é', 'utf-8', null, 'text/xml; charset=iso-8859-1'],
    ['KOI8-R', 'открытая модель', 'koi8-r', 'koi8-r', null],
    ['Shift_JIS, unsaid', 'オープンソースのモデルを公開しました', 'shift_jis', null, null],
    ['GB18030', '开放权重模型', 'gb18030', 'gb2312', null],
    ['Big5', '開放權重模型', 'big5', 'big5', null],
    ['UTF-16 without a mark', korean, 'utf-16le', 'utf-16', null],
    ['UTF-16 big end first, without a mark', korean, 'utf-16be', 'utf-16', null],
    ['UTF-32 without a mark', korean, 'utf-32le', null, null],
    ['an unknown name', 'plain', 'utf-8', 'x-no-such-thing', 'text/xml; charset=none'],
  ])('%s', async (_, text, charset, prolog, contentType) => {
    expect(await decode(iconv.encode(xml(text, prolog), charset), contentType)).toBe(xml(text, prolog));
  });

  test.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])(
    'a mark of %s goes before all that is said',
    async (charset) => {
      const text = await decode(
        iconv.encode(xml(korean, 'euc-kr'), charset, { addBOM: true }),
        'text/xml; charset=koi8-r',
      );
      expect(text.replace(/^\ufeff/, '')).toBe(xml(korean, 'euc-kr'));
    },
  );

  test('UTF-8 with a character cut in half stays UTF-8, and the half is not shown', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`<rss><channel><item><title>${korean}`),
      Buffer.from([0xea, 0xb0]),
      Buffer.from('</title></item></channel></rss>'),
    ]);
    const target = targetOf(feed, 'https://lab.example/');
    const reading = await readFeed(await decode(bytes, null), 'https://lab.example/', target, {
      links: {},
      sessions: {},
    });
    expect(reading.kind === 'feed' && reading.observations[0]?.title).toBe(korean);
  });
});

describe('dates', () => {
  test.each([
    ['Wed, 19 Aug 2026 15:30:00 +0900', '2026-08-19T06:30:00.000Z'],
    ['Wed, 19 Aug 2026 15:30:00 KST', '2026-08-19T06:30:00.000Z'],
    ['Wed, 19 Aug 2026 15:30:00 EDT', '2026-08-19T19:30:00.000Z'],
    ['19 Aug 26 15:30 GMT', '2026-08-19T15:30:00.000Z'],
    ['Wed, 19 August 2026 15:30:00 GMT+09:00', '2026-08-19T06:30:00.000Z'],
    ['Wed, 19 Aug 2026 15:30:00 +0900 (KST)', '2026-08-19T06:30:00.000Z'],
    ['Wednesday, 19-Aug-26 15:30:00 UTC', '2026-08-19T15:30:00.000Z'],
    ['Wed Aug 19 15:30:00 2026', '2026-08-19T06:30:00.000Z'],
    ['August 19, 2026 3:30 PM', '2026-08-19T06:30:00.000Z'],
    ['2026-08-19T15:30:00+09:00', '2026-08-19T06:30:00.000Z'],
    ['2026-08-19T06:30:00.123456Z', '2026-08-19T06:30:00.000Z'],
    ['2026-08-19T06:30Z', '2026-08-19T06:30:00.000Z'],
    ['20260819T063000Z', '2026-08-19T06:30:00.000Z'],
    ['2026-08-19 15:30:00', '2026-08-19T06:30:00.000Z'],
    ['2026-08-19 15:30:00 UTC', '2026-08-19T15:30:00.000Z'],
    ['2026/08/19 15:30', '2026-08-19T06:30:00.000Z'],
    ['2026.08.19. 15:30', '2026-08-19T06:30:00.000Z'],
    ['2026년 8월 19일 오후 3:30', '2026-08-19T06:30:00.000Z'],
    ['2026-08-19 오전 12:05', '2026-08-18T15:05:00.000Z'],
    ['2026-08-19', '2026-08-18T15:00:00.000Z'],
    ['Wed, 31 Feb 2026 10:00:00 GMT', null],
    ['Wed, 19 Aug 2026 25:61:00 GMT', null],
    ['0000-00-00 00:00:00', null],
    ['1970-01-01T00:00:00Z', null],
    ['yesterday', null],
    ['', null],
  ])('%j, on a Korean site', (written, iso) => {
    expect(dateOf([written], 540)).toBe(iso);
  });

  test('the first that is a date counts', () => {
    expect(dateOf(['soon', '2026-08-19T00:00:00Z', '2025-01-01T00:00:00Z'], 0)).toBe('2026-08-19T00:00:00.000Z');
  });

  test.each([
    ['other entries say it', ['2026-08-19 10:00', 'Wed, 19 Aug 2026 10:00:00 -0400'], [], false, -240],
    ['the channel says it', ['2026-08-19 10:00'], ['2026-08-19T10:00:00+02:00'], false, 120],
    ['a Korean feed, whose generator writes GMT', ['2026-08-19 10:00'], ['Wed, 19 Aug 2026 10:00:00 GMT'], true, 540],
    ['nobody says it', ['2026-08-19 10:00'], [], false, 0],
  ])('a date without a zone: %s', (_, entries, channel, isKorean, minutes) => {
    expect(zoneOf(entries, channel, isKorean)).toBe(minutes);
  });
});

describe('links', () => {
  const base = 'https://lab.example/blog/';
  test.each([
    ['a?utm_source=x&id=7&fbclid=y', 'https://lab.example/blog/a?id=7'],
    ['//cdn.example/x', 'https://cdn.example/x'],
    [' https://lab.example/\n  a ', 'https://lab.example/a'],
    ['https://lab.example/a?a=1&amp;utm_medium=2', 'https://lab.example/a?a=1'],
    ['https://me:pw@lab.example/a', 'https://lab.example/a'],
    ['?no=20250825&ref=rss', 'https://lab.example/blog/?no=20250825'],
    ['?p=1&source=rss-abc', 'https://lab.example/blog/?p=1'],
    ['?source=code&id=1', 'https://lab.example/blog/?source=code&id=1'],
    ['?q=a%2Bb&x=%ea%b0%80', 'https://lab.example/blog/?q=a%2Bb&x=%ea%b0%80'],
    ['#utm_source=a', 'https://lab.example/blog/'],
    ['#v2', 'https://lab.example/blog/#v2'],
    ['mailto:a@b.example', null],
    ['javascript:alert(1)', null],
    ['http://[', null],
    ['', null],
  ])('%j', (written, link) => {
    expect(linkOf(written, base)).toBe(link);
  });

  test.each([
    ['http://www.lab.example/a/', 'https://lab.example/a'],
    ['https://LAB.example:443/a', 'https://lab.example/a'],
    ['https://lab.example/%ea%b0%80', 'https://lab.example/가'],
  ])('%s is %s', (one, other) => {
    expect(identityOf(one)).toBe(identityOf(other));
  });

  test.each([
    ['https://lab.example/a?id=1', 'https://lab.example/a?id=2'],
    ['https://lab.example/A', 'https://lab.example/a'],
    ['https://lab.example/a', 'https://blog.lab.example/a'],
  ])('%s is not %s', (one, other) => {
    expect(identityOf(one)).not.toBe(identityOf(other));
  });
});

test('a summary is cut between words and never inside a character', () => {
  expect(summaryText('<p>one</p><p>two</p><script>x()</script>', 100)).toBe('one two');
  expect(summaryText('word '.repeat(1000), 50)).toBe(`${'word '.repeat(8)}word…`);
  expect(summaryText('🚀'.repeat(100), 10)?.isWellFormed()).toBe(true);
  expect(summaryText('<img src="x">', 10)).toBeNull();
});

test('the share of Hangul is one of letters', () => {
  expect(hangulShare('그록 2 (2025)')).toBe(1);
  expect(hangulShare('Grok 그록')).toBeCloseTo(1 / 3);
  expect(hangulShare('2025')).toBe(0);
});
