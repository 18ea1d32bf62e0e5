// One model on Hugging Face: its files, licence, gate, renames, and its absence.
import { describe, expect, test } from 'vitest';
import { endpoint, fresh, hubModel, lookAt, noon, playHub, seen } from '../../support/sources/huggingface/hub.ts';

const api = '/api/models/xai-org/grok-2';
const sha = 'a1'.repeat(20);
const licence = `/xai-org/grok-2/resolve/${sha}/LICENSE`;
const grok = (change: Readonly<Record<string, unknown>> = {}) => hubModel('xai-org/grok-2', change);
const text = { body: 'Grok 2 Community License Agreement\n\nLast updated: August 23, 2025' };

describe('a model that is there', () => {
  test('weights are counted by the files that are weights, with the sizes of their content', async () => {
    const hub = playHub({ [api]: [{ body: grok(), headers: { etag: 'W/"m1"' } }], [licence]: [text] });
    const result = fresh(await hub.look('xai-org/grok-2'));
    expect(seen(result)).toEqual([
      'model there',
      'weights there',
      `licence grok2-community|||${'02'.repeat(20)}`,
      'gated no',
      'state enabled|public|',
    ]);
    expect(result.observations.map((one) => one.facts)).toMatchObject([
      { createdAt: '2025-08-21T02:11:00.000Z', revision: sha },
      { files: 2, bytes: 17_000_000_000, formats: ['safetensors'], revision: sha },
      {
        licence: 'grok2-community',
        licenceText: text.body,
        licenceTextUrl: `${endpoint}/xai-org/grok-2/blob/${sha}/LICENSE`,
      },
      { gated: 'no' },
      { disabled: false, visibility: 'public' },
    ]);
    expect(result).toMatchObject({ there: true, window: 'all', gone: [] });
  });

  test('cards: lists of licences, names, base models, papers, own code, packed parameters', async () => {
    const model = hubModel('lab/m', {
      sha: 'b2'.repeat(20),
      cardData: {
        license: ['mit', 'other'],
        license_name: 'own',
        license_link: 'LICENSE.md',
        datasets: ['lab/open', 'lab/closed'],
        language: ['en', 'ko'],
        extra_gated_eu_disallowed: true,
      },
      pipeline_tag: 'text-generation',
      tags: [
        'custom_code',
        'conversational',
        'arxiv:2401.00001',
        'base_model:google/gemma-3-4b',
        'base_model:quantized:google/gemma-3-4b',
      ],
      siblings: [{ rfilename: 'model.safetensors', size: 5, lfs: { size: 7 } }, { rfilename: 'modeling.py' }],
      safetensors: { parameters: { BF16: 1000, U8: 9000 }, total: 10_000 },
      gated: 'auto',
    });
    // The data of a model made from another is never all of it: nobody asks.
    const hub = playHub({ '/api/models/lab/m': [{ body: model }] });
    const result = fresh(await hub.look('lab/m'));
    expect(result.observations.map((one) => one.facts)).toMatchObject([
      {
        artefact: 'quantisation',
        datasets: ['lab/open', 'lab/closed'],
        arxiv: ['2401.00001'],
        customCode: true,
        baseModels: [{ id: 'google/gemma-3-4b', relation: 'quantized' }],
        task: 'text-generation',
        languages: ['en', 'ko'],
        euDisallowed: true,
        tuning: 'instruct',
        tuningFrom: 'tags',
        readme: 'absent',
      },
      { files: 1, bytes: 7, parameters: 10_000, packed: true },
      { licences: ['mit', 'other'], licenceName: 'own', licenceLink: 'LICENSE.md' },
      { gated: 'form' },
      {},
    ]);
  });

  test('the same validator is the same; a new commit with the same files is no other fingerprint', async () => {
    const commit = grok({ sha: 'c3'.repeat(20), lastModified: '2025-09-01T00:00:00.000Z' });
    const hub = playHub({
      [api]: [{ body: grok(), headers: { etag: 'W/"m1"' } }, { status: 304 }, { body: commit }, { body: commit }],
      [licence]: [text],
      [licence.replace(sha, 'c3'.repeat(20))]: [text],
    });
    const first = fresh(await hub.look('xai-org/grok-2'));
    expect((await hub.look('xai-org/grok-2', first.cursor)).kind).toBe('same');
    expect(hub.asked[2]?.headers).toMatchObject({ 'if-none-match': 'W/"m1"' });
    const third = fresh(await hub.look('xai-org/grok-2', first.cursor));
    expect(seen(third)).toEqual(seen(first));
    expect((await hub.look('xai-org/grok-2', third.cursor)).kind).toBe('same');
  });

  test('the licence text is read once per revision', async () => {
    const hub = playHub({ [api]: [{ body: grok() }, { body: grok({ gated: 'manual' }) }], [licence]: [text] });
    const first = fresh(await hub.look('xai-org/grok-2'));
    const second = fresh(await hub.look('xai-org/grok-2', first.cursor));
    expect(seen(second)).toContain('gated approval');
  });

  test('a licence text of a gated model that we may not read is left out', async () => {
    const hub = playHub({
      [api]: [{ body: grok({ gated: 'manual' }) }],
      [licence]: [{ status: 401, body: 'Access is restricted' }],
    });
    const result = fresh(await hub.look('xai-org/grok-2'));
    expect(result.observations.find((one) => one.kind === 'licence')?.facts).not.toHaveProperty('licenceText');
  });

  test('files that vanish are gone weights', async () => {
    const hub = playHub({
      [api]: [{ body: grok() }, { body: grok({ sha: 'd4'.repeat(20), siblings: [] }) }],
      [licence]: [text],
    });
    const first = fresh(await hub.look('xai-org/grok-2'));
    const second = fresh(await hub.look('xai-org/grok-2', first.cursor));
    expect(seen(second).some((one) => one.startsWith('weights'))).toBe(false);
    expect(second.window).toBe('all');
  });
});

