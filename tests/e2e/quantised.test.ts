// A file to load: the first GGUF, MLX, AWQ or GPTQ of a released model by a known converter, through the built command.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';

let place: Place;
const looks: Once[] = [];
const weights = { 'config.json': '{}', 'model.safetensors': { size: 4e9 } };
const said = (index: number): readonly string[] => looks[index]?.said ?? [];
const hour = 3_600_000;
const made = (base: string) => ({ base_model: base, base_model_relation: 'quantized' });
const gguf = { 'model-Q4_K_M.gguf': { size: 2e9 } };

beforeAll(async () => {
  place = await openPlace();
  const { huggingface: hub, modelscope } = place.world;
  hub.model('Qwen/Qwen9-1B', { files: weights });
  // There before anybody asked.
  hub.model('bartowski/Qwen9-1B-GGUF', { files: gguf, card: made('Qwen/Qwen9-1B'), tags: ['gguf'] });
  await place.configure(
    '- { huggingface: Qwen, on: [model, weights, quantised] }\n- { modelscope: Qwen, on: [quantised] }',
  );
  looks.push(await place.once());
  hub.model('Qwen/Qwen10-8B', { files: weights, licence: 'apache-2.0' });
  modelscope.model('Qwen/Qwen10-8B', { files: { 'config.json': 700, 'model.safetensors': 4e9 } });
  // Before the converters: somebody unknown, another model by a known one, a name without the file, one behind a gate.
  hub.model('somebody/Qwen10-8B-GGUF', { files: gguf, card: made('Qwen/Qwen10-8B'), tags: ['gguf'] });
  hub.model('unsloth/Qwen10-8B-GGUF', { files: gguf, card: made('Qwen/Qwen9-1B'), tags: ['gguf'] });
  hub.model('mlx-community/Qwen10-8B-GGUF', {
    files: { 'model.gguf': { size: 900 } },
    card: made('Qwen/Qwen10-8B'),
    tags: ['gguf'],
  });
  hub.model('TheBloke/Qwen10-8B-GGUF', { files: gguf, card: made('Qwen/Qwen10-8B'), tags: ['gguf'], gated: 'auto' });
  looks.push(await place.once());
  place.later(2 * hour);
  hub.model('bartowski/Qwen10-8B-GGUF', { files: gguf, card: made('Qwen/Qwen10-8B'), tags: ['gguf'] });
  modelscope.model('unsloth/Qwen10-8B-AWQ', {
    files: { 'config.json': 700, 'README.md': 90, 'model.safetensors': 2e9 },
    texts: {
      'README.md': '---\nbase_model: Qwen/Qwen10-8B\nbase_model_relation: quantized\n---\n# AWQ\n',
      'config.json': '{"quantization_config":{"quant_method":"awq"}}',
    },
  });
  looks.push(await place.once());
  place.later(2 * hour);
  hub.model('ggml-org/Qwen10-8B-GGUF', { files: gguf, card: made('Qwen/Qwen10-8B'), tags: ['gguf'] });
  looks.push(await place.once());
}, 120_000);
afterAll(() => place.close());

it('tells of no copy that was there before, by nobody known, of another model, without the file or behind a gate', () => {
  expect(said(0)).toEqual([]);
  expect(said(1).join('\n')).toContain('Qwen 10');
  expect(said(1).join('\n')).not.toMatch(/GGUF/);
});

it('tells the first of each format as a turn of the story, with its link', () => {
  expect(said(2)).toHaveLength(2);
  expect(said(2).join('\n')).toContain('GGUF by bartowski: Qwen10-8B-GGUF');
  expect(said(2).join('\n')).toContain('/bartowski/Qwen10-8B-GGUF)');
  expect(said(2).join('\n')).toContain('AWQ by unsloth: Qwen10-8B-AWQ');
  const cards = place.channel.messages().filter((message) => message.embeds.length > 0);
  expect(cards).toHaveLength(1);
  expect(JSON.stringify(cards)).toContain('GGUF by bartowski');
});

it('tells no second one', () => {
  expect(said(3)).toEqual([]);
  expect(looks.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
});

it('explains why', async () => {
  const why = await place.run('why bartowski/Qwen10-8B-GGUF');
  expect(why.stdout).toMatch(/quantised/);
});
