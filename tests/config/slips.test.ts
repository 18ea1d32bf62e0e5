// What people write by habit: taken where it is plain, else answered with what to write; every problem of an entry at once.
import { expect, test } from 'vitest';
import { labAccounts } from '../../src/app/names.ts';
import { formatProblem } from '../../src/config/problem.ts';
import { channels, read, sources } from '../support/config/kinds.ts';

function said(text: string): readonly string[] {
  const reading = read(text, { sources, channels, accounts: labAccounts });
  const problems = 'problems' in reading ? reading.problems : reading.warnings;
  return problems.map((problem) => formatProblem(problem).replace(/^[^:]*:/, ''));
}

test('one event is a list of one', () => {
  const reading = read('watch:\n  - github: a/b\n    on: release\n');
  expect('config' in reading && reading.config.watches[0]?.filters.on).toEqual(['release']);
  expect(said('watch:\n  - github: a/b\n    on: relese\n').join()).toMatch(
    /^3:9: .*`relese` is not known here.*`release`/s,
  );
});

test('a list of owners says what to write', () => {
  expect(said('watch:\n  - huggingface: [xai-org, Qwen]\n').join()).toMatch(
    /^2:18: .*got a list.*one entry for each: `- huggingface: xai-org`, `- huggingface: Qwen`/s,
  );
});

test.each([
  ['telegram', 'Telegram'],
  ['email', 'mail'],
])('%s is named, with what reaches it, and what else is wrong', (key, name) => {
  const lines = said(`channels:\n  a:\n    ${key}: "@me"\n    digest: hourly\nwatch:\n  - github: a/b\n`);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(new RegExp(`^3:5: .*unknown kind of channel \`${key}\`.*${name}.*webhook`, 's'));
  expect(lines[1]).toMatch(/^4:13: .*`hourly` is not known here/s);
});

test('an entry with an unknown source is read to its end', () => {
  const lines = said('watch:\n  - gitlab: a/b\n    every: often\n    to: [nobody]\n');
  expect(lines.map((line) => line.slice(0, 2))).toEqual(['2:', '3:', '4:']);
});

test.each([
  ['huggingface: xai-orgg', 'xai-org'],
  ['huggingface: deepseek_ai/x', 'deepseek-ai'],
  ['github: meta-lama', 'meta-llama'],
])('%s is nearly %s: a warning', (entry, near) => {
  const [line, ...others] = said(`watch:\n  - ${entry}\n`);
  expect([line, others]).toEqual([expect.stringContaining(`did you mean \`${near}\`?`), []]);
  expect(line).toContain('warning');
});

test.each(['huggingface: xai-org', 'github: XAI-org/grok-1', 'huggingface: somebody', 'github: acme'])(
  '%s is left alone',
  (entry) => expect(said(`watch:\n  - ${entry}\n`)).toEqual([]),
);
