// Files without mistakes: what the rest of the house gets to work with.
import { describe, expect, test } from 'vitest';
import { channels, good, read } from '../support/config/kinds.ts';

const variable = (name: string) => `$\{${name}}`;

test('an empty file has every default, and alerts go to the terminal', () => {
  const config = good('');
  expect(config).toMatchObject({
    schedule: '*/30 * * * * *',
    timezone: 'UTC',
    locale: 'en',
    allowPrivate: [],
    listen: null,
    watches: [],
    pledges: [],
    bot: { commands: false, watchesPerGuild: 50, looksPerHourPerGuild: 500 },
    logLevel: 'info',
  });
  expect(config.channels).toEqual([
    {
      name: 'terminal',
      kind: 'terminal',
      options: true,
      on: true,
      locale: 'en',
      timezone: 'UTC',
      mention: [],
      quiet: null,
      digest: 'off',
      digestAt: 540,
      silent: [],
      thread: false,
      operator: false,
      where: null,
    },
  ]);
});

test('everything about a channel', () => {
  const yaml = `
timezone: Asia/Seoul
locale: ko
channels:
  releases:
    discord: { channel: "123456789012345678" }
    mention: ["role:234567890123456789", { who: "user:345678901234567890", stages: [released], labs: [xai] }, "${variable('ROLE:-')}"]
    quiet: "22:00-08:00"
    digest: weekly
    digestAt: "9:05"
    silent: [reported, seen]
    thread: true
    operator: true
    locale: en
`;
  expect(good(yaml, { env: { DISCORD_TOKEN: 'token' } }).channels).toEqual([
    {
      name: 'releases',
      kind: 'discord',
      options: { channel: '123456789012345678' },
      on: true,
      locale: 'en',
      timezone: 'Asia/Seoul',
      mention: [
        { kind: 'role', id: '234567890123456789', stages: null, labs: null },
        { kind: 'user', id: '345678901234567890', stages: ['released'], labs: ['xai'] },
      ],
      quiet: { from: 1320, to: 480 },
      digest: 'weekly',
      digestAt: 545,
      silent: ['reported', 'seen'],
      thread: true,
      operator: true,
      where: null,
    },
  ]);
});

test('http and server', () => {
  const yaml = 'http: { allowPrivate: [RSSHub.internal, 10.0.0.7, "fd00::1"] }\nserver: { listen: "[::1]:8080" }\n';
  expect(good(yaml)).toMatchObject({
    allowPrivate: ['rsshub.internal', '10.0.0.7', 'fd00::1'],
    listen: { host: '::1', port: 8080 },
  });
});

describe('watches', () => {
  test('every option', () => {
    const yaml = `
channels: { a: { terminal: true }, b: { terminal: true } }
watch:
  - github: xai-org/grok-1
    on: [release, licence]
    prereleases: true
    include: '^v\\d'
    exclude: "-nightly"
    every: 1h30m
    to: [b]
    weight: 0.5
    firstRun: latest
`;
    expect(good(yaml).watches).toEqual([
      {
        id: 'file:github:xai-org/grok-1',
        targetId: 'github:xai-org/grok-1',
        origin: { by: 'file' },
        filters: { on: ['release', 'licence'], prereleases: true, include: '^v\\d', exclude: '-nightly', match: null },
        to: ['b'],
        weight: 0.5,
        floorMs: 5_400_000,
        firstRun: 'latest',
        paused: false,
        since: null,
      },
    ]);
  });

  test('what is left out', () => {
    const [watch] = good(
      'channels: { a: { terminal: true }, b: { terminal: true } }\nwatch:\n  - github: a/b\n',
    ).watches;
    expect(watch).toMatchObject({ to: ['a', 'b'], weight: 1, floorMs: null, firstRun: 'quiet' });
    expect(watch?.filters).toEqual({ on: null, prereleases: false, include: null, exclude: null, match: null });
  });

  test('one target for the same address, and a watch for each entry', () => {
    const { targets, watches } = good('watch:\n  - github: A/b\n  - github: a/B\n  - huggingface: a\n');
    expect(targets.map(({ id }) => id)).toEqual(['github:a/b', 'huggingface:a']);
    expect(watches.map(({ id }) => id)).toEqual(['file:github:a/b', 'file:github:a/b#2', 'file:huggingface:a']);
  });

  test('a page is another target with another selector', () => {
    const { targets } = good(
      'watch:\n  - { page: "https://a.example", select: a }\n  - { page: "https://a.example", select: b }\n',
    );
    expect(targets.map(({ shape }) => shape)).toEqual(['a', 'b']);
  });

  test('text to match, shared by an alias', () => {
    const yaml =
      'watch:\n  - feed: https://a.example\n    match: &m { any: [오픈소스] }\n  - feed: https://b.example\n    match: *m\n';
    expect(good(yaml).watches.map(({ filters }) => filters.match)).toEqual([
      { any: ['오픈소스'], none: [] },
      { any: ['오픈소스'], none: [] },
    ]);
  });
});

