// What single people ask for with the buttons of a card, end to end, in both languages: details, following, reminders.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { insertDelivery } from '../../src/store/deliveries.ts';
import { saveStory } from '../../src/store/stories.ts';
import type { Story } from '../../src/types/story.ts';
import { grok } from '../support/channels/stories.ts';
import { type BotScene, botYaml, buttonOf, openBotScene, textOf } from '../support/e2e/bot-scene.ts';
import { until } from '../support/landfall.ts';
import type { Person } from '../support/world/discord/invocation.ts';
import type { MessageState } from '../support/world/discord/state.ts';

let scene: BotScene;
beforeEach(async () => {
  scene = await openBotScene();
});
afterEach(() => scene.close());

const dayMs = 86_400_000;
const day = (ahead: number): string => new Date(Date.now() + ahead * dayMs).toISOString().slice(0, 10);

function promised(name: string, dueTo: string, nextAtMs: number): Story {
  const id = `story-${name.toLowerCase().replaceAll(' ', '-')}`;
  const said = { by: 'Elon Musk (xAI)', quoteUrl: null, saidAt: '2025-08-23T00:00:00Z', zone: 'UTC' };
  return {
    ...grok,
    id,
    key: `model:xai/${id}`,
    name,
    stage: 'pledged',
    releasedAt: null,
    revision: 1,
    url: `https://x.com/elonmusk/status/${id}`,
    openness: null,
    audience: ['releases'],
    marks: [{ turn: 'pledged', revision: 1, at: '2025-08-23T00:00:00Z', detail: null, url: null }],
    nextAt: new Date(Date.now() + nextAtMs).toISOString(),
    pledge: { ...said, dueFrom: dueTo, dueTo, confirmed: true, state: 'open' },
  };
}

function cardOf(story: Story, seq: number, now: string) {
  const rest = { form: 'card' as const, attempts: 0, content: null, pinned: null, sent: [], doubtSince: null };
  const { id, revision } = story;
  return insertDelivery(
    { ...rest, id: `card-${id}`, subject: id, revision, channel: 'releases', seq, notBefore: now },
    now,
  );
}

