// Promises in Discord, end to end, in both languages: what people see, and what a server's own answers do there and nowhere else.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { insertDelivery } from '../../src/store/deliveries.ts';
import { saveStory } from '../../src/store/stories.ts';
import type { Story } from '../../src/types/story.ts';
import { grok } from '../support/channels/stories.ts';
import { type BotScene, botYaml, buttonOf, openBotScene, textOf } from '../support/e2e/bot-scene.ts';
import { until } from '../support/landfall.ts';
import type { Person } from '../support/world/discord/invocation.ts';

let scene: BotScene;
beforeEach(async () => {
  scene = await openBotScene();
});
afterEach(() => scene.close());

const due = { by: 'Elon Musk (xAI)', quoteUrl: null, saidAt: '2025-08-23T00:00:00Z', zone: 'UTC' };

function promised(name: string, pledge: Partial<NonNullable<Story['pledge']>> = {}): Story {
  const id = `story-${name.toLowerCase().replaceAll(' ', '-')}`;
  const days = { dueFrom: '2099-02-01', dueTo: '2099-03-15' };
  return {
    ...grok,
    id,
    key: `model:xai/${id}`,
    name,
    stage: 'pledged',
    releasedAt: null,
    url: `https://x.com/elonmusk/status/${id}`,
    openness: null,
    pledge: { ...due, ...days, confirmed: false, state: 'open', ...pledge },
  };
}

const passed = { dueFrom: '2025-09-01', dueTo: '2025-09-01' };
const late = promised('Llama 9', { ...passed, by: 'Meta', confirmed: true, state: 'overdue' });

it('are shown to everybody, and confirmed and dismissed by managers, for their own server', async () => {
  const { world, both, say } = scene;
  const names = ['Grok 3', 'Grok 4', 'Grok 5', 'Grok 6', 'Grok 7', 'Grok 8', 'Grok 9'];
  await scene.seed([grok, late, ...names.map((name) => promised(name))].map((story) => saveStory(story, 0)));
  const person: Person = { channelId: world.discord.channel().id };
  const boss: Person = { ...person, permissions: ['ManageGuild'] };
  const elsewhere: Person = { channelId: world.discord.channel({ guild: world.discord.guild() }).id };
  await scene.start(botYaml());
  const { people } = world.discord;

  const [english, korean] = await both('promises', {}, person);
  expect(english).toMatch(/Promises.*Overdue.*Llama 9.*Open.*Grok 3.*with the permission “Manage Server”/s);
  expect(korean).toMatch(/공개 약속.*기한 지남.*Llama 9.*진행 중.*Grok 3.*“서버 관리하기” 권한/s);

  for (const [locale, denied, first, second] of [
    ['en-US', 'Manage Server', 'Grok 3', 'Grok 4'],
    ['ko', '서버 관리하기', 'Grok 5', 'Grok 6'],
  ] as const) {
    const list = await (await people.slash('promises', {}, { ...person, locale, guildLocale: locale })).message();
    if (list === null) throw new Error('no promises');
    const button = (answer: string, name: string) =>
      buttonOf(list, `pledge:${answer}:story-${name.toLowerCase().replace(' ', '-')}:`);
    const refused = await people.press(list, button('dismissed', first), { ...person, locale });
    expect([refused.type, textOf(await refused.message())]).toEqual([4, expect.stringContaining(denied)]);
    expect((await people.press(list, button('dismissed', first), { ...boss, locale, guildLocale: locale })).type).toBe(
      7,
    );
    expect(textOf(list)).not.toContain(first);
    const confirm = button('confirmed', second);
    await people.press(list, confirm, { ...boss, locale, guildLocale: locale });
    expect(textOf(list)).toContain(second);
    expect(() => button('confirmed', second)).toThrow('no button');
    const again = await people.press(list, confirm, { ...boss, locale, guildLocale: locale });
    expect(textOf(await again.message())).toMatch(locale === 'ko' ? /이미 정리된/ : /settled already/);
    expect(list.flags ?? 0).toBe(0);
  }
  // Those on the next page can be reached and answered too.
  const list = await (await people.slash('promises', {}, boss)).message();
  if (list === null) throw new Error('no promises');
  for (const name of ['grok-7', 'grok-8', 'grok-9'])
    await people.press(list, buttonOf(list, `pledge:dismissed:story-${name}`), boss);
  expect(await say('promises', {}, person)).not.toMatch(/Grok [35789]|unconfirmed/i);
  const others = await both('promises', {}, elsewhere);
  for (const text of others) expect(text).toMatch(/Grok 3.*Grok 4.*Grok 5/s);
  expect(world.unexpected()).toEqual([]);
}, 60_000);

it('an answer changes the card in its channel at once', async () => {
  const { world } = scene;
  const channel = world.discord.channel();
  const story = promised('Grok 3');
  const now = new Date().toISOString();
  const form = { form: 'card' as const, revision: story.revision, seq: 1, notBefore: now, attempts: 0 };
  const card = { ...form, id: 'card-1', subject: story.id, channel: 'releases', content: null, pinned: null, sent: [] };
  await scene.seed([saveStory(story, 0), insertDelivery({ ...card, doubtSince: null }, now)]);
  const boss: Person = { channelId: channel.id, permissions: ['ManageGuild'], locale: 'ko' };
  await scene.start(botYaml(`channels:\n  releases:\n    discord: { channel: "${channel.id}" }\nwatch: []\n`));
  await until(() => channel.messages().length > 0, 'the card');
  const [posted] = channel.messages();
  expect(textOf(posted)).toContain('unconfirmed');
  const list = await (await world.discord.people.slash('promises', {}, boss)).message();
  if (list === null) throw new Error('no promises');
  await world.discord.people.press(list, buttonOf(list, 'pledge:confirmed:story-grok-3'), boss);
  // Less than the minute that a dispatcher rests when nobody rings.
  await until(() => !textOf(posted).includes('unconfirmed'), 'the edit', 10_000);
  expect(channel.messages().filter(({ id }) => id !== list.id)).toHaveLength(1);
}, 60_000);
