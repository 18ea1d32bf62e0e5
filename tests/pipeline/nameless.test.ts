// A promise that names no version: the release settles which model was meant, and is told as its keeping.
import { expect, test } from 'vitest';
import { account, article, heard, model, press, shows, staged, storyOf } from '../support/guilds/guilds.ts';
import { dayMs } from '../support/worker.ts';

test('weights that come first under a name keep the promise, in the story that it opened', async () => {
  const scene = await staged(account, press);
  await shows(scene, press, article(scene, 'xAI will open-source Grok next week, Musk says'));
  await shows(scene, account, model('xai-org/grok-9'));
  expect(heard(scene, 'releases')).toEqual(['card', 'card', 'reply']);
  expect(await storyOf(scene, 'file')).toMatchObject({ stage: 'released', pledge: { state: 'kept' } });
});

test('a name that was settled frees its nameless key: the next promise without a version opens a story of its own', async () => {
  const scene = await staged(account, press);
  await shows(scene, press, article(scene, 'xAI will open-source Grok next week, Musk says'));
  await shows(scene, account, model('xai-org/grok-9'));
  heard(scene, 'releases');
  scene.clock.now += 70 * dayMs;
  await shows(scene, press, article(scene, 'xAI will open-source Grok next month, Musk says'));
  expect(heard(scene, 'releases')).toEqual(['card']);
  expect(await storyOf(scene, 'file', 'model:xai/grok/')).toMatchObject({ stage: 'pledged' });
});
