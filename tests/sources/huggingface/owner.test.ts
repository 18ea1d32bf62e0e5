// An organisation on Hugging Face: its set of models, page by page, and what is new or gone in it.
import { describe, expect, test } from 'vitest';
import { endpoint, fresh, listedModel, lookAt, noon, playHub, seen } from '../../support/sources/huggingface/hub.ts';

const list = '/api/models';

describe('a listing', () => {
  test('the first look shows every model with its traits, and where to look further', async () => {
    const hub = playHub({ [list]: [{ body: [listedModel('xai-org/grok-2')], headers: { etag: 'W/"1"' } }] });
    const result = fresh(await hub.look('xai-org'));
    expect(seen(result)).toEqual([
      'model:xai-org/grok-2 there',
      'weights:xai-org/grok-2 there',
      'licence:xai-org/grok-2 grok2-community||',
      'gated:xai-org/grok-2 no',
      'state:xai-org/grok-2 enabled|public|',
    ]);
    expect(result).toMatchObject({ there: true, window: 'all', gone: [] });
    expect(result.observations[0]).toMatchObject({
      about: 'huggingface:xai-org/grok-2',
      subject: 'grok-2',
      title: 'xai-org/grok-2',
      url: `${endpoint}/xai-org/grok-2`,
      publishedAt: null,
      facts: { createdAt: '2025-08-21T02:11:00.000Z', library: 'transformers' },
    });
    expect(result.found).toMatchObject([
      { target: { id: 'huggingface:xai-org/grok-2', address: 'xai-org/grok-2' }, whole: true },
    ]);
    const query = hub.asked[0]?.query;
    expect(query?.get('author')).toBe('xai-org');
    expect(query?.getAll('expand[]')).toEqual(expect.arrayContaining(['sha', 'gated', 'siblings', 'createdAt']));
    expect(query?.getAll('expand[]')).not.toContain('downloads');
  });

  test('an empty list is an empty organisation, not an error and not a missing one', async () => {
    const hub = playHub({ [list]: [{ body: [] }] });
    expect(await hub.look('xai-org')).toMatchObject({ kind: 'fresh', there: true, observations: [], window: 'all' });
  });

  test('an author that the API does not know is not there; a second time it is the same', async () => {
    const hub = playHub({
      [list]: [
        { status: 404, body: { error: 'Not found' } },
        { status: 404, body: '' },
      ],
    });
    const first = fresh(await hub.look('nobody-here'));
    expect(first).toMatchObject({ there: false, observations: [] });
    expect(await hub.look('nobody-here', first.cursor)).toMatchObject({ kind: 'same' });
  });

  test('a model staged long ago in private is new when it turns up, whatever its createdAt', async () => {
    const old = listedModel('moonshotai/Kimi-K3', { createdAt: '2024-01-01T00:00:00.000Z' });
    const hub = playHub({
      [list]: [{ body: [listedModel('moonshotai/Kimi-K2')] }, { body: [listedModel('moonshotai/Kimi-K2'), old] }],
    });
    const first = fresh(await hub.look('moonshotai'));
    const second = fresh(await hub.look('moonshotai', first.cursor));
    expect(seen(second)).toContain('model:moonshotai/Kimi-K3 there');
    // Sizes and licence text are worth a look of its own now.
    expect(second.found.map((one) => one.whole)).toEqual([false, false]);
  });

  test('all pages are read, on our own host even when the link names another', async () => {
    const next = `<https://mirror.example/api/models?author=big&cursor=abc&limit=500>; rel="next"`;
    const hub = playHub({
      [list]: [
        { body: [listedModel('big/one'), listedModel('big/two')], headers: { link: next, etag: 'W/"p1"' } },
        { body: [listedModel('big/two'), listedModel('big/three')], headers: { etag: 'W/"p2"' } },
        { body: [listedModel('big/one')] },
      ],
    });
    const result = fresh(await hub.look('big'));
    expect(result.found.map((one) => one.target.address)).toEqual(['big/one', 'big/two', 'big/three']);
    expect(hub.asked[1]?.query.get('cursor')).toBe('abc');
    expect(result.window).toBe('all');
    // One validator cannot stand for two pages.
    await hub.look('big', result.cursor);
    expect(hub.asked[2]?.headers).not.toHaveProperty('if-none-match');
  });

  test('2,000 models with long file lists are read in four pages', async () => {
    const page = (from: number) => Array.from({ length: 500 }, (_, index) => listedModel(`big/model-${from + index}`));
    const link = (cursor: number) => ({ link: `</api/models?author=big&cursor=${cursor}>; rel="next"` });
    const hub = playHub({
      [list]: [0, 1, 2, 3].map((n) => ({ body: page(n * 500), headers: n < 3 ? link(n) : {} })),
    });
    const result = fresh(await hub.look('big'));
    expect(result.found).toHaveLength(2000);
    expect(result.observations).toHaveLength(10_000);
  });

  test('a later page that fails makes the whole look fail', async () => {
    const headers = { link: '</api/models?author=big&cursor=2>; rel="next"' };
    for (const cut of [{ status: 502 }, { status: 404 }, { failed: 'timeout' as const }]) {
      const hub = playHub({ [list]: [{ body: [listedModel('big/one')], headers }, cut] });
      expect((await hub.look('big')).kind).toBe('later');
    }
  });
});

