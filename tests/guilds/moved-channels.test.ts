// A Discord channel that the file gains or loses: what people added goes on in it, with the cards it has.

import { expect, test } from 'vitest';
import { settleAdditions } from '../../src/guilds/additions.ts';
import { channelOf } from '../../src/guilds/context.ts';
import { deliveriesOf } from '../../src/store/deliveries.ts';
import { saveGuildChannel } from '../../src/store/guilds.ts';
import { messagesOf } from '../../src/store/messages.ts';
import { account, adds, article, b, heard, model, press, shows, staged, storyOf } from '../support/guilds/guilds.ts';
import { refusal } from '../support/reasons.ts';

test('its stories, cards and what is owed go by the new name, and back', async () => {
  const scene = await staged(account);
  const { db } = scene.worker;
  const settle = (name: string | null) =>
    settleAdditions({ db, now: () => scene.clock.now, fileChannel: (channel) => (channel === '20' ? name : null) });
  await adds(scene, b, press);
  await shows(scene, press, article(scene, 'xAI will open-source Grok 9 next week, Musk says'));
  expect(heard(scene, b)).toEqual(['card']);
  scene.outcome = () => ({ kind: 'later', reason: refusal('busy'), afterMs: 60_000, doubtful: false });
  await shows(scene, press, article(scene, 'xAI to open source Grok 9, a second voice says'));
  heard(scene, b);
  scene.outcome = () => ({ kind: 'sent', messageId: 'm' });
  await settle('people');
  // The file tells in it now as well.
  await db.batch([
    { sql: `UPDATE watches SET spec = REPLACE(spec, '["releases"]', '["releases","people"]')`, params: [] },
  ]);
  await shows(scene, account, model('xai-org/grok-9'));
  expect([heard(scene, b), heard(scene, 'people')]).toEqual([[], ['card', 'reply']]);
  expect((await storyOf(scene, 'file'))?.audience).toEqual(['releases']);
  const own = await storyOf(scene, { guild: '2' });
  expect(own?.audience).toEqual(['people']);
  expect(await messagesOf(db, [own?.id ?? ''])).toMatchObject([
    { channel: 'people', messageId: 'm', sentRevision: own?.revision },
  ]);
  await settle(null);
  expect((await storyOf(scene, { guild: '2' }))?.audience).toEqual([b]);
  expect(await messagesOf(db, [own?.id ?? ''])).toMatchObject([{ channel: b, messageId: 'm' }]);
  expect((await deliveriesOf(db, own?.id ?? '')).every(({ channel }) => channel === b)).toBe(true);
  await shows(scene, account, model('xai-org/grok-9'), model('xai-org/grok-9-base'));
  expect(heard(scene, b)).toContain('card');
});

test('a file that knew the channel by its name before gives up its own story of what a guild tells there', async () => {
  const scene = await staged(account);
  const { db } = scene.worker;
  await adds(scene, b, account);
  await adds(scene, b, press);
  await shows(scene, account, model('xai-org/grok-9'));
  await db.batch([
    ...saveGuildChannel(channelOf({ guild: '2', channel: '20' }), new Date(scene.clock.now).toISOString()),
  ]);
  await settleAdditions({ db, now: () => scene.clock.now, fileChannel: () => 'releases' });
  const audiences = [await storyOf(scene, 'file'), await storyOf(scene, { guild: '2' })].map(
    (story) => story?.audience,
  );
  expect(audiences).toEqual([[], ['releases']]);
});

test('a channel that shares the file’s stories takes along what its watches told, and nothing else of the file', async () => {
  const scene = await staged(account, press);
  const { db } = scene.worker;
  const settle = (name: string | null) =>
    settleAdditions({ db, now: () => scene.clock.now, fileChannel: (channel) => (channel === '20' ? name : null) });
  await adds(scene, b, account);
  await settle('people');
  await db.batch([
    { sql: `UPDATE watches SET spec = REPLACE(spec, '["releases"]', '["releases","people"]')`, params: [] },
  ]);
  await shows(scene, account, model('xai-org/grok-9'));
  await shows(scene, press, article(scene, 'Gadget news of the file alone'));
  await settle(null);
  expect((await storyOf(scene, 'file'))?.audience).toEqual(['releases', b]);
  const rows = await db.all('SELECT doc FROM stories');
  expect(rows.filter(({ doc }) => String(doc).includes(b))).toHaveLength(1);
});
