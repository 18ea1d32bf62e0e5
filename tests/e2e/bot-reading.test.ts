// What people only read in Discord, end to end, each command in both languages and with its suggestions.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { saveSpread } from '../../src/store/spread.ts';
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

const secret: Story = {
  ...release,
  id: 'story-secret',
  key: 'news:secret',
  name: 'Secret find',
  scope: { guild: '42' },
  audience: ['guild:42:1'],
};

it('shows models, what landed, and two side by side', async () => {
  const { world, both, suggest, say } = scene;
  const older = Array.from(
    { length: 20 },
    (_, n): Story => ({
      ...release,
      id: `story-older-${n}`,
      key: `github:o/older@${n}`,
      name: `Older ${n}`,
      releasedAt: '2024-01-01T00:00:00Z',
    }),
  );
  const released = Date.parse(grok.releasedAt ?? '');
  const days = [0, 1, 2].map((n) => new Date(released + n * 86_400_000).toISOString());
  const counted = days.map((at, n) =>
    saveSpread({ storyId: grok.id, day: at.slice(0, 10), measure: 'likes', value: 10 ** n }, at),
  );
  await scene.seed([...[grok, release, secret, ...older].map((story) => saveStory(story, 0)), ...counted]);
  const person: Person = { channelId: world.discord.channel().id };
  const korean: Person = { ...person, locale: 'ko', guildLocale: 'ko' };
  await scene.start(botYaml());
  const { people } = world.discord;

  const models = await both('model', { name: 'grok 2' }, person);
  expect(models[0]).toMatch(/Elon Musk \(xAI\).*kept 6 days late.*Licence/s);
  expect(models[1]).toMatch(/Elon Musk \(xAI\).*6일 늦게.*라이선스/s);
  // How it spread, as a picture; who asks where no files may be attached gets the words alone.
  for (const who of [person, korean]) {
    const drawn = await (await people.slash('model', { name: 'story-grok-2' }, who)).message();
    expect(drawn?.attachments).toMatchObject([{ filename: 'spread.png' }]);
    expect(Number(drawn?.attachments[0]?.size)).toBeGreaterThan(5_000);
  }
  expect((await (await people.slash('model', { name: 'v0.9.0' }, person)).message())?.attachments).toEqual([]);
  const unknown = await both('model', { name: 'Secret find' }, person);
  expect(unknown).toEqual([
    expect.stringContaining('I know no story'),
    expect.stringContaining('소식을 찾을 수 없습니다'),
  ]);
  for (const who of [person, korean])
    expect(await suggest('model', { name: 'grok' }, who)).toEqual([['Grok 2'], 'story-grok-2']);
  expect(await say('model', { name: 'story-grok-2' }, korean)).toContain('Grok 2');

  const [latest, koreanLatest] = await both('latest', {}, person);
  expect(latest).toMatch(/Landed last.*Grok 2.*v0\.9\.0/s);
  expect(koreanLatest).toMatch(/최근 공개.*Grok 2.*v0\.9\.0/s);
  expect(latest).not.toMatch(/Secret find|Older 9/);
  const ofLab = await both('latest', { lab: 'xai' }, person);
  expect(ofLab).toEqual([
    expect.stringContaining('Landed last: xAI'),
    expect.stringMatching(/최근 공개: xAI.*Grok 2/s),
  ]);
  const none = await both('latest', { lab: 'meta' }, person);
  expect(none).toEqual([
    expect.stringContaining('Nothing has landed yet'),
    expect.stringContaining('아직 공개된 것이 없습니다'),
  ]);
  for (const who of [person, korean]) expect(await suggest('latest', { lab: 'x' }, who)).toEqual([['xAI'], 'xai']);
  const list = await (await people.slash('latest', {}, korean)).message();
  if (list === null) throw new Error('no list');
  expect((await people.press(list, buttonOf(list, 'page:latest'), korean)).type).toBe(7);
  expect(textOf(list)).toContain('Older 9');

  const two = { a: 'grok 2', b: 'vllm v0.9.0' };
  const [compared, koreanCompared] = await both('compare', two, person);
  expect(compared).toMatch(
    /Grok 2 ┃ vllm.*__Different__.*\*\*Licence\*\* grok2-community.* ┃ –.*__The same in both__.*\*\*Stage\*\* Released/s,
  );
  expect(koreanCompared).toMatch(/Grok 2 ┃ vllm.*__다른 점__.*\*\*라이선스\*\* grok2-community.* ┃ –.*__같은 점__/s);
  expect(await both('compare', { a: 'grok 2', b: 'nothing' }, person)).toEqual([
    expect.stringContaining('I know no story called “nothing”'),
    expect.stringContaining('“nothing” 소식을 찾을 수 없습니다'),
  ]);
  for (const focused of ['a', 'b'])
    expect((await suggest('compare', { [focused]: 'vllm v0' }, korean))[0]).toEqual(['vllm-project/vllm v0.9.0']);
  expect(world.unexpected()).toEqual([]);
}, 60_000);

