// What a licence link outside the hub leads to: read without a token and only at public addresses.
import { expect, test } from 'vitest';
import type { GetOptions, Http } from '../../../src/infra/http/client.ts';
import { linkReader } from '../../../src/sources/huggingface/licence.ts';

function reader(body: string | Uint8Array, type = 'text/plain', status = 200) {
  const asked: { url: string; options: GetOptions }[] = [];
  const http: Http = {
    userAgent: 'Landfall/test',
    get: async (url, options) => {
      asked.push({ url, options });
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
      return { kind: 'reply', status, headers: new Headers({ 'content-type': type }), url, redirects: [], bytes };
    },
    fetch: () => Promise.reject(new Error('not used')),
    publicFetch: () => Promise.reject(new Error('not used')),
    close: () => Promise.resolve(),
  };
  const read = linkReader(http, { now: () => 0, signal: new AbortController().signal });
  return { read, asked };
}

test('the file behind a page of GitHub is asked, with no secret, at a public address', async () => {
  const { read, asked } = reader('MIT License');
  expect(await read('https://github.com/MiniMax-AI/MiniMax-M2/blob/main/LICENSE')).toEqual({
    text: 'MIT License',
    page: false,
  });
  expect(asked[0]?.url).toBe('https://raw.githubusercontent.com/MiniMax-AI/MiniMax-M2/main/LICENSE');
  expect(asked[0]?.options.reach).toBe('public');
  expect(Object.keys(asked[0]?.options.headers ?? {})).toEqual(['accept']);
});

test('a page is its words, without what no reader sees', async () => {
  const html =
    '<!doctype html><head><title>x</title></head><nav>Home</nav><h1>Gemma Terms of Use</h1><script>let a</script><p>One&nbsp;use.</p>';
  const { read } = reader(html, 'text/html; charset=utf-8');
  expect(await read('https://ai.google.dev/gemma/terms')).toEqual({
    text: 'Gemma Terms of Use\nOne\u00A0use.',
    page: true,
  });
});

test.each([
  ['a PDF', '%PDF-1.7 ...', 200],
  ['a binary', 'a\u0000b', 200],
  ['a refusal', 'no', 403],
])('%s is not read', async (_what, body, status) => {
  expect(await reader(body, 'text/plain', status).read('https://example.com/LICENSE')).toBeNull();
});
