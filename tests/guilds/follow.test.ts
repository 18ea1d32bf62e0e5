// Following a story: its further turns go to the person as they go to a channel; nothing is kept of who is gone.
import { expect, test } from 'vitest';
import { followStory, leaveStory, remindOf, wishesMost } from '../../src/guilds/follow.ts';
import { forgetAdditions } from '../../src/store/guilds.ts';
import { dropWishesBefore, people } from '../../src/store/people.ts';
import { saveStory } from '../../src/store/stories.ts';
import { grok } from '../support/channels/stories.ts';
import { account, contextOf, loses, model, shows, staged, storyOf, two } from '../support/guilds/guilds.ts';
import { channelConfig, type Staged } from '../support/worker.ts';

const joe = { place: two, person: '70', locale: 'en' };
const rows = (scene: Staged, table: string) =>
  scene.worker.db.all(`SELECT * FROM ${table} WHERE channel = 'person:70'`);

async function watching(): Promise<Staged> {
  const scene = await staged(account);
  // Direct messages are a channel beside the file's; the board of this test has no Discord.
  Object.assign(scene.worker.config, {
    channels: [...scene.worker.config.channels, channelConfig('person:70', { locale: 'ko' })],
  });
  return scene;
}

test('turns that follow are owed to the person, as a card first; after leaving none are', async () => {
  const scene = await watching();
  const context = { ...contextOf(scene), changed: async () => undefined };
  await shows(scene, account, model('xai-org/grok-9'));
  const story = await storyOf(scene, 'file');
  if (story === undefined) throw new Error('no story');
  expect(await followStory(context, joe, story.id)).toMatchObject({ kind: 'done' });
  expect(await followStory(context, joe, story.id)).toMatchObject({ kind: 'already' });
  expect(await people(scene.worker.db)).toEqual([{ person: '70', locale: 'en' }]);
  await loses(scene, account, ['weights:xai-org/grok-9']);
  expect((await rows(scene, 'deliveries')).map(({ form }) => form)).toEqual(['reply']);
  // What has not begun is not sent to who has left.
  expect(await leaveStory(context, '70', story.id, 'follows')).toBe(true);
  expect(await leaveStory(context, '70', story.id, 'follows')).toBe(false);
  expect(await rows(scene, 'deliveries')).toEqual([]);
});

test('a person follows so many stories at most, none that is not for them, and is forgotten as a whole', async () => {
  const scene = await watching();
  const { db } = scene.worker;
  const context = { ...contextOf(scene), changed: async () => undefined };
  const stories = Array.from({ length: wishesMost + 1 }, (_, n) => ({ ...grok, id: `s${n}`, key: `model:xai/s/${n}` }));
  const theirs = { ...grok, id: 'theirs', key: 'model:xai/theirs/1', scope: { guild: '3' } };
  await db.batch([...stories, theirs].map((story) => saveStory(story, 0)));
  const kinds: string[] = [];
  for (const { id } of stories) kinds.push((await followStory(context, joe, id)).kind);
  expect([kinds.at(-2), kinds.at(-1)]).toEqual(['done', 'too many']);
  expect(await followStory(context, joe, 'theirs')).toEqual({ kind: 'no story' });
  expect(await followStory(context, { ...joe, place: null }, 'theirs')).toEqual({ kind: 'no story' });
  expect(await remindOf(context, joe, 's1')).toMatchObject({ kind: 'no day' });
  await db.batch(await forgetAdditions(db, 'person:70'));
  expect([await people(db), await rows(scene, 'messages')]).toEqual([[], []]);

  await followStory(context, joe, 's1');
  await db.batch(dropWishesBefore('9999'));
  expect([await people(db), await rows(scene, 'messages')]).toEqual([[], []]);
});
