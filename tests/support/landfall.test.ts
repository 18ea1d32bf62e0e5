// Tests the runner of the built command with small programs in its place.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Home, landfall, makeHome, startLandfall, until } from './landfall.ts';

let home: Home;
beforeEach(async () => {
  home = await makeHome('watch: []\n');
});
afterEach(() => home.remove());

it('gives the end, the streams and the last line as JSON, and passes on no secrets of its own', async () => {
  const main = await home.write(
    'main.mjs',
    `console.log('{"alert":1}'); console.error('log'); console.log(JSON.stringify({ args: process.argv.slice(2), secret: process.env.GITHUB_TOKEN ?? null, given: process.env.GIVEN })); process.exitCode = 3;`,
  );
  process.env.GITHUB_TOKEN = 'outer';
  const ran = await landfall(['once', ...home.args], { main, env: { GIVEN: 'x' } });
  delete process.env.GITHUB_TOKEN;
  expect([ran.code, ran.stderr, ran.jsonLines().length]).toEqual([3, 'log\n', 2]);
  expect(ran.json()).toEqual({
    args: ['once', '--config', home.config, '--data', home.data],
    secret: null,
    given: 'x',
  });
});

it('waits for what a running command says, stops it, and says so when it ends before', async () => {
  const main = await home.write(
    'main.mjs',
    `process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000); console.error('ready');`,
  );
  const running = startLandfall(['run'], { main });
  await running.says('ready');
  expect((await running.stop()).code).toBe(0);
  await expect(running.says('never')).rejects.toThrow('landfall ended before it said never');
  const killed = startLandfall(['run'], { main });
  await until(() => killed.stderr().includes('rea'), 'the first words');
  await expect(until(() => false, 'a wonder', 0)).rejects.toThrow('not within 0 ms: a wonder');
  expect((await killed.kill()).signal).toBe('SIGKILL');
});
