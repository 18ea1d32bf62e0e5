// What http gives back for what a server does: bytes, or a failure that says what happened.

import zlib from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { type GetOptions, type HttpReply, openHttp } from '../../../src/infra/http/client.ts';
import { inEnglish } from '../../../src/messages/reasons/en.ts';
import { serve } from '../../support/loopback.ts';

const http = openHttp({ userAgent: 'Landfall/test', allowPrivate: [] });
afterAll(() => http.close());

const signal = new AbortController().signal;
const get = (url: string, options: Partial<GetOptions> = {}): Promise<HttpReply> =>
  http.get(url, { signal, reach: 'any', ...options });
const textOf = (reply: HttpReply): string =>
  reply.kind === 'reply' ? Buffer.from(reply.bytes).toString() : `${reply.fault}: ${inEnglish(reply.reason)}`;
const faultOf = (reply: HttpReply): string => (reply.kind === 'failed' ? reply.fault : `status ${reply.status}`);

test('gives status, headers, bytes and address, and says who asks', async () => {
  const { origin, seen } = await serve((_, response) => response.writeHead(404, { etag: 'W/"1"' }).end('gone'));
  const reply = await get(`${origin}/a?b=1#c`, { headers: { Accept: 'text/x' } });
  expect(reply).toMatchObject({ kind: 'reply', status: 404, url: `${origin}/a?b=1`, redirects: [] });
  expect(reply.kind === 'reply' && reply.headers.get('etag')).toBe('W/"1"');
  expect(textOf(reply)).toBe('gone');
  expect(seen[0]?.headers).toMatchObject({ 'user-agent': 'Landfall/test', accept: 'text/x' });
  expect(seen[0]?.headers['accept-encoding']).toContain('gzip');
});

describe('size', () => {
  test('an endless answer is cut off, and the server is rid of us', async () => {
    let sent = 0;
    const gone = Promise.withResolvers<void>();
    const { origin } = await serve((_, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const more = (): void => {
        while (!response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return;
        }
      };
      response.on('drain', more).on('close', () => gone.resolve());
      more();
    });
    const reply = await get(origin);
    expect(textOf(reply)).toBe(`too large: ${origin}/ sends more than 5 MiB`);
    await gone.promise;
    expect(sent).toBeLessThan(40 * 1024 * 1024);
  });

  test('a small body that unpacks to a large one is too large', async () => {
    const bomb = zlib.gzipSync(zlib.gzipSync(Buffer.alloc(30 * 1024 * 1024)));
    const { origin } = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(bomb),
    );
    expect(bomb.length).toBeLessThan(5_000);
    expect(faultOf(await get(origin))).toBe('too large');
  });

  test('exactly the cap is not too large', async () => {
    const { origin } = await serve((_, response) => response.end('12345'));
    expect(textOf(await get(origin, { maxBytes: 5 }))).toBe('12345');
    expect(faultOf(await get(origin, { maxBytes: 4 }))).toBe('too large');
  });
});

describe('time and network', () => {
  test('a body that never ends is a time-out of the whole exchange', async () => {
    const { origin } = await serve((_, response) => response.write('<rss>'));
    expect(textOf(await get(origin, { timeoutMs: 40 }))).toBe(`timeout: ${origin}/ did not answer within 0.04 s`);
  });

  test('stopping is told from being late', async () => {
    const stop = new AbortController();
    const { origin } = await serve(() => stop.abort());
    expect(faultOf(await get(origin, { signal: stop.signal }))).toBe('aborted');
  });

  test.each([
    ['a body shorter than said', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<rss>'],
    ['a chunked body without its end', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n<rss>\r\n'],
    ['no answer at all', ''],
    ['an answer that is not HTTP', 'SSH-2.0-OpenSSH\r\n'],
  ])('%s is a failure of the network', async (_, raw) => {
    const { origin } = await serve((request) => request.socket.end(raw));
    expect(faultOf(await get(origin))).toBe('network');
  });

  test('a refused connection says so', async () => {
    const { origin, port } = await serve((_, response) => response.end());
    expect(textOf(await get(origin.replace(String(port), '1')))).toContain('the host refuses connections');
  });
});

describe('redirects', () => {
  test('are followed and listed', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(301, { location: 'b?x=1' }).end();
      else if (request.url === '/b?x=1') response.writeHead(307, { location: `${origin}/c` }).end();
      else response.end('here');
    });
    expect(await get(`${origin}/a`)).toMatchObject({
      url: `${origin}/c`,
      redirects: [
        { status: 301, from: `${origin}/a`, to: `${origin}/b?x=1` },
        { status: 307, from: `${origin}/b?x=1`, to: `${origin}/c` },
      ],
    });
  });

  test('take no credentials and no validators to another host', async () => {
    const other = await serve((_, response) => response.end('other'));
    const { origin, seen } = await serve((request, response) => {
      response.writeHead(302, { location: request.url === '/a' ? '/b' : `${other.origin}/` }).end();
    });
    const headers = {
      authorization: 'Bearer s3cret',
      cookie: 'a=b',
      'If-None-Match': '"1"',
      'If-Modified-Since': 'then',
    };
    await get(`${origin}/a`, { headers });
    expect(seen[1]?.headers).toMatchObject({ authorization: 'Bearer s3cret', 'if-none-match': '"1"' });
    const kept = Object.keys(other.seen[0]?.headers ?? {});
    expect(kept).toContain('user-agent');
    for (const name of ['authorization', 'cookie', 'if-none-match', 'if-modified-since'])
      expect(kept).not.toContain(name);
  });

  test.each([
    ['/loop', 'too many redirects'],
    ['/file', 'bad url'],
    ['/nonsense', 'bad url'],
  ])('%s ends as %s', async (path, fault) => {
    const to: Readonly<Record<string, string>> = {
      '/loop': '/loop',
      '/file': 'file:///etc/passwd',
      '/nonsense': 'http://[',
    };
    const { origin } = await serve((request, response) =>
      response.writeHead(302, { location: to[request.url ?? ''] }).end(),
    );
    expect(faultOf(await get(origin + path))).toBe(fault);
  });
});

