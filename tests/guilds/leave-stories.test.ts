// A watch that is taken out or paused tells nothing any more, also where the story goes on for others.
import { expect, test } from 'vitest';
import { muteWatch, pauseWatch, removeWatch } from '../../src/guilds/watches.ts';
import {
  account,
  adds,
  article,
  b,
  c,
  contextOf,
  heard,
  loses,
  model,
  press,
  shows,
  staged,
  storyOf,
  three,
  two,
} from '../support/guilds/guilds.ts';

test('what vanishes later is told to neither a channel that paused nor one that removed its watch', async () => {
  const scene = await staged(account);
  await adds(scene, b, account);
  await adds(scene, c, account);
  await shows(scene, account, model('xai-org/grok-9'));
  for (const name of ['releases', b, c]) expect(heard(scene, name)).toEqual(['card']);
  expect(await pauseWatch(contextOf(scene), two, account)).toMatchObject({ kind: 'paused' });
  expect(await removeWatch(contextOf(scene), three, account)).toMatchObject({ kind: 'done' });
  await loses(scene, account, ['weights:xai-org/grok-9']);
  expect([heard(scene, 'releases'), heard(scene, b), heard(scene, c)]).toEqual([['card', 'reply'], [], []]);
});

test('a channel stays where another of its watches told it, and comes back with the next thing that one tells', async () => {
  const scene = await staged();
  await adds(scene, b, account);
  await adds(scene, b, press);
  await shows(scene, account, model('xai-org/grok-9'));
  await shows(scene, press, article(scene, 'xAI open-sources Grok 9'));
  await removeWatch(contextOf(scene), two, press);
  expect((await storyOf(scene, { guild: '2' }))?.audience).toEqual([b]);
  await muteWatch(contextOf(scene), two, account, '2h');
  expect((await storyOf(scene, { guild: '2' }))?.audience).toEqual([]);
  await scene.worker.db.batch([{ sql: 'UPDATE watches SET paused = 0, muted_until = NULL', params: [] }]);
  heard(scene, b);
  await shows(scene, account, model('xai-org/grok-9'), model('xai-org/grok-9-base'));
  expect((await storyOf(scene, { guild: '2' }))?.audience).toEqual([b]);
  expect(heard(scene, b)).toEqual(['card']);
});
