// Watches from Discord, end to end: previewed, confirmed, told without a restart, paused, exported; and what is refused.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BotScene, botYaml, openBotScene, textOf } from '../support/e2e/bot-scene.ts';
import { landfall, until } from '../support/landfall.ts';
import type { Person } from '../support/world/discord/invocation.ts';

let scene: BotScene;
beforeEach(async () => {
  scene = await openBotScene();
});
afterEach(() => scene.close());

it('adds, tells at once and in the language of the channel, pauses, lists, explains, exports, removes', async () => {
  const { world, say, add } = scene;
  const repo = world.github.repo('xai-org/grok-1');
  for (const tag of ['v1.0', 'v1.1', 'v1.2']) repo.release({ tag, body: 'Notes.' });
  const one = world.discord.channel();
  const other = world.discord.channel({ guild: world.discord.guild('Elsewhere') });
  const boss: Person = { channelId: one.id, permissions: ['ManageGuild'] };
  const rival: Person = { channelId: other.id, permissions: ['ManageGuild'], locale: 'ko' };
  await scene.start(botYaml());

  const [preview, added] = await add({ kind: 'github', target: 'xai-org/grok-1', exclude: '-nightly' }, boss);
  expect(preview).toContain("Now: 3 releases, newest v1.2.\nYou'll be told the next one.");
  expect(added).toBe('This channel now watches **github:xai-org/grok-1**.');
  const [koreanPreview, koreanAdded] = await add({ kind: 'github', target: 'xai-org/grok-1' }, rival);
  expect(koreanPreview).toContain('현재: 릴리스 3개, 최신 v1.2.\n다음 것부터 알려 드립니다.');
  expect(koreanAdded).toContain('이제 이 채널에서 **github:xai-org/grok-1** 소식을 알려 드립니다.');
  expect(await say('language', { locale: 'ko' }, boss)).toContain('한국어');
  expect(await say('digest', { when: 'off' }, rival)).toContain('하나씩');

  const status = async (): Promise<readonly { readonly result: string | null }[]> => {
    const ran = await landfall(['status', '--json', ...scene.home.args], { env: { ...world.env, ...world.tokens } });
    return (ran.json() as { readonly watches: readonly { readonly result: string | null }[] }).watches;
  };
  let looked = await status();
  while (looked.some(({ result }) => result === null)) looked = await status();
  repo.release({ tag: 'v2.0', body: 'The new one.' });
  const choices = await world.discord.people.autocomplete('watch pause', { target: 'grok' }, 'target', rival);
  expect(choices.data.choices).toEqual([{ name: 'github:xai-org/grok-1', value: 'github:xai-org/grok-1' }]);
  expect(await say('watch pause', { target: 'github:xai-org/grok-1' }, rival)).toContain('일시정지했습니다');
  expect(await say('watch list', {}, rival)).toContain('(여기서 추가; 일시정지)');
  expect(await say('watch pause', { target: 'xai-org/grok-1' }, rival)).toContain('그동안의 소식은 알리지 않습니다');

  await until(() => one.messages().length > 0, 'the alert', 40_000);
  expect(textOf(one.messages()[0])).toContain('v2.0');
  expect(textOf(one.messages()[0])).toContain('🟢 공개');
  // Discord has the message a moment before the database knows that it was sent.
  let why = await say('why', { item: 'v2.0' }, boss);
  while (why.includes('still owed')) why = await say('why', { item: 'v2.0' }, boss);
  expect(why).toMatch(/First seen <t:\d+:f> through github:xai-org\/grok-1.*told.*sent/s);
  expect(await say('why', { item: 'v2.0' }, rival)).toContain('알리지 않음: 이 감시의 첫 확인');
  expect(other.messages()).toEqual([]);

  const muted = await say('mute', { target: 'github:xai-org/grok-1', for: '2h' }, boss);
  expect(muted).toMatch(/is muted until <t:\d+:f>/);
  expect(await say('mute', { target: 'github:xai-org/grok-1', for: 'soon' }, boss)).toContain('Such as 30m, 2h or 1d');
  const ran = await landfall(['export', ...scene.home.args], { env: { ...world.env, ...world.tokens } });
  expect(ran.stdout).toContain(`    exclude: "-nightly"\n    to: ["discord-${one.id}"]`);
  expect(ran.stdout).toContain(`  discord-${one.id}:\n    discord: { channel: "${one.id}" }\n    locale: ko`);

  expect(await say('watch remove', { target: 'github:xai-org/grok-1' }, boss)).toContain('no longer watches');
  expect(await say('watch list', {}, boss)).toContain('Nothing is watched for this channel');
  expect(await say('watch list', {}, rival)).toContain('grok-1');
  const stopped = await scene.stop();
  expect([stopped?.code, world.unexpected()]).toEqual([0, []]);
}, 120_000);

