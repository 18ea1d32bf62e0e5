// Redirects as real sites send them: raw bytes in `Location`, and cookies that are handed round on the way.

import type { ServerResponse } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { type HttpReply, openHttp } from '../../../src/infra/http/client.ts';
import { inEnglish } from '../../../src/messages/reasons/en.ts';
import { serve } from '../../support/loopback.ts';

const http = openHttp({ userAgent: 'Landfall/test', allowPrivate: [] });
afterAll(() => http.close());

const get = (url: string): Promise<HttpReply> => http.get(url, { signal: new AbortController().signal, reach: 'any' });
const textOf = (reply: HttpReply): string =>
  reply.kind === 'reply'
    ? `${reply.status} ${Buffer.from(reply.bytes).toString()}`
    : `${reply.fault}: ${inEnglish(reply.reason)}`;
const raw = (text: string, charset: 'utf8' | 'latin1' = 'utf8'): string =>
  Buffer.from(text, charset).toString('latin1');
const sendTo = (response: ServerResponse, location: string): void => {
  response.writeHead(302, { location }).end();
};

describe('a Location of raw bytes', () => {
  test.each([
    ['in the path', '/소식/새 글', '/%EC%86%8C%EC%8B%9D/%EC%83%88%20%EA%B8%80'],
    ['in the query', '/list?q=가중치', '/list?q=%EA%B0%80%EC%A4%91%EC%B9%98'],
    ['half written already', '/%EC%86%8C식', '/%EC%86%8C%EC%8B%9D'],
  ])('in UTF-8 %s is followed', async (_, to, asked) => {
    const { origin, seen } = await serve(({ url }, response) =>
      url === '/old' ? sendTo(response, raw(to)) : response.end('here'),
    );
    expect(textOf(await get(`${origin}/old`))).toBe('200 here');
    expect(seen[1]?.url).toBe(asked);
  });

  test('in another charset is sent back as it came', async () => {
    const { origin, seen } = await serve(({ url }, response) =>
      url === '/old' ? sendTo(response, '/\xbb\xf5\xb1\xdb') : response.end('here'),
    );
    expect(textOf(await get(`${origin}/old`))).toBe('200 here');
    expect(seen[1]?.url).toBe('/%BB%F5%B1%DB');
  });
});

describe('cookies', () => {
  test('set on the way are sent back on the way, and forgotten after it', async () => {
    const { origin, seen } = await serve(({ url, headers }, response) => {
      if (headers.cookie?.includes('seen=1') === true) response.end(`let in with ${headers.cookie}`);
      else {
        response.setHeader('set-cookie', ['seen=1; Path=/', 'other=2; Path=/elsewhere']);
        sendTo(response, url ?? '/');
      }
    });
    expect(textOf(await get(`${origin}/feed.xml`))).toBe('200 let in with seen=1');
    expect(textOf(await get(`${origin}/feed.xml`))).toBe('200 let in with seen=1');
    expect(seen.map(({ headers }) => headers.cookie ?? null)).toEqual([null, 'seen=1', null, 'seen=1']);
  });

  test('of one host are not shown to another', async () => {
    const other = await serve(({ headers }, response) => response.end(String(headers.cookie)));
    const { origin } = await serve((_, response) => {
      response.setHeader('set-cookie', ['mine=1', 'theirs=1; Domain=localhost']);
      sendTo(response, `http://localhost:${other.port}/`);
    });
    expect(textOf(await get(origin))).toMatch(/^200 undefined$|^network: http:\/\/localhost/);
  });

  test('that are nonsense are ignored', async () => {
    const { origin, seen } = await serve(({ url }, response) => {
      if (url !== '/there')
        response.setHeader('set-cookie', ['', '=;=;', `big=${'x'.repeat(5_000)}; Domain=.com`, 'ok=1; Path=/']);
      if (url === '/there') response.end('there');
      else sendTo(response, '/there');
    });
    expect(textOf(await get(origin))).toBe('200 there');
    expect(seen[1]?.headers.cookie).toContain('ok=1');
  });
});
