// What titles of pull requests say: support for a model, or something else.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openNames } from '../../src/stories/names/read.ts';
import { readSupport } from '../../src/stories/support.ts';
import { texts } from './tables.ts';

const { gains, examples } = readSupport(readFileSync('config/support.yaml', 'utf8'));
const names = openNames(texts);

describe('the examples of config/support.yaml', () => {
  it.each(examples.yes)('%s', (title) => {
    expect(gains(title.replace('@', 'Lumen 4'), 'lumen 4')).toBe(true);
  });
  it.each(examples.no)('not: %s', (title) => {
    expect(gains(title.replace('@', 'Lumen 4'), 'lumen 4')).toBe(false);
  });
});

describe('the model that is meant', () => {
  it.each([
    ['Add Qwen4', 'alibaba/qwen/4'],
    ['[Model] Add Qwen4-Next support', 'alibaba/qwen/4/next'],
    ['model : add support for GLM-6 MoE', 'zai/glm/6'],
    ['feat: support DeepSeek V4', 'deepseek/deepseek/v4'],
    ['[New Model]: Kimi K3', 'moonshot/kimi/k3'],
    ['Add `Qwen4Moe` to the model list', 'alibaba/qwen/4'],
    ['[WIP] Gemma 5 support', 'google/gemma/5'],
    ['llama : add gpt-oss 2', 'openai/gpt-oss/2'],
    ['Add DeepseekV4ForCausalLM', 'deepseek/deepseek/v4'],
    ['Support Muse Glimmer', 'meta/muse/glimmer'],
  ])('%s', (title, key) => {
    expect(names.supportedIn(title) ?? '').toMatch(new RegExp(`/${key.split('/').slice(1).join('/')}$`));
  });

  it.each([
    'Add support for tool calling',
    'Fix Qwen4 rope scaling',
    'Add Qwen support',
    'Support GPT-6 API',
    'Add support for llama.cpp backend',
    'Qwen4',
    'Bump transformers to 5.1 for Qwen4',
  ])('none: %s', (title) => {
    expect(names.supportedIn(title)).toBeNull();
  });
});
