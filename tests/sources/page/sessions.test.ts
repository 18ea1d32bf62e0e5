// Links that differ only in who is reading them are one link: at every look, and at the first one where that shows.
import { describe, expect, test } from 'vitest';
import { diff } from '../../../src/pipeline/diff.ts';
import { feed } from '../../../src/sources/feed/source.ts';
import { page } from '../../../src/sources/page/source.ts';
import { sitemap } from '../../../src/sources/sitemap/source.ts';
import type { PollResult } from '../../../src/types/core.ts';
import { fresh, lookAt, only, playWeb, targetOf } from '../../support/sources/web.ts';

const url = 'https://lab.example/news';

type Kind = 'page' | 'feed' | 'sitemap';
const kinds = { page, feed, sitemap };
const bodies: Readonly<Record<Kind, (links: readonly string[]) => string>> = {
  page: (links) => links.map((link) => `<a href="${link}">Title of ${link.split(/[?;]/)[0]}</a>`).join('\n'),
  feed: (links) =>
    `<rss version="2.0"><channel>${links.map((link) => `<item><title>Title of ${link.split(/[?;]/)[0]}</title><link>${link}</link></item>`).join('')}</channel></rss>`,
  sitemap: (links) =>
    `<urlset>${links.map((link) => `<url><loc>https://lab.example${link}</loc></url>`).join('')}</urlset>`,
};

/** What each look after the first told, as paths. */
async function told(kind: Kind, looks: readonly (readonly string[])[]): Promise<readonly (readonly string[])[]> {
  const target = targetOf(kinds[kind], url, { select: 'a' });
  const web = playWeb(kinds[kind]);
  const known = new Map<string, Parameters<typeof diff>[0] extends ReadonlyMap<string, infer K> ? K : never>();
  const news: (readonly string[])[] = [];
  let before: PollResult | null = null;
  for (const links of looks) {
    web.answer(url, { body: bodies[kind](links.map((link) => link.replaceAll('&', '&amp;'))) });
    const result = only(await web.poll(lookAt(target, before)));
    if (result.kind === 'fresh') {
      const changes = diff(known, before === null ? null : '2026-08-20T00:00:00.000Z', fresh(result));
      for (const { observation } of changes) known.set(observation.key, { observation, goneAt: null });
      if (before !== null)
        news.push(
          changes
            .filter(({ quiet }) => quiet === null)
            .map(({ type, observation }) => `${type} ${new URL(observation.url).pathname}`),
        );
    } else news.push([result.kind === 'same' ? '' : JSON.stringify(result)].filter((text) => text !== ''));
    if ('cursor' in result) before = result;
  }
  return news;
}

const three = (parameter: string): readonly string[] => ['/a', '/b', '/c'].map((path) => `${path}?${parameter}`);

describe.each<Kind>(['page', 'feed', 'sitemap'])('%s', (kind) => {
  test.each([
    ['a session in the path', ['/a;jsessionid=1', '/b;jsessionid=1'], ['/a;jsessionid=2', '/b;JSESSIONID=2']],
    ['PHPSESSID', three('PHPSESSID=1'), three('PHPSESSID=2')],
    ['any parameter that alone changed in all links', three('q=x1'), three('q=y2')],
    ['one beside others that stay', three('lang=ko&q=1'), three('lang=ko&q=2')],
    ['one with a value for each link', ['/a?q=1', '/b?q=2', '/c?q=3'], ['/a?q=4', '/b?q=5', '/c?q=6']],
  ])('%s is no news, and what comes with it is', async (_, first, second) => {
    const added = (second[0] ?? '').replace('/a', '/new');
    expect(await told(kind, [first, second])).toEqual([[]]);
    expect(await told(kind, [first, [...second, added]])).toEqual([['new /new']]);
    expect(await told(kind, [first, second, first, [...second, added], [added, ...first]])).toEqual([
      [],
      [],
      ['new /new'],
      [],
    ]);
  });

  test.each([
    ['names the item', ['/v?id=1', '/v?id=2'], ['/v?id=3', '/v?id=2'], ['new /v']],
    ['names the item, all of them new', ['/v?id=1', '/v?id=2'], ['/v?id=3', '/v?id=4'], ['new /v', 'new /v']],
    ['names the only item', ['/v?id=1'], ['/v?id=2'], ['new /v']],
    ['changed in one link and not in another', ['/a?x=1', '/b?x=1'], ['/a?x=2', '/b?x=1'], ['new /a']],
  ])('a parameter that %s counts', async (_, first, second, news) => {
    // A feed's guid is the link, and the same title under another link is told once.
    expect(await told(kind, [first, second])).toEqual([kind === 'feed' ? expect.any(Array) : news]);
  });
});
