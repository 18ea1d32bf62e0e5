// What lies in config/: the default watch list is good as it is, and the schema is the one the program prints.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ownTables } from '../../src/app/names.ts';
import { channelKinds } from '../../src/channels/index.ts';
import { configSchema, schemaText } from '../../src/config/schema.ts';
import { sources } from '../../src/sources/index.ts';
import { read } from '../support/config/kinds.ts';

const shipped = (name: string) => readFileSync(new URL(`../../config/${name}`, import.meta.url), 'utf8');
const list = shipped('landfall.yaml');
const kinds = { sources, channels: channelKinds };

describe('the default watch list', () => {
  test('is good without anything in the environment, and tells the terminal', () => {
    const reading = read(list, kinds);
    expect('problems' in reading ? reading.problems : reading.warnings).toEqual([]);
    expect('config' in reading && reading.config.channels.filter(({ on }) => on).map(({ name }) => name)).toEqual([
      'terminal',
    ]);
  });

  test('tells Discord once its variables are set', () => {
    const env = {
      DISCORD_TOKEN: 'token',
      DISCORD_CHANNEL: '123456789012345678',
      DISCORD_WEBHOOK: 'https://discord.example/api/webhooks/123456789012345678/word',
    };
    const reading = read(list, { ...kinds, env });
    expect('config' in reading && reading.config.channels.map(({ name, on }) => [name, on])).toEqual([
      ['releases', true],
      ['community', true],
      ['terminal', true],
    ]);
  });

  test('has no target twice, a filter on every newspaper, and the promise of Grok 3', () => {
    const reading = read(list, kinds);
    if (!('config' in reading)) throw new Error('not good');
    const { targets, watches, pledges } = reading.config;
    expect(watches).toHaveLength(targets.length);
    const unfiltered = watches.filter(
      ({ targetId, filters }) =>
        /^(?:feed|page):/.test(targetId) && filters.match === null && filters.only === undefined,
    );
    expect(unfiltered).toEqual([]);
    expect(pledges.map(({ model, due }) => [model, due])).toEqual([['Grok 3', '2026-02-01..2026-03-15']]);
  });
});

describe('the list and the table of labs', () => {
  const reading = read(list, kinds);
  if (!('config' in reading)) throw new Error('not good');
  const { targets, watches } = reading.config;
  const { labs } = ownTables();
  const owned = (lab: (typeof labs)[number]) =>
    targets.filter(({ source, address }) => {
      const owner = (address.split('/')[0] ?? '').toLowerCase();
      if (URL.canParse(address)) {
        if (lab.watch.some((entry) => Object.values(entry).includes(address))) return true;
        const { hostname } = new URL(address);
        return lab.sites.some((site) => hostname === site || hostname.endsWith(`.${site}`));
      }
      const accounts = source === 'github' ? lab.github : source === 'modelscope' ? lab.modelscope : lab.huggingface;
      return accounts.some((account) => account.toLowerCase() === owner);
    });

  test('every lab that is known is watched, or says why not, and never both', () => {
    const wrong = labs.filter((lab) => owned(lab).length > 0 === (lab.unwatched !== undefined));
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test('every account of the list is a known lab’s own', () => {
    const all = new Set(labs.flatMap((lab) => owned(lab).map(({ id }) => id)));
    // Programs are watched for the models that they gain support for.
    const programs = new Set(
      watches.filter(({ filters: { on } }) => on?.join() === 'support').map(({ targetId }) => targetId),
    );
    expect(programs.size).toBe(5);
    const strange = targets.filter(
      ({ id }) => /^(?:huggingface|github|modelscope):/.test(id) && !all.has(id) && !programs.has(id),
    );
    expect(strange.map(({ id }) => id)).toEqual([]);
  });

  test('the press is read for models, and both discoveries on the hub are on', () => {
    const own = new Set(labs.flatMap((lab) => owned(lab).map(({ id }) => id)));
    const press = watches.filter(({ targetId }) => /^(?:feed|page):/.test(targetId) && !own.has(targetId));
    expect(press.length).toBeGreaterThan(15);
    expect(press.filter(({ filters }) => filters.only !== 'models').map(({ targetId }) => targetId)).toEqual([]);
    expect(targets.filter(({ source }) => source === 'discover').map(({ shape }) => shape)).toEqual([
      expect.stringContaining('top=20'),
      expect.stringContaining('families=true'),
    ]);
  });
});

describe('the schema', () => {
  const check = new Ajv({ strict: false, allowUnionTypes: true }).compile(configSchema(sources, channelKinds));

  test('is current: `landfall schema > config/landfall.schema.json` writes it', () => {
    expect(shipped('landfall.schema.json')).toBe(schemaText(sources, channelKinds));
  });

  test('accepts the default watch list', () => {
    expect(check(parse(list)) || check.errors).toBe(true);
  });

  test.each([
    'locale: ko',
    'locale: "$' + '{LANGUAGE:-en}"',
    'channels: { a: { discord: { webhook: "$' + '{HOOK}" }, quiet: "22:00-08:00" } }',
    'watch: [{ github: a/b, on: [release], every: 15m, weight: 2 }]',
    'watch: [{ github: a/b, on: release }]',
    'files: ["watch.d/*.yaml"]',
    'pledges: [{ model: a, by: b, said: "2025-01-01", state: withdrawn }]',
  ])('accepts %s', (yaml) => {
    expect(check(parse(yaml))).toBe(true);
  });

  test.each([
    'locale: fr',
    'wach: []',
    'channels: { a: { quiet: "22:00-08:00" } }',
    'channels: { a: { terminal: true, discord: { webhook: "" } } }',
    'watch: [{ to: [a] }]',
    'watch: [{ github: a, feed: "https://a.example" }]',
    'watch: [{ feed: "https://a.example", on: [release] }]',
    'watch: [{ github: a/b, on: weights }]',
    'watch: [{ page: "https://a.example" }]',
    'pledges: [{ model: a, by: b }]',
  ])('refuses %s', (yaml) => {
    expect(check(parse(yaml))).toBe(false);
  });

  test('says what each key is for', () => {
    const { properties } = configSchema(sources, channelKinds);
    const undescribed = Object.entries(properties ?? {}).filter(
      ([, property]) => !JSON.stringify(property).includes('"description"'),
    );
    expect(undescribed.map(([key]) => key)).toEqual([]);
  });
});
