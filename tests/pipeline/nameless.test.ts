// A promise that names no version: the release settles which model was meant, and is told as its keeping.
import { expect, test } from 'vitest';
import { account, article, heard, model, press, shows, staged, storyOf } from '../support/guilds/guilds.ts';

test('weights that come first under a name keep the promise, in the story that it opened', async () => {
  const scene = await staged(account, press);
  await shows(scene, press, article(scene, 'xAI will open-source Grok next week, Musk says'));
  await shows(scene, account, model('xai-org/grok-9'));
  expect(heard(scene, 'releases')).toEqual(['card', 'card', 'reply']);
  expect(await storyOf(scene, 'file')).toMatchObject({ stage: 'released', pledge: { state: 'kept' } });
});
