// The openness card of models whose answers are known, from facts as the sources report them.
import { describe, expect, test } from 'vitest';
import { recogniseLicence } from '../../../src/stories/licences.ts';
import { openness } from '../../../src/stories/openness/card.ts';
import type { Facts } from '../../../src/types/core.ts';
import { licenceTable as table } from '../licence-table.ts';

const at = '2025-08-23T16:00:00.000Z';

function cardOf(repo: string, facts: Facts, place: 'model' | 'code' = 'model') {
  const url = `https://huggingface.co/${repo}`;
  const isOpenLicence = (id: string) => id === 'odc-by' || id === 'cc-by-4.0';
  return openness(facts, recogniseLicence(facts, table, repo), { place, url, at, isOpenLicence });
}
const values = (card: ReturnType<typeof cardOf>) =>
  Object.fromEntries(Object.entries(card).map(([name, fact]) => [name, fact.value]));

const weights = {
  artefact: 'model',
  readme: 'absent',
  library: 'transformers',
  files: 4,
  bytes: 9_000_000_000,
  formats: ['safetensors'],
  gated: 'no',
  revision: 'abc123',
} as const;

describe('known answers', () => {
  const known: readonly (readonly [string, Facts, Readonly<Record<string, unknown>>])[] = [
    [
      'xai-org/grok-1',
      { ...weights, files: 770, formats: ['ckpt'], licence: 'apache-2.0' },
      {
        licence: 'apache-2.0',
        licenceClass: 'osi',
        commercialUse: 'yes',
        trainingData: 'not stated',
        verdict: 'open weights, free licence',
      },
    ],
    [
      'xai-org/grok-2',
      {
        ...weights,
        files: 42,
        bytes: 500_000_000_000,
        licence: 'grok2-community',
        licenceText: 'Grok 2 Community License Agreement',
      },
      {
        licence: 'grok2-community',
        licenceConflict: null,
        files: 42,
        bytes: 500_000_000_000,
        trainingData: 'not stated',
        commercialUse: 'conditional: xAI policy; train no others',
        territory: null,
        verdict: 'open weights, limited',
      },
    ],
    [
      'meta-llama/Llama-2-70b',
      { ...weights, gated: 'approval', licence: 'llama2', formats: ['pth'] },
      {
        gated: 'approval',
        commercialUse: 'conditional: ask Meta above 700M users',
        trainingData: 'not stated',
        verdict: 'gated',
      },
    ],
    [
      'meta-llama/Meta-Llama-3-70B',
      { ...weights, gated: 'form', licence: 'llama3' },
      {
        gated: 'form',
        commercialUse: 'conditional: ask Meta above 700M users',
        licenceClass: 'permissive-with-limits',
        verdict: 'open weights, limited',
      },
    ],
    [
      'mistralai/Mixtral-8x7B-v0.1',
      { ...weights, licence: 'apache-2.0', parameters: 46_702_792_704 },
      { commercialUse: 'yes', parameters: '46.7B', verdict: 'open weights, free licence' },
    ],
    [
      'tiiuae/falcon-180B',
      {
        ...weights,
        gated: 'form',
        licence: 'unknown',
        datasets: ['tiiuae/falcon-refinedweb'],
        arxiv: ['2311.16867', '1911.02150'],
        report: 'arXiv:2311.16867',
      },
      {
        licence: 'falcon-180b',
        commercialUse: "conditional: hosting needs TII's permission",
        trainingData: 'named',
        report: 'arXiv:2311.16867',
        gated: 'form',
        verdict: 'open weights, limited',
      },
    ],
    [
      'openai-community/gpt2',
      { ...weights, licence: 'mit', library: 'transformers' },
      {
        commercialUse: 'yes',
        inferenceCode: 'library',
        trainingData: 'not stated',
        verdict: 'open weights, free licence',
      },
    ],
    [
      'openai/gpt-oss-120b',
      { ...weights, licence: 'apache-2.0', parameters: 116_829_156_672, parametersFrom: 'unpacked' },
      {
        commercialUse: 'yes',
        licenceClass: 'osi',
        parameters: '116.8B',
        verdict: 'open weights, free licence',
      },
    ],
  ];
  test.each(known)('%s', (repo, facts, expected) => {
    const card = values(cardOf(repo, facts));
    expect(card).toMatchObject({ weights: 'published', derivativeOf: null, newestOpen: 'unknown', ...expected });
  });
});

describe('territory', () => {
  test.each([
    ['other', 'tencent-hunyuan-community', 'South Korea'],
    ['other', 'minimax-h3-community-license', 'South Korea'],
    ['llama4', undefined, 'EU'],
    ['llama3.2', undefined, 'EU'],
  ])('%s %s names %s', (licence, licenceName, place) => {
    const facts = { ...weights, licence, ...(licenceName === undefined ? {} : { licenceName }) };
    expect(cardOf('lab/m', facts).territory.value).toContain(place);
  });

  test('an unknown text that leaves Korea out is quoted; one that names no place proves nothing', () => {
    const text = (rest: string) => ({ ...weights, licence: 'other', licenceText: `Skylark Licence\n${rest}` });
    expect(cardOf('lab/m', text('It does not apply in the Republic of Korea.')).territory).toMatchObject({
      value: 'the text leaves out South Korea',
      how: 'derived',
    });
    expect(cardOf('lab/m', text('Be kind.')).territory.value).toBe('unknown');
  });
});

