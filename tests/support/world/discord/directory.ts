// Routes for the bot itself, its guilds, and its registered commands.
import { param } from '../routes.ts';
import type { Said } from '../service.ts';
import type { Asked, DiscordRoute } from './asked.ts';
import { applicationBody, channelBody, guildBody, memberBody, roleBody, userBody } from './bodies.ts';
import { type FormFault, invalidForm, refusal } from './errors.ts';
import { type Form, length, list, record, text } from './form.ts';
import { activeThreads, directWith, type GuildState } from './state.ts';

const MOST_IN_COMMAND = 8000;
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const inGuild =
  (answer: (guild: GuildState, asked: Asked) => Said): DiscordRoute =>
  (asked) => {
    const guild = asked.state.guilds.get(param(asked.params, 'guild'));
    return guild === undefined ? refusal(10004) : answer(guild, asked);
  };

/** Bulk overwrite of commands, which are checked and given ids. */
const putCommands: DiscordRoute = (asked) => {
  const { state, params } = asked;
  if (param(params, 'application') !== state.app.id) return refusal(50001);
  // Discord also accepts the permission bits as a string, which its schema does not say.
  const commands = (asked.items ?? []).map((item) => {
    const command = record(item);
    const bits = command.default_member_permissions;
    return typeof bits === 'string' ? { ...command, default_member_permissions: Number(bits) } : command;
  });
  const faults = [...asked.check('commands', commands), ...commands.flatMap(commandFaults)];
  if (faults.length > 0) return invalidForm(faults);
  const scope = params.guild ?? 'global';
  const former = state.commands.get(scope) ?? [];
  const kept = commands.map((command, index) => {
    const known = former.find((one) => one.name === command.name && (one.type ?? 1) === (command.type ?? 1));
    const given = record((asked.items ?? [])[index]);
    const id = known?.id ?? state.snowflake();
    return {
      type: 1,
      ...given,
      id,
      application_id: state.app.id,
      version: id,
      ...(params.guild === undefined ? {} : { guild_id: params.guild }),
    };
  });
  state.commands.set(scope, kept);
  return { status: 200, body: kept };
};

const getCommands: DiscordRoute = ({ state, params, ask }) => {
  const whole = ask.query.get('with_localizations') === 'true';
  const commands = state.commands.get(params.guild ?? 'global') ?? [];
  return { status: 200, body: whole ? [...commands] : commands.map(withoutLocales) };
};

function withoutLocales(command: Form): Form {
  return Object.fromEntries(Object.entries(command).filter(([key]) => !key.endsWith('_localizations')));
}

function commandFaults(command: Form, index: number): readonly FormFault[] {
  const faults: FormFault[] = [];
  const fault = (path: readonly (string | number)[], code: string, message: string): void => {
    faults.push({ path: [index, ...path], code, message });
  };
  const visit = (one: Form, path: readonly (string | number)[]): number => {
    const name = text(one.name) ?? '';
    const names = [name, ...Object.values(record(one.name_localizations)).map(String)];
    for (const each of names) {
      if (!NAME.test(each) || each !== each.toLowerCase())
        fault([...path, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', `Command name is invalid: ${each}`);
    }
    if (one.autocomplete === true && list(one.choices).length > 0) {
      fault(
        [...path, 'choices'],
        'APPLICATION_COMMAND_OPTION_CHOICES_AUTOCOMPLETE',
        'Choices and autocomplete exclude each other',
      );
    }
    const options = list(one.options);
    const taken = options.map((option) => String(option.name));
    if (new Set(taken).size < taken.length)
      fault([...path, 'options'], 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Option names must be unique');
    const firstOptional = options.findIndex((option) => option.required !== true);
    if (firstOptional >= 0 && options.slice(firstOptional).some((option) => option.required === true)) {
      fault(
        [...path, 'options'],
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    }
    const longest = (text: unknown, localised: unknown): number =>
      Math.max(...[text, ...Object.values(record(localised))].map(length));
    const own = longest(name, one.name_localizations) + longest(one.description, one.description_localizations);
    const choices = list(one.choices).reduce(
      (sum, choice) => sum + longest(choice.name, choice.name_localizations) + String(choice.value).length,
      0,
    );
    return own + choices + options.reduce((sum, option, at) => sum + visit(option, [...path, 'options', at]), 0);
  };
  const size = visit(command, []);
  if ((command.type ?? 1) === 1 && length(command.description) === 0)
    fault(['description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  if (size > MOST_IN_COMMAND) fault([], 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
  return faults;
}

/** Always returns the same channel, whether or not the person accepts direct messages. */
const openDirect: DiscordRoute = ({ state, form }) => {
  const person = text(form.recipient_id);
  if (person === null || !/^\d{1,20}$/.test(person))
    return invalidForm([{ path: ['recipient_id'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }]);
  return { status: 200, body: channelBody(state, directWith(state, person)) };
};

export const DIRECTORY_ROUTES: Readonly<Record<string, DiscordRoute>> = {
  'GET /users/@me': ({ state }) => ({ status: 200, body: userBody(state) }),
  'POST /users/@me/channels': openDirect,
  'GET /users/@me/guilds': ({ state }) => ({
    status: 200,
    body: [...state.guilds.values()].map((guild) => guildBody(state, guild)),
  }),
  'GET /applications/@me': ({ state }) => ({ status: 200, body: applicationBody(state) }),
  'GET /oauth2/applications/@me': ({ state }) => ({ status: 200, body: applicationBody(state) }),
  'GET /guilds/:guild': inGuild((guild, { state }) => ({ status: 200, body: guildBody(state, guild) })),
  'GET /guilds/:guild/roles': inGuild((guild) => ({ status: 200, body: guild.roles.map(roleBody) })),
  'GET /guilds/:guild/channels': inGuild((guild, { state }) => {
    const channels = [...state.channels.values()].filter((one) => one.guildId === guild.id && one.thread === null);
    return { status: 200, body: channels.map((channel) => channelBody(state, channel)) };
  }),
  'GET /guilds/:guild/members/:user': inGuild((guild, { state, params }) => {
    const user = param(params, 'user');
    return user === state.app.userId || user === '@me'
      ? { status: 200, body: memberBody(state, guild) }
      : refusal(10007);
  }),
  'GET /guilds/:guild/threads/active': inGuild((guild, { state }) => {
    const threads = activeThreads(state, guild.id);
    return { status: 200, body: { threads: threads.map((one) => channelBody(state, one)), members: [] } };
  }),
  'GET /applications/:application/commands': getCommands,
  'PUT /applications/:application/commands': putCommands,
  'GET /applications/:application/guilds/:guild/commands': getCommands,
  'PUT /applications/:application/guilds/:guild/commands': putCommands,
};
