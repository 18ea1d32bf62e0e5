// The commands as they are registered with Discord, in all languages.

import type { CommandKey } from '../messages/bot.ts';
import type { SetupMessages } from '../messages/bot-setup.ts';
import { locales, messagesFor } from '../messages/index.ts';

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type */
const subcommand = 1;
const string = 3;
const channelOption = 7;
const roleOption = 8;
/** https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
const forums = [15];
/** The permission MANAGE_GUILD, called Manage Server in Discord's settings. */
const manageServer = String(1 << 5);

interface Option {
  readonly key: CommandKey;
  readonly optional?: true;
  /** How the option is filled in: autocompleted, or one of a list. */
  readonly from: 'typed' | 'suggested' | 'role' | 'forum' | readonly ChoiceSpec[];
}

interface ChoiceSpec {
  readonly value: string;
  readonly name: (locale: string) => string;
}

interface Command {
  readonly key: CommandKey;
  readonly manage?: true;
  readonly subs?: readonly { readonly key: CommandKey; readonly options: readonly Option[] }[];
  readonly options?: readonly Option[];
}

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object */
export interface CommandForm {
  readonly name: string;
  readonly description: string;
  readonly name_localizations: Readonly<Record<string, string>>;
  readonly description_localizations: Readonly<Record<string, string>>;
  readonly type: number;
  readonly options?: readonly OptionForm[];
  readonly default_member_permissions?: string;
  readonly contexts: readonly number[];
  readonly integration_types: readonly number[];
}

interface OptionForm {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly name_localizations: Readonly<Record<string, string>>;
  readonly description_localizations: Readonly<Record<string, string>>;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly channel_types?: readonly number[];
  readonly choices?: readonly {
    readonly name: string;
    readonly value: string;
    readonly name_localizations: Readonly<Record<string, string>>;
  }[];
  readonly options?: readonly OptionForm[];
}

const silences = ['nothing', 'rumours', 'promises', 'unreleased', 'everything'] as const;
const pings = ['everything', 'releases', 'promises', 'nobody'] as const;
type EditChoice = keyof SetupMessages['edit']['choices'];

const digests = ['off', 'daily', 'weekly', 'now'] as const;

/** Commands that the file's stories can answer without a server: in direct messages, and wherever the app is user-installed. */
const anywhere: ReadonlySet<CommandKey> = new Set<CommandKey>(['model', 'latest', 'compare', 'promises']);

function specs(kinds: readonly string[]): readonly Command[] {
  const setup = (locale: string) => messagesFor(locale).texts.bot.setup;
  const kindSpec = (value: string): ChoiceSpec => ({ value, name: (locale) => setup(locale).kinds[value] ?? value });
  const editChoices = (...values: readonly EditChoice[]): readonly ChoiceSpec[] =>
    values.map((value) => ({ value, name: (locale) => setup(locale).edit.choices[value] }));
  const digest = digests.map(
    (value): ChoiceSpec => ({
      value,
      name: (locale) => messagesFor(locale).texts.bot.digests[value],
    }),
  );
  const language = locales.map((value): ChoiceSpec => ({ value, name: () => messagesFor(value).texts.name }));
  return [
    {
      key: 'watch',
      manage: true,
      subs: [
        {
          key: 'watch.add',
          options: [
            { key: 'watch.add.kind', from: ['lab', ...kinds].map(kindSpec) },
            { key: 'watch.add.target', from: 'suggested' },
            { key: 'watch.add.include', optional: true, from: 'typed' },
            { key: 'watch.add.exclude', optional: true, from: 'typed' },
          ],
        },
        {
          key: 'watch.edit',
          options: [
            { key: 'watch.edit.target', from: 'suggested' },
            { key: 'watch.edit.events', optional: true, from: 'suggested' },
            { key: 'watch.edit.include', optional: true, from: 'suggested' },
            { key: 'watch.edit.exclude', optional: true, from: 'suggested' },
            { key: 'watch.edit.only', optional: true, from: editChoices('models', 'everything') },
            { key: 'watch.edit.prereleases', optional: true, from: editChoices('yes', 'no') },
            { key: 'watch.edit.role', optional: true, from: 'role' },
            { key: 'watch.edit.ping', optional: true, from: editChoices('nobody') },
          ],
        },
        { key: 'watch.remove', options: [{ key: 'watch.remove.target', from: 'suggested' }] },
        { key: 'watch.list', options: [] },
        { key: 'watch.pause', options: [{ key: 'watch.pause.target', from: 'suggested' }] },
      ],
    },
    { key: 'model', options: [{ key: 'model.name', from: 'suggested' }] },
    {
      key: 'latest',
      options: [
        { key: 'latest.lab', optional: true, from: 'suggested' },
        { key: 'latest.since', optional: true, from: 'typed' },
      ],
    },
    {
      key: 'compare',
      options: [
        { key: 'compare.a', from: 'suggested' },
        { key: 'compare.b', from: 'suggested' },
      ],
    },
    { key: 'promises' },
    { key: 'why', options: [{ key: 'why.item', from: 'suggested' }] },
    { key: 'status' },
    {
      key: 'mute',
      manage: true,
      options: [
        { key: 'mute.target', from: 'suggested' },
        { key: 'mute.for', from: 'typed' },
      ],
    },
    { key: 'digest', manage: true, options: [{ key: 'digest.when', from: digest }] },
    { key: 'language', manage: true, options: [{ key: 'language.locale', from: language }] },
    {
      key: 'settings',
      manage: true,
      options: [
        {
          key: 'settings.turns',
          optional: true,
          from: (['here', 'thread'] as const).map((value) => ({
            value,
            name: (locale) => setup(locale).settings.turns[value],
          })),
        },
        { key: 'settings.forum', optional: true, from: 'forum' },
        {
          key: 'settings.silent',
          optional: true,
          from: silences.map((value) => ({ value, name: (locale) => setup(locale).settings.silent[value] })),
        },
        { key: 'settings.quiet', optional: true, from: 'suggested' },
        { key: 'settings.timezone', optional: true, from: 'suggested' },
        { key: 'settings.digest', optional: true, from: digest.filter(({ value }) => value !== 'now') },
        { key: 'settings.language', optional: true, from: language },
        { key: 'settings.role', optional: true, from: 'role' },
        {
          key: 'settings.ping',
          optional: true,
          from: pings.map((value) => ({ value, name: (locale) => setup(locale).settings.pings[value] })),
        },
      ],
    },
    { key: 'test', manage: true },
    { key: 'help' },
  ];
}

