// What the command line says of itself, and how it answers what it cannot take.
import { describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/commands.ts';
import { healthOf } from '../../src/app/reading.ts';
import { commands } from '../../src/cli/commands.ts';
import { main } from '../../src/cli/main.ts';

async function run(...args: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  const write = (to: 'stdout' | 'stderr') => (text: string) => {
    written[to] += text;
  };
  const code = await main(
    {
      args,
      env: {},
      stdout: { write: write('stdout'), terminal: false, columns: 80 },
      stderr: { write: write('stderr'), terminal: false },
      stdin: { terminal: false },
      hangup: () => undefined,
      signal: new AbortController().signal,
    },
    {
      version: '1.2.3',
      load: async () => createApp({}),
      health: (dataDir, maxAgeMs) => healthOf({}, dataDir, maxAgeMs),
    },
  );
  return { code, ...written };
}

test('the version stands alone', async () => {
  expect(await run('--version')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
});

describe('help', () => {
  test.each([['--help'], ['-h'], ['help']])('%s lists every command', async (...args) => {
    const { code, stdout } = await run(...args);
    expect(code).toBe(0);
    const words = stdout.replaceAll(/\s+/g, ' ');
    for (const { name } of commands) expect(words).toContain(` ${name} `);
    for (const { summary } of commands) expect(words).toContain(summary);
  });

  test.each(commands.map((spec) => [spec.name, spec] as const))('of %s', async (name, spec) => {
    const { code, stdout } = await run(name, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: landfall ${name}`);
    for (const { flags } of spec.options ?? []) expect(stdout).toContain(flags);
    for (const [line] of spec.examples) expect(stdout).toContain(line);
    for (const common of ['--config', '--data', '--json', '--help']) expect(stdout).toContain(common);
    expect(stdout).not.toMatch(/^.{101,}$/m);
  });
});

describe('wrong usage ends with 2', () => {
  test.each([
    [['rnu'], 'there is no command "rnu"; did you mean `run`?'],
    [['once', '--recrod', 'x'], "unknown option '--recrod' (Did you mean --record?)"],
    [['check', '--at', '2025-08-06'], "unknown option '--at'"],
    [['status', '--record', 'x'], "unknown option '--record'"],
    [['run', 'more'], "too many arguments for 'run'"],
    [['why'], "missing required argument 'url|name'"],
    [['replay'], "missing required argument 'dir'"],
    [['once', '--config'], "option '--config <FILE>' argument missing"],
  ])('%j', async (args, said) => {
    const { code, stdout, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    expect(stderr).toContain('landfall --help');
    expect(stdout).toBe('');
    const json = await run(...args, '--json');
    expect(json.code).toBe(2);
    if (!args.includes('--config')) expect(JSON.parse(json.stdout)).toEqual({ error: expect.stringContaining(said) });
  });
});

describe('--json is one document when a command fails', () => {
  test.each([
    [['status'], 1],
    [['why', 'x'], 1],
    [['export'], 1],
    [['health'], 1],
    [['replay', '/nowhere'], 2],
    [['openness', 'a b'], 2],
    [['identify', 'x', '--at', 'noon'], 2],
    [['send-test', 'nobody'], 2],
  ])('%j', async (args, code) => {
    const result = await run(...args, '--json', '--data', '/nowhere/at/all');
    expect(result.code).toBe(code);
    const lines = result.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toBeTypeOf('object');
  });
});

test('options of every command are read before it and after it', async () => {
  const file = 'config/landfall.yaml';
  const before = await run('--config', file, '--json', 'check');
  expect(before).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  expect(await run('check', '--json', '--config', file)).toEqual(before);
  expect(await run('check', file, '--json')).toEqual(before);
});
