// What only further requests tell about a model on Hugging Face: its README, its configuration, its data sets.
import { expect, test } from 'vitest';
import { fresh, hubModel, playHub } from '../../support/sources/huggingface/hub.ts';

const withDetails = (commit: string, change: Readonly<Record<string, unknown>> = {}) =>
  hubModel('lab/base-30B-A3B', {
    sha: commit.repeat(20),
    cardData: { license: 'apache-2.0', datasets: ['lab/web', 'lab/books'] },
    tags: [],
    siblings: [
      { rfilename: 'README.md', size: 5, blobId: commit },
      { rfilename: 'config.json', size: 5, blobId: 'c0' },
      { rfilename: 'model.safetensors', size: 5, lfs: { size: 60_000_000_000 } },
    ],
    safetensors: { parameters: { BF16: 30_500_000_000 }, total: 30_500_000_000 },
    ...change,
  });
const details = {
  readme: { body: '# Base\n\nPre-trained on the data sets below and on RedPajama.\n' },
  config: { body: { text_config: { max_position_embeddings: 131_072 } } },
};
const at = (file: string, commit: string) => `/lab/base-30B-A3B/resolve/${commit.repeat(20)}/${file}`;

test('README, configuration and data sets are read once per revision', async () => {
  const page = '/api/models/lab/base-30B-A3B';
  const hub = playHub({
    [page]: [{ body: withDetails('e1') }, { body: withDetails('e1', { gated: 'auto' }) }, { body: withDetails('e2') }],
    [at('README.md', 'e1')]: [details.readme],
    [at('config.json', 'e1')]: [details.config],
    [at('README.md', 'e2')]: [{ status: 403, body: 'restricted' }],
    [at('config.json', 'e2')]: [{ status: 403, body: 'restricted' }],
    '/api/datasets/lab/web': [
      { body: { id: 'lab/web', gated: false, private: false, cardData: { license: 'odc-by' } } },
      { body: { id: 'lab/web', gated: false, private: false, tags: ['license:odc-by'] } },
    ],
    '/api/datasets/lab/books': [
      { body: { id: 'lab/books', gated: 'manual' } },
      { body: { id: 'lab/books', gated: 'manual' } },
    ],
  });
  const first = fresh(await hub.look('lab/base-30B-A3B'));
  const [model, weights] = first.observations.map((one) => one.facts);
  expect(model).toMatchObject({
    readme: 'read',
    pretraining: true,
    namedData: ['redpajama'],
    contextLength: 131_072,
    contextFrom: 'config.json',
    dataLooks: [
      { id: 'lab/web', readable: true, licences: ['odc-by'], extract: false },
      { id: 'lab/books', readable: false, licences: [] },
    ],
  });
  expect(weights).toMatchObject({
    activeParameters: 3_000_000_000,
    activeFrom: 'name',
    smallestBytes: 60_000_000_000,
  });
  const second = fresh(await hub.look('lab/base-30B-A3B', first.cursor));
  expect(second.observations[0]?.facts).not.toHaveProperty('readme');
  const third = fresh(await hub.look('lab/base-30B-A3B', second.cursor));
  expect(third.observations[0]?.facts).toMatchObject({ readme: 'unreadable' });
});

test('more than five data sets are looked at, up to the first that is not for everybody', async () => {
  const datasets = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `lab/${name}`);
  const model = hubModel('lab/m', { cardData: { datasets }, tags: [], siblings: [] });
  const hub = playHub({
    '/api/models/lab/m': [{ body: model }],
    ...Object.fromEntries(
      datasets
        .slice(0, 6)
        .map((id) => [`/api/datasets/${id}`, [{ body: { gated: false, tags: ['license:cc0-1.0'] } }]]),
    ),
    '/api/datasets/lab/g': [{ status: 404, body: { error: 'Repository not found' } }],
  });
  const result = fresh(await hub.look('lab/m'));
  expect(result.observations[0]?.facts.dataLooks?.map(({ id, readable }) => `${id} ${readable}`)).toEqual([
    'lab/a true',
    'lab/b true',
    'lab/c true',
    'lab/d true',
    'lab/e true',
    'lab/f true',
    'lab/g false',
  ]);
});

test('an adapter shows no weights, whatever its size', async () => {
  const model = hubModel('lab/grok-3-lora', {
    cardData: {},
    siblings: [
      { rfilename: 'adapter_config.json', size: 5 },
      { rfilename: 'adapter_model.safetensors', size: 5, lfs: { size: 9_000_000_000 } },
      { rfilename: 'optimizer.pt', size: 5, lfs: { size: 19_000_000_000 } },
    ],
  });
  const hub = playHub({ '/api/models/lab/grok-3-lora': [{ body: model }] });
  const result = fresh(await hub.look('lab/grok-3-lora'));
  expect(result.observations.map(({ kind }) => kind)).toEqual(['model', 'licence', 'gated', 'state']);
  expect(result.observations[0]?.facts).toMatchObject({ artefact: 'adapter', bytes: 9_000_000_000 });
  expect(result.observations[0]?.facts).not.toHaveProperty('files');
});
