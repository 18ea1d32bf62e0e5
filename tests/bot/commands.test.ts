// The commands as Discord takes them: its published form where it is at hand, its limits always.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { buildCommands, type CommandForm, commandLines, commandName } from '../../src/bot/commands.ts';
import { answerHelp } from '../../src/bot/reading.ts';

const commands = buildCommands(['github', 'huggingface', 'feed', 'page', 'sitemap']);
const corpus = process.env.LANDFALL_CORPUS;
const openapi = corpus === undefined ? null : join(corpus, 'discord', 'openapi.json');

type Option = NonNullable<CommandForm['options']>[number];

function flat(options: readonly Option[] = []): readonly Option[] {
  return options.flatMap((option) => [option, ...flat(option.options)]);
}

it.skipIf(openapi === null || !existsSync(openapi))('are what Discord publishes as its form', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  for (const format of ['snowflake', 'nonce', 'int32', 'int53', 'int64', 'double']) ajv.addFormat(format, true);
  ajv.addSchema({ $id: 'discord', ...(JSON.parse(readFileSync(openapi ?? '', 'utf8')) as object) });
  const validate = ajv.compile({ $ref: 'discord#/components/schemas/ApplicationCommandCreateRequest' });
  for (const command of commands) {
    // The document says a number, https://discord.com/developers/docs/interactions/application-commands a string.
    const { default_member_permissions: bits, ...rest } = command;
    const form = bits === undefined ? rest : { ...rest, default_member_permissions: Number(bits) };
    expect(validate(form), JSON.stringify(validate.errors)).toBe(true);
  }
  expect(validate({ ...commands[0], name: 'x'.repeat(33) })).toBe(false);
});

it('are the ones that are promised', () => {
  expect(commandLines('en').map((line) => /`(.*)`/.exec(line)?.[1])).toEqual([
    '/watch add kind target [include] [exclude]',
    '/watch edit target [events] [include] [exclude] [only] [prereleases] [role] [ping]',
    '/watch remove target',
    '/watch list',
    '/watch pause target',
    '/model name',
    '/latest [lab] [since]',
    '/compare a b',
    '/promises',
    '/why item',
    '/status',
    '/mute target for',
    '/digest when',
    '/language locale',
    '/settings [turns] [forum] [silent] [quiet] [timezone] [digest] [language] [role] [ping]',
    '/test',
    '/help',
  ]);
});

it('are listed by the names that people with a locale see, and by the English ones', () => {
  const lines = commandLines('ko');
  expect(lines[0]).toMatch(/^`\/감시 추가 종류 대상 \[포함\] \[제외\]` \(`\/watch add`\) \S/);
  expect(lines.at(-1)).toMatch(/^`\/도움말` \(`\/help`\) \S/);
  expect(lines).toHaveLength(commandLines('en').length);
  for (const locale of ['en', 'en-GB', 'ko', 'ko-KR', 'fr']) {
    const { content = '' } = answerHelp(locale);
    expect(content.length).toBeLessThanOrEqual(2_000);
    expect(content.split('\n')).toEqual(expect.arrayContaining([...commandLines(locale)]));
  }
  expect(commandName('watch.list', 'ko')).toBe('`/감시 목록` (`/watch list`)');
  expect(commandName('watch.list', 'en-US')).toBe('`/watch list`');
});

describe.each(commands)('/$name', (command) => {
  const all = [command, ...flat(command.options)];

  it('has names and descriptions within the limits, in every language', () => {
    for (const { name, name_localizations: names, description, description_localizations: descriptions } of all) {
      expect(Object.keys(names)).toEqual(['ko']);
      for (const word of [name, ...Object.values(names)]) {
        expect(word).toMatch(/^[-_'\p{L}\p{N}]{1,32}$/u);
        expect(word).toBe(word.toLowerCase());
      }
      for (const text of [description, ...Object.values(descriptions)]) {
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(100);
      }
      expect(descriptions.ko).toMatch(/\p{sc=Hangul}/u);
    }
  });

  it('has names of its own among its siblings, and either choices or suggestions', () => {
    for (const { options = [] } of all as readonly { readonly options?: readonly Option[] }[]) {
      const names = options.map(({ name }) => name);
      const korean = options.map(({ name_localizations: localised }) => localised.ko);
      expect([new Set(names).size, new Set(korean).size]).toEqual([options.length, options.length]);
      const required = options.map((option) => option.required ?? true);
      expect(required).toEqual(required.toSorted((one, other) => Number(other) - Number(one)));
      for (const option of options)
        expect(option.choices === undefined || option.autocomplete === undefined).toBe(true);
    }
  });

  it('is for servers, or for everywhere where it only shows, and for managers where it changes something', () => {
    const managed = ['watch', 'mute', 'digest', 'language', 'settings', 'test'].includes(command.name);
    expect(command.default_member_permissions).toBe(managed ? '32' : undefined);
    const anywhere = ['model', 'latest', 'compare', 'promises'].includes(command.name);
    expect([command.contexts, command.integration_types]).toEqual(
      anywhere
        ? [
            [0, 1, 2],
            [0, 1],
          ]
        : [[0], [0]],
    );
  });
});