it('refuses what the file would refuse, what is private, what is too much, and who may not', async () => {
  const { world, say } = scene;
  const feed = world.web.feed('/news.xml', {
    entries: [{ title: 'Grok 3 open weights', link: 'https://lab.test/grok-3' }],
  });
  const host = new URL(feed.url).hostname;
  world.github.repo('o/one').release({ tag: 'v1' });
  const channel = world.discord.channel({ deny: ['EmbedLinks'] });
  const boss: Person = { channelId: channel.id, permissions: ['ManageGuild'] };
  const trusted: Person = { channelId: channel.id, allowed: ['watch', 'mute'] };
  const listed = world.discord.channel();
  await scene.start(
    botYaml(
      `http: { allowPrivate: ["${host}"] }\nchannels:\n  releases:\n    discord: { channel: "${listed.id}" }\nwatch:\n  - github: o/two\n`,
      ', watchesPerGuild: 1, looksPerHourPerGuild: 4',
    ),
  );
  const add = (kind: string, target: string, more = {}): Promise<string> =>
    say('watch add', { kind, target, ...more }, boss);
  const inKorean = (kind: string, target: string, more = {}): Promise<string> =>
    say('watch add', { kind, target, ...more }, { ...boss, locale: 'ko' });

  // Whom the server lets use a command, the bot lets use it too.
  const allowed = [await say('watch list', {}, trusted), await say('mute', { target: 'o/one', for: '1h' }, trusted)];
  expect(allowed).toEqual([expect.stringContaining('Nothing is watched'), expect.stringContaining('does not watch')]);
  expect(await add('github', 'not a name')).toContain('That cannot be watched:');
  expect(await add('github', 'o/one', { include: '(?=x)' })).toContain('lookaround is not supported');
  expect(await inKorean('github', 'a/b/c')).toMatch(/지켜볼 수 없습니다:\n• .*빗금\(\/\)이 둘 이상입니다 \(저장소는/);
  expect(await inKorean('github', 'o/one', { include: '(?=x)' })).toMatch(/RE2.*전방·후방 탐색은 지원하지 않습니다/);
  const before = world.web.service.log.length;
  expect(await add('feed', feed.url)).toMatch(/could not be looked at, so nothing was added/);
  expect(await inKorean('feed', feed.url)).toMatch(/확인에 실패하여 추가하지 않았습니다: 내부망 주소라서/);
  const secret = feed.url.replace('//', '//reader:password@');
  expect(await add('feed', secret)).toContain('a password or a variable in it is not added from Discord');
  expect(await inKorean('feed', secret)).not.toContain('reader');
  expect(world.web.service.log.length).toBe(before);

  const [preview] = await scene.add({ kind: 'github', target: 'o/one' }, boss);
  expect(preview).toContain('In this channel I lack: Embed Links');
  expect(await add('github', 'o/one')).toContain('watches **github:o/one** already (added here)');
  expect(await inKorean('github', 'o/one')).toContain('이미 **github:o/one** 대상을 지켜보고 있습니다(여기서 추가)');
  expect(await add('github', 'o/three')).toContain('This server may have 1 watches');
  expect(await inKorean('github', 'o/three')).toContain('이 서버는 1개까지');
  expect(await say('status', {}, boss)).toContain('1 watch for this channel');

  const inFile: Person = { channelId: listed.id, permissions: ['ManageGuild'] };
  expect(await scene.both('watch list', {}, inFile)).toEqual([
    expect.stringContaining('**github:o/two** (from the file)'),
    expect.stringContaining('**github:o/two** (설정 파일)'),
  ]);
  expect(await say('watch remove', { target: 'o/two' }, inFile)).toContain('is set in the configuration file');
  expect(await say('watch pause', { target: 'o/two' }, { ...inFile, locale: 'ko' })).toContain('설정 파일에 정해져');
  expect(await say('language', { locale: 'ko' }, inFile)).toContain('is set in the configuration file');
  expect(await say('digest', { when: 'daily' }, inFile)).toContain('is set in the configuration file');
}, 90_000);
