// A GitHub App in place of a token, end to end: what it is given, whom it asks, and what becomes of an installation that goes.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { placeFor } from '../support/e2e/place.ts';

it('looks by each installation, tells once when one goes, and shows no key', async ({ onTestFinished }) => {
  const place = await placeFor({ onTestFinished });
  const { github } = place.world;
  const app = github.app();
  const [acme, lab] = [app.install('acme'), app.install('lab', { graphql: 12_500 })];
  const names = ['acme/secret', ...Array.from({ length: 12 }, (_, n) => `o/r${n}`)];
  for (const name of names) github.repo(name, { private: name === 'acme/secret' }).release({ tag: 'v1' });
  await place.configure(names.map((name) => `- github: ${name}`).join('\n'));
  const file = join(place.home.dir, 'app.pem');
  await writeFile(file, app.key);
  const env = { GITHUB_TOKEN: '', GITHUB_APP_ID: app.id };
  const byFile = { env: { ...env, GITHUB_APP_KEY_FILE: file } };
  const inOneLine = { env: { ...env, GITHUB_APP_KEY: app.key.replaceAll('\n', '\\n') } };

  const first = await place.once(byFile);
  expect(first.document.watches.map(({ target, result }) => `${target} ${result}`).toSorted()).toEqual(
    names.map((name) => `github:${name} fresh`).toSorted(),
  );
  expect(first.document.watches.filter((watch) => 'absent' in watch)).toEqual([]);
  expect([acme.used().graphql > 0, lab.used().graphql > 0]).toEqual([true, true]);
  const pools = JSON.parse((await place.run('status --json', byFile)).stdout).pools as readonly {
    readonly pool: string;
    readonly targets: number;
    readonly left: number;
  }[];
  expect(pools.map(({ pool }) => pool)).toEqual(['github:acme', 'github:lab']);
  expect(pools.map(({ left }) => left > 5_000)).toEqual([false, true]);
  expect(pools.reduce((sum, { targets }) => sum + targets, 0)).toBe(names.length);

  lab.suspend();
  for (const name of names) github.repo(name).release({ tag: 'v2' });
  const second = await place.once(inOneLine);
  expect([second.code, second.document.told]).toEqual([0, names.length]);
  const after = JSON.parse((await place.run('status --json', inOneLine)).stdout).pools as typeof pools;
  expect(after.map(({ pool, targets }) => [pool, targets])).toEqual([['github:acme', names.length]]);
  acme.remove();
  const third = await place.once(byFile);
  expect([third.code, third.document.watches.at(0)?.reason]).toEqual([1, expect.stringContaining('not installed')]);
  const printed = [first, second, third].map(({ stderr, document }) => stderr + JSON.stringify(document)).join();
  expect(printed).not.toMatch(/ghs_|eyJ|PRIVATE KEY|GITHUB_TOKEN/);
  for (const line of app.key.split('\n').slice(1, -2)) expect(printed).not.toContain(line);
  const anonymous = github.api.log.filter(({ headers }) => headers.authorization === undefined);
  expect([anonymous.length, app.refusals, place.world.unexpected()]).toEqual([0, [], []]);

  const wrong = await place.run('check', {
    env: { GITHUB_APP_ID: 'landfall', GITHUB_APP_KEY: `${app.key.slice(0, 200)}` },
  });
  expect(wrong.code).toBe(2);
  for (const said of ['both set', 'not the number of a GitHub App', 'incomplete, damaged'])
    expect(wrong.stdout + wrong.stderr).toContain(said);
  expect(wrong.stdout + wrong.stderr).not.toContain(app.key.slice(40, 60));
}, 120_000);
