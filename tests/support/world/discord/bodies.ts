// Channels, guilds and users as Discord's API returns them.
import { botPermissions } from './permissions.ts';
import {
  type ChannelState,
  type DiscordState,
  type GuildState,
  isForum,
  type RoleState,
  type WebhookState,
} from './state.ts';

export function userBody(state: DiscordState): Record<string, unknown> {
  return {
    id: state.app.userId,
    username: state.app.name,
    discriminator: '0001',
    global_name: null,
    avatar: null,
    bot: true,
    verified: true,
    mfa_enabled: false,
    flags: 0,
    public_flags: 0,
  };
}

export function applicationBody(state: DiscordState): Record<string, unknown> {
  return {
    id: state.app.id,
    name: state.app.name,
    icon: null,
    description: '',
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: 'f'.repeat(64),
    flags: 0,
    bot: userBody(state),
    approximate_guild_count: state.guilds.size,
  };
}

export function roleBody(role: RoleState, position: number): Record<string, unknown> {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    mentionable: role.mentionable,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    position,
    flags: 0,
  };
}

export function guildBody(state: DiscordState, guild: GuildState): Record<string, unknown> {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    owner_id: guild.ownerId,
    roles: guild.roles.map(roleBody),
    emojis: [],
    stickers: [],
    features: [],
    preferred_locale: guild.locale ?? 'en-US',
    system_channel_id: guild.systemChannelId ?? null,
    premium_tier: 0,
    nsfw_level: 0,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    afk_timeout: 300,
    system_channel_flags: 0,
    application_id: null,
    max_members: 500_000,
    approximate_member_count: state.guilds.size,
  };
}

export function memberBody(state: DiscordState, guild: GuildState): Record<string, unknown> {
  return {
    user: userBody(state),
    nick: null,
    avatar: null,
    roles: guild.botRoles,
    joined_at: '2025-01-01T00:00:00.000000+00:00',
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

export function channelBody(state: DiscordState, channel: ChannelState): Record<string, unknown> {
  const newest = [...state.messages.values()].findLast((message) => message.channel_id === channel.id);
  if (channel.type === 1) {
    const recipients = [{ id: channel.recipient, username: 'person', discriminator: '0', avatar: null }];
    return { id: channel.id, type: 1, last_message_id: newest?.id ?? null, flags: 0, recipients };
  }
  const common = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    last_message_id: newest?.id ?? null,
    rate_limit_per_user: 0,
    flags: channel.flags,
  };
  const { thread } = channel;
  if (thread !== null) {
    return {
      ...common,
      owner_id: thread.ownerId,
      applied_tags: thread.tags,
      message_count: [...state.messages.values()].filter((message) => message.channel_id === channel.id).length,
      member_count: 1,
      thread_metadata: {
        archived: thread.archived,
        locked: thread.locked,
        auto_archive_duration: thread.autoArchiveMinutes,
        archive_timestamp: new Date(thread.archivedAt).toISOString(),
        create_timestamp: new Date(thread.archivedAt).toISOString(),
      },
    };
  }
  return {
    ...common,
    position: 0,
    topic: null,
    nsfw: false,
    permission_overwrites: channel.overwrites.map((one) => ({
      ...one,
      allow: String(one.allow),
      deny: String(one.deny),
    })),
    ...(isForum(channel)
      ? {
          available_tags: channel.tags.map((tag) => ({ ...tag, emoji_id: null, emoji_name: null })),
          default_auto_archive_duration: 1440,
          default_forum_layout: 0,
          default_reaction_emoji: null,
          default_sort_order: null,
        }
      : {}),
  };
}

/** Only sent with interactions. */
export function permissionsText(state: DiscordState, channel: ChannelState): string {
  return String(botPermissions(state, channel));
}

export function webhookBody(webhook: WebhookState): Record<string, unknown> {
  return {
    id: webhook.id,
    type: 1,
    name: webhook.name,
    avatar: null,
    channel_id: webhook.channelId,
    guild_id: webhook.guildId,
    application_id: null,
    token: webhook.token,
    url: `https://discord.com/api/webhooks/${webhook.id}/${webhook.token}`,
  };
}
