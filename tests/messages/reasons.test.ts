// What people in Discord are told when something cannot be watched or fails: in Korean where there are words for it.
import { describe, expect, it } from 'vitest';
import { previewWatch } from '../../src/guilds/add-watch.ts';
import { messagesFor } from '../../src/messages/index.ts';
import { readReason } from '../../src/store/reasons.ts';
import type { AnyReason } from '../../src/types/reasons/reason.ts';
import { here, openGuildContext } from '../support/guilds/scene.ts';

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
    const preview = await previewWatch(await openGuildContext(), here, wish, AbortSignal.timeout(10_000));
    if (preview.kind !== 'invalid') throw new Error(`not refused: ${JSON.stringify(preview)}`);
    expect(preview.problems).not.toEqual([]);
    const korean = messagesFor('ko');
    for (const { problem, help } of preview.problems) {
      expect(korean.reason(problem), problem.code).toMatch(hangul);
      if (help !== null) expect(korean.reason(help), help.code).toMatch(hangul);
    }
  });
});

it.each<[AnyReason, string, string]>([
  [
    { code: 'document.nothing', params: { status: 404 } },
    '404: there is nothing at this address; correct it or take the watch out',
    '이 주소에는 아무것도 없습니다(404)',
  ],
  [
    { code: 'http.no-host', params: { where: 'https://a.test/feed' } },
    'https://a.test/feed: there is no such host',
    '그런 호스트가 없습니다',
  ],
  [
    { code: 'http.slow', params: { where: 'https://a.test/feed', seconds: 15 } },
    'https://a.test/feed did not answer within 15 s',
    '15초 안에 응답이 없었습니다',
  ],
  [
    { code: 'http.private-strict', params: { where: 'http://lab.test/', host: '10.0.0.1' } },
    'http://lab.test/: 10.0.0.1 is a private address',
    '내부망 주소라서 접근하지 않습니다',
  ],
  [{ code: 'preview.private', params: {} }, 'it is private', '비공개입니다'],
  [
    {
      code: 'pace.every',
      params: {
        every: { code: 'span.minutes', params: { count: 6 } },
        cause: { code: 'cause.floor', params: { releases: { code: 'frequency.weeks', params: { count: 2 } } } },
        delay: { code: 'span.seconds', params: { count: 45 } },
      },
    },
    'about every 6 min (releases about every 2 weeks; not looked at more often than that, 45 s late on average)',
    '약 6분마다(공개 빈도: 약 2주마다, 이보다 자주는 보지 않음, 평균 45초 늦게 발견)',
  ],
  [
    {
      code: 'lack.unchecked',
      params: {
        what: { code: 'subject.channel', params: {} },
        cause: { code: 'discord.failed', params: { status: 503 } },
      },
    },
    'the channel could not be checked: Discord answered 503',
    '채널 확인 실패: Discord에 문제가 있습니다(503)',
  ],
  [{ code: 'permission.embed-links', params: {} }, 'Embed Links', '링크 첨부'],
  [
    { code: 'gateway.closed', params: { code: 4014 } },
    'Discord closed the connection (4014)',
    'Discord가 연결을 닫았습니다(4014)',
  ],
  [
    { code: 'github.limit-answered', params: { host: 'api.github.com', status: 403 } },
    'api.github.com answered 403: the limit is reached',
    'api.github.com: 요청 한도에 이르렀습니다(403)',
  ],
  [
    { code: 'discord.no-permission', params: { status: 403, code: 50_013, said: 'Missing Permissions' } },
    'Discord answered 403 (50013): Missing Permissions',
    '권한이 부족합니다(Discord 403)',
  ],
  [
    { code: 'discord.unpublished', params: { cause: { code: 'discord.failed', params: { status: 502 } } } },
    'not published: Discord answered 502',
    '게시하지 못했습니다: Discord에 문제가 있습니다(502)',
  ],
  // Kept before reasons had codes, and written by a later version.
  [readReason('lab.test answered 503'), 'lab.test answered 503', 'lab.test answered 503'],
  [readReason('{"code":"look.of-tomorrow","params":{}}'), 'look.of-tomorrow', 'look.of-tomorrow'],
  [readReason('{"braces": "in words"}'), '{"braces": "in words"}', '{"braces": "in words"}'],
])('%j in both languages', (reason, english, korean) => {
  expect(messagesFor('en').reason(reason)).toBe(english);
  expect(messagesFor('ko').reason(reason)).toBe(korean);
});
