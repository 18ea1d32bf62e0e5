// Packed copies on the Hub: what each repository says it is made from is the proof, whatever it is called.
import { describe, expect, it } from 'vitest';
import type { HubClient } from '../../../src/sources/huggingface/client.ts';
import { lookForCopies } from '../../../src/sources/huggingface/copies.ts';
import type { Look, PollResult } from '../../../src/types/core.ts';
import { fresh, noon } from '../../support/sources/web.ts';

const target = { id: 'huggingface:acme/one#quantised', source: 'huggingface', address: 'acme/One', shape: 'quantised' };
const look: Look = { target, cursor: null, lastAt: null, wants: ['quantised'] };
const original = { _id: 'a'.repeat(24), id: 'acme/One', sha: 's1', siblings: [{ rfilename: 'model.safetensors' }] };
const tagsFor = (...bases: readonly string[]) => ['gguf', ...bases.map((id) => `base_model:quantized:${id}`)];
const copyOf = (id: string, over: object = {}) => ({
  id,
  sha: 'c0ffee',
  gated: false,
  tags: tagsFor('acme/One'),
  createdAt: '2026-08-01T00:00:00.000Z',
  siblings: [{ rfilename: 'one.Q4_K_M.gguf', size: 4e9 }],
  ...over,
});

/** A hub with these models; `asked` are the paths. */
function hub(models: readonly { readonly id: string }[], first: object = original, endless = false) {
  const asked: string[] = [];
  const json: HubClient['json'] = (path) => {
    asked.push(path);
    const of = (body: unknown, next: string | null = null) =>
      Promise.resolve({ kind: 'json' as const, body, etag: null, url: path, next });
    if (path.startsWith('/api/models?')) return of(models, endless ? `?cursor=${asked.length}` : null);
    const id = path.slice('/api/models/'.length).replace(/\?.*/, '');
    const found = id === 'acme/One' ? first : models.find((one) => one.id === id);
    return found === undefined ? Promise.resolve({ kind: 'missing' as const, status: 404 }) : of(found);
  };
  const client: HubClient = {
    endpoint: 'https://hub.test',
    json,
    text: () => Promise.reject(new Error('no text is asked for')),
    spent: [],
  };
  const desk = { client, isConverter: (account: string) => account.toLowerCase() === 'known', now: noon };
  return { asked, poll: (before: PollResult | null = null) => lookForCopies(desk, withCursor(before)) };
}

const withCursor = (before: PollResult | null): Look => ({
  ...look,
  cursor: before !== null && 'cursor' in before ? before.cursor : null,
});

it('tells a copy of a known converter with its revision, for one request each', async () => {
  const { poll, asked } = hub([copyOf('known/One-GGUF'), copyOf('stranger/One-GGUF')]);
  const first = await poll();
  expect(fresh(first).observations.map(({ title, url, facts }) => [title, url, facts.revision])).toEqual([
    ['known/One-GGUF', 'https://hub.test/known/One-GGUF', 'c0ffee'],
  ]);
  expect(asked).toHaveLength(3);
  expect((await poll(first)).kind).toBe('same');
  expect(asked).toHaveLength(5);
});

describe('what is no copy of this model', () => {
  it.each([
    ['another model', { tags: tagsFor('acme/Older') }],
    ['one of several', { tags: tagsFor('acme/One', 'acme/Older') }],
    ['a fine-tune', { tags: ['gguf', 'base_model:finetune:acme/One', 'base_model:acme/One'] }],
    ['alike by name alone', { id: 'known/One-GGUF', tags: ['gguf'] }],
    ['behind a gate', { gated: 'auto' }],
    ['of which nobody knows whether it is gated', { gated: undefined }],
    ['private', { private: true }],
    ['a name without a file', { siblings: [{ rfilename: 'one.gguf', size: 12 }] }],
    ['moved to a stranger', { id: 'stranger/One-GGUF' }],
  ])('%s', async (_, over) => {
    expect((await hub([copyOf('known/One-GGUF', over)]).poll()).kind).toBe('same');
  });
});

it('asks under both names of a model that was renamed', async () => {
  const { poll, asked } = hub([copyOf('known/Two-GGUF', { tags: tagsFor('acme/Two') })], {
    ...original,
    id: 'acme/Two',
  });
  expect(fresh(await poll()).observations).toHaveLength(1);
  expect(asked.filter((path) => path.includes('filter='))).toHaveLength(2);
});

it('says nothing of a model without weights, of one that is gone, and of another one of its name', async () => {
  const copies = [copyOf('known/One-GGUF')];
  expect((await hub(copies, { ...original, siblings: [] }).poll()).kind).toBe('same');
  const first = await hub([]).poll();
  expect((await hub(copies, { ...original, _id: 'b'.repeat(24) }).poll(first)).kind).toBe('same');
  expect((await hub(copies, { ...original, private: true }).poll(first)).kind).toBe('same');
});

it('reads no list without end, and looks at a bounded number of repositories', async () => {
  const many = Array.from({ length: 400 }, (_, n) => copyOf(`known/One-${n}-GGUF`, { gated: 'manual' }));
  const { poll, asked } = hub(many, original, true);
  expect((await poll()).kind).toBe('same');
  expect(asked.length).toBeLessThanOrEqual(1 + 3 + 20);
});
