// Every option that people are promised, in one file, read with the real sources and channels.

import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { channelKinds } from '../../src/channels/index.ts';
import { configSchema } from '../../src/config/schema.ts';
import { sources } from '../../src/sources/index.ts';
import { read } from '../support/config/kinds.ts';

/** `${…}`, written so that it is no template. */
const hole = (inside: string) => `$\{${inside}}`;

const text = `
# yaml-language-server: $schema=./landfall.schema.json
schedule: "*/30 * * * * *"
timezone: Asia/Seoul
locale: en

http:
  allowPrivate: ["feeds.internal", "10.0.0.7"]

github: { apiUrl: "https://github.example/api/v3", share: 0.1 }
huggingface: { endpoint: "https://hub.example" }
discord: { apiUrl: "https://discord.example/api" }

server:
  listen: "127.0.0.1:8080"

channels:
  releases:
    discord: { channel: "123456789012345678" }
    mention: ["role:234567890123456789", { who: "role:345678901234567890", stages: [released], labs: [xai] }]
    quiet: "22:00-08:00"
    digest: daily
    digestAt: "09:00"
    silent: [reported, seen]
    thread: false
    operator: false
  community:
    discord: { webhook: "${hole('DISCORD_WEBHOOK_COMMUNITY:-')}" }
    locale: ko
  hooked:
    discord: { webhook: "${hole('HOOK')}" }
    digest: weekly
    thread: true
    operator: true
  terminal:
    terminal: true

watch:
  - github: acme/model
    on: [release, licence]
    prereleases: false
    include: "^v\\\\d"
    exclude: "-nightly"
  - github: acme
    on: [release, tag, repo, code, licence, state, support]
  - huggingface: acme
    on: [model, weights, licence, gated, state, quantised]
  - huggingface: acme/model-2
  - modelscope: acme
    on: [model, weights, licence, gated, state, quantised]
  - { discover: huggingface, top: 9, likes: 90, within: 9d, tasks: [text-generation], derivatives: true }
  - { discover: github, query: "topic:llm" }
  - feed: https://lab.example/news/rss.xml
    match: { any: ["open source", "open-weight", "오픈소스"], none: ["careers"] }
    only: models
    maxAge: 12h
  - page: https://lab.example/news
    select: "a[href^='/news/']"
    only: models
  - sitemap: https://lab.example/sitemap.xml
    include: "^https://lab\\\\.example/news/[^/]+/?$"
    every: 15m
    to: [releases]
    weight: 5
    firstRun: quiet
  - github: acme/latest
    firstRun: latest

pledges:
  - model: Acme 3
    by: Somebody (Acme)
    said: 2025-08-23
    due: 2026-02-01..2026-03-15
    source: https://news.example/acme-3
  - { model: Acme 4, by: Somebody, said: 2025-08-23, due: 2026-04-01, lab: xai, zone: Asia/Tokyo }
  - { model: Acme 5, by: Somebody, said: 2025-08-23, due: next week, state: withdrawn, to: [releases] }
  - { model: Acme 6, by: Somebody, said: 2025-08-23 }

bot: { commands: true, watchesPerGuild: 50, looksPerHourPerGuild: 500 }
`;

const hook = 'https://discord.example/api/webhooks/123456789012345678/word';
const env = { DISCORD_TOKEN: 'token', HOOK: hook };
const reading = () => read(text, { sources, channels: channelKinds, env });

function config() {
  const found = reading();
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return found.config;
}

