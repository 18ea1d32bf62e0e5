// Commands inside the test's own process: what they print and how they end.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/commands.ts';
import { healthOf } from '../../src/app/reading.ts';
import { main } from '../../src/cli/main.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

let dir: string;
let config: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'landfall-'));
  config = join(dir, 'landfall.yaml');
});

afterEach(() => rm(dir, { recursive: true }));

async function run(line: string, file = config) {
  let stdout = '';
  let stderr = '';
  const code = await main(
    {
      args: [...line.split(' '), '--config', file, '--data', join(dir, 'data')],
      env: {},
      stdout: {
        write: (text) => {
          stdout += text;
        },
        terminal: false,
        columns: 80,
      },
      stderr: {
        write: (text) => {
          stderr += text;
        },
        terminal: false,
      },
      stdin: { terminal: false },
      hangup: () => undefined,
      signal: new AbortController().signal,
    },
    {
      version: '0.0.0',
      load: async () => createApp({}),
      health: (dataDir, maxAgeMs) => healthOf({}, dataDir, maxAgeMs),
    },
  );
  return { code, stdout, stderr };
}

describe('check', () => {
  test.each([
    ['watch:\n  - github: a/b\n', 'good. 1 watch on 1 target, told to terminal.'],
    ['watch:\n  - github: a/b\n  - github: a/c\n', 'good. 2 watches on 2 targets, told to terminal.'],
    [
      'channels: { t: { terminal: false } }\nwatch:\n  - github: a/b\n',
      'good. 1 watch on 1 target, told to nobody: every channel is off.',
    ],
  ])('%j', async (text, said) => {
    await writeFile(config, text);
    const { code, stdout } = await run('check');
    expect([code, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, `${config}: ${said}`]);
  });

  test('knows the labs and the words of the program', async () => {
    await writeFile(config, 'pledges:\n  - { model: a, by: b, said: 2025-08-23, lab: xia, due: next weak }\n');
    const { code, stdout } = await run('check');
    expect(code).toBe(2);
    expect(stdout).toContain(`${config}:2:47: unknown lab \`xia\``);
    expect(stdout).toContain(`${config}:2:57: \`due\`: \`next weak\` names no time`);
  });

  test('says what a page without its selector needs', async () => {
    await writeFile(config, 'watch:\n  - page: https://a.example\n');
    expect((await run('check')).stdout).toMatch(/`select` is missing\n {4}hint: a CSS selector/);
  });

  test('refuses a directory', async () => {
    expect(await run('check', dir)).toEqual({
      code: 2,
      stdout: `${dir}:1:1: this is a directory, not a file\n    hint: \`--config FILE\` names the file to read\n`,
      stderr: '',
    });
  });
});

test('replay needs no secret of a channel', async () => {
  const hole = '$' + '{DISCORD_CHANNEL}';
  await writeFile(config, `channels: { a: { discord: { channel: "${hole}" } } }\nwatch:\n  - github: a/b\n`);
  await mkdir(join(dir, 'recorded'));
  const { code, stdout, stderr } = await run(`replay ${join(dir, 'recorded')} --json`);
  expect([code, stderr, JSON.parse(stdout)]).toMatchObject([0, '', { told: 0, answers: 0 }]);
  expect((await run('check')).code).toBe(2);
});

describe('beside a database', () => {
  beforeEach(async () => {
    await writeFile(config, 'watch:\n  - github: a/b\n');
    await mkdir(join(dir, 'data'));
  });

  test('that holds nothing yet', async () => {
    const db = await openSqlite(join(dir, 'data', 'landfall.db'));
    await db.close();
    const said = await Promise.all(['status', 'health', 'why x'].map((line) => run(line)));
    for (const { code, stdout, stderr } of said) {
      expect([code, stdout + stderr]).toEqual([
        1,
        expect.stringContaining('landfall has not run on this database yet'),
      ]);
      expect(stdout + stderr).not.toMatch(/SELECT|no such table/);
    }
  });

  test('health asks for the beat alone, whatever the configuration says', async () => {
    await run('once');
    await writeFile(config, 'watch: [');
    const { code, stdout, stderr } = await run('health --json');
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      code: 'health.not-woken',
      ok: false,
      gateway: null,
      reason: 'the worker has not woken yet',
    });
    expect((await run('status')).code).toBe(2);
  });

  test('health --max-age knows `once`, and says what is no time', async () => {
    await writeFile(config, 'bot: { commands: true }\n');
    expect((await run('health --max-age 2h')).code).toBe(1);
    await run('once');
    const { code, stdout } = await run('health --max-age 2h');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^healthy: last run \d+ s ago, at most 7200 s are allowed/),
    ]);
    expect((await run('health')).code).toBe(1);
    const db = await openSqlite(join(dir, 'data', 'landfall.db'));
    await db.batch([{ sql: `UPDATE meta SET value = '2020-01-01T00:00:00.000Z' WHERE key = 'once'`, params: [] }]);
    await db.close();
    expect((await run('health --max-age 2h')).code).toBe(1);
    const wrong = await run('health --max-age soon');
    expect([wrong.code, wrong.stderr]).toEqual([2, '--max-age: `soon` is no time, such as 90s, 30m, 2h or 1d\n']);
  });

  test('that only `once` has used', async () => {
    const page = 'http://127.0.0.1:1/news';
    await writeFile(config, `watch:\n  - { page: "${page}", select: a.x }\n  - { page: "${page}", select: a.y }\n`);
    const looked = await run('once');
    expect([looked.code, looked.stdout]).toEqual([1, '2 looked at, 2 failed; nothing new.\n']);
    expect(looked.stderr.trimEnd().split('\n')).toEqual(
      [1, 2].map(() => expect.stringMatching(/^page:http:\/\/127\.0\.0\.1:1\/news: \w+: (?!.*http:)/)),
    );
    const { stdout } = await run('status');
    expect(stdout).toMatch(/^worker: `landfall run` has not run here yet\n/);
    for (const select of ['a.x', 'a.y']) expect(stdout).toContain(`page:${page} ${select}`);
  });
});
