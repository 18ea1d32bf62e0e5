// Secrets in addresses: hidden where they are kept and shown, filled in where they are needed.
import { describe, expect, test } from 'vitest';
import { concealed, hiddenIn } from '../../src/config/conceal.ts';
import type { Http } from '../../src/infra/http/client.ts';
import { withSecrets } from '../../src/infra/http/concealed.ts';

describe('an address', () => {
  test.each([
    ['https://feeds.example/rss?token=s3cret-token', `https://feeds.example/rss?token=\${TOKEN}`],
    ['https://s3cret-token@feeds.example/rss', `https://\${TOKEN}@feeds.example/rss`],
    ['https://feeds.example/s3cret-token/rss', `https://feeds.example/\${TOKEN}/rss`],
    ['https://s3cret-token.example/rss', 'https://s3cret-token.example/rss'],
    ['acme/s3cret-token', 'acme/s3cret-token'],
  ])('%s is kept as %s', (address, kept) => {
    expect(concealed(address, hiddenIn([['TOKEN', 's3cret-token']]))).toBe(kept);
  });

  test('that is a variable as a whole keeps its host, and hides its password', () => {
    const url = 'https://reader:hunter2222@feeds.example/rss';
    const hidden = hiddenIn([['FEED', url]]);
    expect(concealed(url, hidden)).toBe(`https://reader:\${FEED.1}@feeds.example/rss`);
  });
});

describe('a request', () => {
  const asked: string[] = [];
  const http: Http = {
    userAgent: 'test',
    fetch: globalThis.fetch,
    publicFetch: globalThis.fetch,
    close: async () => undefined,
    get: async (url) => {
      asked.push(url);
      return { kind: 'reply', status: 200, headers: new Headers(), url, redirects: [], bytes: new Uint8Array() };
    },
  };

  test('has the secret in it, what comes back has not, also where the address was normalised', async () => {
    const safe = withSecrets(http, { TOKEN: 's3cret-token' }, [`https://feeds.example/\${TOKEN}/rss`]);
    const options = { signal: new AbortController().signal, reach: 'any' } as const;
    const reply = await safe.get(`https://feeds.example/$%7BTOKEN%7D/rss?t=\${TOKEN}`, options);
    expect(asked).toEqual(['https://feeds.example/s3cret-token/rss?t=s3cret-token']);
    expect(reply).toMatchObject({ url: `https://feeds.example/\${TOKEN}/rss?t=\${TOKEN}` });
  });

  test.each([
    [`https://elsewhere.example/rss?t=\${TOKEN}`, 'public'],
    [`http://feeds.example/rss?t=\${TOKEN}`, 'public'],
    [`https://feeds.example:8443/rss?t=\${TOKEN}`, 'public'],
    [`https://feeds.example/rss?t=\${OTHER}`, 'public'],
    // Asked for by people in Discord only.
    [`https://feeds.example/rss?t=\${TOKEN}`, 'strict'],
  ] as const)('has no secret in it that the file does not name for its host: %s, %s', async (url, reach) => {
    const hidden = { TOKEN: 's3cret-token', OTHER: 'other-secret' };
    const addresses = [`https://feeds.example/rss?t=\${TOKEN}`, `https://other.example/\${OTHER}`];
    await withSecrets(http, hidden, addresses).get(url, { signal: new AbortController().signal, reach });
    expect(asked.at(-1)).toBe(url);
  });
});
