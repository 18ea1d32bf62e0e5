// What people in Discord are told when something cannot be watched or fails: in Korean where there are words for it.
import { describe, expect, it } from 'vitest';
import { previewWatch } from '../../src/guilds/add-watch.ts';
import { reasonIn } from '../../src/messages/reasons.ts';
import { here, openTestDesk } from '../support/guilds/scene.ts';

const hangul = /\p{sc=Hangul}/u;

describe('what the configuration says of a wrong wish', () => {
  it.each([
    ['github', 'not a name', null],
    ['github', 'a/b/c', null],
    ['github', 'o/..', null],
    ['github', 'https://gitlab.com/o/r', null],
    ['huggingface', 'https://example.org/x', null],
    ['huggingface', 'datasets/x', null],
    ['huggingface', 'a b', null],
    ['feed', 'ftp://x.example/', null],
    ['page', 'x.ai/news', null],
    ['page', 'https://x.example/news ][', null],
    ['sitemap', 'nonsense', null],
    ['github', 'o/r', '(?=x)'],
    ['github', 'o/r', '(?<!x)y'],
    ['github', 'o/r', String.raw`(a)\1`],
    ['github', 'o/r', 'a++'],
    ['github', 'o/r', '*.zip'],
    ['github', 'o/r', ''],
    ['nonsense', 'o/r', null],
  ])('%s %s, include %s', async (kind, target, include) => {
    const wish = { kind, target, include, exclude: null };
    const preview = await previewWatch(await openTestDesk(), here, wish, AbortSignal.timeout(10_000));
    if (preview.kind !== 'invalid') throw new Error(`not refused: ${JSON.stringify(preview)}`);
    expect(preview.problems).not.toEqual([]);
    for (const { message, hint } of preview.problems) {
      expect(reasonIn('ko', message), message).toMatch(hangul);
      if (hint !== null) expect(reasonIn('ko', hint), hint).toMatch(hangul);
      expect(reasonIn('en', message)).toBe(message);
    }
  });
});

it.each([
  ['404: there is nothing at this address; correct it or take the watch out', '이 주소에는 아무것도 없습니다(404)'],
  ['https://a.test/feed: there is no such host', '그런 호스트가 없습니다'],
  ['https://a.test/feed did not answer within 15 s', '15초 안에 응답이 없었습니다'],
  ['http://lab.test/: 10.0.0.1 is a private address', '내부망 주소라서 접근하지 않습니다'],
  ['https://a.test/: the connection failed (EPROTO)', '연결하지 못했습니다 EPROTO'],
  ['https://a.test/: the connection failed', '연결하지 못했습니다'],
  ['http://lab.test/: lab.test leads to the private address 10.0.0.1', '내부망 주소라서 접근하지 않습니다'],
  ['it is private', '비공개입니다'],
  ['api.github.com answered 403: the limit is reached', 'api.github.com: 요청 한도에 이르렀습니다(403)'],
  ['Discord answered 403 (50013): Missing Permissions', '권한이 부족합니다(Discord 403)'],
  ['something nobody foresaw', 'something nobody foresaw'],
])('%s is %s in Korean', (english, korean) => {
  expect(reasonIn('ko', english)).toBe(korean);
});
