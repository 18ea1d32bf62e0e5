// The sign before: inference engines that gain support for a model which is not out, through the built command.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';

let place: Place;
const looks: Once[] = [];
const weights = { 'model.safetensors': { size: 4e9 } };
const said = (index: number): readonly string[] => looks[index]?.said ?? [];

beforeAll(async () => {
  place = await openPlace();
  const { github, huggingface } = place.world;
  const vllm = github.repo('vllm-project/vllm');
  const sglang = github.repo('sgl-project/sglang');
  vllm.pull('[Model] Add Gemma 5');
  huggingface.model('Qwen/Qwen3-8B', { files: weights });
  await place.configure(
    '- { github: vllm-project/vllm, on: [support] }\n- { github: sgl-project/sglang, on: [release, support] }\n- huggingface: Qwen',
  );
  looks.push(await place.once());
  const first = vllm.pull('[Model] Add Qwen4 support');
  vllm.pull('[Model] Qwen4 MoE');
  for (const title of [
    '[Bugfix] Fix Qwen3 rope',
    '[Doc] Add Qwen4 to supported models',
    'Add tests for GLM-6',
    '[Model] Add Qwen3 support for pooling',
    'Add support for Qwen3',
    '[Model] Support Qwen2.5-VL',
    'Speed up everything',
  ])
    vllm.pull(title);
  looks.push(await place.once());
  vllm.closePull(first, 'MERGED');
  sglang.pull('Support Qwen4');
  // A page of other pull requests later, one that is followed is still known.
  for (let index = 0; index < 120; index += 1) vllm.pull(`Tidy ${index}`);
  looks.push(await place.once());
  huggingface.model('Qwen/Qwen4-8B', { files: weights, licence: 'apache-2.0' });
  looks.push(await place.once());
}, 120_000);
afterAll(() => place.close());

it('tells the model that is not out, as a rumour, once for each repository', () => {
  expect(said(0)).toEqual([]);
  expect(said(1)).toHaveLength(1);
  expect(said(1)[0]).toContain('support for Qwen 4 is being added in vllm, #1001');
  expect(said(1)[0]).not.toMatch(/released|weights/i);
});

it('edits it when it is merged and when another program follows, and says nothing new', () => {
  expect(said(2)).toEqual([]);
  const [card] = place.channel.messages();
  expect(JSON.stringify(card)).toContain('support for Qwen 4 was added in vllm, #1001');
  expect(JSON.stringify(card)).toContain('being added in sglang, #1000');
});

it('is the same story as the model when that comes', () => {
  expect(said(3).join('\n')).toMatch(/Qwen 4/);
  expect(place.channel.messages().filter((message) => message.embeds.length > 0)).toHaveLength(1);
  expect(looks.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
});
