// The first word to a channel: with the built-in list alone, once for a channel and a database, in English.
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { placeFor } from '../support/e2e/place.ts';
import { landfall, startLandfall } from '../support/landfall.ts';

const list = `schedule: "* * * * * *"
channels:
  community: { discord: { webhook: "\${DISCORD_WEBHOOK:-}" } }
watch:
  - huggingface: xai-org
  - github: acme/widget
`;

it('run with the built-in list says what is watched; once and a file of one’s own do not', async (test) => {
  const place = await placeFor(test);
  const { world, home } = place;
  world.huggingface.model('xai-org/grok-9', { licence: 'apache-2.0' });
  world.huggingface.model('xai-org/grok-8', { licence: 'apache-2.0' });
  world.github.repo('acme/widget').release({ tag: 'v1' });
  // The program as it is shipped, with a built-in list that is watched without the internet.
  const app = join(home.dir, 'app');
  await mkdir(app);
  for (const part of ['dist', 'config', 'package.json']) await cp(resolve(part), join(app, part), { recursive: true });
  await symlink(resolve('node_modules'), join(app, 'node_modules'));
  await writeFile(join(app, 'config', 'landfall.yaml'), list);
  const main = join(app, 'dist', 'main.js');
  const channel = world.discord.webhook();
  const env = { ...place.env, DISCORD_WEBHOOK: channel.url };
  const texts = () =>
    channel.messages().map(({ content, embeds }) => [content, ...embeds.map((e) => e.description)].join(' '));
  const args = (config: string) => ['--config', config, '--data', home.data];

  const builtIn = join(app, 'config', 'landfall.yaml');
  expect((await landfall(['once', ...args(builtIn)], { env, main })).code).toBe(0);
  expect(texts()).toEqual([]);

  const own = await home.write('own.yaml', `${list}# my own\n`);
  for (const [config, told] of [
    [own, 0],
    [builtIn, 1],
    [builtIn, 1],
  ] as const) {
    const running = startLandfall(['run', ...args(config)], { env, main });
    await running.says(told === 1 && texts().length === 0 ? 'told community' : 'told to community');
    await running.stop();
    expect(texts()).toHaveLength(told);
  }
  expect(texts()[0]).toContain("Watching 2 places, 2 models remembered; you'll hear of what is new.");
  expect(world.unexpected()).toEqual([]);
});
