import { describe, expect, test } from 'vitest';
import { identifyLines, readAt } from '../../src/reports/identify.ts';
import { openNames } from '../../src/stories/names/read.ts';
import type { Observation } from '../../src/types/core.ts';
import { tables, texts } from './tables.ts';

const names = openNames(texts);

const seen = (over: Partial<Observation>): Observation => ({
  targetId: 't',
  key: 'k',
  fingerprint: 'f',
  kind: 'entry',
  sort: 'thing',
  about: 'feed:x',
  subject: null,
  title: '',
  url: 'https://example.org/',
  publishedAt: null,
  lang: null,
  text: null,
  facts: {},
  ...over,
});

test.each([
  ['Krea 3 Raw and Turbo available as open weights', 'Krea 3'],
  ['Llama 5 Scout & Maverick are out, open weights', 'Llama 5'],
  ['Krea 3 Raw available as open weights', 'Krea 3 Raw'],
  ['Nemotron 5 Content Safety: open weights for filters', 'Nemotron 5 Content Safety'],
  ['Krea 3 Raw and a new licence: open weights are out', 'Krea 3 Raw'],
])('two variants in one headline are named by what they share: %s', (title, name) => {
  expect(names.read(seen({ title }), '2026-07-01T00:00:00.000Z').name).toBe(name);
});

describe('what the stories are told', () => {
  test('of a model in the lab’s own account', () => {
    const reading = names.read(
      seen({ kind: 'model', about: 'huggingface:xai-org/grok-2', title: 'grok-2' }),
      '2025-08-23T00:00:00.000Z',
    );
    expect(reading).toEqual({
      also: [],
      lab: 'xai',
      family: 'xai/grok',
      key: 'model:xai/grok/2',
      looseKey: 'model:~/grok2',
      name: 'Grok 2',
      version: '2',
      part: '',
      line: null,
      official: true,
      label: 'unrelated',
      due: null,
      moved: false,
      labName: 'xAI',
      zone: 'America/Los_Angeles',
    });
  });

  test('of somebody else’s copy, and of a tag', () => {
    expect(
      names.read(seen({ kind: 'model', about: 'huggingface:unsloth/Kimi-K3-GGUF' }), '2026-08-01T00:00:00.000Z')
        .official,
    ).toBe(false);
    expect(
      names.read(seen({ kind: 'release', about: 'github:xai-org/grok-1@v1' }), '2026-08-01T00:00:00.000Z').key,
    ).toBe('model:xai/grok/1');
  });

  test('of a promise: when it was published decides, and the text below may name the day', () => {
    const at = '2026-11-10T00:00:00.000Z';
    const news = seen({
      title: '머스크, 그록 3 오픈소스 공개 약속',
      text: '머스크는 그록 3를 다음 주 오픈소스로 공개하겠다고 밝혔다.',
      publishedAt: '2025-08-06T12:00:00.000Z',
    });
    expect(names.read(news, at)).toMatchObject({
      label: 'pledge',
      due: { from: '2025-08-11', to: '2025-08-17' },
      moved: false,
    });
    expect(names.read({ ...news, publishedAt: null }, at)).toMatchObject({
      due: { from: '2026-11-16', to: '2026-11-22' },
    });
    expect(names.read({ ...news, text: null }, at)).toMatchObject({ label: 'pledge', due: null });
    expect(
      names.read(seen({ title: 'OpenAI delays its open-weight model to late summer' }), '2025-06-11T00:00:00.000Z'),
    ).toMatchObject({
      moved: true,
      family: null,
      labName: 'OpenAI',
      due: { from: '2025-07-01', to: '2025-09-22' },
    });
  });

  test('of a text that holds a release and a promise for the next model', () => {
    const title = 'The Grok 2.5 model of xAI is now open source. Grok 3 will be made open source in about 6 months.';
    const reading = names.read(seen({ title, publishedAt: '2025-08-23T20:00:00.000Z' }), '2025-08-24T00:00:00.000Z');
    expect(reading).toMatchObject({ key: 'model:xai/grok/2', label: 'release' });
    expect(reading.also).toMatchObject([
      { key: 'model:xai/grok/3', label: 'pledge', due: { from: '2026-02-01', to: '2026-03-15' } },
    ]);
  });

  test('of a pledge’s model and words', () => {
    expect(names.readModel('Grok 3', null)).toMatchObject({
      key: 'model:xai/grok/3',
      name: 'Grok 3',
      zone: 'America/Los_Angeles',
    });
    expect(names.readModel('Phi', 'microsoft')).toMatchObject({
      family: 'microsoft/phi',
      key: null,
      zone: 'America/Los_Angeles',
    });
    expect(names.readModel('Something Else', 'xai')).toMatchObject({
      lab: 'xai',
      family: null,
      key: null,
      labName: 'xAI',
    });
    expect(names.windowOf('in about 6 months', '2025-08-23')).toEqual({ from: '2026-02-01', to: '2026-03-15' });
    expect(names.windowOf('some day', '2025-08-23')).toBeNull();
  });

  test('of a model of no listed family: its repository, or the proper name of a headline', () => {
    const at = '2026-08-10T00:00:00.000Z';
    const repository = (about: string) => names.read(seen({ kind: 'model', about, title: about }), at);
    const headline = (title: string) => names.read(seen({ title }), at);
    const janus = { lab: 'deepseek', family: null, key: 'model:~/januspro', name: 'Janus Pro', official: true };
    expect(repository('huggingface:deepseek-ai/Janus-Pro-7B')).toMatchObject(janus);
    expect(headline('DeepSeek releases Janus Pro, an open multimodal model')).toMatchObject({
      key: 'model:~/januspro',
      name: 'Janus Pro',
      label: 'release',
    });
    expect(repository('huggingface:openbmb/MiniCPM-V-4_5')).toMatchObject({ lab: 'openbmb', name: 'MiniCPM V 4.5' });
    expect(repository('huggingface:nobody/Janus-Pro-7B')).toMatchObject({ key: null, official: false });
    // Code goes by many names that are no models'.
    expect(names.read(seen({ kind: 'repo', about: 'github:deepseek-ai/Janus' }), at)).toMatchObject({ key: null });
  });

  test.each([
    ['PaddleOCR 3.5: Running OCR and document parsing with one command', 'unrelated'],
    ['Qwen Code v0.9 released', 'unrelated'],
    ['Baidu releases PaddleOCR-VL 1.5 weights', 'release'],
    ['SenseNova-U1 just dropped: one native multimodal model', 'release'],
    ['HunyuanWorld 2 open-sourced', 'release'],
  ] as const)('of a program that bears the name of models, and of models: %s', (title, label) => {
    expect(names.read(seen({ title }), '2026-08-10T00:00:00.000Z').label).toBe(label);
  });

  test('context, packing and conversion join one story; a word that makes another product does not', () => {
    const key = (about: string) =>
      names.read(seen({ kind: 'model', about: `huggingface:${about}`, title: about }), '2026-08-10T00:00:00.000Z').key;
    const phi = key('microsoft/Phi-3-mini-4k-instruct');
    expect(phi).not.toBeNull();
    expect(key('microsoft/Phi-3-mini-128k-instruct')).toBe(phi);
    expect(key('google/gemma-3n-E2B-it-litert')).toBe(key('google/gemma-3n-E2B-it'));
    expect(key('Qwen/Qwen3-Omni-30B-A3B-Captioner')).not.toBe(key('Qwen/Qwen3-Omni-30B-A3B-Instruct'));
    expect(key('tencent/Hunyuan3D-2')).not.toBe(key('tencent/Hunyuan-2'));
  });

  test.each([
    ['Introducing North Mini Code: Cohere’s first open model for developers', 'North Mini Code'],
    ['#6: ND Studio releases Rampart, an open-source 14.7MB model for personal data redaction', 'Rampart'],
    ['Zyphra open-sources Quillwort 2, a 12B language model', 'Quillwort 2'],
  ])('%s names its model', (title, name) => {
    expect(names.read(seen({ title }), '2026-08-10T00:00:00.000Z').name).toBe(name);
  });

  test.each([
    'DeepSeek open sources DSpark, a new framework to speed up LLM inference by up to 85%',
    'DeepSeek releases DSpark, a speculative decoding algorithm boosting DeepSeek-V4 throughput by up to 661%',
    'Moonshot open-sources Drover, a coding agent for Kimi K3',
    'Allen Institute releases Pebbles, an open dataset for training Olmo 3',
    'Kimi: threat or menace?',
    'Hallucination Detector, Battle of the Image Generators, How Open Are Open Models?',
  ])('%s is of no model', (title) => {
    const { key, label } = names.read(seen({ title }), '2026-08-10T00:00:00.000Z');
    expect(label === 'unrelated' ? null : key).toBeNull();
  });

  test('of whose an account is', () => {
    expect(names.labOf('xai-org/grok-1')).toBe('xai');
    expect(names.labOf('THUDM')).toBe('zai');
    expect(names.labOf('unsloth/grok-2')).toBeNull();
  });
});

