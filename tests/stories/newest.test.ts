// The newest of a line: what one family and one lab put out, told apart by line, series and version.
import { describe, expect, test } from 'vitest';
import { openNames } from '../../src/stories/names/read.ts';
import { lineOfKey, type NamedModel, newestOf, sameLine } from '../../src/stories/newest.ts';
import type { Observation } from '../../src/types/core.ts';
import { texts } from './tables.ts';

const names = openNames(texts);
const at = '2026-11-20T00:00:00.000Z';

function reading(id: string) {
  const observation: Observation = {
    targetId: 'huggingface:lab',
    key: `weights:${id}`,
    fingerprint: 'there',
    kind: 'weights',
    sort: 'thing',
    about: `huggingface:${id}`,
    subject: id,
    title: id,
    url: `https://huggingface.co/${id}`,
    publishedAt: null,
    lang: null,
    text: null,
    facts: {},
  };
  return names.read(observation, at);
}

/** What is newest in the line of `own` when its account shows these. */
function newest(own: string, account: string, listed: readonly string[]): unknown {
  const of = reading(`${account}/${own}`);
  const named = [own, ...listed].flatMap((name): readonly NamedModel[] => {
    const { family, version, line, name: called } = reading(`${account}/${name}`);
    return family === of.family
      ? [{ version, line, name: called ?? name, open: true, news: false, url: 'https://example.org', at }]
      : [];
  });
  return newestOf(sameLine(of, named)).open?.value;
}

describe('one line of one lab', () => {
  test.each([
    [
      'granite-4.0-h-small',
      'ibm-granite',
      ['granite-embedding-english-r2', 'granite-timeseries-ttm-r2'],
      'Granite 4.0 H',
    ],
    ['granite-embedding-english-r2', 'ibm-granite', ['granite-4.0-micro'], 'Granite Embedding English R2'],
    ['Qwen-Image', 'Qwen', ['Qwen3.8-2.4T-A95B', 'Qwen-Image-Edit-2509'], 'Qwen Image'],
    ['DeepSeek-OCR-2', 'deepseek-ai', ['DeepSeek-V4-Pro', 'DeepSeek-OCR'], 'DeepSeek OCR 2'],
    ['Llama-4-Scout-17B-16E', 'meta-llama', ['Llama-Guard-4-12B', 'Llama-Guard-5-12B'], 'Llama 4 Scout'],
    ['Llama-Guard-3-8B', 'meta-llama', ['Llama-4-Scout-17B-16E', 'Llama-Guard-4-12B'], 'Llama Guard 4'],
    ['Llama-2-70b-hf', 'meta-llama', ['Llama-4-Scout-17B-16E', 'Llama-3.2-11B-Vision'], 'Llama 4 Scout'],
    ['OLMo-2-1124-7B', 'allenai', ['OLMo-2-0325-32B', 'Olmo-3-7B-Instruct'], 'Olmo 3'],
    ['DeepSeek-V3-0324', 'deepseek-ai', ['DeepSeek-V2.5-1210', 'DeepSeek-V3.1'], 'DeepSeek V3.1'],
    ['DeepSeek-R1', 'deepseek-ai', ['DeepSeek-V4-Pro'], 'DeepSeek V4 Pro'],
    ['MiniMax-H3', 'MiniMaxAI', ['MiniMax-M3'], 'MiniMax H3'],
    ['falcon-180B', 'tiiuae', ['Falcon-H1-34B-Instruct', 'Falcon3-10B-Base'], 'Falcon 3'],
    [
      'Mistral-Small-24B-Instruct-2501',
      'mistralai',
      ['Mistral-Large-3-675B', 'Mistral-Small-3.2-24B'],
      'Mistral Small 3.2',
    ],
    ['gpt-oss-120b', 'openai', ['gpt-oss-safeguard-20b'], 'gpt-oss'],
  ])('%s beside %s %j: %s', (own, account, listed, expected) => {
    expect(newest(own, account, listed)).toBe(expected);
  });

  test('a year or a date is no version', () => {
    expect(reading('Qwen/Qwen3-235B-A22B-Instruct-2507').version).toBe('3');
    expect(reading('CohereLabs/command-a-03-2025').version).toBeNull();
    expect(reading('xai-org/grok-2025.07').version).toBeNull();
  });
});

test.each([
  ['model:xai/grok/2', { version: '2', line: null }],
  ['model:meta/llama/4/guard', { version: '4', line: 'guard' }],
  ['model:qwen/qwen/image', { version: null, line: 'image' }],
  ['model:tencent/hunyuan/3d', { version: null, line: '3d' }],
  ['model:tencent/hunyuan/2.1/3d', { version: '2.1', line: '3d' }],
  ['model:openai/gpt-oss', { version: null, line: null }],
  ['model:xai/grok/', { version: null, line: null }],
  ['model:xai/grok/2~2025-10-01', { version: '2', line: null }],
])('the line of %s', (key, line) => {
  expect(lineOfKey(key)).toEqual(line);
});
