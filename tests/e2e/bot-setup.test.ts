// Setting a server up from Discord, end to end, in both languages: labs, edited watches, the settings of a channel, samples,
// and the welcome.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BotScene, botYaml, buttonOf, openBotScene, textOf } from '../support/e2e/bot-scene.ts';
import { until } from '../support/landfall.ts';
import type { Person } from '../support/world/discord/invocation.ts';

let scene: BotScene;
beforeEach(async () => {
  scene = await openBotScene();
});
afterEach(() => scene.close());

it('edits a watch with a preview on what was seen, and sets how alerts come', async () => {
  const { world, say, suggest } = scene;
  const { people } = world.discord;
  const guild = world.discord.guild();
  const repo = world.github.repo('o/r');
  for (const tag of ['v1.0', 'v1.1', 'nightly-7']) repo.release({ tag });
  const channel = world.discord.channel({ guild });
  const forum = world.discord.channel({ guild, type: 'forum' });
  const role = guild.role('Model watchers');
  const boss: Person = { channelId: channel.id, permissions: ['ManageGuild'] };
  const kim: Person = { ...boss, locale: 'ko' };
  await scene.start(botYaml());
  await scene.add({ kind: 'github', target: 'o/r' }, boss);
  const press = async (options: Readonly<Record<string, string>>, who: Person, yes = true) => {
    const preview = await (await people.slash('watch edit', options, who)).message();
    if (preview === null) throw new Error('no preview');
    const said = textOf(preview);
    const pressed = await people.press(preview, buttonOf(preview, yes ? 'watch:yes' : 'watch:no'), who);
    return [said, String(pressed.data.content)];
  };
  let preview: readonly string[] = [];
  for (let tries = 0; tries < 100 && preview[0]?.includes('held back') !== true; tries += 1)
    preview = await press({ target: 'github:o/r', exclude: 'nightly' }, boss, false);
  expect(preview[0]).toMatch(/With these filters.*2 would be told: v1\.\d, v1\.\d.*1 would be held back: nightly-7/s);
  const [said, saved] = await press({ target: 'github:o/r', exclude: 'nightly', events: 'release', role }, kim);
  expect(said).toMatch(/이 조건이라면.*알릴 것 2개.*알리지 않을 것 1개: nightly-7.*멘션: <@&\d+>.*울리지 않습니다/s);
  expect(saved).toContain('대상을 바꾸었습니다');
  expect(await say('watch list', {}, boss)).toContain('exclude: nightly');
  expect(await say('watch edit', { target: 'o/r', include: '(?=x)' }, boss)).toContain('lookaround is not supported');
  expect(await say('watch edit', { target: 'o/r', only: 'models' }, boss)).toContain('That cannot be watched');
  expect(await say('watch edit', { target: 'o/r' }, kim)).toContain('바꿀 것이 없습니다');
  expect((await suggest('watch edit', { target: 'o/r', events: 'release, li' }, boss))[0]).toEqual([
    'release, licence',
  ]);

  expect(await say('settings', {}, boss)).toMatch(
    /What happens next.*as a reply here.*Quiet hours.*none.*Pinged.*nobody/s,
  );
  const changed = await say(
    'settings',
    { turns: 'thread', silent: 'rumours', quiet: '22:00-08:00', timezone: 'Asia/Seoul', role, ping: 'releases' },
    kim,
  );
  expect(changed).toMatch(/스레드에.*소문.*22:00–08:00.*Asia\/Seoul.*공개: <@&\d+>/s);
  expect(await say('settings', { quiet: 'tonight' }, boss)).toContain('“tonight” is no span of hours');
  expect(await say('settings', { timezone: 'Nowhere/Land' }, kim)).toContain('시간대가 아닙니다');
  expect(await say('settings', { role: guild.id }, boss)).toContain('no @everyone');
  const off = { quiet: 'off', ping: 'nobody', forum: forum.id, digest: 'off', language: 'ko' };
  expect(await say('settings', off, boss)).toMatch(/as posts in <#\d+>.*Quiet hours.*none.*한국어.*Pinged.*nobody/s);

  // What comes then is a post of the forum, in Korean, and pings who the watch was to ping.
  repo.release({ tag: 'v2.0' });
  repo.release({ tag: 'nightly-8' });
  await until(() => forum.threads().length > 0, 'the post', 90_000);
  const [post] = forum.threads();
  expect(post?.name).toContain('v2.0');
  expect(world.discord.messages(post?.id ?? '')[0]?.content).toContain(`<@&${role}>`);
  expect(forum.threads()).toHaveLength(1);
  await say('settings', { turns: 'here' }, boss);

  // A sample of each form, here, for nobody in particular.
  const before = channel.messages().length;
  const [done, samples] = [await say('test', {}, kim), channel.messages().slice(before)];
  expect(done).toContain('견본 5개를');
  const shown = samples.filter(({ flags }) => (flags & 64) === 0).map(textOf);
  expect(shown).toHaveLength(5);
  expect(shown.join('\n')).toMatch(/견본 1/);
  expect(JSON.stringify(samples.map(({ components }) => components))).not.toContain('story:');
  expect(world.unexpected()).toEqual([]);
}, 150_000);

it('adds a lab as a whole, suggests what people know, and greets a server once', async () => {
  const { world, say, suggest } = scene;
  const { people } = world.discord;
  world.huggingface.model('xai-org/grok-2', {});
  const channel = world.discord.channel();
  const boss: Person = { channelId: channel.id, permissions: ['ManageGuild'] };
  await scene.start(botYaml());
  expect((await suggest('watch add', { kind: 'lab', target: 'xa' }, boss))[0]).toContain('xAI');
  expect((await suggest('watch add', { kind: 'huggingface', target: 'xai' }, boss))[0]).toContain('xAI · xai-org');
  expect(await say('watch add', { kind: 'lab', target: 'nobody' }, boss)).toContain('I know no lab called “nobody”');
  const asked = await people.slash('watch add', { kind: 'lab', target: 'xAI' }, boss);
  const preview = await asked.message();
  if (preview === null) throw new Error('no preview');
  expect(textOf(preview)).toMatch(/xAI: these would be watched.*huggingface:xai-org/s);
  const added = await people.press(preview, buttonOf(preview, 'watch:yes'), { ...boss, locale: 'ko' });
  expect(textOf(await added.message())).toMatch(/xAI의 대상 \d개를/);
  expect(await say('watch list', {}, boss)).toContain('huggingface:xai-org');

  // Added while the bot is there: greeted where Discord greets people, in the server's language.
  const joined = [world.discord.guild('New', 'en-US'), world.discord.guild('새 서버', 'ko')];
  const halls = joined.map((guild) => {
    const hall = world.discord.channel({ guild, name: 'general' });
    guild.state.systemChannelId = hall.id;
    return hall;
  });
  for (const guild of joined) world.discord.join(guild);
  await until(() => halls.every((hall) => hall.messages().length > 0), 'the welcome', 10_000);
  expect(halls.map((hall) => hall.messages().map(textOf))).toEqual([
    [expect.stringMatching(/open models land.*\/watch add/s)],
    [expect.stringMatching(/안녕하세요.*감시 추가/s)],
  ]);
  // Not again, neither by another word of Discord's nor by a start; and nobody is greeted at a start.
  world.discord.join(joined[0] ?? world.discord.guild());
  const silent = world.discord.guild('Later');
  silent.state.systemChannelId = world.discord.channel({ guild: silent }).id;
  await scene.stop();
  await scene.start(botYaml(), 'the bot is at');
  expect(await say('status', {}, boss)).toContain('watch');
  expect(halls.map((hall) => hall.messages().length)).toEqual([1, 1]);
  expect(world.discord.messages(silent.state.systemChannelId ?? '')).toEqual([]);
}, 120_000);
