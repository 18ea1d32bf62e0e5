// A database whose keys were made by an earlier rule: its stories go on, under the names of today.
import { expect, test } from 'vitest';
import type { PledgeConfig } from '../../src/config/shape.ts';
import { renameStory } from '../../src/store/items.ts';
import { readMeta, renameMeta, saveMeta } from '../../src/store/meta.ts';
import { saveStory } from '../../src/store/stories.ts';
import type { Story } from '../../src/types/story.ts';
import { registerPledges } from '../../src/worker/file-pledges.ts';
import { rekeyStories } from '../../src/worker/rekey-stories.ts';
import { account, article, heard, model, press, shows, staged, storyOf } from '../support/guilds/guilds.ts';
import type { Staged } from '../support/worker.ts';

/** The story of a key as an earlier version stored it. */
async function aged(scene: Staged, key: string, old: Pick<Story, 'key' | 'name'>): Promise<Story> {
  const story = await storyOf(scene, 'file', key);
  if (story === undefined) throw new Error(`no story ${key}`);
  await scene.worker.db.batch([
    saveStory({ ...story, ...old, revision: story.revision + 1 }, story.revision),
    renameStory(key, old.key),
    saveMeta('story keys', '1'),
  ]);
  return story;
}

const safeguard = 'model:openai/gpt-oss/safeguard';

test('a stored card goes on under its new key: what lands next joins it, and nothing is told for the change', async () => {
  const openai = 'huggingface:openai';
  const scene = await staged(openai);
  await shows(scene, openai, model('openai/gpt-oss-safeguard-20b'));
  heard(scene, 'releases');
  const { id } = await aged(scene, safeguard, { key: 'model:openai/gpt-oss/guard', name: 'gpt-oss Guard' });
  await rekeyStories(scene.worker);
  expect(await storyOf(scene, 'file', safeguard)).toMatchObject({ id, name: 'gpt-oss-safeguard', stage: 'released' });
  expect(heard(scene, 'releases')).toEqual([]);
  await shows(scene, openai, model('openai/gpt-oss-safeguard-20b'), model('openai/gpt-oss-safeguard-120b'));
  expect((await storyOf(scene, 'file', safeguard))?.items).toHaveLength(2);
  expect(await storyOf(scene, 'file', 'model:openai/gpt-oss/guard')).toBeUndefined();
});

test('a news card is read anew from what was said of it, and a key that somebody has already is left alone', async () => {
  const scene = await staged(press, account);
  await shows(scene, press, article(scene, 'Alibaba open-sources Qwen3-VL under Apache 2.0'));
  const { id } = await aged(scene, 'model:qwen/qwen/3/vl', { key: 'model:qwen/qwen/3/vision', name: 'Qwen 3 Vision' });
  await rekeyStories(scene.worker);
  expect(await storyOf(scene, 'file', 'model:qwen/qwen/3/vl')).toMatchObject({ id, name: 'Qwen 3 VL' });
  await aged(scene, 'model:qwen/qwen/3/vl', { key: 'model:qwen/qwen/3/vision', name: 'Qwen 3 Vision' });
  await shows(scene, press, article(scene, 'Qwen3-VL weights released on Hugging Face by Alibaba'));
  await rekeyStories(scene.worker);
  expect(await storyOf(scene, 'file', 'model:qwen/qwen/3/vision')).toMatchObject({ id });
});

test('a promise of the configuration is the same one after the change', async () => {
  const scene = await staged(account);
  const entry: PledgeConfig = {
    model: 'Llama 5 Scout',
    lab: 'meta',
    by: 'Meta',
    said: '2026-03-01',
    due: '2026-06-01..2026-06-30',
    source: null,
    zone: null,
    withdrawn: false,
    to: ['releases'],
  };
  const worker = { ...scene.worker, config: { ...scene.worker.config, pledges: [entry] } };
  await registerPledges(worker);
  const key = 'model:meta/llama/5/scout';
  const { id } = await aged(scene, key, { key: 'model:meta/llama/5', name: 'Llama 5' });
  await worker.db.batch([renameMeta(`pledge:${key}`, 'pledge:model:meta/llama/5')]);
  await rekeyStories(worker);
  expect(await readMeta(worker.db, `pledge:${key}`)).toContain('Meta');
  await registerPledges(worker);
  expect(await storyOf(scene, 'file', key)).toMatchObject({ id, pledge: { state: 'open' } });
  expect(await storyOf(scene, 'file', 'model:meta/llama/5')).toBeUndefined();
});
