// Two workers with the bot on one PostgreSQL: each shard is at one of them, each alert comes once, and one goes on for the other.
import { expect, inject, it } from 'vitest';
import { botYaml, openBotScene } from '../support/e2e/bot-scene.ts';
import { type Running, startLandfall, until } from '../support/landfall.ts';
import { freshSchema } from '../support/postgres.ts';

it('share the shards of a bot that Discord divides, and one that is killed leaves its own to the other', async ({
  onTestFinished,
}) => {
  const schema = await freshSchema(inject('postgresUrl'));
  const { world, home, say, close } = await openBotScene();
  const { gateway } = world.discord;
  const workers: Running[] = [];
  onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await close();
    await schema.drop();
  });
  gateway.divide({ shards: 4, maxConcurrency: 2 });
  const places = [0, 1, 2, 3].map(
    (shard) => world.discord.channel({ guild: world.discord.guild(`of ${shard}`, 'en-US', shard) }).id,
  );
  await home.configure(botYaml());
  const env = { ...world.env, ...world.tokens, DATABASE_URL: schema.url };
  for (let n = 0; n < 2; n += 1) {
    const worker = startLandfall(['run', ...home.args], { env });
    workers.push(worker);
    await worker.says(/landfall .*: 0 watches/);
  }
  const has = (worker: Running): number => worker.stderr().match(/the bot is at .*\(shard \d of 4\)/g)?.length ?? 0;
  await until(() => workers.every((worker) => has(worker) >= 2), 'both to have their share', 60_000);
  await until(() => gateway.shards().length === 4, 'all shards', 30_000);
  for (const channelId of places) expect(await say('help', {}, { channelId })).toContain('/watch add');

  const [first, second] = workers;
  await first?.kill();
  await until(() => gateway.shards().length === 4 && second !== undefined && has(second) >= 4, 'the takeover', 60_000);
  for (const channelId of places) expect(await say('help', {}, { channelId })).toContain('/watch add');
  expect((await second?.stop('SIGTERM'))?.code).toBe(0);
  expect([gateway.hasty(), gateway.shards(), world.unexpected()]).toEqual([0, [], []]);
}, 180_000);

it('are once at the gateway, tell everything once, and stand in for each other', async ({ onTestFinished }) => {
  const schema = await freshSchema(inject('postgresUrl'));
  const { world, home, say, close } = await openBotScene();
  const { gateway } = world.discord;
  const workers: Running[] = [];
  onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await close();
    await schema.drop();
  });
  const channel = world.discord.channel();
  const names = Array.from({ length: 8 }, (_, n) => `o/r${n}`);
  for (const name of names) world.github.repo(name).release({ tag: 'v1', body: 'Notes.' });
  const list = names.map((name) => `  - { github: ${name}, firstRun: latest }\n`).join('');
  await home.configure(botYaml(`channels:\n  releases:\n    discord: { channel: "${channel.id}" }\nwatch:\n${list}`));
  const env = { ...world.env, ...world.tokens, DATABASE_URL: schema.url };
  const start = async (): Promise<Running> => {
    const worker = startLandfall(['run', ...home.args], { env });
    workers.push(worker);
    await worker.says(/landfall .*: 8 watches/);
    return worker;
  };
  const first = await start();
  const second = await start();
  await until(gateway.connected, 'the bot');
  await until(() => channel.messages().length >= names.length, 'the alerts', 20_000);
  const [holder, other] = /the bot is at/.test(first.stderr()) ? [first, second] : [second, first];
  await holder.says('the bot is at');
  expect(other.stderr()).not.toContain('the bot is at');
  expect(await say('status', {}, { channelId: channel.id })).toContain('All well');

  const stopped = await holder.stop('SIGTERM');
  expect([stopped.code, gateway.identifies(), gateway.connected()]).toEqual([0, 1, false]);
  await other.says('the bot is at', 20_000);
  expect(await say('help', {}, { channelId: channel.id, locale: 'ko' })).toContain('/감시 추가');
  expect((await other.stop('SIGTERM')).code).toBe(0);
  const titles = channel.messages().map((message) => String(message.embeds[0]?.title));
  expect(titles.toSorted()).toEqual(names.map((name) => `${name} v1`));
  expect([gateway.identifies(), world.unexpected()]).toEqual([2, []]);
}, 90_000);
