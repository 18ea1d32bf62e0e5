// People ask while hundreds of repositories are looked at for the first time: each gets an answer, not the promise of one.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askOn } from '../support/e2e/asking.ts';
import { type BotScene, botYaml, openBotScene } from '../support/e2e/bot-scene.ts';

const repos = 500;
let scene: BotScene;
beforeEach(async () => {
  scene = await openBotScene();
});
afterEach(() => scene.close());

it('answers every command in the middle of five hundred first looks', async () => {
  const { world } = scene;
  const names = Array.from({ length: repos }, (_, n) => `org${n % 20}/repo${n}`);
  for (const name of names) {
    const repo = world.github.repo(name);
    for (const tag of ['v1.1', 'v1.2', 'v1.3']) repo.release({ tag });
  }
  world.github.warm();
  const channel = world.discord.channel();
  const list = names.map((name) => `  - github: ${name}\n`).join('');
  // GitHub takes its time, so that the bot is there before the looks are over.
  world.github.api.latency(400);
  await scene.start(
    botYaml(`channels:\n  releases: { discord: { channel: "${channel.id}" } }\nwatch:\n${list}`),
    'registered 13 commands',
  );
  const looked = () => world.github.graphql.queries.length;
  const before = looked();
  const end = repos / 100 + 1;
  const answers = await askOn(world.discord, { channelId: channel.id, allowed: ['watch'] }, () => looked() >= end);
  expect(looked()).toBeGreaterThan(before);
  expect(answers.length).toBeGreaterThan(16);
  expect(answers.map(({ type }) => type).filter((type) => type !== 4 && type !== 8)).toEqual([]);
  expect(world.unexpected()).toEqual([]);
}, 60_000);
