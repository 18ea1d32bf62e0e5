// Real captured feeds and sitemaps, read by the sources; they stay outside the project (LANDFALL_CORPUS names them).

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inEnglish } from '../../src/messages/reasons/en.ts';
import type { SourceKind } from '../../src/sources/define.ts';
import { feed } from '../../src/sources/feed/source.ts';
import { sitemap } from '../../src/sources/sitemap/source.ts';
import type { Observation, PollResult } from '../../src/types/core.ts';
import { fresh, lookAt, only, playWeb, targetOf } from '../support/sources/web.ts';

const corpus = process.env.LANDFALL_CORPUS ?? '';
const there = corpus !== '' && existsSync(corpus);
if (!there) console.log('corpus: skipped, LANDFALL_CORPUS names no folder with captured feeds');

const all = there
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8', withFileTypes: false })
      .map((name) => name.replaceAll('\\', '/'))
      .sort()
  : [];
const feeds = all.filter((name) => /\.(?:xml|rss|atom|rdf)$|json_feed[^/]*\.json$/.test(name) && !/sitemap/.test(name));
const bytesOf = (name: string): Uint8Array => readFileSync(join(corpus, name));

/** What may be refused, by what it is. */
const expected: readonly { readonly files: RegExp; readonly reason: RegExp; readonly because: string }[] = [
  {
    files: /FirstEntry|unrecognized\.rss|unknown_feed/,
    reason: /which is no feed/,
    because: 'a piece of HTML, or XML of another kind',
  },
  {
    files: /feedparser\/tests\/(?:encoding|entities|wellformed)\/|version_(?:rss|rdf)/,
    reason: /has no channel/,
    because: 'a root element with nothing in it',
  },
  { files: /rss_incomplete_cdata/, reason: /cut short/, because: 'it ends inside CDATA' },
];

/** One look at a captured body, as if a server had sent it without saying its charset. */
async function lookAtFile(kind: SourceKind, name: string): Promise<PollResult> {
  const url = `https://captured.example/${encodeURI(name)}`;
  const target = targetOf(kind, url);
  return only(await playWeb(kind, { [target.address]: { body: bytesOf(name) } }).poll(lookAt(target)));
}

/** Every title of these must be as people wrote it. */
const garbled =
  /\ufffd|[\u0080-\u009f]|&(?:amp|lt|gt|quot|nbsp|#\d+);|<\/?(?:a|b|i|p|em|div|span|strong|br)\b|\[object/;

describe.skipIf(!there)('captured feeds', () => {
  test('are read, or refused for what they are', async () => {
    const counts = { read: 0, refused: 0, entries: 0, dated: 0 };
    const wrong: string[] = [];
    for (const name of feeds) {
      const result = await lookAtFile(feed, name);
      if (result.kind === 'fresh') {
        counts.read += 1;
        counts.entries += result.observations.length;
        counts.dated += result.observations.filter((one) => one.publishedAt !== null).length;
        wrong.push(...result.observations.flatMap(faultsOf).map((fault) => `${name}: ${fault}`));
        if (new Set(result.observations.map((one) => one.key)).size !== result.observations.length)
          wrong.push(`${name}: a key twice`);
      } else if (
        result.kind === 'broken' &&
        expected.some(({ files, reason }) => files.test(name) && reason.test(inEnglish(result.reason)))
      )
        counts.refused += 1;
      else wrong.push(`${name}: ${JSON.stringify(result)}`);
    }
    console.log(`corpus: ${feeds.length} feeds, ${JSON.stringify(counts)}`);
    expect(wrong).toEqual([]);
    expect(counts.read).toBeGreaterThan(feeds.length * 0.9);
    expect(counts.dated).toBeGreaterThan(counts.entries * 0.9);
  });

  test('of Korean sites are Korean, in every encoding and under every lie', async () => {
    const korean = feeds.filter((name) => /geeknews/.test(name));
    expect(korean.length).toBeGreaterThan(0);
    const titles = new Map<string, string>();
    for (const name of korean) {
      const { observations } = fresh(await lookAtFile(feed, name));
      for (const { key, title, lang } of observations) {
        expect(lang === 'ko' || !/\p{Script=Hangul}/u.test(title), `${name}: ${title}`).toBe(true);
        expect(titles.get(key) ?? title).toBe(title);
        titles.set(key, title);
      }
      expect(observations.filter((one) => /\p{Script=Hangul}/u.test(one.title)).length).toBeGreaterThan(
        observations.length * 0.8,
      );
    }
  });
});

function faultsOf({ title, url, about, lang }: Observation): readonly string[] {
  const faults: string[] = [];
  if (title.trim() === '' || garbled.test(title)) faults.push(`garbled title ${JSON.stringify(title)}`);
  if (!/^https?:\/\/[^/]/.test(url)) faults.push(`relative link ${url}`);
  if (/utm_|fbclid/.test(url)) faults.push(`tracking in ${url}`);
  if (!about.startsWith('feed:')) faults.push(`about ${about}`);
  if (lang !== null && !/^[a-z]{2,3}$/.test(lang)) faults.push(`language ${lang}`);
  return faults;
}

describe.skipIf(!there)('the same feed over months', () => {
  const series = Map.groupBy(
    feeds.filter((name) => name.includes('/series/')),
    (name) => name.split('/').slice(0, -1).join('/'),
  );

  test.each([...series])('%s: each article is new once', async (_, snapshots) => {
    const url = 'https://captured.example/feed.xml';
    const target = targetOf(feed, url);
    const web = playWeb(feed);
    const known = new Map<string, Observation>();
    let before: PollResult | null = null;
    for (const name of snapshots.toSorted()) {
      web.answer(url, { body: bytesOf(name) });
      const result = only(await web.poll(lookAt(target, before)));
      if (result.kind === 'same') continue;
      before = fresh(result);
      for (const one of before.observations) {
        if (known.has(one.key)) continue;
        const twin = [...known.values()].find((other) => other.url === one.url);
        expect(twin, `${name} tells ${one.url} again`).toBeUndefined();
        known.set(one.key, one);
      }
    }
    expect(known.size).toBeGreaterThan(0);
  });
});

describe.skipIf(!there)('captured sitemaps', () => {
  test.each(all.filter((name) => /sitemap[^/]*\.xml$/.test(name)))('%s', async (name) => {
    const { observations } = fresh(await lookAtFile(sitemap, name));
    expect(observations.length).toBeGreaterThan(0);
    for (const { url, title } of observations) {
      expect(url).toMatch(/^https?:\/\/[^/]/);
      expect(title).not.toMatch(garbled);
    }
  });
});
