// What people meet in a terminal: the questions of `init`, and answers that fit the line and speak their language.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { placeFor } from '../support/e2e/place.ts';
import { until } from '../support/landfall.ts';

const main = join(import.meta.dirname, '../../dist/main.js');

/** The command at a pseudo terminal that does not say how wide it is, and a person who answers what is asked. */
async function converse(
  args: readonly string[],
  cwd: string,
  dialogue: readonly (readonly [asked: string, typed: string])[],
) {
  const command = [process.execPath, main, ...args].map((part) => `'${part}'`).join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, TERM: 'xterm', TZ: 'UTC' },
    stdio: ['pipe', 'pipe', 'inherit'] as const,
  });
  let said = '';
  let read = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += stripVTControlCharacters(text);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  try {
    for (const [asked, typed] of dialogue) {
      await until(() => said.includes(asked, read), `${asked} after ${said.slice(read)}`);
      read = said.indexOf(asked, read) + asked.length;
      child.stdin.write(typed);
    }
    return { code: await ended, said };
  } finally {
    child.kill('SIGKILL');
  }
}

it('init: labs are picked, wrong addresses refused at once, a test is sent, and the file passes check', async (test) => {
  const { home, run } = await placeFor(test);
  const config = join(home.dir, 'mine.yaml');
  const erase = '\u007F'.repeat(8);
  const { code, said } = await converse(['init', '--config', config, '--data', home.data], home.dir, [
    ['Which labs?', 'mistral'],
    ['mistral', '\t'],
    ['◼', '\r'],
    ['GitHub repositories', 'name/x/y\r'],
    ['more than one slash', `${erase}acme/widget\r`],
    ['Hugging Face', '\r'],
    ['Feeds', 'x.ai/rss\r'],
    ['https', `${erase}https://x.ai/rss\r`],
    ['Which of them write of much else', ' \r'],
    ['Where are alerts told?', '\r'],
    ['In which language?', '\r'],
    ['Time zone?', '\r'],
    ['Send a test message now?', '\r'],
  ]);
  expect([code, said]).toEqual([0, expect.stringContaining('Landfall can post here')]);
  const written = await readFile(config, 'utf8');
  expect(written).toContain('  - lab: mistral\n');
  expect(written).toContain('  - github: acme/widget\n');
  expect(written).toContain('  - feed: https://x.ai/rss\n    only: models\n');
  const checked = await run(`check ${config}`);
  expect([checked.code, checked.stdout]).toEqual([0, expect.stringContaining('told to terminal')]);
});

it('status, why and openness: times and words of people, no line wider than the terminal', async (test) => {
  const place = await placeFor(test);
  const { world } = place;
  const long = `a-repository-with-${'a-long-name-'.repeat(4)}end`;
  world.github.repo('acme/widget').release({ tag: 'v1' });
  world.github.repo(`acme/${long}`);
  world.huggingface.model('acme/rocket-7b', {
    licence: 'apache-2.0',
    files: { 'model.safetensors': { size: 14_000_000_000 } },
  });
  await place.configure(`- github: acme/widget\n- github: acme/${long}\n- huggingface: acme/rocket-7b`);
  await place.once();
  const status = await place.run('status');
  const why = await place.run('why acme/widget');
  const openness = await place.run('openness acme/rocket-7b');
  for (const { code, stdout } of [status, why, openness]) {
    expect(code).toBe(0);
    const lines = stdout.split('\n').filter((line) => !line.includes('http://'));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toMatch(/\d{2}\.\d{3}Z|state state|licence licence/);
  }
  expect(why.stdout).toMatch(/ {2}look +\d{4}-\d\d-\d\d \d\d:\d\d {2}github:acme\/widget: first look \d{4}-/);
  expect(why.stdout).toMatch(/ {2}\w+: part of the baseline/);
  expect(openness.stdout).toMatch(/^acme\/rocket-7b: open weights, free licence\n/);
  expect(openness.stdout).toMatch(/Commercial use +yes/);
  expect(openness.stdout).toMatch(/Evidence\n +http:\S+ @ [0-9a-f]{12}\n +Licence/);
  expect(openness.stdout).not.toMatch(/\b[a-z]+[A-Z]/);
});
