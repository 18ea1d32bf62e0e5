// What managers set for a channel, end to end, in both languages: its digest, its language, and what is silent for a while.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { insertDelivery } from '../../src/store/deliveries.ts';
import { saveGuildChannel } from '../../src/store/guilds.ts';
import { saveStory } from '../../src/store/stories.ts';
import { grok, release } from '../support/channels/stories.ts';
import { type BotScene, botYaml, openBotScene, textOf } from '../support/e2e/bot-scene.ts';
import { until } from '../support/landfall.ts';
import type { Person } from '../support/world/discord/invocation.ts';

let scene: BotScene;
beforeEach(async () => {
  scene = await openBotScene();
});
afterEach(() => scene.close());

it('collects, and tells at once what was collected when that is turned off', async () => {
  const { world, both, say } = scene;
  const channel = world.discord.channel();
  const guild = channel.state.guildId;
  const name = `guild:${guild}:${channel.id}`;
  const now = new Date().toISOString();
  const later = new Date(Date.now() + 6 * 86_400_000).toISOString();
  const entries = [grok, release].map((story, index) =>
    insertDelivery(
      {
        id: `entry-${index}`,
        subject: story.id,
        revision: story.revision,
        channel: name,
        form: 'digest',
        seq: index + 1,
        notBefore: later,
        attempts: 0,
        content: { from: now, to: later },
        pinned: null,
        sent: [],
        doubtSince: null,
      },
      now,
    ),
  );
  await scene.seed([
    ...saveGuildChannel({ name, guild, channel: channel.id, locale: null, digest: 'weekly' }, now),
    ...[grok, release].map((story) => saveStory({ ...story, audience: [name] }, 0)),
    ...entries,
  ]);
  const boss: Person = { channelId: channel.id, permissions: ['ManageGuild'] };
  await scene.start(botYaml());

  expect(await both('digest', { when: 'weekly' }, boss)).toEqual([
    expect.stringContaining('Alerts come once a week'),
    expect.stringContaining('일주일에 한 번'),
  ]);
  expect(await both('digest', { when: 'daily' }, boss)).toEqual([
    expect.stringContaining('Alerts come once a day'),
    expect.stringContaining('하루에 한 번'),
  ]);
  expect(await both('status', {}, boss)).toEqual([
    expect.stringContaining('1 message waits to be sent here'),
    expect.stringContaining('메시지 1개가 기다립니다'),
  ]);
  const [korean, english] = [await say('language', { locale: 'ko' }, boss), 'Alerts come one by one.'];
  expect(korean).toContain('Alerts in this channel are in 한국어 from now on');
  expect(channel.messages()).toEqual([]);
  expect(await both('digest', { when: 'off' }, boss)).toEqual([
    expect.stringContaining(english),
    expect.stringContaining('알림을 하나씩 보냅니다'),
  ]);
  await until(() => channel.messages().length > 0, 'the last digest', 10_000);
  expect(textOf(channel.messages()[0])).toMatch(/Grok 2.*vllm.*v0\.9\.0/s);
  expect(textOf(channel.messages()[0])).toMatch(/공개/);
  expect(await both('language', { locale: 'en' }, boss)).toEqual([
    expect.stringContaining('are in English from now on'),
    expect.stringContaining('이제부터 English로 보냅니다'),
  ]);
  expect(channel.messages()).toHaveLength(1);
  expect(world.unexpected()).toEqual([]);
}, 60_000);

it('mutes and pauses what was added, with suggestions, and says what cannot be', async () => {
  const { world, both, suggest, say, add } = scene;
  world.github.repo('o/r').release({ tag: 'v1' });
  world.github.repo('o/s').release({ tag: 'v1' });
  const boss: Person = { channelId: world.discord.channel().id, permissions: ['ManageGuild'] };
  const korean: Person = { ...boss, locale: 'ko' };
  await scene.start(botYaml());
  await add({ kind: 'github', target: 'o/r' }, boss);
  await add({ kind: 'github', target: 'o/s' }, korean);

  for (const command of ['mute', 'watch pause', 'watch remove']) {
    for (const who of [boss, korean])
      expect(await suggest(command, { target: 'O/' }, who)).toEqual([['github:o/r', 'github:o/s'], 'github:o/r']);
  }
  expect(await both('mute', { target: 'o/r', for: '2h' }, boss)).toEqual([
    expect.stringMatching(/\*\*github:o\/r\*\* is muted until <t:\d+:f>/),
    expect.stringMatching(/github:o\/r\*\* 대상을 <t:\d+:f>까지 음소거했습니다/),
  ]);
  expect(await both('mute', { target: 'o/r', for: 'soon' }, boss)).toEqual([
    expect.stringContaining('Such as 30m, 2h or 1d'),
    expect.stringContaining('얼마 동안인가요?'),
  ]);
  // The second one lets it go on.
  expect(await both('watch pause', { target: 'o/s' }, boss)).toEqual([
    expect.stringContaining('**github:o/s** is paused'),
    expect.stringContaining('다시 지켜봅니다'),
  ]);
  expect(await both('watch pause', { target: 'o/s' }, boss)).toEqual([
    expect.stringContaining('is paused'),
    expect.stringContaining('그동안의 소식은 알리지 않습니다'),
  ]);
  expect(await say('watch pause', { target: 'o/s' }, korean)).toContain('대상을 일시정지했습니다');
  expect(await both('mute', { target: 'o/s', for: '1h' }, boss)).toEqual([
    expect.stringContaining('is paused already'),
    expect.stringContaining('이미 일시정지되어 있습니다'),
  ]);
  const [list, koreanList] = await both('watch list', {}, boss);
  expect(list).toMatch(/2 watches.*o\/r\*\* \(added here; muted until .*o\/s\*\* \(added here; paused\)/s);
  expect(koreanList).toMatch(/대상 2개.*\(여기서 추가; <t:\d+:f>까지 음소거\).*\(여기서 추가; 일시정지\)/s);
  expect(await both('status', {}, boss)).toEqual([
    expect.stringContaining('2 paused or muted'),
    expect.stringContaining('일시정지 또는 음소거 2개'),
  ]);
  expect(await both('watch remove', { target: 'elsewhere' }, boss)).toEqual([
    expect.stringContaining('`/watch list` shows'),
    expect.stringContaining('`/감시 목록` (`/watch list`)'),
  ]);
  expect(await say('watch remove', { target: 'o/s' }, korean)).toContain('더 이상 **github:o/s** 대상을');
  expect(await say('watch remove', { target: 'github:o/r' }, boss)).toContain('no longer watches');
  expect(await both('watch list', {}, boss)).toEqual([
    expect.stringContaining('`/watch add` adds something'),
    expect.stringContaining('추가하는 명령: `/감시 추가` (`/watch add`)'),
  ]);
  expect(world.unexpected()).toEqual([]);
}, 60_000);
