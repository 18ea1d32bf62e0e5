// Real listings of Hugging Face, read as discoveries; they stay outside the project (LANDFALL_CORPUS names them).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isDerivative } from '../../src/sources/discover/derivative.ts';
import { type ListedModel, readModels } from '../../src/sources/discover/read.ts';

const folder = process.env.LANDFALL_CORPUS;

/** Every JSON body below the folder that is a list of models, with their scores, or one model. */
function listings(): readonly (readonly ListedModel[])[] {
  if (folder === undefined) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    if (!text.includes('"base_model:') && !text.includes('"trendingScore"')) return [];
    const body: unknown = JSON.parse(text);
    const models = readModels(Array.isArray(body) ? body : [body]) ?? [];
    return models.length === 0 ? [] : [models];
  });
}

const all = listings().flat();
if (all.length === 0) console.log('corpus-discover: skipped, LANDFALL_CORPUS names no folder with listed models');

describe.skipIf(all.length === 0)('captured listings', () => {
  const derivative = ({ id, tags, library_name }: ListedModel) =>
    isDerivative({ id, tags, library: library_name ?? null });
  const related = (model: ListedModel) =>
    model.tags.flatMap((tag) => /^base_model:([a-z]+):([^/]+)\//.exec(tag)?.slice(1, 3).join(' ') ?? []);

  test('no quantisation, adapter or merge passes for an original, nor a fine-tune of somebody else’s', () => {
    const passed = all.filter((model) => !derivative(model));
    const owner = ({ id }: ListedModel) => (id.split('/')[0] ?? '').toLowerCase();
    expect(
      passed.filter((model) => related(model).some((said) => said.toLowerCase() !== `finetune ${owner(model)}`)),
    ).toEqual([]);
  });

  test('what says of nothing that it was made from it is an original, unless its name or library says so', () => {
    const dropped = all.filter(
      (model) => derivative(model) && !model.tags.some((tag) => tag.startsWith('base_model:')),
    );
    const says = /gguf|gptq|awq|bit|fp8|fp4|mlx|onnx|lora|merge|uncensored|abliterated|int[48]|peft|adapter/i;
    expect(dropped.filter((model) => !says.test(JSON.stringify(model)))).toEqual([]);
  });
});
