// What is made of somebody's model is spread; what its makers put out is an original, also when it is made of their own.
import { expect, test } from 'vitest';
import { isDerivative } from '../../../src/sources/discover/derivative.ts';

const model = (id: string, tags: readonly string[] = [], library: string | null = 'transformers') => ({
  id,
  tags: ['safetensors', ...tags],
  library,
});

test.each([
  ['a quantisation by relation', model('packer/Rocket', ['base_model:quantized:acme/Rocket'])],
  ['a quantisation by its own lab', model('acme/Rocket-FP8', ['base_model:quantized:acme/Rocket'])],
  ['a quantisation by name alone', model('packer/Rocket-7B-Q4-GGUF')],
  ['GGUF files only', { id: 'packer/Rocket', tags: ['gguf'], library: null }],
  ['4bit for MLX', model('mlx-people/Rocket-4bit', [], 'mlx')],
  ['a fine-tune', model('tuner/Rocket-Chat', ['base_model:acme/Rocket', 'base_model:finetune:acme/Rocket'])],
  ['a fine-tune whose relation is not said', model('tuner/Rocket-Chat', ['base_model:acme/Rocket'])],
  ['an adapter', model('tuner/Rocket-style', ['base_model:adapter:acme/Rocket'], 'peft')],
  ['an adapter by tag', model('tuner/Rocket-style', ['lora'], 'diffusers')],
  ['an adapter of its own lab', model('acme/Rocket-style', ['base_model:adapter:acme/Rocket'])],
  ['a merge', model('mixer/Frankenrocket', ['merge', 'mergekit'])],
  [
    'a merge by relation',
    model('mixer/Frankenrocket', ['base_model:merge:acme/Rocket', 'base_model:merge:beta/Comet']),
  ],
  ['unlocked, saying nothing of its base', model('someone/Rocket-7B-abliterated')],
  [
    'one of several bases is somebody else’s',
    model('acme/Rocket', ['base_model:finetune:acme/A', 'base_model:finetune:beta/B']),
  ],
])('%s is a derivative', (_, one) => {
  expect(isDerivative(one)).toBe(true);
});

test.each([
  ['a model of no base', model('acme/Rocket-30B-A3B-Instruct-2507')],
  [
    'an instruct model of its own base',
    model('acme/Rocket-Instruct', ['base_model:Acme/Rocket-Base', 'base_model:finetune:Acme/Rocket-Base']),
  ],
  ['it names itself as its base', model('acme/Rocket', ['base_model:finetune:acme/Rocket'])],
  ['it has GGUF files beside its own', model('acme/Rocket', ['gguf'])],
  ['a name with numbers and letters', model('acme/Emerge-Q-7B-v2.1')],
  ['a diffusion model', model('acme/Picture-1-dev', ['text-to-image'], 'diffusers')],
])('%s is an original', (_, one) => {
  expect(isDerivative(one)).toBe(false);
});

test('a model from another account of the same lab is an original', () => {
  const one = model('acme-labs/Rocket-Instruct', ['base_model:finetune:acme/Rocket']);
  expect(isDerivative(one)).toBe(true);
  expect(isDerivative(one, (left, right) => left.startsWith('acme') && right.startsWith('acme'))).toBe(false);
});
