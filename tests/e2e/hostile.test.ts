// Documents that are built to cost more than they say: whatever they repeat, memory and time stay bounded.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPlace, type Place } from '../support/e2e/place.ts';

const limitMiB = 200;
const limitSeconds = 3;
const most = 5 * 1024 * 1024 - 2_000;
let place: Place;
let witness: string;

beforeAll(async () => {
  place = await openPlace();
  witness = await place.home.write(
    'witness.mjs',
    `process.once('exit', () => {
      const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
      process.stderr.write('\\ncost ' + maxRSS + ' ' + (userCPUTime + systemCPUTime) + '\\n');
    });`,
  );
});
afterAll(() => place.close());

interface Cost {
  readonly mebibytes: number;
  readonly seconds: number;
}

/** One look by the built command, and what the process took. */
async function look(watch: string): Promise<Cost & { readonly code: number | null }> {
  await place.configure(watch);
  const ran = await place.run('once --json', { nodeFlags: ['--import', witness], timeoutMs: 60_000 });
  const [, kib = '', micros = ''] = /cost (\d+) (\d+)/.exec(ran.stderr) ?? [];
  return { code: ran.code, mebibytes: Number(kib) / 1024, seconds: Number(micros) / 1_000_000 };
}

type Kind = 'feed' | 'page' | 'sitemap';
const frames: Readonly<Record<Kind, readonly ((inside: string) => string)[]>> = {
  feed: [
    (inside) => `<rss version="2.0"><channel><item><title>${inside}</title><link>/a</link></item></channel></rss>`,
    (inside) => `<rss version="2.0"><channel><item><title>a</title><guid x="${inside}">1</guid></item></channel></rss>`,
    (inside) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content>${inside}</content></entry></feed>`,
    (inside) => `<rss version="2.0"><channel>${inside}</channel></rss>`,
    (inside) => `{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[${inside}]}`,
  ],
  page: [
    (inside) => `<html><a href="/n/1">one</a>${inside}</html>`,
    (inside) => `<html><a href="/n/${inside}">one</a><a href="/n/2">two</a></html>`,
    (inside) => `<html><a href="/n/1" ${inside}>one</a></html>`,
  ],
  sitemap: [
    (inside) => `<urlset><url><loc>https://lab.example/${inside}</loc></url></urlset>`,
    (inside) => `<urlset><url x="${inside}"><loc>https://lab.example/a</loc></url></urlset>`,
    (inside) => `<urlset>${inside}</urlset>`,
  ],
};

const pieces = fc.constantFrom(
  ...['&', '<', '>', '"', "'", '=', '/', '[', ']', '{', '}', ',', '\\', ';', '%', ' ', '\n', '가', '\u0080'],
  ...[
    '&amp;',
    '&#38;',
    '&lt;b&gt;',
    ']]>',
    '<![CDATA[',
    '<!--',
    '<a>',
    '<a ',
    '</a>',
    '<a/>',
    '<b x="',
    'xmlns:a="u" ',
  ],
  ...[
    '<item>',
    '<entry>',
    '<url>',
    '<title>x</title>',
    '<a href="/n/2">',
    '[]',
    '{},',
    '"",',
    '1,',
    '<p:x xmlns:p="u">',
  ],
);
const documents = fc
  .tuple(fc.constantFrom<Kind>('feed', 'page', 'sitemap'), fc.nat(), fc.array(pieces, { minLength: 1, maxLength: 3 }))
  .map(([kind, frame, parts]) => {
    const repeated = parts.join('');
    const make = frames[kind][frame % frames[kind].length] ?? ((inside: string) => inside);
    return { kind, repeated, text: make(repeated.repeat(Math.floor(most / Buffer.byteLength(repeated)))) };
  });

it('a look at any of them takes bounded memory and time', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(documents, async ({ kind, text }) => {
      count += 1;
      const address = place.world.web.raw(`/${count}`, text, kind === 'page' ? 'text/html' : 'application/xml');
      const cost = await look(`- ${kind}: "${address}"${kind === 'page' ? `\n  select: "a[href^='/n/']"` : ''}`);
      expect(cost.mebibytes).toBeGreaterThan(20);
      expect(cost.mebibytes).toBeLessThan(limitMiB);
      expect(cost.seconds).toBeLessThan(limitSeconds);
    }),
    { numRuns: 12, seed: 20260820, endOnFailure: true },
  );
});

function rss(count: number, item: (n: number) => string): string {
  return `<rss version="2.0"><channel>${Array.from({ length: count }, (_, n) => `<item>${item(n)}</item>`).join('')}</channel></rss>`;
}

it('a feed of 20,000 entries that all name a model takes bounded memory', async () => {
  const feed = rss(20_000, (n) => `<title>Grok 3 is released ${n}</title><link>https://lab.example/x${n}</link>`);
  const cost = await look(`- feed: "${place.world.web.raw('/many', feed, 'text/xml')}"`);
  expect(cost.code).toBe(0);
  expect(cost.mebibytes).toBeLessThan(limitMiB);
});

it('a second look at 10,000 entries that lead to one page takes bounded time', async () => {
  const serve = (from: number): string => {
    const item = (n: number): string => `<title>note ${from + n}</title><link>/notes</link><guid>${from + n}</guid>`;
    return place.world.web.raw('/one-page', rss(10_000, item), 'text/xml');
  };
  await look(`- feed: "${serve(1)}"`);
  const cost = await look(`- feed: "${serve(0)}"`);
  expect(cost.code).toBe(0);
  expect(cost.seconds).toBeLessThan(limitSeconds);
});

it('a sitemap of 50,000 links is remembered in bounded memory, and what comes after it is told', async () => {
  const links = Array.from({ length: 50_000 }, (_, n) => `https://lab.example/news/an-article-of-some-length-${n}`);
  const map = place.world.web.sitemap('/fifty.xml', { urls: links.slice(1).map((loc) => ({ loc })) });
  const first = await look(`- sitemap: "${map.url}"`);
  expect(first.code).toBe(0);
  expect(first.mebibytes).toBeGreaterThan(20);
  // Measured: 136 to 138.
  expect(first.mebibytes).toBeLessThan(160);
  map.add(links[0] ?? '');
  const { said } = await place.once();
  expect(said.map((text) => text.split('\n')[0])).toEqual(['an article of some length 0']);
});