describe('addresses', () => {
  const private_ = [
    ...[
      '127.0.0.1',
      '0x7f.1',
      '2130706433',
      '0177.0.0.1',
      '0.0.0.0',
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
    ],
    ...[
      '100.64.0.1',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[fd00::1]',
      '[fe80::1]',
    ],
    ...['[64:ff9b::7f00:1]', '[2002:7f00:1::]', '255.255.255.255', '224.0.0.1', 'localhost'],
  ];

  test.each(private_)('%s is refused', async (host) => {
    const { port, seen } = await serve((_, response) => response.end('secret'));
    for (const reach of ['public', 'strict'] as const)
      expect(faultOf(await get(`http://${host}:${port}/`, { reach }))).toBe('private address');
    expect(seen).toHaveLength(0);
  });

  test('a redirect to a private address is refused', async () => {
    const own = openHttp({ userAgent: 'x', allowPrivate: ['LOCALHOST'] });
    const { port, seen } = await serve((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${port}/in` }).end(),
    );
    const reply = await own.get(`http://localhost:${port}/`, { signal, reach: 'public' });
    expect(textOf(reply)).toContain('127.0.0.1 is a private address');
    expect(seen.map((request) => request.url)).toEqual(['/']);
    await own.close();
  });

  test('a host of allowPrivate is reached, but never strictly', async () => {
    const own = openHttp({ userAgent: 'x', allowPrivate: ['127.0.0.1'] });
    const { origin } = await serve((_, response) => response.end('mine'));
    expect(textOf(await own.get(origin, { signal, reach: 'public' }))).toBe('mine');
    expect(faultOf(await own.get(origin, { signal, reach: 'strict' }))).toBe('private address');
    await own.close();
  });

  test.each(['ftp://example.org/', 'file:///etc/passwd', 'example.org', 'javascript:1', ''])(
    '%j is no address',
    async (url) => {
      expect(faultOf(await get(url))).toBe('bad url');
    },
  );

  test('a name and password go to their host only, and into no message', async () => {
    const { origin, port, seen } = await serve((_, response) => response.socket?.destroy());
    const reply = await get(`http://me:p%40ss@127.0.0.1:${port}/feed?token=s3cret`);
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
    expect(textOf(reply)).toContain(`${origin}/feed`);
    expect(JSON.stringify(reply)).not.toMatch(/p@ss|p%40ss|s3cret/);
  });
});

describe('fetch for libraries', () => {
  test('says who asks, unless the library does', async () => {
    const { origin, seen } = await serve((_, response) => response.setHeader('x-a', '1').end('{"a":1}'));
    const response = await http.fetch(`${origin}/x`, {
      method: 'POST',
      body: '{"q":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect([response.status, response.url, response.headers.get('x-a')]).toEqual([200, `${origin}/x`, '1']);
    expect(await response.json()).toEqual({ a: 1 });
    await (await http.fetch(origin, { headers: { 'user-agent': 'octokit' } })).text();
    expect(seen.map((request) => [request.method, request.headers['user-agent']])).toEqual([
      ['POST', 'Landfall/test'],
      ['GET', 'octokit'],
    ]);
  });

  test('an answer over 64 MiB is an error while it is read', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(65 * 1024 * 1024));
    const { origin } = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const response = await http.fetch(origin);
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  test('can be stopped, and answers 304 as it is', async () => {
    const stop = new AbortController();
    const { origin } = await serve((request, response) => {
      if (request.url === '/same') response.writeHead(304).end();
      else stop.abort();
    });
    expect((await http.fetch(`${origin}/same`)).status).toBe(304);
    await expect(http.fetch(`${origin}/hang`, { signal: stop.signal })).rejects.toThrow();
  });
});
