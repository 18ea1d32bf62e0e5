// What `Content-Encoding` announces is undone, and what is no coding is read as it stands.

import zlib from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { type HttpReply, openHttp } from '../../../src/infra/http/client.ts';
import { inEnglish } from '../../../src/messages/reasons/en.ts';
import { serve } from '../../support/loopback.ts';

const http = openHttp({ userAgent: 'Landfall/test', allowPrivate: [] });
afterAll(() => http.close());

const get = (url: string): Promise<HttpReply> => http.get(url, { signal: new AbortController().signal, reach: 'any' });
const textOf = (reply: HttpReply): string =>
  reply.kind === 'reply' ? Buffer.from(reply.bytes).toString() : `${reply.fault}: ${inEnglish(reply.reason)}`;

describe('content encodings', () => {
  const text = 'open weights '.repeat(500);
  test.each([
    ['gzip', zlib.gzipSync(text)],
    ['x-gzip', zlib.gzipSync(text)],
    ['br', zlib.brotliCompressSync(text)],
    ['deflate', zlib.deflateSync(text)],
    ['deflate', zlib.deflateRawSync(text)],
    ['zstd', zlib.zstdCompressSync(text)],
    ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(text))],
    ['identity', Buffer.from(text)],
    ['gzip, utf-8', zlib.gzipSync(text)],
  ])('%s is undone', async (encoding, body) => {
    const { origin } = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );
    expect(textOf(await get(origin))).toBe(text);
  });

  test.each([
    ['gzip', zlib.gzipSync(text).subarray(0, 60), 'damaged or cut short'],
    ['br', Buffer.from([0xff, 1, 2, 3, 0, 0, 9]), 'damaged or cut short'],
    ['compress', Buffer.from(text), 'unknown content encoding compress'],
    ['gzip, gzip, gzip, gzip', Buffer.from(text), 'too many content encodings'],
  ])('%s that cannot be undone is a failure', async (encoding, body, reason) => {
    const { origin } = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );
    const reply = await get(origin);
    expect(reply).toMatchObject({ kind: 'failed', fault: 'network' });
    expect(textOf(reply)).toContain(reason);
  });

  test.each(['UTF-8', 'none', 'aws-chunked', 'binary', '8bit', 'text/html; charset=utf-8', '*', 'constructor'])(
    '%s is no coding: the answer is read as it stands',
    async (encoding) => {
      const { origin } = await serve((_, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end(text),
      );
      expect(textOf(await get(origin))).toBe(text);
    },
  );

  test.each(['gzip', 'x-gzip', 'br', 'deflate', 'zstd', 'gzip, br'])(
    '%s announced over a plain answer',
    async (encoding) => {
      const plain = '<?xml version="1.0"?><rss version="2.0">열린 가중치</rss>';
      const { origin } = await serve((_, response) => {
        response.writeHead(200, { 'content-encoding': encoding });
        for (const byte of Buffer.from(plain)) response.write(Buffer.of(byte));
        response.end();
      });
      expect(textOf(await get(origin))).toBe(plain);
    },
  );
});