describe('channels that are off', () => {
  const yaml =
    'channels:\n  a: { discord: { webhook: "" } }\n  b: { terminal: true }\nwatch:\n  - github: a/b\n  - github: a/c\n    to: [a]\n';

  test('get nothing, and a watch for them alone is told nowhere', () => {
    const config = good(yaml);
    expect(config.channels.map(({ name, on }) => [name, on])).toEqual([
      ['a', false],
      ['b', true],
    ]);
    expect(config.watches.map(({ to }) => to)).toEqual([['b'], []]);
  });

  test('are stood in for by the terminal when none is on', () => {
    const config = good(yaml.replace('  b: { terminal: true }\n', ''));
    expect(config.channels.map(({ name, on }) => [name, on])).toEqual([
      ['a', false],
      ['terminal', true],
    ]);
    expect(config.watches.map(({ to }) => to)).toEqual([['terminal'], ['terminal']]);
  });

  test('make room when one is named like the terminal', () => {
    const config = good('channels: { terminal: { discord: { webhook: "" } } }\nwatch: [{ github: a }]\n');
    expect(config.channels.map(({ name, kind }) => [name, kind])).toEqual([['terminal', 'terminal']]);
  });

  test('leave nowhere to tell when there is no terminal at all', () => {
    const reading = read('watch: [{ github: a }]\n', { channels: channels.filter(({ kind }) => kind !== 'terminal') });
    expect('config' in reading && reading.config.watches[0]?.to).toEqual([]);
  });
});

test('pledges, with a window, a day, words, or nothing', () => {
  const yaml = `
channels: { a: { terminal: true }, b: { terminal: true } }
pledges:
  - { model: Grok 3, by: Elon Musk (xAI), said: 2025-08-23, due: 2026-02-01..2026-03-15, source: "https://x.com/a", lab: xai, zone: America/Los_Angeles, state: withdrawn, to: [b] }
  - { model: A, by: B, said: 2025-08-23, due: 2025-08-23 }
  - { model: A, by: B, said: 2025-08-23, due: "next week" }
  - { model: A, by: B, said: 2025-08-23 }
`;
  const { pledges } = good(yaml);
  expect(pledges[0]).toEqual({
    model: 'Grok 3',
    by: 'Elon Musk (xAI)',
    said: '2025-08-23',
    due: '2026-02-01..2026-03-15',
    source: 'https://x.com/a',
    lab: 'xai',
    zone: 'America/Los_Angeles',
    withdrawn: true,
    to: ['b'],
  });
  expect(pledges.slice(1).map(({ due, to }) => [due, to])).toEqual([
    ['2025-08-23', ['a', 'b']],
    ['next week', ['a', 'b']],
    [null, ['a', 'b']],
  ]);
});

test('five fields are a schedule too', () => {
  expect(good('schedule: "*/5 * * * *"').schedule).toBe('*/5 * * * *');
});