it('explains what was told and what was not, how things stand, and what can be asked', async () => {
  const { world, both, suggest } = scene;
  const channel = world.discord.channel();
  world.github.repo('o/r').release({ tag: 'v1.0', body: 'Notes.' });
  const person: Person = { channelId: channel.id };
  await scene.start(
    botYaml(
      `channels:\n  releases:\n    discord: { channel: "${channel.id}" }\nwatch:\n  - { github: o/r, firstRun: latest }\n`,
    ),
  );
  await until(() => channel.messages().length > 0, 'the alert', 20_000);

  // Discord has the message a moment before the database knows that it was sent.
  let [why, koreanWhy] = await both('why', { item: 'v1.0' }, person);
  while (why.includes('still owed')) [why, koreanWhy] = await both('why', { item: 'v1.0' }, person);
  expect(why).toMatch(/First seen <t:\d+:f> through github:o\/r.*told.*message: sent/s);
  expect(koreanWhy).toMatch(/github:o\/r에서 <t:\d+:f> 처음 확인.*알림.*메시지: 보냄/s);
  expect(await both('why', { item: 'never seen' }, person)).toEqual([
    expect.stringContaining('Nothing seen so far is called “never seen”'),
    expect.stringContaining('“never seen”은(는) 없습니다'),
  ]);
  for (const locale of ['en-US', 'ko']) {
    const [names, url] = await suggest('why', { item: 'v1' }, { ...person, locale });
    expect([names[0], url]).toEqual([expect.stringContaining('v1.0'), expect.stringContaining('/o/r/')]);
  }

  const [status, koreanStatus] = await both('status', {}, person);
  expect(status).toMatch(/I last woke <t:\d+:R>.*1 watch for this channel.*All well/s);
  expect(koreanStatus).toMatch(/마지막 동작 <t:\d+:R>.*지켜보는 대상 1개.*모두 정상입니다/s);
  channel.deny('EmbedLinks', 'ReadMessageHistory');
  expect(await both('status', {}, person)).toEqual([
    expect.stringContaining('I lack: Embed Links, Read Message History.'),
    expect.stringContaining('제게 없는 권한: 링크 첨부, 메시지 기록 보기.'),
  ]);

  const [help, koreanHelp] = await both('help', {}, person);
  expect(help).toContain('`/watch add kind target [include] [exclude]` Watch something');
  expect(koreanHelp).toContain('`/감시 추가 종류 대상 [포함] [제외]` (`/watch add`) ');
  expect(koreanHelp).toContain('`/비교 첫째 둘째` (`/compare`) 두 모델을 나란히 봅니다');
  for (const command of ['watch remove', 'model', 'latest', 'promises', 'why', 'mute', 'digest', 'language', 'help'])
    expect([help, koreanHelp].every((text) => text.includes(`/${command}`))).toBe(true);
  expect(world.unexpected()).toEqual([]);
}, 60_000);
