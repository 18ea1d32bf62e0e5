// Documents that are too big, malicious or no feed at all: a clear error in status, bounded memory, and the other watches go on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';

const limitMiB = 200;
let place: Place;
let before: Once;
let after: Once;
let peakMiB: number;
let status: {
  readonly watches: readonly { readonly target: string; readonly error: string | null; readonly result: string }[];
};

/** Says on standard error what memory the process took at most, in KiB. */
const witness = `process.once('exit', () => process.stderr.write(\`\\npeak \${process.resourceUsage().maxRSS}\\n\`));`;
const laughs = Array.from(
  { length: 30 },
  (_, n) => `<!ENTITY l${n + 1} "&l${n};&l${n};&l${n};&l${n};&l${n};&l${n};&l${n};&l${n};">`,
).join('');
const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]><rss version="2.0"><channel><title>&l30;</title><item><title>&l30;</title><link>https://lab.example/x</link></item></channel></rss>`;
const entries = (count: number, name: string) =>
  Array.from({ length: count }, (_, n) => ({
    title: `${name} ${n}`,
    link: `https://lab.example/${name}/${n}`,
    summary: 'x'.repeat(60),
  }));

beforeAll(async () => {
  place = await openPlace();
  const { web } = place.world;
  const good = web.feed('/good.xml', { entries: entries(2, 'good') });
  const many = web.feed('/many.xml', { entries: entries(10_000, 'many') });
  const turned = ['endless', 'gzip', 'entities', 'private', 'html', 'large', 'gone', 'empty'].map((name) =>
    web.feed(`/${name}.xml`, { entries: entries(3, name) }),
  );
  await place.configure(
    [good, many, ...turned].map((feed) => `- feed: ${feed.url}`).join('\n'),
    '  quiet: { terminal: true }\n',
  );
  before = await place.once();
  const { faults } = web.service;
  faults.plan('GET /endless.xml', { kind: 'endless', start: '<rss version="2.0"><channel>' }, { times: 9 });
  faults.plan('GET /gzip.xml', { kind: 'bomb', start: '<rss version="2.0"><channel>' }, { times: 9 });
  web.raw('/entities.xml', bomb, 'application/rss+xml');
  web.redirect('/private.xml', 'http://169.254.169.254/latest/meta-data/');
  web.raw('/html.xml', '<!doctype html><html><body><h1>Log in</h1></body></html>', 'text/html');
  web.feed('/large.xml', {
    entries: [{ title: 'big', link: 'https://lab.example/big', summary: 'x'.repeat(6 * 1024 ** 2) }],
  });
  web.remove('/gone.xml');
  web.raw('/empty.xml', '', 'application/rss+xml');
  good.add({ title: 'good news', link: 'https://lab.example/good/new' });
  many.add({ title: 'many news', link: 'https://lab.example/many/new' });
  const file = await place.home.write('witness.mjs', witness);
  after = await place.once({ nodeFlags: ['--import', file] });
  peakMiB = Number(/peak (\d+)/.exec(after.stderr)?.[1]) / 1024;
  status = JSON.parse((await place.run('status --json')).stdout) as typeof status;
});
afterAll(() => place.close());

describe('bad documents', () => {
  it('do not keep the others from being told', () => {
    expect([before.code, before.said]).toEqual([0, []]);
    expect(after.code).toBe(1);
    expect(after.said.map((text) => text.split('\n')[0] ?? '').toSorted()).toEqual(['good news', 'many news']);
  });

  it('take bounded memory', () => {
    expect(peakMiB).toBeGreaterThan(20);
    expect(peakMiB).toBeLessThan(limitMiB);
  });

  it.each([
    ['endless', /5 MiB/],
    ['gzip', /5 MiB/],
    ['large', /5 MiB/],
    ['private', /private|169\.254/],
    ['html', /feed/i],
    ['gone', /404/],
    ['empty', /empty|feed/i],
  ])('%s: a clear error in once and in status', (name, says) => {
    const failed = after.document.watches.find(({ target }) => target.endsWith(`/${name}.xml`));
    expect(failed?.result).toMatch(/later|broken/);
    expect(failed?.reason).toMatch(says);
    expect(status.watches.find(({ target }) => target.endsWith(`/${name}.xml`))?.error).toMatch(says);
  });

  it('an entity bomb is an error or harmless, and tells nothing', () => {
    const looked = after.document.watches.find(({ target }) => target.endsWith('/entities.xml'));
    expect(looked?.result).toBe('broken');
    expect(after.said.join('\n').length).toBeLessThan(10_000);
  });

  it('lose nothing: what comes after them is told', async () => {
    const { web } = place.world;
    web.service.faults.clear();
    for (const name of ['endless', 'gzip', 'entities', 'private', 'html', 'large', 'gone', 'empty']) {
      web.feed(`/${name}.xml`, {
        entries: [{ title: `${name} again`, link: `https://lab.example/${name}/new` }, ...entries(3, name)],
      });
    }
    const mended = await place.once();
    expect([mended.code, mended.said.length]).toEqual([0, 8]);
  });
});