describe('evidence', () => {
  test('every line says where it was read, and at which revision', () => {
    const licenceTextUrl = 'https://huggingface.co/lab/m/blob/abc123/LICENSE';
    const card = cardOf('lab/m', { ...weights, licence: 'mit', licenceText: 'MIT License', licenceTextUrl });
    for (const [name, fact] of Object.entries(card)) {
      expect(fact.because, name).toMatchObject({
        url: expect.stringMatching(/^https:/),
        field: expect.any(String),
        at,
        revision: 'abc123',
      });
      expect(fact.how === 'unknown', name).toBe(fact.value === 'unknown');
    }
    expect(card.licence).toMatchObject({ how: 'observed', because: { url: licenceTextUrl, field: 'LICENSE' } });
    expect(cardOf('lab/m', { ...weights, licence: 'mit' }).licence).toMatchObject({
      how: 'declared',
      because: { field: 'license' },
    });
  });

  test('what was not seen is unknown, never no', () => {
    const card = openness({}, null, { place: 'none', url: 'https://example.org/news', at });
    for (const [name, fact] of Object.entries(card)) expect(fact.value, name).toBe('unknown');
  });

  test('the newest of the family comes from outside', () => {
    const newestOpen = { value: 'Grok 2', how: 'derived', because: { url: 'https://x.ai/news', at } } as const;
    const card = openness(weights, null, {
      place: 'model',
      url: 'https://huggingface.co/xai-org/grok-2',
      at,
      newestOpen,
    });
    expect(card.newestOpen).toBe(newestOpen);
    expect(card.newestOverall.value).toBe('unknown');
  });
});

describe('the verdict', () => {
  const verdict = (facts: Facts, place: 'model' | 'code' = 'model') => cardOf('lab/m', facts, place).verdict.value;
  const look = (id: string, change = {}) => ({ id, readable: true, licences: ['odc-by'], extract: false, ...change });
  const open: Facts = {
    ...weights,
    licence: 'apache-2.0',
    datasets: ['lab/corpus'],
    dataLooks: [look('lab/corpus')],
    subjectName: 'm',
  };
  const free = 'open weights, free licence';

  test.each<readonly [string, Facts]>([
    ['open-data model', open],
    ['open-data model', { ...open, readme: 'read', pretraining: true }],
    [free, { ...open, datasets: ['lab/corpus', 'lab/secret'] }],
    [free, { ...open, dataLooks: [] }],
    [free, { ...open, dataLooks: [look('lab/corpus', { licences: [] })] }],
    [free, { ...open, dataLooks: [look('lab/corpus', { licences: ['cc-by-nc-4.0'] })] }],
    [free, { ...open, dataLooks: [look('lab/corpus', { readable: false })] }],
    [free, { ...open, dataLooks: [look('lab/corpus', { extract: true })] }],
    [free, { ...open, readme: 'read', pretraining: true, namedData: ['the pile'] }],
    [free, { ...open, readme: 'read', pretraining: false }],
    [free, { ...open, readme: 'unreadable' }],
    [free, { ...open, subjectName: 'm-chat' }],
    [free, { ...open, tuning: 'instruct' }],
    [free, { ...open, task: 'text-classification' }],
    [free, { ...open, library: 'sentence-transformers' }],
    [free, { ...open, library: 'nemo' }],
    [free, { ...open, task: 'automatic-speech-recognition' }],
    [free, { ...open, baseModels: [{ id: 'a/b', relation: 'finetune' }] }],
    ['adapter', { artefact: 'adapter', licence: 'apache-2.0', datasets: ['lab/corpus'] }],
    ['open weights, limited', { ...weights, licence: 'gemma' }],
    ['open weights, limited', { ...weights, licence: 'cc-by-nc-4.0' }],
    ['open weights, limited', { ...weights, licence: 'other', licenceName: 'home-made' }],
    ['research only', { ...weights, licence: 'other', licenceName: 'exaone' }],
    ['gated', { ...weights, licence: 'apache-2.0', gated: 'approval' }],
    ['unknown', weights],
    ['unknown', { licence: 'apache-2.0' }],
  ])('%s: %j', (line, facts) => {
    expect(verdict(facts)).toBe(line);
  });

  test('a repository of code is that, whatever its licence', () => {
    expect(verdict({ licence: 'Apache-2.0', revision: 'abc' }, 'code')).toBe('code only');
  });

  test('weights that were there once are withdrawn', () => {
    const card = openness(weights, null, { place: 'model', url: 'https://huggingface.co/lab/m', at, withdrawn: true });
    expect(card).toMatchObject({ weights: { value: 'withdrawn' }, verdict: { value: 'closed' } });
  });
});
