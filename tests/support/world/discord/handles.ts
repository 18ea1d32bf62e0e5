// How tests arrange Discord (guilds, channels, roles and webhooks) and read back what is there.
import { shardOf } from './gateway.ts';
import { bits, type Permission, USUAL } from './permissions.ts';
import {
  type ChannelState,
  type ChannelType,
  type DiscordState,
  directWith,
  type GuildState,
  type MessageState,
  messagesOf,
  record,
  type WebhookState,
} from './state.ts';

export interface ChannelSeed {
  readonly name?: string;
  readonly type?: keyof typeof TYPES;
  readonly guild?: GuildHandle;
  /** Permissions that the bot lacks in this channel. */
  readonly deny?: readonly Permission[];
  readonly tags?: readonly string[];
  readonly requireTag?: boolean;
}

export interface GuildHandle {
  readonly id: string;
  readonly state: GuildState;
  /** Creates a role and returns its id. */
  readonly role: (name: string, options?: { readonly mentionable?: boolean }) => string;
}

export interface ChannelHandle {
  readonly id: string;
  readonly state: ChannelState;
  /** Oldest first. */
  readonly messages: () => readonly MessageState[];
  readonly threads: () => readonly ChannelState[];
  readonly deny: (...permissions: readonly Permission[]) => void;
  readonly allow: (...permissions: readonly Permission[]) => void;
  /** Deletes the channel, as a person would. */
  readonly remove: () => void;
  /** Deletes a message, as a person would. */
  readonly removeMessage: (id: string) => void;
  /** Posts a message as a person; returns its id. */
  readonly post: (content: string) => string;
}

export interface WebhookHandle {
  readonly id: string;
  readonly token: string;
  /** The address on discord.com that Discord shows to people. */
  readonly url: string;
  readonly channel: ChannelHandle;
  readonly messages: () => readonly MessageState[];
  readonly remove: () => void;
}

const TYPES = {
  text: 0,
  voice: 2,
  category: 4,
  announcement: 5,
  stage: 13,
  forum: 15,
  media: 16,
} as const satisfies Readonly<Record<string, ChannelType>>;

export function createHandles(state: DiscordState, shards: () => number = () => 1) {
  let usual: GuildHandle | null = null;

  const guild = (name = 'Open models', locale = 'en-US', shard?: number): GuildHandle => {
    const newest = BigInt(state.snowflake());
    // An id that is that many milliseconds older belongs to the wanted shard.
    const apart = shard === undefined ? 0 : (shardOf(String(newest), shards()) - shard + shards()) % shards();
    const id = String(newest - (BigInt(apart) << 22n) + (shard === undefined ? 0n : 1n << 21n));
    const bot = { id: state.snowflake(), name: state.app.name, permissions: bits(USUAL), mentionable: false };
    const everyone = {
      id,
      name: '@everyone',
      permissions: bits(['ViewChannel', 'SendMessages', 'ReadMessageHistory']),
      mentionable: false,
    };
    const roles = [everyone, bot];
    const made: GuildState = { id, name, ownerId: state.snowflake(), roles, botRoles: [bot.id], locale };
    state.guilds.set(id, made);
    return {
      id,
      state: made,
      role: (role, options = {}) => {
        const fresh = { id: state.snowflake(), name: role, permissions: 0n, mentionable: options.mentionable ?? false };
        made.roles.push(fresh);
        return fresh.id;
      },
    };
  };

  const channel = (seed: ChannelSeed = {}): ChannelHandle => {
    usual ??= seed.guild === undefined ? guild() : usual;
    const home = seed.guild ?? usual;
    if (home === null) throw new Error('no guild');
    const made: ChannelState = {
      id: state.snowflake(),
      guildId: home.id,
      type: TYPES[seed.type ?? 'text'],
      name: seed.name ?? 'releases',
      parentId: null,
      overwrites: [],
      tags: (seed.tags ?? []).map((name) => ({ id: state.snowflake(), name, moderated: false })),
      flags: seed.requireTag === true ? 1 << 4 : 0,
      thread: null,
    };
    state.channels.set(made.id, made);
    const handle = channelHandle(state, made);
    handle.deny(...(seed.deny ?? []));
    return handle;
  };

  const webhook = (seed: ChannelSeed = {}, name = 'Landfall hook'): WebhookHandle => {
    const place = channel(seed);
    const id = state.snowflake();
    const made: WebhookState = {
      id,
      token: `hookCanary${id}`.padEnd(68, 'Qz7_'),
      channelId: place.id,
      guildId: place.state.guildId,
      name,
    };
    state.webhooks.set(id, made);
    return {
      id,
      token: made.token,
      url: `https://discord.com/api/webhooks/${id}/${made.token}`,
      channel: place,
      messages: place.messages,
      remove: () => {
        state.webhooks.delete(id);
      },
    };
  };

  const direct = (person: string): ChannelHandle => channelHandle(state, directWith(state, person));

  return { guild, channel, webhook, direct };
}

export function channelHandle(state: DiscordState, channel: ChannelState): ChannelHandle {
  const overwrite = (permissions: readonly Permission[], denied: boolean): void => {
    let own = channel.overwrites.find((one) => one.id === state.app.userId);
    if (own === undefined) {
      own = { id: state.app.userId, type: 1, allow: 0n, deny: 0n };
      channel.overwrites.push(own);
    }
    own.deny = denied ? own.deny | bits(permissions) : own.deny & ~bits(permissions);
    own.allow = denied ? own.allow & ~bits(permissions) : own.allow | bits(permissions);
  };
  return {
    id: channel.id,
    state: channel,
    messages: () => messagesOf(state, channel.id),
    threads: () => [...state.channels.values()].filter((one) => one.parentId === channel.id),
    deny: (...permissions) => overwrite(permissions, true),
    allow: (...permissions) => overwrite(permissions, false),
    remove: () => {
      state.channels.delete(channel.id);
    },
    removeMessage: (id) => {
      const message = state.messages.get(id);
      if (message === undefined) throw new Error(`no message ${id}`);
      state.messages.delete(id);
      record(state, 'delete', message);
    },
    post: (content) => {
      const message: MessageState = {
        id: state.snowflake(),
        channel_id: channel.id,
        author: { id: '80351110224678912', username: 'person', bot: false },
        content,
        timestamp: new Date(state.now()).toISOString(),
        edited_timestamp: null,
        mention_everyone: false,
        mentions: [],
        mention_roles: [],
        attachments: [],
        embeds: [],
        components: [],
        flags: 0,
        type: 0,
      };
      state.messages.set(message.id, message);
      record(state, 'create', message);
      return message.id;
    },
  };
}
