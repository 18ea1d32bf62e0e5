// A configuration that changes while the worker runs: files that are swapped, SIGHUP, mistakes, and kills in between.
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Place, placeFor, textOf } from '../support/e2e/place.ts';
import { until } from '../support/landfall.ts';

const watch = (name: string): string => `  - { github: acme/${name}, firstRun: latest }\n`;

function yaml(place: Place, names: readonly string[], more = ''): string {
  const channel = `  releases: { discord: { channel: "${place.channel.id}" }, operator: true }\n`;
  return `schedule: "* * * * * *"\nfiles: ["watch.d/*.yaml"]\n${more}channels:\n${channel}watch:\n${names.map(watch).join('')}`;
}

/** As Kubernetes mounts a ConfigMap: files are links into a folder that is a link itself, which is swapped. */
async function mount({ home }: Place, version: number, text: string): Promise<void> {
  const folder = join(home.dir, `..v${version}`);
  await mkdir(folder);
  await writeFile(join(folder, 'landfall.yaml'), text);
  await symlink(`..v${version}`, join(home.dir, '..new'));
  await rename(join(home.dir, '..new'), join(home.dir, '..data'));
}

it('takes over what is swapped, added or asked for, and goes on by the old one where the new one is wrong', async (test) => {
  const place = await placeFor(test);
  const { home, world, channel } = place;
  for (const name of ['one', 'two', 'three', 'four']) world.github.repo(`acme/${name}`).release({ tag: 'v1' });
  await mount(place, 1, yaml(place, ['one']));
  await symlink('..data/landfall.yaml', home.config);
  const running = place.start('run');
  await running.says('told releases: acme/one v1');

  await mount(place, 2, yaml(place, ['one', 'two'], 'server: { listen: "127.0.0.1:0" }\n'));
  await running.says('server.listen has changed, which needs a restart');
  await running.says('1 watch added (github:acme/two); taken over at the next wake');
  await running.says('told releases: acme/two v1');

  await home.write('watch.d/more.yaml', `watch:\n${watch('three')}`);
  await running.says('told releases: acme/three v1');

  await home.write('watch.d/more.yaml', 'watch:\n  - gitub: acme/three\n');
  await running.says(/watch\.d\/more\.yaml:2:5: unknown source `gitub`/);
  const notices = () =>
    channel
      .messages()
      .map(textOf)
      .filter((text) => text.includes('The configuration has problems'));
  await until(() => notices().length === 1, 'the notice');
  expect(notices()[0]).toContain('watch.d/more.yaml:2:5');

  process.kill(running.pid, 'SIGHUP');
  await home.write('watch.d/more.yaml', `watch:\n${watch('four')}`);
  process.kill(running.pid, 'SIGHUP');
  await running.says('told releases: acme/four v1');
  const { code, stderr } = await running.stop();
  expect(code).toBe(0);
  expect(stderr).toContain('1 watch taken out (github:acme/three)');
  expect(notices().length).toBe(1);
  const told = channel.messages().flatMap((message) => /acme\/\w+ v1/.exec(textOf(message)) ?? []);
  expect(told.toSorted()).toEqual(['acme/four v1', 'acme/one v1', 'acme/three v1', 'acme/two v1']);
});

it('nothing is lost or told twice when it is killed over a change', { timeout: 120_000 }, async (test) => {
  const place = await placeFor(test);
  const { home, world, channel } = place;
  world.discord.service.latency(20);
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  for (const name of names) world.github.repo(`acme/${name}`).release({ tag: 'v1' });
  await home.configure(yaml(place, []));
  for (const [index] of names.entries()) {
    const running = place.start('run');
    await running.says('landfall 1');
    await home.configure(yaml(place, names.slice(0, index + 1)));
    process.kill(running.pid, 'SIGHUP');
    if (index % 2 === 0) await running.says('taken over at the next wake');
    await new Promise((resolve) => {
      setTimeout(resolve, Math.random() * 1_500);
    });
    await running.kill();
  }
  const last = await place.run('once');
  expect(last.code).toBe(0);
  const told = channel.messages().flatMap((message) => /acme\/\w+ v1/.exec(textOf(message)) ?? []);
  expect(told.toSorted()).toEqual(names.map((name) => `acme/${name} v1`));
});
