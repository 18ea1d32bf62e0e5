// What the openness card says of training data, and what readers ask for beside openness.

import { describe, expect, test } from 'vitest';
import { recogniseLicence } from '../../../src/stories/licences.ts';
import { openness } from '../../../src/stories/openness/card.ts';
import type { Facts } from '../../../src/types/core.ts';
import { licenceTable as table } from '../licence-table.ts';

const at = '2025-08-23T16:00:00.000Z';
const weights: Facts = {
  artefact: 'model',
  readme: 'absent',
  library: 'transformers',
  files: 4,
  bytes: 9_000_000_000,
  formats: ['safetensors'],
  gated: 'no',
  revision: 'abc123',
};

function cardOf(repo: string, facts: Facts) {
  const isOpenLicence = (id: string) => id === 'odc-by' || id === 'cc-by-4.0';
  const url = `https://huggingface.co/${repo}`;
  return openness(facts, recogniseLicence(facts, table, repo), { place: 'model', url, at, isOpenLicence });
}
const values = (card: ReturnType<typeof cardOf>) =>
  Object.fromEntries(Object.entries(card).map(([name, fact]) => [name, fact.value]));

describe('training data', () => {
  const data = (facts: Facts) => cardOf('lab/m', { ...weights, licence: 'mit', ...facts }).trainingData;

  test('is not stated only where the README was read or is not there', () => {
    expect(data({ readme: 'read' })).toMatchObject({ value: 'not stated', how: 'observed' });
    expect(data({ readme: 'absent' })).toMatchObject({ value: 'not stated' });
    expect(data({ readme: 'unreadable' })).toMatchObject({ value: 'not looked at', how: 'unknown' });
  });

  test('what is named and why it is no more is said beside it', () => {
    const named = (facts: Facts) => data({ datasets: ['lab/corpus'], ...facts });
    const look = { id: 'lab/corpus', readable: true, licences: ['cc-by-4.0'], extract: false };
    expect(named({ baseModels: [{ id: 'a/b', relation: 'finetune' }] })).toMatchObject({
      value: 'named',
      note: 'fine-tuning',
    });
    expect(named({ dataLooks: [{ ...look, extract: true }] })).toMatchObject({ value: 'named', note: 'extract' });
    expect(named({})).toMatchObject({ value: 'named', note: 'not looked at' });
    expect(data({ readme: 'read', namedData: ['the pile'] })).toMatchObject({ value: 'named', note: 'not all open' });
    expect(named({ dataLooks: [look] })).toMatchObject({ value: 'public' });
    expect(named({ dataLooks: [look] })).not.toHaveProperty('note');
  });
});

describe('what readers ask for first', () => {
  test('has its evidence each', () => {
    const card = cardOf('lab/m', {
      ...weights,
      licence: 'llama3.1',
      copy: { format: 'safetensors', precision: 'bf16', files: 4 },
      smallestBytes: 2_000_000_000,
      task: 'image-text-to-text',
      tuning: 'instruct',
      tuningFrom: 'name',
      contextLength: 131_072,
      contextFrom: 'config.json',
      languages: ['en', 'ko'],
      parameters: 30_000_000_000,
      parametersFrom: 'name',
      activeParameters: 3_000_000_000,
      activeFrom: 'name',
      trainingCodeUrl: 'https://github.com/lab/train',
    });
    expect(values(card)).toMatchObject({
      kind: 'model',
      modality: 'image, text → text',
      task: 'image-text-to-text',
      tuning: 'instruct',
      context: 131_072,
      languages: ['en', 'ko'],
      parameters: '30B (by its name)',
      activeParameters: '3B (by its name)',
      smallestDownload: 2_000_000_000,
      memory: 10_800_000_000,
      quantisations: [],
      trainingCode: 'linked',
      duties: expect.arrayContaining(['mau', 'naming']),
    });
    expect(card.context.because).toMatchObject({ field: 'config.json', revision: 'abc123' });
    expect(card.trainingCode.because).toMatchObject({ url: 'https://github.com/lab/train', field: 'README.md' });
  });

  test('a gate can refuse a region that the licence does not', () => {
    expect(cardOf('lab/m', { ...weights, licence: 'mit', euDisallowed: true }).territory).toMatchObject({
      value: 'the gate excludes the European Union',
      because: { field: 'extra_gated_eu_disallowed' },
    });
  });

  test('a tag names a paper, not that it is about this model', () => {
    expect(cardOf('lab/m', { ...weights, licence: 'mit', arxiv: ['2204.05149'] }).report.value).toBe('unknown');
    expect(
      cardOf('lab/m', { ...weights, readme: 'read', licence: 'mit', arxiv: ['2204.05149'] }).report.value,
    ).toBeNull();
  });
});
