// Permissions in a channel, computed as Discord documents it.
// https://docs.discord.com/developers/topics/permissions
import type { ChannelState, DiscordState } from './state.ts';

export const PERMISSIONS = {
  Administrator: 1n << 3n,
  ManageChannels: 1n << 4n,
  ManageGuild: 1n << 5n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  ManageMessages: 1n << 13n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  ReadMessageHistory: 1n << 16n,
  MentionEveryone: 1n << 17n,
  ManageRoles: 1n << 28n,
  ManageWebhooks: 1n << 29n,
  UseApplicationCommands: 1n << 31n,
  ManageThreads: 1n << 34n,
  CreatePublicThreads: 1n << 35n,
  SendMessagesInThreads: 1n << 38n,
} as const;

export type Permission = keyof typeof PERMISSIONS;

/** The permissions of a bot invited as documented. */
export const USUAL: readonly Permission[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'CreatePublicThreads',
  'UseApplicationCommands',
];

export function bits(names: readonly Permission[]): bigint {
  return names.reduce((sum, name) => sum | PERMISSIONS[name], 0n);
}

/** The bot's permissions in a channel; a thread has those of its parent. */
export function botPermissions(state: DiscordState, channel: ChannelState): bigint {
  if (channel.type === 1) return bits(Object.keys(PERMISSIONS) as Permission[]) & ~PERMISSIONS.Administrator;
  const guild = state.guilds.get(channel.guildId);
  if (guild === undefined) return 0n;
  const place = channel.parentId === null ? channel : (state.channels.get(channel.parentId) ?? channel);
  const mine = [guild.id, ...guild.botRoles];
  let granted = guild.roles.filter((role) => mine.includes(role.id)).reduce((sum, role) => sum | role.permissions, 0n);
  if ((granted & PERMISSIONS.Administrator) !== 0n) return ~0n & ((1n << 53n) - 1n);
  const everyone = place.overwrites.filter((one) => one.id === guild.id);
  const roles = place.overwrites.filter((one) => one.type === 0 && one.id !== guild.id && mine.includes(one.id));
  const member = place.overwrites.filter((one) => one.type === 1 && one.id === state.app.userId);
  for (const layer of [everyone, roles, member]) {
    for (const one of layer) granted &= ~one.deny;
    for (const one of layer) granted |= one.allow;
  }
  return granted;
}

export function may(state: DiscordState, channel: ChannelState, permission: Permission): boolean {
  return (botPermissions(state, channel) & PERMISSIONS[permission]) !== 0n;
}
