import { describe, expect, test } from 'vitest';
import { type Identity, identify } from '../../src/stories/names/identify.ts';
import { repositories, texts } from './names-cases.ts';
import { tables as labs } from './tables.ts';

const read = (text: string, at = '2026-11-10'): Identity => identify(text, { labs, at });

const rows = (table: string): readonly (readonly string[])[] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
const shown = ({ family, version, size, variant, format }: Identity): string =>
  [family, version, size, variant, format].map((part) => part ?? '').join(' | ');

describe('names', () => {
  test.each(rows(repositories).map(([input = '', ...cells]) => [input, cells] as const))('%s', (input, cells) => {
    const found = read(input);
    expect(shown(found)).toBe(cells.slice(0, 5).join(' | '));
    expect(found.official).toBe(cells[5] === 'y');
    expect(found).toMatchObject({ label: null, dueFrom: null, dueTo: null });
  });

  test.each(rows(texts).map(([input = '', ...cells]) => [input, cells] as const))('%s', (input, cells) => {
    const found = read(input);
    expect(shown(found)).toBe(Array.from({ length: 5 }, (_, index) => cells[index] ?? '').join(' | '));
    expect(found.official).toBeNull();
  });

  test('the lab is the family’s, whoever uploads; without a family the account’s, or the only one named', () => {
    expect(read('nvidia/Qwen3.6-35B-A3B-NVFP4')).toMatchObject({ lab: 'qwen', official: false });
    expect(read('xai-org/x-algorithm')).toMatchObject({ lab: 'xai', family: null, official: true });
    expect(read('nobody/thing')).toMatchObject({ lab: null, family: null, official: false });
    expect(read('xAI joins SpaceX')).toMatchObject({ lab: 'xai', family: null, official: null });
    expect(read('SKT·네이버·업스테이지, 컨퍼런스 개최').lab).toBeNull();
  });

  test('an older account of a lab is still its own', () => {
    expect(read('THUDM/chatglm3-6b').official).toBe(true);
    expect(read('CohereForAI/aya-expanse-8b').official).toBe(true);
  });

  test('the account decides between two families in one name', () => {
    expect(read('nvidia/Llama-3.1-Nemotron-70B-Instruct')).toMatchObject({
      lab: 'nvidia',
      family: 'nemotron',
      official: true,
    });
    expect(read('NousResearch/Hermes-3-Llama-3.1-8B')).toMatchObject({ lab: 'nous', family: 'hermes', version: '3' });
    expect(read('someone/Hermes-3-Llama-3.1-8B').official).toBe(false);
  });

  test('a name is given as read', () => {
    expect(read('Grok 2.5').version).toBe('2.5');
    expect(read('K-엑사원 2.0').version).toBe('2.0');
  });

  test('a lab named like its models is a model beside a version, or alone', () => {
    expect(read('Mistral has entered the chat')).toMatchObject({ lab: 'mistral', family: null });
    expect(read('DeepSeek quietly uploads V3.1')).toMatchObject({ family: 'deepseek', version: 'v3.1' });
    expect(read('딥시크, V4 공개')).toMatchObject({ family: 'deepseek', version: 'v4' });
    expect(read('DeepSeek')).toMatchObject({ lab: 'deepseek', family: 'deepseek', version: null });
  });

  test.each(['그록 3월 공개', '라마 2종 출시', 'Grok 2 weeks later', 'Gemma 3 million downloads'])(
    'a number that counts something else is no version: %s',
    (text) => {
      expect(read(text).version).toBeNull();
    },
  );

  test('text of any kind is answered, not thrown at', () => {
    for (const text of [
      '',
      ' ',
      '/',
      'a/b/c',
      '🦙',
      'grok'.repeat(5_000),
      '((((',
      '그록'.repeat(2_000),
      'https://huggingface.co/',
    ]) {
      expect(Object.keys(read(text))).toHaveLength(10);
    }
  });
});

describe('the window of a headline', () => {
  test('is counted from the day in the lab’s zone on which it was said', () => {
    // 02:00 UTC on Monday is still Sunday in Los Angeles, and Monday in Seoul.
    const at = '2025-08-11T02:00:00.000Z';
    expect(read('xAI will open source Grok 3 next week', at)).toMatchObject({
      dueFrom: '2025-08-11',
      dueTo: '2025-08-17',
    });
    expect(read('LG AI연구원, 엑사원 5 다음 주 오픈소스로 공개한다', at)).toMatchObject({
      dueFrom: '2025-08-18',
      dueTo: '2025-08-24',
    });
  });

  test('belongs to the promise, not to the opening beside it', () => {
    const post = 'Grok 2.5 is now open source. Grok 3 will be made open source in about 6 months.';
    expect(read(post, '2025-08-23')).toMatchObject({
      version: '2.5',
      label: 'release',
      dueFrom: '2026-02-01',
      dueTo: '2026-03-15',
    });
    expect(read('OpenAI releases gpt-oss this week')).toMatchObject({ label: 'release', dueFrom: null });
  });

  test('is not there where nothing is promised', () => {
    expect(read('Musk says Grok 5 will launch next month')).toMatchObject({
      label: 'unrelated',
      dueFrom: null,
      dueTo: null,
    });
    expect(read('머스크 “그록 3, 곧 오픈소스” 재확인')).toMatchObject({ label: 'pledge', dueFrom: null, dueTo: null });
  });
});
