// A promise that names no version: the release settles which model was meant, and is told as its keeping.
import { expect, test } from 'vitest';
import { account, article, heard, model, press, shows, staged, storyOf } from '../support/guilds/guilds.ts';

test('weights that come first under a name keep the promise, in the story that it opened', async () => {
  const desk = await staged(account, press);
  await shows(desk, press, article(desk, 'xAI will open-source Grok next week, Musk says'));
  await shows(desk, account, model('xai-org/grok-9'));
  expect(heard(desk, 'releases')).toEqual(['card', 'card', 'reply']);
  expect(await storyOf(desk, 'file')).toMatchObject({ stage: 'released', pledge: { state: 'kept' } });
});
