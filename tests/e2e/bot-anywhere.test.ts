// The bot away from its servers and in other languages, end to end: direct messages, people who took the app along, and
// whose language an answer is in.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { insertDelivery } from '../../src/store/deliveries.ts';
import { saveGuildChannel } from '../../src/store/guilds.ts';
import { saveStory } from '../../src/store/stories.ts';
import type { Story } from '../../src/types/story.ts';
import { grok, release } from '../support/channels/stories.ts';
import { type BotScene, botYaml, buttonOf, openBotScene, textOf } from '../support/e2e/bot-scene.ts';
import { until } from '../support/landfall.ts';
import type { Person } from '../support/world/discord/invocation.ts';

let scene: BotScene;
beforeEach(async () => {
  scene = await openBotScene();
});
afterEach(() => scene.close());

const userId = '91234567890123456';
const dayMs = 86_400_000;

it('shows the file’s stories in direct messages and to people who took the app along', async () => {
  const { world, say, suggest } = scene;
  const { people } = world.discord;
  const channel = world.discord.channel();
  const guild = channel.state.guildId;
  const recent = new Date(Date.now() - 2 * dayMs).toISOString();
  const grok3: Story = { ...grok, id: 'story-grok-3', key: 'model:xai/grok/3', name: 'Grok 3', releasedAt: recent };
  const theirs: Story = {
    ...release,
    id: 'story-theirs',
    key: 'news:theirs',
    name: 'Server find',
    scope: { guild },
    audience: [`guild:${guild}:${channel.id}`],
  };
  await scene.seed([grok, grok3, release, theirs].map((story) => saveStory(story, 0)));
  await scene.start(botYaml());

  const member: Person = { channelId: channel.id };
  expect(await say('model', { name: 'Server find' }, member)).toContain('Server find');
  const direct: Person = { channelId: world.discord.direct(userId).id, userId, by: 'direct' };
  const guest: Person = { channelId: channel.id, userId, by: 'user' };
  for (const who of [direct, guest, { ...direct, locale: 'ko' }]) {
    const korean = who.locale === 'ko';
    expect(await say('model', { name: 'grok 2' }, who)).toContain(korean ? '라이선스' : 'Licence');
    expect(await say('model', { name: 'Server find' }, who)).toContain(korean ? '찾을 수 없습니다' : 'I know no story');
    expect(await say('promises', {}, who)).toContain('Grok 2');
    expect(await say('compare', { a: 'grok 2', b: 'grok 3' }, who)).toMatch(/Grok 2 ┃ Grok 3/);
    expect(await say('latest', {}, who)).not.toContain('Server find');
    expect(await say('latest', { since: '7d' }, who)).toMatch(/<t:\d+:f>.*Grok 3/s);
    expect(await say('latest', { since: '7d' }, who)).not.toContain('Grok 2');
    expect((await suggest('latest', { lab: 'xa' }, who))[0]).toEqual(['xAI']);
  }
  expect(await say('latest', { since: 'soon' }, direct)).toContain('“soon” is no time that I can read');
  expect(await say('latest', { since: '2025-01-01', lab: 'x.ai' }, direct)).toMatch(/Landed last: xAI.*Grok 2/s);
  // A list of a span has its pages, and nobody outside a server answers a promise for it.
  const list = await (await people.slash('promises', {}, direct)).message();
  expect(list?.components).toEqual([]);
  expect(() => people.slash('watch list', {}, direct)).toThrow('not offered');

  // What is written almost like a name: the nearest ones, each a press away.
  for (const [name, locale, words] of [
    ['Grock 2', 'en-US', 'The nearest that I know'],
    ['gork-2', 'ko', '비슷한 이름'],
  ] as const) {
    const unknown = await (await people.slash('model', { name }, { ...member, locale })).message();
    expect([unknown?.flags, textOf(unknown)]).toEqual([64, expect.stringMatching(new RegExp(`${words}.*Grok 2`, 's'))]);
    if (unknown === null) throw new Error('no answer');
    const shown = await people.press(unknown, buttonOf(unknown, 'story:show:'), member);
    expect([shown.type, textOf(await shown.message())]).toEqual([4, expect.stringContaining('Grok 2')]);
  }
  expect(await say('compare', { a: 'grok 2', b: 'Grok-33' }, member)).toMatch(/“Grok-33”.*nearest.*Grok 3/s);
  expect(await say('model', { name: 'zzzz' }, member)).not.toContain('nearest');
  expect(world.unexpected()).toEqual([]);
}, 60_000);

it('answers everybody in the language of the server, and one person in theirs; and a digest comes when it is asked for', async () => {
  const { world, say } = scene;
  const korea = world.discord.guild('오픈 모델', 'ko');
  const home = world.discord.channel({ guild: korea });
  const english = world.discord.channel();
  const name = `guild:${english.state.guildId}:${english.id}`;
  const now = new Date().toISOString();
  const later = new Date(Date.now() + 6 * dayMs).toISOString();
  const entry = {
    id: 'entry-1',
    subject: grok.id,
    revision: grok.revision,
    channel: name,
    form: 'digest' as const,
    seq: 1,
    notBefore: later,
    attempts: 0,
    content: { from: now, to: later },
    pinned: null,
    sent: [],
    doubtSince: null,
  };
  await scene.seed([
    ...saveGuildChannel(
      { name, guild: english.state.guildId, channel: english.id, locale: null, digest: 'weekly' },
      now,
    ),
    ...[{ ...grok, audience: [name] }, release].map((story) => saveStory(story, 0)),
    insertDelivery(entry, now),
  ]);
  await scene.start(botYaml());
  const kim: Person = { channelId: english.id, locale: 'ko', allowed: ['digest', 'language'] };
  const joe: Person = { channelId: home.id, locale: 'en-GB', allowed: ['language'] };
  expect(await say('latest', {}, kim)).toContain('Landed last');
  expect(await say('status', {}, kim)).toContain('마지막');
  expect(await say('latest', {}, joe)).toContain('최근 공개');
  expect(await say('status', {}, joe)).toContain('I last woke');
  // Discord leaves the person's language out at times.
  expect(await say('status', {}, { ...joe, locale: '' })).toContain('마지막');
  // Set for the channel, it goes before the server's.
  await say('language', { locale: 'en' }, joe);
  expect(await say('latest', {}, joe)).toContain('Landed last');

  expect(await say('digest', { when: 'now' }, kim)).toContain('소식 1개를 지금');
  await until(() => english.messages().some((message) => /1 stor/.test(textOf(message))), 'the digest', 10_000);
  expect(await say('digest', { when: 'now' }, { ...kim, locale: 'en-US' })).toMatch(
    /Nothing waits. Told here in the last seven days: 1 story.*Grok 2/s,
  );
  expect(await say('digest', { when: 'now' }, { ...joe, allowed: ['digest'] })).toContain('nothing was told here');
  expect(world.unexpected()).toEqual([]);
}, 60_000);
