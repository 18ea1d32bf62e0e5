// The gateway, end to end: a refused login costs one login and no alert; the commands are registered once; the end is quick.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BotScene, botYaml, openBotScene } from '../support/e2e/bot-scene.ts';
import { until } from '../support/landfall.ts';

let scene: BotScene;
beforeEach(async () => {
  scene = await openBotScene();
});
afterEach(() => scene.close());

it('goes on telling when Discord refuses the login, and does not log in again at once', async () => {
  const { world } = scene;
  const channel = world.discord.channel();
  world.github.repo('o/r').release({ tag: 'v1' });
  world.discord.gateway.refuse(1);
  const yaml = `channels:\n  releases:\n    discord: { channel: "${channel.id}" }\nwatch:\n  - { github: o/r, firstRun: latest }\n`;
  const running = await scene.start(botYaml(yaml), 'next try in 1 min');
  await until(() => channel.messages().length === 1, 'the alert');
  expect(world.discord.gateway.identifies()).toBe(1);
  expect(running.stderr()).not.toContain(world.discord.token);
  const ran = await scene.stop();
  expect(ran?.code).toBe(0);
  expect(world.discord.gateway.identifies()).toBe(1);
}, 60_000);

it('registers its commands once, resumes a broken connection, and ends at once when asked', async () => {
  const { world } = scene;
  const channel = world.discord.channel();
  await scene.start(botYaml());
  const registered = () => world.discord.service.log.filter(({ method }) => method === 'PUT').length;
  world.discord.gateway.drop();
  await until(() => world.discord.gateway.resumes() === 1, 'the resume');
  expect(await scene.say('help', {}, { channelId: channel.id })).toContain('/watch add');
  // Discord makes most of these answers wait.
  const boss = { channelId: channel.id, permissions: ['ManageGuild'] as const };
  for (let n = 0; n < 60; n += 1) {
    await world.discord.people.slash('watch add', { kind: 'github', target: `o/r${n}` }, boss);
  }
  const began = performance.now();
  expect((await scene.stop())?.code).toBe(0);
  expect(performance.now() - began).toBeLessThan(9_000);
  await scene.start(botYaml(), 'the bot is at');
  expect(await scene.say('help', {}, { channelId: channel.id, locale: 'ko' })).toContain('/watch add');
  expect([registered(), world.discord.gateway.identifies()]).toEqual([1, 2]);
}, 60_000);