describe('a second look', () => {
  test('asks with the validator, and 304 is the same', async () => {
    const hub = playHub({
      [list]: [{ body: [listedModel('xai-org/grok-2')], headers: { etag: 'W/"1"' } }, { status: 304 }],
    });
    const first = fresh(await hub.look('xai-org'));
    expect(await hub.look('xai-org', first.cursor)).toEqual({ kind: 'same', cursor: first.cursor, restMs: null });
    expect(hub.asked[1]?.headers).toMatchObject({ 'if-none-match': 'W/"1"' });
  });

  test('an equal list under another validator, or with other counters, is the same', async () => {
    const hub = playHub({
      [list]: [
        { body: [listedModel('xai-org/grok-2', { downloads: 1 })], headers: { etag: 'W/"1"' } },
        { body: [listedModel('xai-org/grok-2', { downloads: 99 })], headers: { etag: 'W/"2"' } },
      ],
    });
    const first = fresh(await hub.look('xai-org'));
    expect((await hub.look('xai-org', first.cursor)).kind).toBe('same');
  });

  test('weights, a gate, another licence, a disabled model change what they concern, and the mark', async () => {
    const before = listedModel('lab/m', { siblings: [{ rfilename: 'README.md' }] });
    const after = listedModel('lab/m', {
      gated: 'manual',
      disabled: true,
      cardData: { license: ['mit', 'apache-2.0'] },
    });
    const hub = playHub({ [list]: [{ body: [before] }, { body: [after] }] });
    const first = fresh(await hub.look('lab'));
    const second = fresh(await hub.look('lab', first.cursor));
    expect(seen(first).filter((one) => one.startsWith('weights'))).toEqual([]);
    expect(seen(second).slice(1)).toEqual([
      'weights:lab/m there',
      'licence:lab/m apache-2.0+mit||',
      'gated:lab/m approval',
      'state:lab/m disabled|public|',
    ]);
    expect(second.found[0]?.mark).not.toBe(first.found[0]?.mark);
  });

  test('a listing that stops naming files or holds an unreadable model does not prove anything gone', async () => {
    const bare = listedModel('lab/m', { siblings: undefined });
    const hub = playHub({ [list]: [{ body: [listedModel('lab/m')] }, { body: [bare] }, { body: [{ id: 7 }] }] });
    const first = fresh(await hub.look('lab'));
    expect(fresh(await hub.look('lab', first.cursor)).window).toBe('newest');
    expect(fresh(await hub.look('lab', first.cursor)).window).toBe('newest');
  });

  test('a host whose listings never name files still proves models gone', async () => {
    const bare = listedModel('lab/m', { siblings: undefined });
    const hub = playHub({
      [list]: [{ body: [bare, listedModel('lab/n', { siblings: undefined })] }, { body: [bare] }],
    });
    const first = fresh(await hub.look('lab'));
    expect(first.found.every((one) => !one.whole)).toBe(true);
    expect(fresh(await hub.look('lab', first.cursor)).window).toBe('all');
  });
});

test('what is too large in one page is asked for in smaller ones, and remembered', async () => {
  const hub = playHub({
    [list]: [{ failed: 'too large' }, { body: [listedModel('lab/m')] }, { body: [listedModel('lab/m')] }],
  });
  const first = fresh(await hub.look('lab'));
  expect((await hub.look('lab', first.cursor)).kind).toBe('same');
  expect(hub.asked.map((one) => one.query.get('limit'))).toEqual(['500', '100', '100']);
});

test('a recorded answer reads like the poll that wrote it', async () => {
  const hub = playHub({ [list]: [{ body: [listedModel('xai-org/grok-2')] }] });
  const polled = fresh(await hub.look('xai-org'));
  if (polled.answer === null) throw new Error('nothing to record');
  const read = hub.source.read(lookAt('xai-org'), polled.answer, noon);
  expect(read).toEqual(polled);
  expect(hub.source.read(lookAt('xai-org'), { type: 'json', url: endpoint, body: '[]' }, noon)).toMatchObject({
    there: true,
  });
});
