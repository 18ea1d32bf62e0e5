// A Discord channel that the file gains or loses: what people added goes on in it, with the cards it has.
import { expect, test } from 'vitest';
import { settleAdditions } from '../../src/guilds/additions.ts';
import { channelOf } from '../../src/guilds/context.ts';
import { deliveriesOf, messagesOf } from '../../src/store/deliveries.ts';
import { saveGuildChannel } from '../../src/store/guilds.ts';
import { account, adds, article, b, heard, model, press, shows, staged, storyOf } from '../support/guilds/guilds.ts';

test('its stories, cards and what is owed go by the new name, and back', async () => {
  const desk = await staged(account);
  const { db } = desk.worker;
  const settle = (name: string | null) =>
    settleAdditions({ db, now: () => desk.clock.now, fileChannel: (channel) => (channel === '20' ? name : null) });
  await adds(desk, b, press);
  await shows(desk, press, article(desk, 'xAI will open-source Grok 9 next week, Musk says'));
  expect(heard(desk, b)).toEqual(['card']);
  desk.outcome = () => ({ kind: 'later', reason: '503', afterMs: 60_000, doubtful: false });
  await shows(desk, press, article(desk, 'xAI to open source Grok 9, a second voice says'));
  heard(desk, b);
  desk.outcome = () => ({ kind: 'sent', messageId: 'm' });
  await settle('people');
  // The file tells in it now as well.
  await db.batch([
    { sql: `UPDATE watches SET spec = REPLACE(spec, '["releases"]', '["releases","people"]')`, params: [] },
  ]);
  await shows(desk, account, model('xai-org/grok-9'));
  expect([heard(desk, b), heard(desk, 'people')]).toEqual([[], ['card', 'card', 'reply']]);
  expect((await storyOf(desk, 'file'))?.audience).toEqual(['releases']);
  const own = await storyOf(desk, { guild: '2' });
  expect(own?.audience).toEqual(['people']);
  expect(await messagesOf(db, [own?.id ?? ''])).toMatchObject([{ channel: 'people', messageId: 'm' }]);
  await settle(null);
  expect((await storyOf(desk, { guild: '2' }))?.audience).toEqual([b]);
  expect(await messagesOf(db, [own?.id ?? ''])).toMatchObject([{ channel: b, messageId: 'm' }]);
  expect((await deliveriesOf(db, own?.id ?? '')).every(({ channel }) => channel === b)).toBe(true);
  await shows(desk, account, model('xai-org/grok-9'), model('xai-org/grok-9-base'));
  expect(heard(desk, b)).toContain('card');
});

test('a file that knew the channel by its name before gives up its own story of what a guild tells there', async () => {
  const desk = await staged(account);
  const { db } = desk.worker;
  await adds(desk, b, account);
  await shows(desk, account, model('xai-org/grok-9'));
  await db.batch([
    ...saveGuildChannel(channelOf({ guild: '2', channel: '20' }), new Date(desk.clock.now).toISOString()),
  ]);
  await settleAdditions({ db, now: () => desk.clock.now, fileChannel: () => 'releases' });
  const audiences = [await storyOf(desk, 'file'), await storyOf(desk, { guild: '2' })].map((story) => story?.audience);
  expect(audiences).toEqual([[], ['releases']]);
});
