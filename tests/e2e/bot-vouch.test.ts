// The button on the card of a known name in an unknown account, end to end: for one server, and for all.
import { expect, it } from 'vitest';
import { insertDelivery } from '../../src/store/deliveries.ts';
import { saveStory } from '../../src/store/stories.ts';
import { grok } from '../support/channels/stories.ts';
import { botYaml, buttonOf, openBotScene, textOf } from '../support/e2e/bot-scene.ts';
import { until } from '../support/landfall.ts';
import type { Person } from '../support/world/discord/invocation.ts';

it('is for who manages the server, and says for whom it counts', async ({ onTestFinished }) => {
  const scene = await openBotScene();
  onTestFinished(scene.close);
  const { people } = scene.world.discord;
  const own = scene.world.discord.channel();
  const operators = scene.world.discord.channel();
  const now = new Date().toISOString();
  const strange = {
    ...grok,
    id: 'story-strange',
    key: 'huggingface:xai-next/grok-9',
    subject: 'huggingface:xai-next/grok-9',
    stage: 'seen' as const,
    releasedAt: null,
    revision: 1,
    audience: ['releases', 'desk'],
    known: { ...grok.known, unvouched: { account: 'xai-next', lab: 'xAI' } },
  };
  const card = (channel: string, seq: number) =>
    insertDelivery(
      {
        ...{ form: 'card' as const, attempts: 0, content: null, pinned: null, sent: [], doubtSince: null },
        ...{ id: `card-${channel}`, subject: strange.id, revision: 1, channel, seq, notBefore: now },
      },
      now,
    );
  await scene.seed([saveStory(strange, 0), card('releases', 1), card('desk', 2)]);
  await scene.start(
    botYaml(
      `channels:\n  releases: { discord: { channel: "${own.id}" } }\n  desk: { discord: { channel: "${operators.id}" }, operator: true }\nwatch: []\n`,
    ),
  );
  const first = async (channel: typeof own) => {
    await until(() => channel.messages().some(({ embeds }) => embeds.length > 0), 'the card', 10_000);
    const [message] = channel.messages().filter(({ embeds }) => embeds.length > 0);
    if (message === undefined) throw new Error('no card');
    return message;
  };
  const [here, there] = [await first(own), await first(operators)];
  const anyone: Person = { channelId: own.id, userId: '90000000000000001', locale: 'en-GB' };
  const manager: Person = {
    channelId: own.id,
    userId: '90000000000000002',
    locale: 'en-GB',
    permissions: ['ManageGuild'],
  };
  const press = async (message: typeof here, person: Person) =>
    textOf(await (await people.press(message, buttonOf(message, 'vouch:'), person)).message());
  expect(await press(here, anyone)).toContain('Manage Server');
  expect(await press(there, { ...manager, channelId: operators.id, locale: 'ko' })).toContain(
    '어디서나 xAI의 공식 계정',
  );
  expect(await press(here, manager)).toContain('xai-next counts as xAI’s own in this server');
});
