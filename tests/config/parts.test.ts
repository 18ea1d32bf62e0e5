import { expect, test } from 'vitest';
import type { ConfigInput } from '../../src/config/read.ts';
import { good, read } from '../support/config/kinds.ts';

const beside = (files: Readonly<Record<string, string | null>>): Partial<ConfigInput> => ({
  further: (pattern) =>
    Object.entries(files)
      .filter(([file]) => pattern === '*.yaml' || pattern === file)
      .map(([file, text]) => ({ file, text })),
});

const lines = (text: string, files: Readonly<Record<string, string | null>>) => {
  const reading = read(text, beside(files));
  const found = 'problems' in reading ? reading.problems : reading.warnings;
  return found.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
};

const main = [
  'files: ["*.yaml"]',
  'channels: { main: { terminal: true } }',
  'watch:',
  '  - github: xai-org/grok-1',
  'pledges:',
  '  - { model: Grok 3, by: Musk, said: 2025-08-23 }',
].join('\n');

test('further files add channels, watches and promises', () => {
  const config = good(
    main,
    beside({
      'a.yaml': 'watch:\n  - github: acme/one',
      'b.yaml': [
        'channels: { team: { terminal: true } }',
        'watch:',
        '  - github: acme/two',
        '  - { github: acme/three, to: [main] }',
        'pledges:',
        '  - { model: Grok 4, by: Musk, said: 2025-08-24 }',
      ].join('\n'),
      'empty.yaml': '# nothing yet\nwatch:\n',
    }),
  );
  expect(config.channels.map(({ name }) => name).sort()).toEqual(['main', 'team']);
  // Told without `to` are the channels of the entry's own file, or those of the main one.
  expect(config.watches.map(({ targetId, to }) => `${targetId} ${to}`)).toEqual([
    'github:xai-org/grok-1 main',
    'github:acme/one main',
    'github:acme/two team',
    'github:acme/three main',
  ]);
  expect(config.pledges.map(({ model, to }) => `${model} ${to}`)).toEqual(['Grok 3 main', 'Grok 4 team']);
});

test('a main file without channels has those of all', () => {
  const config = good(
    'files: ["*.yaml"]\nwatch:\n  - github: acme/one',
    beside({ 'c.yaml': 'channels: { team: { terminal: true } }' }),
  );
  expect(config.watches[0]?.to).toEqual(['team']);
});

test('each problem stands at its own file, line and column', () => {
  expect(
    lines(main, {
      'a.yaml': 'watch:\n  - github: acme/one\n    to: [nowhere]\n  - github: a/b/c\n',
      'b.yaml': 'timezone: UTC\nchannels:\n  main: { terminal: true }\n  odd: { terminal: true, digest: hourly }\n',
      'c.yaml': 'watch: [',
      'd.yaml': 'pledges:\n  - model: Grok 5\n    by: Musk\n    said: never\n',
      'e.yaml': '- github: acme/one',
      'f.yaml': null,
    }),
  ).toEqual([
    'a.yaml:3:10 unknown channel `nowhere`',
    expect.stringMatching(/^a\.yaml:4:13 .*a\/b\/c/),
    'b.yaml:1:1 unknown key `timezone`',
    'b.yaml:3:3 the channel `main` stands in landfall.yaml already',
    'b.yaml:4:34 `digest`: `hourly` is not known here',
    expect.stringMatching(/^c\.yaml:1:\d+ YAML: /),
    expect.stringMatching(/^d\.yaml:4:11 `said`/),
    'e.yaml:1:1 expected keys with values, got a list',
    'f.yaml:1:1 there is no such file',
  ]);
});

test('a pattern that finds nothing is a warning, a file that is not there an error', () => {
  expect(lines('files: ["x/*.yaml"]\nwatch:\n  - github: acme/one', {})).toEqual([
    'landfall.yaml:1:9 `x/*.yaml` finds no file yet',
  ]);
  const reading = read('files: ["team.yaml"]\nwatch:\n  - github: acme/one', beside({}));
  expect('problems' in reading && reading.problems[0]?.message).toBe('there is no file `team.yaml`');
  expect(lines('files: watch.d\n', {})).toEqual(['landfall.yaml:1:8 `files`: expected a list, got text']);
});