it('shows all of a story, follows it and reminds of its promise in direct messages, over a restart', async () => {
  const { world } = scene;
  const { people } = world.discord;
  const channel = world.discord.channel();
  const now = new Date().toISOString();
  const first = promised('Grok 5', day(20), 20 * dayMs);
  const soon = promised('Grok 4', day(0), 20 * dayMs);
  const second = promised('Grok 6', day(20), 20 * dayMs);
  const awaited = promised('Grok 7', day(30), 31 * dayMs);
  const all = [first, second, soon, awaited, grok];
  await scene.seed([...all.map((story) => saveStory(story, 0)), ...all.map((story, n) => cardOf(story, n + 1, now))]);
  const yaml = botYaml(`channels:\n  releases:\n    discord: { channel: "${channel.id}" }\nwatch: []\n`);
  await scene.start(yaml);
  const posted = (name: string): MessageState | undefined =>
    channel.messages().find((message) => message.embeds[0]?.title === name);
  await until(() => all.every(({ name }) => posted(name) !== undefined), 'the cards', 10_000);
  const given = (name: string): MessageState => {
    const message = posted(name);
    if (message === undefined) throw new Error(`no ${name}`);
    return message;
  };
  const joe: Person = { channelId: channel.id, userId: '90000000000000001', locale: 'en-GB' };
  const kim: Person = { channelId: channel.id, userId: '90000000000000002', locale: 'ko' };
  const shut: Person = { channelId: channel.id, userId: '90000000000000003' };
  world.discord.state.closed.add('90000000000000003');
  const press = async (name: string, what: string, who: Person) => {
    const reaction = await people.press(given(name), buttonOf(given(name), `story:${what}:`), who);
    const answer = await reaction.message();
    if (answer === null) throw new Error('no answer');
    return answer;
  };

  expect(textOf(await press('Grok 4', 'remind', kim))).toMatch(/Grok 4.*하루도 남지/);
  // Everything about it, for whoever asks alone.
  const details = await press('Grok 2', 'details', joe);
  expect([details.flags, textOf(details)]).toEqual([64, expect.stringContaining('All that happened')]);
  expect(textOf(details)).toMatch(
    /promised.*overdue.*Evidence.*Article · www.example.co.kr.*@ 9f1c2d3e4f5a60718293.*Not known/s,
  );
  expect(textOf(await press('Grok 2', 'details', kim))).toMatch(/지금까지 있었던 일.*근거.*알려지지 않음/s);
  expect(() => buttonOf(given('Grok 2'), 'story:remind:')).toThrow('no button');

  expect(textOf(await press('Grok 5', 'follow', joe))).toContain('You follow **Grok 5**');
  expect(textOf(await press('Grok 5', 'follow', joe))).toContain('already');
  expect(textOf(await press('Grok 5', 'follow', kim))).toContain('**Grok 5** 소식을 팔로우합니다');
  await press('Grok 5', 'follow', shut);
  await press('Grok 6', 'follow', shut);
  await press('Grok 6', 'follow', joe);
  // Off again with one press, on what said that it is on.
  const on = await press('Grok 6', 'follow', kim);
  const off = await people.press(on, buttonOf(on, 'story:left:'), kim);
  expect([off.type, textOf(on)]).toEqual([7, expect.stringContaining('더 이상 팔로우하지 않습니다')]);
  expect(textOf(await press('Grok 7', 'remind', joe))).toMatch(
    /the day before \*\*Grok 7\*\* falls due, which is <t:\d+:F>/,
  );
  expect(textOf(await press('Grok 7', 'remind', kim))).toContain('하루 전에');

  const direct = (who: Person) => world.discord.direct(who.userId ?? '').messages();
  expect((await scene.stop())?.code).toBe(0);

  // Nearly a month on: what is followed turns, each is told once, and the day before comes.
  scene.later(29.5 * dayMs);
  await scene.start(yaml, 'the bot is at');
  await until(() => direct(joe).length === 3 && direct(kim).length === 2, 'the rest', 30_000);
  const joined = (who: Person) => direct(who).map(textOf).join('\n');
  expect(joined(joe)).toMatch(/Grok 6.*overdue/s);
  expect(joined(joe)).toMatch(/Tomorrow: Grok 7.*promised by Elon Musk \(xAI\).*falls due tomorrow/s);
  expect(joined(kim)).toMatch(/내일: Grok 7.*기한이 내일입니다/s);
  const refused = () => world.discord.service.log.filter(({ status }) => status === 403).length;
  await until(() => refused() > 0, 'the closed direct messages', 10_000);
  const [told] = direct(joe).filter((message) => textOf(message).includes('Grok 5'));
  if (told === undefined) throw new Error('nothing told');
  expect([joined(joe), joined(kim)]).toEqual([
    expect.stringMatching(/Grok 5.*overdue/s),
    expect.stringMatching(/Grok 5.*기한/s),
  ]);

  // The card in the direct messages ends it with one press, by whoever it was sent to.
  const home: Person = { channelId: told.channel_id, userId: '90000000000000001', by: 'direct' };
  const left = await people.press(told, buttonOf(told, 'story:leave:'), home);
  expect([left.type, textOf(await left.message())]).toEqual([4, expect.stringContaining('You no longer follow it')]);
  expect(textOf(await (await people.press(told, buttonOf(told, 'story:details:'), home)).message())).toContain(
    'Grok 5',
  );

  // A third start tells nothing again, and who takes no messages is not asked again; nobody's id is in a log.
  const asked = refused();
  const ran = await scene.stop();
  expect(ran?.stderr).not.toMatch(/9000000000000000\d/);
  await scene.start(yaml, 'the bot is at');
  expect(await scene.say('status', {}, joe)).toContain('I last woke');
  expect([direct(joe).length, direct(kim).length, direct(shut).length, refused()]).toEqual([3, 2, 0, asked]);
  expect(world.unexpected()).toEqual([]);
}, 120_000);
