// A short recorded past, in the shape of real feeds and accounts, of what names get wrong: cards that swallow each other, cards
// that split, names that nobody gave.
import { expect, test } from 'vitest';
import type { Story } from '../../src/types/story.ts';
import { article, heard, model, press, shows, staged } from '../support/guilds/guilds.ts';
import { dayMs, type Staged } from '../support/worker.ts';

const other = 'feed:https://other.test/news.xml';

async function stories(scene: Staged): Promise<readonly Story[]> {
  const rows = await scene.worker.db.all('SELECT doc FROM stories ORDER BY id');
  return rows.map(({ doc }) => JSON.parse(String(doc)) as Story).filter(({ mergedInto }) => mergedInto === null);
}

const names = async (scene: Staged): Promise<readonly string[]> =>
  (await stories(scene)).map(({ name }) => name).toSorted();

/** Each title on a day of its own, one after the other. */
async function says(scene: Staged, ...titles: readonly string[]): Promise<void> {
  for (const title of titles) {
    scene.clock.now += dayMs;
    await shows(scene, press, article(scene, title));
  }
}

test('products of one family are cards of their own, in the words of their lab', async () => {
  const scene = await staged(press);
  await says(
    scene,
    'Z.ai open-sources GLM-6',
    'Z.ai open-sources GLM-6 Air',
    'Z.ai open-sources GLM-6V',
    'Z.ai releases GLM-6 Zephyrine as open weights',
    'NVIDIA open-sources Nemotron 4 Lightning',
    'NVIDIA open-sources Nemotron 4 Nano Omni',
    'OpenAI open-sources gpt-oss-safeguard',
    'Cohere open-sources Command A+ under Apache 2.0',
    'Cohere open-sources Command A Vision under Apache 2.0',
  );
  expect(await names(scene)).toEqual([
    'Command A Vision',
    'Command A+',
    'GLM 6',
    'GLM 6 Air',
    'GLM 6 Zephyrine',
    'GLM 6V',
    'Nemotron 4 Lightning',
    'Nemotron 4 Nano Omni',
    'gpt-oss-safeguard',
  ]);
  expect(heard(scene, 'releases')).toEqual(Array.from({ length: 9 }, () => 'card'));
});

test('what is said of no named model swallows nothing and is headed by its own words', async () => {
  const scene = await staged(press);
  await says(
    scene,
    'DeepSeek open-sources DeepSeek V5',
    'DeepSeek open sources DSpark, a new framework to speed up LLM inference',
    'DeepSeek releases DRush, a speculative decoding algorithm boosting DeepSeek-V5 throughput',
    'Introducing quantized Llama models with increased speed, open weights on Hugging Face',
  );
  const all = await stories(scene);
  expect(all.find(({ name }) => name === 'DeepSeek V5')).toMatchObject({ evidence: [{ kind: 'entry' }] });
  expect(all).toHaveLength(4);
  for (const bare of ['DeepSeek', 'Llama', 'Meta']) expect(all.map(({ name }) => name)).not.toContain(bare);
});

test('sizes, tuning, dates and packings of one model are one card', async () => {
  const account = 'huggingface:zai-org';
  const scene = await staged(press, account);
  await says(scene, 'Z.ai open-sources GLM-6');
  const listed = ['GLM-6', 'GLM-6-9B', 'GLM-6-9B-Base', 'GLM-6-Chat-0612', 'GLM-6-FP8', 'GLM-6-32B-GGUF'];
  await shows(scene, account, ...listed.map((name) => model(`zai-org/${name}`)));
  expect(await stories(scene)).toMatchObject([{ name: 'GLM 6', stage: 'released' }]);
  await shows(scene, account, ...[...listed, 'GLM-6-Air'].map((name) => model(`zai-org/${name}`)));
  expect(await names(scene)).toEqual(['GLM 6', 'GLM 6 Air']);
});

test('a model of no listed family is one card across feeds, repository and weeks, and another one after a month', async () => {
  const account = 'huggingface:CohereLabs';
  const scene = await staged(press, other, account);
  await says(scene, 'Introducing North Mini Code: Cohere’s first open-weight model for developers');
  await shows(scene, other, article(scene, 'Cohere open-sources North Mini Code, a 24B model for coding'));
  await shows(scene, account, model('CohereLabs/North-Mini-Code-24B'));
  expect(await stories(scene)).toMatchObject([{ name: 'North Mini Code', stage: 'released', lab: 'cohere' }]);
  scene.clock.now += 40 * dayMs;
  await says(scene, 'Cohere releases North Mini Code, an open-weight model, with a new licence');
  expect(await stories(scene)).toHaveLength(2);
});

test('a name without its lab finds the family when the lab is known', async () => {
  const account = 'huggingface:thinkingmachines';
  const scene = await staged(press, account);
  await says(
    scene,
    'Introducing Inkling: an open-weights model',
    'Thinking Machines releases Inkling, its first open-weights model',
  );
  await shows(scene, account, model('thinkingmachines/Inkling-30B-A3B'));
  expect(await stories(scene)).toMatchObject([
    { name: 'Inkling', stage: 'released', family: 'thinkingmachines/inkling' },
  ]);
});

test('the same name of two labs is two models', async () => {
  const cohere = 'huggingface:CohereLabs';
  const liquid = 'huggingface:LiquidAI';
  const scene = await staged(cohere, liquid);
  await shows(scene, cohere, model('CohereLabs/Quillwort-8B'));
  await shows(scene, liquid, model('LiquidAI/Quillwort-3B'));
  expect(await stories(scene)).toHaveLength(2);
});

test('a landing long after the first of its name has a card of its own; a promised one keeps its card', async () => {
  const scene = await staged(press);
  await says(scene, 'Mistral open-sources Devstral');
  scene.clock.now += 50 * dayMs;
  await says(scene, 'Mistral open-sources Devstral under Apache 2.0');
  expect(await stories(scene)).toHaveLength(2);
  await says(scene, 'xAI will open-source Grok 9 next year, Musk says');
  scene.clock.now += 200 * dayMs;
  await says(scene, 'xAI open-sources Grok 9');
  expect((await stories(scene)).filter(({ family }) => family === 'xai/grok')).toHaveLength(1);
});
