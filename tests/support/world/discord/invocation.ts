// The payload of INTERACTION_CREATE for something that a person does.
import { channelBody, permissionsText, roleBody } from './bodies.ts';
import { type Form, list } from './form.ts';
import { bits, type Permission } from './permissions.ts';
import type { DiscordState, MessageState } from './state.ts';

/** The person, and the channel they are in. */
export interface Person {
  readonly channelId: string;
  readonly userId?: string;
  readonly username?: string;
  /** `en-US`, `ko`, …; default `en-US`; empty = Discord leaves it out. */
  readonly locale?: string;
  /** Permissions besides viewing and sending; default none (so not Manage Server). */
  readonly permissions?: readonly Permission[];
  /** The server's locale in Discord; default `en-US`. */
  readonly guildLocale?: string;
  /** `user`: only this person has installed the app; `direct`: in direct messages with it. Default: the server has it. */
  readonly by?: 'user' | 'direct';
  /** Commands that the server's settings allow this person to use, whatever permission they require by default. */
  readonly allowed?: readonly string[];
}

/** `data` for a registered command; an unknown command or option is a mistake of the test. */
export function commandData(
  state: DiscordState,
  command: string,
  values: Readonly<Record<string, string | number | boolean>>,
  focused: string | null,
  person: Person,
): object {
  const guildId = state.channels.get(person.channelId)?.guildId ?? '';
  const registered = [...(state.commands.get(guildId) ?? []), ...(state.commands.get('global') ?? [])];
  const [name, ...deeper] = command.split(' ');
  const root = registered.find((one) => one.name === name);
  if (root === undefined) throw new Error(`/${name} is not registered`);
  if (!isOffered(root, person)) throw new Error(`/${name} is not offered to this person here`);
  const build = (node: Form, path: readonly string[]): readonly object[] => {
    const [next, ...rest] = path;
    if (next !== undefined) {
      const inner = list(node.options).find((one) => one.name === next);
      if (inner === undefined) throw new Error(`/${command} is not registered`);
      return [{ type: inner.type, name: next, options: build(inner, rest) }];
    }
    const known = list(node.options);
    for (const option of known) {
      if (option.required === true && focused === null && values[String(option.name)] === undefined) {
        throw new Error(`/${command} needs ${String(option.name)}`);
      }
    }
    return Object.entries(values).map(([key, value]) => {
      const option = known.find((one) => one.name === key);
      if (option === undefined) throw new Error(`/${command} has no option ${key}`);
      return { type: option.type, name: key, value, ...(key === focused ? { focused: true } : {}) };
    });
  };
  return { id: root.id, name, type: 1, options: build(root, deeper), resolved: resolvedOf(state, guildId, values) };
}

/** The roles and channels of the server that ids among the options refer to. */
function resolvedOf(state: DiscordState, guildId: string, values: Readonly<Record<string, unknown>>): object {
  const given = new Set(Object.values(values).map(String));
  const roles = (state.guilds.get(guildId)?.roles ?? []).filter(({ id }) => given.has(id));
  const channels = [...state.channels.values()].filter((one) => given.has(one.id) && one.guildId === guildId);
  return {
    roles: Object.fromEntries(roles.map((role, position) => [role.id, roleBody(role, position)])),
    channels: Object.fromEntries(channels.map((one) => [one.id, channelBody(state, one)])),
  };
}

/** Discord offers a command in its contexts only, to people who have its permissions or whom the server's settings allow. */
function isOffered(command: Form, { by, permissions = [], allowed = [] }: Person): boolean {
  const contexts = Array.isArray(command.contexts) ? command.contexts : [0, 1, 2];
  const types = Array.isArray(command.integration_types) ? command.integration_types : [0];
  if (by !== undefined) return by === 'direct' ? contexts.includes(1) : types.includes(1) && contexts.includes(0);
  const needed = BigInt(String(command.default_member_permissions ?? '0'));
  return needed === 0n || (bits(permissions) & needed) === needed || allowed.includes(String(command.name));
}

export function envelope(
  state: DiscordState,
  given: { id: string; token: string; type: number; data: object; person: Person; source: MessageState | null },
): object {
  const { person } = given;
  const channel = state.channels.get(person.channelId);
  if (channel === undefined) throw new Error(`no channel ${person.channelId}`);
  const permissions = String(
    bits(['ViewChannel', 'SendMessages', 'UseApplicationCommands', ...(person.permissions ?? [])]),
  );
  const id = person.userId ?? '80351110224678912';
  const username = person.username ?? 'person';
  const user = { id, username, global_name: username, discriminator: '0', avatar: null, public_flags: 0 };
  const common = {
    id: given.id,
    application_id: state.app.id,
    type: given.type,
    token: given.token,
    version: 1,
    data: given.data,
    channel_id: channel.id,
    channel: { ...channelBody(state, channel), permissions },
    ...(person.locale === '' ? {} : { locale: person.locale ?? 'en-US' }),
    app_permissions: permissionsText(state, channel),
    entitlements: [],
    attachment_size_limit: 10_485_760,
    ...(given.source === null ? {} : { message: given.source }),
  };
  if (person.by === 'direct') return { ...common, user, context: 1, authorizing_integration_owners: { '0': '0' } };
  const guildLocale = person.guildLocale ?? state.guilds.get(channel.guildId)?.locale ?? 'en-US';
  return {
    ...common,
    guild_id: channel.guildId,
    guild: { id: channel.guildId, locale: guildLocale, features: [] },
    member: {
      user,
      nick: null,
      avatar: null,
      roles: [],
      permissions,
      joined_at: '2025-01-01T00:00:00Z',
      flags: 0,
      pending: false,
      deaf: false,
      mute: false,
      premium_since: null,
    },
    guild_locale: guildLocale,
    authorizing_integration_owners: person.by === 'user' ? { '1': id } : { '0': channel.guildId },
    context: 0,
  };
}