describe('identify', () => {
  test('reads one text a line, blank lines left out', () => {
    const found = identifyLines('xai-org/grok-1\r\n\n 그록 3 \n', tables, '2026-11-10');
    expect(found.map(({ text, version }) => [text, version])).toEqual([
      ['xai-org/grok-1', '1'],
      [' 그록 3 ', '3'],
    ]);
  });

  test('takes a day, a month or a moment', () => {
    expect(['2025-08-23', '2025-09', '2025-08-23T10:00:00+09:00'].map(readAt)).toEqual([
      '2025-08-23',
      '2025-09-01',
      '2025-08-23T01:00:00.000Z',
    ]);
    expect(['yesterday', '2025-02-30', '2025-13', ''].map(readAt)).toEqual([null, null, null, null]);
  });
});

test.each([
  ['Moonlark Labs released Lumenar 30B, weights are up', 'model:~/lumenar'],
  ["문라크랩스, 30B 오픈웨이트 모델 '루메나(Lumenar)' 공개", 'model:~/lumenar'],
  ["문라크랩스, 오픈소스 모델 'Lumenar 30B' 공개", 'model:~/lumenar'],
  ["문라크랩스, 오픈소스 모델 'Lumenar(루메나)' 공개", 'model:~/lumenar'],
  ["문라크랩스, 오픈소스 모델 '루메나(Lumenar) 2' 공개", 'model:~/lumenar2'],
])('a model of no listed family is one name in every spelling: %s', (title, key) => {
  expect(names.read(seen({ title }), '2026-07-01T00:00:00.000Z').key).toBe(key);
});
