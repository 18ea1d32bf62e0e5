import { describe, expect, test } from 'vitest';
import { identify } from '../../src/stories/names/identify.ts';
import { displayName, lineOf, storyKeyOf } from '../../src/stories/names/key.ts';
import { tables as labs } from './tables.ts';

const named = (text: string) => identify(text, { labs, at: '2026-11-10' });
const keyOf = (text: string): string | null => storyKeyOf(named(text), labs);

describe('the key of a story', () => {
  test.each([
    ['xai/grok/2', ['xai-org/grok-2', 'Grok 2', 'Grok 2.5', '그록 2.5', '그록-2', 'unsloth/grok-2-GGUF']],
    [
      'meta/llama/4',
      [
        'meta-llama/Llama-4-Scout-17B-16E-Instruct',
        'Llama 4 Maverick',
        '라마 4',
        'bartowski/Llama-4-Scout-17B-16E-GGUF',
      ],
    ],
    ['meta/llama/4/guard', ['meta-llama/Llama-Guard-4-12B', 'Llama Guard 4']],
    ['lg/k-exaone/2', ['K-엑사원 2.0', 'K-EXAONE 2']],
    ['openai/gpt-oss', ['openai/gpt-oss-120b', 'gpt-oss', 'gpt-oss-20b']],
    ['openai/gpt-oss/guard', ['openai/gpt-oss-safeguard-20b']],
    ['deepseek/deepseek/v4', ['deepseek-ai/DeepSeek-V4-Flash-0731', '딥시크 V4', 'DeepSeek V4 Pro']],
    ['qwen/qwen/3/coder', ['Qwen/Qwen3-Coder-480B-A35B-Instruct', 'Qwen3 Coder']],
    ['mistral/mistral/3/large', ['mistralai/Mistral-Large-3-675B-Base-2512', '미스트랄 라지 3']],
    ['mistral/mistral/3/small', ['Mistral Small 3']],
    ['tii/falcon', ['tiiuae/falcon-180B', 'Falcon 180B']],
    ['zai/glm/4.5v/vision', ['zai-org/GLM-4.5V']],
  ])('%s', (key, texts) => {
    expect(texts.map(keyOf)).toEqual(texts.map(() => key));
  });

  test.each([
    'Grok',
    '그록은',
    'Llama',
    'DeepSeek',
    'xai-org/grok-build',
    'Grok Build',
    'xai-org/grok-prompts',
    'xai-org/x-algorithm',
    '라마단',
    '',
  ])('%s does not say which model', (text) => {
    expect(keyOf(text)).toBeNull();
  });

  test('the line is apart from size, tuning, date and format', () => {
    expect(lineOf(named('Qwen/Qwen2.5-VL-72B-Instruct-AWQ'), labs)).toBe('vision');
    expect(lineOf(named('Qwen/Qwen3-235B-A22B-Instruct-2507'), labs)).toBeNull();
    expect(lineOf(named('nothing at all'), labs)).toBeNull();
  });

  test.each([
    ['xai-org/grok-2', 'Grok 2'],
    ['그록 2.5', 'Grok 2.5'],
    ['deepseek-ai/DeepSeek-V4-Flash-0731', 'DeepSeek V4'],
    ['moonshotai/Kimi-K2.6', 'Kimi K2.6'],
    ['mistralai/Mistral-Large-3-675B-Base-2512', 'Mistral Large 3'],
    ['meta-llama/Llama-Guard-4-12B', 'Llama 4 Guard'],
    ['openai/gpt-oss-20b', 'gpt-oss'],
    ['zai-org/GLM-4.5V', 'GLM 4.5V'],
    ['google/gemma-3n-E4B-it', 'Gemma 3n'],
    ['LGAI-EXAONE/K-EXAONE-236B-A23B', 'K-EXAONE'],
  ])('%s is called %s', (text, name) => {
    expect(displayName(named(text), labs)).toBe(name);
  });
});
