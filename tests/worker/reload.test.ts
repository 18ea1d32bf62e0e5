import { expect, test } from 'vitest';
import { changesOf, takeable } from '../../src/config/changes.ts';
import type { Config, ConfigReading } from '../../src/config/shape.ts';
import { createReload } from '../../src/worker/reload.ts';
import { good, read } from '../support/config/kinds.ts';

const start = 'watch:\n  - github: acme/one\n';

/** A file that is written while it is watched; every `wait` is a look at it. */
async function watched(steps: readonly (string | 'ask')[]) {
  let text = start;
  let current: Config = good(start);
  const log: string[] = [];
  const told: string[] = [];
  const taken: number[] = [];
  const say = (line: string): void => void log.push(line);
  const over = new AbortController();
  const stamped = (): ConfigReading & { readonly stamp: string } => ({ ...read(text), stamp: text });
  let step = 0;
  const reload = createReload({
    read: async () => stamped(),
    stamp: () => text,
    first: stamped(),
    current: () => current,
    tell: async (problems) => void told.push(problems.map(({ message }) => message).join()),
    log: { debug: say, info: say, warn: say, error: say },
    wait: async (_, signal) => {
      await new Promise((resolve) => setImmediate(resolve));
      const next = reload.next();
      if (next !== null) {
        current = next;
        taken.push(next.watches.length);
      }
      const then = steps[step];
      step += 1;
      if (then === undefined) over.abort();
      else if (then === 'ask') reload.ask();
      else text = then;
      if (signal.aborted) return;
    },
  });
  await reload.keep(over.signal);
  return { log, told, taken };
}

const again = (text: string): readonly string[] => [text, text, text, text];

test('what is good is taken over once, what is still being written is not read', async () => {
  const two = `${start}  - github: acme/two\n`;
  expect(await watched(['wat', 'watch', ...again(two)])).toEqual({
    log: ['the configuration has changed: 1 watch added (github:acme/two); taken over at the next wake'],
    told: [],
    taken: [2],
  });
});

test('what is bad is said once, and operators are told once until it is good again', async () => {
  const { log, told, taken } = await watched([
    ...again('wach: []\n'),
    ...again('wach: []\nx: 1\n'),
    ...again(start),
    ...again('wach: []\n'),
  ]);
  expect(log).toEqual([
    'the configuration has a problem, the one before goes on',
    expect.stringMatching(/^landfall\.yaml:1:1: unknown key `wach`; hint: did you mean `watch`\?$/),
    'the configuration has 2 problems, the one before goes on',
    expect.stringContaining('1:1'),
    expect.stringContaining('2:1'),
    'the configuration is good again',
    'the configuration was read again: nothing has changed',
    'the configuration has a problem, the one before goes on',
    expect.stringContaining('1:1'),
  ]);
  expect(told).toEqual(['unknown key `wach`', 'unknown key `wach`']);
  expect(taken).toEqual([]);
});

test('a signal reads at once, also what has not changed', async () => {
  expect((await watched(['ask', start, start])).log).toEqual(['the configuration was read again: nothing has changed']);
});

test('what changed is named, and what needs a restart stays', () => {
  const before = good('timezone: UTC\nwatch:\n  - github: acme/one\n  - github: acme/two\n');
  const after = {
    ...good(
      'timezone: Asia/Seoul\nserver: { listen: "127.0.0.1:1" }\nbot: { watchesPerGuild: 9 }\nwatch:\n  - { github: acme/one, every: 1h }\npledges:\n  - { model: M, by: x, said: 2025-01-01 }\n',
    ),
    secrets: { GITHUB_TOKEN: 'other' },
  };
  expect(changesOf(before, after)).toEqual({
    taken: [
      '1 watch taken out (github:acme/two)',
      '1 watch changed (github:acme/one)',
      '1 channel changed (terminal)',
      '1 promise added (M of 2025-01-01)',
      '`timezone` changed',
      '`bot` changed',
    ],
    restart: ['server.listen', 'GITHUB_TOKEN'],
  });
  expect(takeable(before, after)).toMatchObject({ listen: null, secrets: {}, timezone: 'Asia/Seoul' });
});