describe('a file with every option', () => {
  test('is accepted, with a word on the role that it pings', () => {
    const found = reading();
    expect('problems' in found ? found.problems : found.warnings).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('pings a role'), line: 20 },
    ]);
  });

  test('means what it says', () => {
    const { channels, watches, pledges, ...rest } = config();
    expect(rest).toMatchObject({
      schedule: '*/30 * * * * *',
      timezone: 'Asia/Seoul',
      locale: 'en',
      allowPrivate: ['feeds.internal', '10.0.0.7'],
      listen: { host: '127.0.0.1', port: 8080 },
      bot: { commands: true, watchesPerGuild: 50, looksPerHourPerGuild: 500 },
      shares: { github: 0.1 },
      addresses: {
        'github.apiUrl': 'https://github.example/api/v3',
        'github.graphqlUrl': 'https://github.example/api/graphql',
        'huggingface.endpoint': 'https://hub.example',
        'discord.apiUrl': 'https://discord.example/api',
      },
    });
    expect(channels.map(({ name, on, locale, digest, thread }) => [name, on, locale, digest, thread])).toEqual([
      ['releases', true, 'en', 'daily', false],
      ['community', false, 'ko', 'off', false],
      ['hooked', true, 'en', 'weekly', true],
      ['terminal', true, 'en', 'off', false],
    ]);
    expect(
      watches.map(({ filters, ...watch }) => [watch.targetId, filters.on?.length ?? null, watch.to.length]),
    ).toEqual([
      ['github:acme/model', 2, 3],
      ['github:acme', 7, 3],
      ['huggingface:acme', 6, 3],
      ['huggingface:acme/model-2', null, 3],
      ['modelscope:acme', 6, 3],
      ['discover:huggingface#top=9&likes=90&within=9d&tasks=text-generation&derivatives=true', null, 3],
      ['discover:github#query=topic%3Allm', null, 3],
      ['feed:https://lab.example/news/rss.xml', null, 3],
      [`page:https://lab.example/news#a[href^='/news/']`, null, 3],
      ['sitemap:https://lab.example/sitemap.xml', null, 1],
      ['github:acme/latest', null, 3],
    ]);
    expect(watches[9]).toMatchObject({ floorMs: 900_000, weight: 5, firstRun: 'quiet' });
    expect(watches[9]?.filters.include).toBe(String.raw`^https://lab\.example/news/[^/]+/?$`);
    expect(pledges.map(({ due, withdrawn, zone }) => [due, withdrawn, zone])).toEqual([
      ['2026-02-01..2026-03-15', false, null],
      ['2026-04-01', false, 'Asia/Tokyo'],
      ['next week', true, null],
      [null, false, null],
    ]);
  });

  test('is good to an editor, too', () => {
    const check = new Ajv({ strict: false, allowUnionTypes: true }).compile(configSchema(sources, channelKinds));
    expect(check(parse(text)) || check.errors).toBe(true);
  });

  test('has every event of every source', () => {
    const written = config().watches.flatMap(({ targetId, filters }) =>
      (filters.on ?? []).map((event) => `${targetId.slice(0, targetId.indexOf(':'))} ${event}`),
    );
    const known = sources.flatMap(({ kind, events }) => events.map((event) => `${kind} ${event}`));
    expect(known.filter((event) => !written.includes(event))).toEqual([]);
  });

  test.each(['schedule', 'digestAt', 'firstRun', 'select', 'looksPerHourPerGuild', 'watch', 'apiUrl'])(
    'misspelt once, in `%s`, is refused',
    (key) => {
      const found = read(text.replace(`${key}:`, `${key}x:`), { sources, channels: channelKinds, env });
      expect('problems' in found && found.problems.length).toBeGreaterThan(0);
    },
  );
});

describe('how old an entry may be', () => {
  const filters = (entry: string) => {
    const found = read(`watch:\n  - ${entry}\n`, { sources, channels: channelKinds, env });
    return 'problems' in found
      ? found.problems.map(({ line, column, message, hint }) => `${line}:${column} ${message} | ${hint}`)
      : found.config.watches[0]?.filters;
  };

  test.each<[string, number | undefined]>([
    ['feed: https://lab.example/rss.xml', 30 * 86_400_000],
    ['{ feed: https://lab.example/rss.xml, maxAge: 12h }', 12 * 3_600_000],
    ['{ feed: https://lab.example/rss.xml, maxAge: off }', undefined],
    ['{ page: https://lab.example/news, select: a }', undefined],
    ['github: acme/model', undefined],
  ])('%s', (entry, expected) => {
    expect(filters(entry)).toMatchObject(expected === undefined ? { match: null } : { maxAgeMs: expected });
    expect(JSON.stringify(filters(entry)).includes('maxAgeMs')).toBe(expected !== undefined);
  });

  test.each([
    ['{ feed: https://lab.example/rss.xml, maxAge: a month }', 'is not a duration | such as 12h or 30d, or off'],
    ['{ feed: https://lab.example/rss.xml, only: news }', 'models'],
    ['{ sitemap: https://lab.example/s.xml, maxAge: 30d }', 'maxAge'],
    ['{ github: acme/model, only: models }', 'only'],
  ])('%s is a problem', (entry, said) => {
    expect(filters(entry)).toEqual([expect.stringMatching(/^2:/)]);
    expect(filters(entry)).toEqual([expect.stringContaining(said)]);
  });
});