/** The default name is the English one; the other languages are localisations. */
function worded(key: CommandKey) {
  const others = locales.filter((locale) => locale !== 'en');
  const of = (locale: string) => messagesFor(locale).texts.bot.commands[key];
  return {
    name: key.split('.').at(-1) ?? key,
    description: of('en').description,
    name_localizations: Object.fromEntries(others.map((locale) => [locale, of(locale).name])),
    description_localizations: Object.fromEntries(others.map((locale) => [locale, of(locale).description])),
  };
}

function optionForm({ key, optional, from }: Option): OptionForm {
  const others = locales.filter((locale) => locale !== 'en');
  const base = { type: string, ...worded(key), required: optional !== true };
  if (from === 'typed') return base;
  if (from === 'suggested') return { ...base, autocomplete: true };
  if (from === 'role') return { ...base, type: roleOption };
  if (from === 'forum') return { ...base, type: channelOption, channel_types: forums };
  const choices = from.map(({ value, name }) => ({
    name: name('en'),
    value,
    name_localizations: Object.fromEntries(others.map((locale) => [locale, name(locale)])),
  }));
  return { ...base, choices };
}

/** Pure: the body of the bulk registration request. */
export function buildCommands(kinds: readonly string[]): readonly CommandForm[] {
  return specs(kinds).map(({ key, manage, subs, options }) => {
    const inner =
      subs === undefined
        ? (options ?? []).map(optionForm)
        : subs.map((sub) => ({ type: subcommand, ...worded(sub.key), options: sub.options.map(optionForm) }));
    return {
      type: 1,
      ...worded(key),
      ...(inner.length === 0 ? {} : { options: inner }),
      ...(manage === true ? { default_member_permissions: manageServer } : {}),
      // https://discord.com/developers/docs/resources/application#installation-context: servers, direct messages, private
      // channels.
      contexts: anywhere.has(key) ? [0, 1, 2] : [0],
      integration_types: anywhere.has(key) ? [0, 1] : [0],
    };
  });
}

/** As people with this locale see it in Discord: `watch add`, `감시 추가`. */
function spelt(key: CommandKey, locale: string): string {
  const { commands } = messagesFor(locale).texts.bot;
  const [root = key] = key.split('.') as readonly CommandKey[];
  return (root === key ? [root] : [root, key]).map((part) => commands[part].name).join(' ');
}

/** A command's name in a locale, followed by `options`; unless that is English, with the English name after it. */
export function commandName(key: CommandKey, locale: string, options: readonly string[] = []): string {
  const [own, english] = [spelt(key, locale), spelt(key, 'en')];
  const whole = `\`/${[own, ...options].join(' ')}\``;
  return own === english ? whole : `${whole} (\`/${english}\`)`;
}

/** The commands with their descriptions, as `/help` lists them. */
export function commandLines(locale: string): readonly string[] {
  const { commands } = messagesFor(locale).texts.bot;
  const line = (key: CommandKey, options: readonly Option[]): string => {
    const words = options.map((option) => {
      const { name } = commands[option.key];
      return option.optional === true ? `[${name}]` : name;
    });
    return `${commandName(key, locale, words)} ${commands[key].description}`;
  };
  return specs([]).flatMap(({ key, subs, options }) =>
    subs === undefined ? [line(key, options ?? [])] : subs.map((sub) => line(sub.key, sub.options)),
  );
}
