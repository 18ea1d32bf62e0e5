// A watch that is taken out or paused tells nothing any more, also where the story goes on for others.
import { expect, test } from 'vitest';
import { muteWatch, pauseWatch, removeWatch } from '../../src/guilds/watches.ts';
import {
  account,
  adds,
  article,
  b,
  c,
  deskOf,
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
  const desk = await staged(account);
  await adds(desk, b, account);
  await adds(desk, c, account);
  await shows(desk, account, model('xai-org/grok-9'));
  for (const name of ['releases', b, c]) expect(heard(desk, name)).toEqual(['card']);
  expect(await pauseWatch(deskOf(desk), two, account)).toMatchObject({ kind: 'paused' });
  expect(await removeWatch(deskOf(desk), three, account)).toMatchObject({ kind: 'done' });
  await loses(desk, account, ['weights:xai-org/grok-9']);
  expect([heard(desk, 'releases'), heard(desk, b), heard(desk, c)]).toEqual([['card', 'reply'], [], []]);
});

test('a channel stays where another of its watches told it, and comes back with the next thing that one tells', async () => {
  const desk = await staged();
  await adds(desk, b, account);
  await adds(desk, b, press);
  await shows(desk, account, model('xai-org/grok-9'));
  await shows(desk, press, article(desk, 'xAI open-sources Grok 9'));
  await removeWatch(deskOf(desk), two, press);
  expect((await storyOf(desk, { guild: '2' }))?.audience).toEqual([b]);
  await muteWatch(deskOf(desk), two, account, '2h');
  expect((await storyOf(desk, { guild: '2' }))?.audience).toEqual([]);
  await desk.worker.db.batch([{ sql: 'UPDATE watches SET paused = 0, muted_until = NULL', params: [] }]);
  heard(desk, b);
  await shows(desk, account, model('xai-org/grok-9'), model('xai-org/grok-9-base'));
  expect((await storyOf(desk, { guild: '2' }))?.audience).toEqual([b]);
  expect(heard(desk, b)).toEqual(['card']);
});
