// A bot that Discord divides into shards, end to end: each server is answered by its shard, and one that ends takes none along.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BotScene, botYaml, openBotScene } from '../support/e2e/bot-scene.ts';
import { landfall, until } from '../support/landfall.ts';

let scene: BotScene;
beforeEach(async () => {
  scene = await openBotScene();
});
afterEach(() => scene.close());

it('answers on every shard, greets there, and goes on when one breaks, ends or is refused', async () => {
  const { world, home } = scene;
  const { discord, env, tokens } = { ...world };
  const { gateway } = discord;
  gateway.divide({ shards: 8, maxConcurrency: 4 });
  const places = [0, 3, 6].map((shard) => {
    const guild = discord.guild(`of ${shard}`, 'en-US', shard);
    return { channelId: discord.channel({ guild }).id, permissions: ['ManageGuild'] as const };
  });
  const [zero, three, six] = places;
  if (zero === undefined || three === undefined || six === undefined) throw new Error('no places');
  const running = await scene.start(botYaml());
  await until(() => gateway.shards().length === 8, 'all shards', 30_000);
  expect([gateway.identifies(), gateway.hasty()]).toEqual([8, 0]);
  expect(gateway.shards()).toEqual(Array.from({ length: 8 }, (_, id) => ({ id, total: 8 })));
  for (const place of places) expect(await scene.say('help', {}, place)).toContain('/watch add');

  const joined = discord.guild('of 5', 'ko', 5);
  const greeted = discord.channel({ guild: joined });
  joined.state.systemChannelId = greeted.id;
  discord.join(joined);
  await until(() => greeted.messages().length === 1, 'the welcome');

  const [preview, added] = await scene.add({ kind: 'github', target: 'o/r' }, six);
  expect([preview, added].join()).toContain('o/r');
  gateway.drop(3);
  await until(() => gateway.resumes() === 1, 'the resume');
  expect(await scene.say('help', {}, three)).toContain('/watch add');
  // 4013 would refuse every shard: those that are there stay.
  gateway.end(4013, 6);
  await running.says('next try in 1 min');
  expect(gateway.shards().map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5, 7]);
  expect(await scene.say('watch list', {}, zero)).not.toContain('o/r');

  const health = await landfall(['health', '--json', ...home.args], { env: { ...env, ...tokens } });
  expect(JSON.parse(health.stdout)).toMatchObject({
    ok: true,
    gateway: { shards: 8, connected: 7, code: 'gateway.shards', away: [{ shard: 6, code: 'gateway.closed' }] },
  });
  const status = await landfall(['status', ...home.args], { env: { ...env, ...tokens } });
  expect(status.stdout).toContain(
    "bot: 7 of 8 shards connected to Discord's gateway\n  shard 6: Discord closed the connection (4013), since ",
  );
  // A server of a shard that is away is not gone, nor is what it watches.
  expect(status.stdout).toMatch(/github:o\/r \(from Discord\) +(ok|not)/);
  expect((await scene.stop())?.code).toBe(0);
  expect([gateway.identifies(), gateway.hasty(), gateway.shards(), world.unexpected()]).toEqual([8, 0, [], []]);
}, 120_000);
