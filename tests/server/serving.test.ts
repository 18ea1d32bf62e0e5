// How the board is served: kept until something changes, within a rate for each address, behind proxies.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClientReader } from '../../src/server/address.ts';
import { createCache } from '../../src/server/cache.ts';
import { createLimit } from '../../src/server/limit.ts';
import { sampleStories } from '../support/board/sample.ts';
import { board } from '../support/board/stage.ts';
import { landedStory } from '../support/board/stories.ts';

describe('what was made', () => {
  it('is answered by 304 until a story changes, and made anew then', async () => {
    const { get, save } = await board(sampleStories);
    for (const path of [
      '/',
      '/models/model:ursa/ursa/3',
      '/feed.atom',
      '/feed.json',
      '/api/v1/models',
      '/openness.csv',
    ]) {
      const first = await get(path);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]+"$/);
      const again = await get(path, { 'if-none-match': `"other", W/${etag}` });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    }
    const before = (await get('/')).headers.get('etag') ?? '';
    const fresh = landedStory({ lab: 'lyra', name: 'Lyra 8B', at: '2026-03-02T11:00:00.000Z', card: 'data' });
    await save(fresh, 0);
    const after = await get('/', { 'if-none-match': before });
    expect(after.status).toBe(200);
    expect(await after.text()).toContain('Lyra 8B');
    await save({ ...fresh, revision: 2, name: 'Lyra 8B v2' }, 1);
    expect(await (await get('/')).text()).toContain('Lyra 8B v2');
  });

  it('is made once for all who ask at the same time, and again after a failure', async () => {
    let made = 0;
    const cache = createCache(
      () => Promise.resolve('1'),
      () => 0,
    );
    const make = async () => {
      made += 1;
      if (made === 1) throw new Error('no');
      return { type: 't', body: 'b' };
    };
    await expect(cache.get('k', make)).rejects.toThrow('no');
    const answers = await Promise.all(Array.from({ length: 20 }, () => cache.get('k', make)));
    expect(made).toBe(2);
    expect(new Set(answers.map((answer) => answer?.etag)).size).toBe(1);
  });

  it('is forgotten rather than kept without bound', async () => {
    let made = 0;
    const cache = createCache(
      () => Promise.resolve('1'),
      () => 0,
    );
    const make = async () => {
      made += 1;
      return { type: 't', body: 'x'.repeat(100_000) };
    };
    for (let index = 0; index < 200; index += 1) await cache.get(`k${index}`, make);
    await cache.get('k199', make);
    expect(made).toBe(200);
    await cache.get('k0', make);
    expect(made).toBe(201);
  });
});

describe('an address', () => {
  it('that asks too much is told when to come back, and others are not', async () => {
    let now = 0;
    const limit = createLimit({ burst: 3, perSecond: 2 }, () => now);
    expect([limit('a'), limit('a'), limit('a'), limit('a'), limit('b')]).toEqual([0, 0, 0, 500, 0]);
    now = 500;
    expect([limit('a'), limit('a')]).toEqual([0, 500]);
    for (let index = 0; index < 20_000; index += 1) limit(`c${index}`);
    expect(limit('a')).toBe(0);
  });

  it('gets 429 with Retry-After, as a page or as problem+json', async () => {
    const { get } = await board(sampleStories);
    const hammer = async (path: string, most: number) => {
      for (let index = 0; index < most; index += 1) {
        const answer = await get(path);
        if (answer.status === 429) return answer;
      }
      throw new Error('never refused');
    };
    const api = await hammer('/api/v1/openapi.json', 400);
    expect(api.headers.get('content-type')).toBe('application/problem+json');
    expect(Number(api.headers.get('retry-after'))).toBeGreaterThan(0);
    const page = await hammer('/models/none', 700);
    expect(page.headers.get('retry-after')).not.toBeNull();
    expect(await page.text()).toContain('Too many requests');
    expect((await get('/healthz')).status).not.toBe(429);
  });

  it.each([
    [[], '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    [['10.0.0.0/8'], '10.1.2.3', '198.51.100.1', '198.51.100.1'],
    [['10.0.0.0/8'], '10.1.2.3', '6.6.6.6, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    [['10.0.0.0/8'], '::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
    [['10.0.0.0/8'], '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    [['10.1.2.3'], '10.1.2.3', 'nonsense', '10.1.2.3'],
    [['fd00::/8'], 'fd00::1', '2001:db8:1:2:3::4', '32.1.13.184.0.1.0.2/64'],
    [['127.0.0.1'], '127.0.0.1', undefined, '127.0.0.1'],
  ])('behind %j: %s, forwarded for %s, is %s', (trusted, peer, forwarded, client) => {
    expect(createClientReader(trusted)(peer, forwarded).client).toBe(client);
  });

  it('is never made of what somebody writes into the header', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (peer, forwarded) => {
        createClientReader(['10.0.0.0/8'])(peer, forwarded);
        expect(createClientReader([])('203.0.113.9', forwarded).client).toBe('203.0.113.9');
      }),
    );
  });
});