describe('the licence fingerprint', () => {
  const withFile = (blobId: string | null, license: string, commit: string) =>
    grok({
      sha: commit.repeat(20),
      cardData: { license },
      siblings: blobId === null ? [] : [{ rfilename: 'LICENSE', size: 9, blobId }],
    });
  const fingerprints = async (...bodies: readonly ReturnType<typeof withFile>[]) => {
    const texts = bodies.flatMap((body) =>
      body.siblings.length > 0 ? [[licence.replace(sha, body.sha), [text]] as const] : [],
    );
    const hub = playHub({ [api]: bodies.map((body) => ({ body })), ...Object.fromEntries(texts) });
    let cursor: Parameters<typeof hub.look>[1] = null;
    const all: (string | undefined)[] = [];
    for (const _ of bodies) {
      const result = fresh(await hub.look('xai-org/grok-2', cursor));
      cursor = result.cursor;
      all.push(result.observations.find((one) => one.kind === 'licence')?.fingerprint);
    }
    return all;
  };

  test('moves when the text is exchanged under the same name', async () => {
    const [before, after] = await fingerprints(withFile('1111', 'other', 'e1'), withFile('2222', 'other', 'e2'));
    expect(after).not.toBe(before);
  });
  test('stays when a text is laid beside a licence that is already named', async () => {
    const [before, after] = await fingerprints(withFile(null, 'mit', 'e1'), withFile('2222', 'mit', 'e2'));
    expect(after).toBe(before);
  });
  test('moves when the first text comes where nothing was named', async () => {
    const [before, after] = await fingerprints(withFile(null, 'other', 'e1'), withFile('2222', 'other', 'e2'));
    expect(after).not.toBe(before);
  });
});

describe('renamed and absent', () => {
  test('a rename keeps the story and says the new name, even if the redirect lost the question', async () => {
    const renamed = { ...grok(), id: 'xai-org/grok-2.5', siblings: [] };
    const hub = playHub({
      [api]: [{ body: grok() }, { body: renamed, url: `${endpoint}/api/models/xai-org/grok-2.5` }],
      '/api/models/xai-org/grok-2.5': [{ body: renamed }],
      [licence]: [text],
    });
    const first = fresh(await hub.look('xai-org/grok-2'));
    const second = fresh(await hub.look('xai-org/grok-2', first.cursor));
    expect(hub.asked.at(-1)?.query.get('blobs')).toBe('true');
    const state = second.observations.find((one) => one.kind === 'state');
    expect(state).toMatchObject({
      about: 'huggingface:xai-org/grok-2',
      fingerprint: 'enabled|public|xai-org/grok-2.5',
      facts: { renamedTo: 'xai-org/grok-2.5' },
      url: `${endpoint}/xai-org/grok-2.5`,
    });
  });

  test('anonymous 401 and 404 mean not there; again it is the same; then it appears', async () => {
    const hub = playHub({
      [api]: [
        { status: 401, body: { error: 'Invalid username or password.' }, headers: { 'x-error-code': 'RepoNotFound' } },
        { status: 404, body: { error: 'Repository not found' } },
        { body: grok() },
      ],
      [licence]: [text],
    });
    const first = fresh(await hub.look('xai-org/grok-2'));
    expect(first).toMatchObject({ there: false, observations: [], gone: ['model'] });
    expect((await hub.look('xai-org/grok-2', first.cursor)).kind).toBe('same');
    expect(fresh(await hub.look('xai-org/grok-2', first.cursor)).there).toBe(true);
  });

  test('a model that the host took down is disabled, not gone', async () => {
    const words = { error: 'Access to this resource is disabled.' };
    const hub = playHub({ [api]: [{ body: grok() }, { status: 403, body: words }], [licence]: [text] });
    const first = fresh(await hub.look('xai-org/grok-2'));
    const second = fresh(await hub.look('xai-org/grok-2', first.cursor));
    expect(seen(second)).toEqual(['model there', 'state disabled|public|']);
    expect(second).toMatchObject({ there: true, window: 'newest', gone: [] });
  });
});

test('a recorded answer, plain as the API gives it, reads like the poll', async () => {
  const hub = playHub({ [api]: [{ body: grok() }], [licence]: [text] });
  const polled = fresh(await hub.look('xai-org/grok-2'));
  if (polled.answer === null) throw new Error('nothing to record');
  expect(hub.source.read(lookAt('xai-org/grok-2'), polled.answer, noon)).toEqual(polled);
  const read = (body: unknown) =>
    hub.source.read(lookAt('xai-org/grok-2'), { type: 'json', url: endpoint, body: JSON.stringify(body) }, noon);
  expect(read(grok())).toMatchObject({ there: true });
  expect(read({ error: 'Repository not found' })).toMatchObject({ there: false });
  expect(read([])).toMatchObject({ kind: 'broken' });
});
