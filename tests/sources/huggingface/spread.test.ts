// How far a model spread: one request, and less is asked of a server that knows less.
import { expect, test } from 'vitest';
import { huggingface } from '../../../src/sources/huggingface/source.ts';
import { noon, playWeb } from '../../support/sources/web.ts';

const target = { id: 'huggingface:acme/one', source: 'huggingface', address: 'acme/one', shape: null };
const context = { now: () => noon, signal: new AbortController().signal };
const fields = ['likes', 'downloads', 'downloadsAllTime', 'childrenModelCount'];
const urlOf = (count: number): string =>
  `https://huggingface.co/api/models/acme/one?${fields
    .slice(0, count)
    .map((field) => `expand[]=${field}`)
    .join('&')}`;

test('likes, downloads, and derivatives by relation', async () => {
  const body = {
    id: 'acme/one',
    likes: 12,
    downloads: 340,
    downloadsAllTime: 1_200,
    childrenModelCount: { quantized: 5, finetune: 2 },
  };
  const { source } = playWeb(huggingface, { [urlOf(4)]: JSON.stringify(body) });
  const answer = await source.spread?.(target, context);
  expect(answer?.measures).toEqual({
    likes: 12,
    downloads: 340,
    downloadsAll: 1_200,
    derivatives: 7,
    'derivatives:quantized': 5,
    'derivatives:finetune': 2,
  });
  expect(answer?.spent).toHaveLength(1);
});

test('a field that the server refuses is left out, and not asked for again', async () => {
  const refused = { status: 400, body: JSON.stringify({ error: 'Invalid option' }) };
  const { source, asked } = playWeb(huggingface, {
    [urlOf(4)]: refused,
    [urlOf(3)]: JSON.stringify({ id: 'acme/one', likes: 1, downloads: 2, downloadsAllTime: 3 }),
  });
  expect((await source.spread?.(target, context))?.measures).toEqual({ likes: 1, downloads: 2, downloadsAll: 3 });
  expect((await source.spread?.(target, context))?.measures).toEqual({ likes: 1, downloads: 2, downloadsAll: 3 });
  expect(asked.map(({ url }) => url)).toEqual([urlOf(4), urlOf(3), urlOf(3)]);
});

test.each([
  ['private', { body: JSON.stringify({ id: 'acme/one', private: true, likes: 1 }) }],
  ['gone', { status: 404, body: '{"error":"Repository not found"}' }],
  ['refused', { status: 429, headers: { 'retry-after': '60' } }],
  ['nonsense', { body: '"no"' }],
])('nothing is counted of what is %s', async (_, written) => {
  const { source } = playWeb(huggingface, { [urlOf(4)]: written });
  expect((await source.spread?.(target, context))?.measures).toBeNull();
});
