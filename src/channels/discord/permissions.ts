// What the bot or webhook lacks in its channel, under the names that Discord's settings use.
import { z } from 'zod';
import { messagesFor } from '../../messages/index.ts';
import type { CheckedPart, Lack, Permission } from '../../types/reasons/lacks.ts';
import type { Use } from '../define.ts';
import type { Address } from './address.ts';
import type { Connection, RestAnswer } from './connection.ts';
import { blind } from './outcome.ts';
import { type DiscordPlace, readPlace } from './place.ts';

/** https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags */
const administrator = 1n << 3n;
const viewChannel = 1n << 10n;
export const manageChannels = 1n << 4n;

type Wanted = readonly [code: Permission['code'], bit: bigint];

const send: Wanted = ['permission.send-messages', 1n << 11n];
const sendInThreads: Wanted = ['permission.send-in-threads', 1n << 38n];
const createThreads: Wanted = ['permission.create-threads', 1n << 35n];
const everywhere: readonly Wanted[] = [
  ['permission.embed-links', 1n << 14n],
  ['permission.read-history', 1n << 16n],
];

/** Permissions needed in addition to writing, depending on how the channel is used. */
function furtherFor(kind: DiscordPlace['kind'], thread: boolean, makesTags: boolean): readonly Wanted[] {
  switch (kind) {
    case 'text':
    case 'announcements':
      return thread ? [createThreads, sendInThreads] : [];
    case 'thread':
      return [];
    case 'forum':
      return makesTags ? [sendInThreads, ['permission.manage-channels', manageChannels]] : [sendInThreads];
  }
}

const bits = z.string().regex(/^\d+$/).transform(BigInt);
const overwrite = z.object({ id: z.string(), type: z.number(), allow: bits, deny: bits });
const channelShape = z.looseObject({
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  permission_overwrites: z.array(overwrite).optional(),
});
const memberShape = z.object({ roles: z.array(z.string()) });
const guildShape = z.object({
  owner_id: z.string().optional(),
  roles: z.array(z.object({ id: z.string(), permissions: bits, mentionable: z.boolean().catch(false) })),
});
const selfShape = z.object({ id: z.string() });

export interface Membership {
  readonly self: string;
  readonly guild: string;
  readonly owner: string | null;
  /** Ids of the member's roles, without @everyone, whose id is the guild's. */
  readonly roles: readonly string[];
  readonly permissions: ReadonlyMap<string, bigint>;
  readonly overwrites: readonly {
    readonly id: string;
    readonly type: number;
    readonly allow: bigint;
    readonly deny: bigint;
  }[];
}

/** In the order that Discord defines: roles, then the overwrites for @everyone, for the roles together, for the member. */
export function permissionsIn(standing: Membership): bigint {
  const { self, guild, owner, roles, permissions, overwrites } = standing;
  const base = [guild, ...roles].reduce((sum, id) => sum | (permissions.get(id) ?? 0n), 0n);
  if (owner === self || (base & administrator) !== 0n) return ~0n;
  const everyone = overwrites.filter(({ id }) => id === guild);
  const ofRoles = overwrites.filter(({ id, type }) => type === 0 && id !== guild && roles.includes(id));
  const ofMember = overwrites.filter(({ id, type }) => type === 1 && id === self);
  return [everyone, ofRoles, ofMember].reduce((sum, layer) => {
    const deny = layer.reduce((all, entry) => all | entry.deny, 0n);
    const allow = layer.reduce((all, entry) => all | entry.allow, 0n);
    return (sum & ~deny) | allow;
  }, base);
}

export function missingPermissions(
  permissions: bigint,
  thread: boolean,
  further: readonly Wanted[] = [],
): readonly Permission[] {
  // Without seeing the channel nothing else is possible, so listing the other permissions would only mislead.
  if ((permissions & viewChannel) === 0n) return [invisible];
  const wanted = [thread ? sendInThreads : send, ...everywhere, ...further];
  return wanted.filter(([, bit]) => (permissions & bit) === 0n).map(([code]) => ({ code, params: {} }));
}

const invisible: Permission = { code: 'permission.view-channel', params: {} };

/** What an unsuccessful answer says about the channel as a whole. */
function trouble(answer: Exclude<RestAnswer, { kind: 'answer' }>, what: CheckedPart): Lack {
  if (blind(answer)) return invisible;
  if (answer.kind === 'limited') return { code: 'lack.being-checked', params: { what, cause: answer.reason } };
  if (answer.kind !== 'refused') return { code: 'lack.unchecked', params: { what, cause: answer.reason } };
  if (answer.status === 401)
    return answer.code === null ? { code: 'lack.token', params: {} } : { code: 'lack.gone', params: { what } };
  return answer.status === 404
    ? { code: 'lack.gone-or-outside', params: { what } }
    : { code: 'lack.refused', params: { what, cause: answer.reason } };
}

const unreadable: Extract<RestAnswer, { kind: 'failed' }> = {
  kind: 'failed',
  reason: { code: 'discord.unclear', params: {} },
};

type Reading<T> = { readonly value: T } | { readonly trouble: Exclude<RestAnswer, { kind: 'answer' }> };

async function read<T>(
  connection: Connection,
  path: `/${string}`,
  shape: z.ZodType<T>,
  signal: AbortSignal,
): Promise<Reading<T>> {
  const answer = await connection.call({ method: 'GET', path, auth: !path.startsWith('/webhooks/') }, signal);
  if (answer.kind !== 'answer') return { trouble: answer };
  const parsed = shape.safeParse(answer.body);
  return parsed.success ? { value: parsed.data } : { trouble: unreadable };
}

interface Found {
  readonly place: DiscordPlace;
  /** All roles by id, and whether everybody may mention them. */
  readonly roles: ReadonlyMap<string, { readonly mentionable: boolean }>;
  /** All bits set, for a channel outside a guild. */
  readonly permissions: bigint;
}

const subject = (code: CheckedPart['code']): CheckedPart => ({ code, params: {} });

/** What could not be read, and the answer that was received. */
interface Unread {
  readonly what: CheckedPart;
  readonly trouble: Exclude<RestAnswer, { kind: 'answer' }>;
}

/** The channel and the bot's permissions in it, or the reason why they cannot be read. */
async function look(connection: Connection, id: string, signal: AbortSignal): Promise<Found | Unread> {
  const channel = await read(connection, `/channels/${id}`, channelShape, signal);
  if ('trouble' in channel) return { what: subject('subject.channel'), trouble: channel.trouble };
  const { guild_id: guild, parent_id: parent } = channel.value;
  const place = readPlace(id, channel.value);
  if (place === null) return { what: subject('subject.channel'), trouble: unreadable };
  if (guild === undefined) return { place, roles: new Map(), permissions: ~0n };
  const holder =
    place.kind === 'thread' && typeof parent === 'string'
      ? await read(connection, `/channels/${parent}`, channelShape, signal)
      : channel;
  if ('trouble' in holder) return { what: subject('subject.parent'), trouble: holder.trouble };
  const self = await read(connection, '/users/@me', selfShape, signal);
  if ('trouble' in self) return { what: subject('subject.bot'), trouble: self.trouble };
  const member = await read(connection, `/guilds/${guild}/members/${self.value.id}`, memberShape, signal);
  if ('trouble' in member) return { what: subject('subject.membership'), trouble: member.trouble };
  const server = await read(connection, `/guilds/${guild}`, guildShape, signal);
  if ('trouble' in server) return { what: subject('subject.server'), trouble: server.trouble };
  const permissions = permissionsIn({
    self: self.value.id,
    guild,
    owner: server.value.owner_id ?? null,
    roles: member.value.roles,
    permissions: new Map(server.value.roles.map((role) => [role.id, role.permissions])),
    overwrites: holder.value.permission_overwrites ?? [],
  });
  return { place, roles: new Map(server.value.roles.map((role) => [role.id, role])), permissions };
}

/** The bot's permissions in a channel, as Discord's bit set; null when they cannot be read, the answer when only not now. */
export async function permissionsAt(
  connection: Connection,
  channel: string,
  signal: AbortSignal,
): Promise<bigint | null | Exclude<RestAnswer, { kind: 'answer' | 'refused' }>> {
  const found = await look(connection, channel, signal);
  if ('permissions' in found) return found.permissions;
  return found.trouble.kind === 'refused' || found.trouble === unreadable ? null : found.trouble;
}

const mentionEveryone = 1n << 17n;

/** Roles that would not be notified: roles only ring if mentionable, or if the bot may mention everyone. */
function silentMentions({ permissions, roles }: Found, mention: readonly string[]): readonly Lack[] {
  if (roles.size === 0) return [];
  const named = mention.filter((who) => !who.startsWith('user:')).map((who) => who.replace(/^role:/, ''));
  const absent = named.filter((id) => !roles.has(id)).map((role): Lack => ({ code: 'lack.role', params: { role } }));
  const able = (permissions & mentionEveryone) !== 0n;
  const unheard = able ? [] : named.filter((id) => roles.get(id)?.mentionable === false);
  const needs: Permission = { code: 'permission.mention-everyone', params: {} };
  return unheard.length === 0 ? absent : [needs, ...absent];
}

async function missingForBot(
  connection: Connection,
  id: string,
  use: Use,
  signal: AbortSignal,
): Promise<readonly Lack[]> {
  const found = await look(connection, id, signal);
  if (!('permissions' in found)) return [trouble(found.trouble, found.what)];
  const { kind, tags } = found.place;
  const names = new Set(tags.map(({ name }) => name.toLowerCase()));
  const stages = Object.values(messagesFor(use.locale).texts.stages);
  const makesTags = tags.length < 20 && stages.some((stage) => !names.has(stage.toLowerCase()));
  const lacks = missingPermissions(found.permissions, kind === 'thread', furtherFor(kind, use.thread, makesTags));
  return [...lacks, ...silentMentions(found, use.mention)];
}

/** Empty = nothing is missing. */
export async function missing(
  connection: Connection,
  address: Address,
  use: Use,
  signal: AbortSignal,
): Promise<readonly Lack[]> {
  if (address.by === 'bot') return missingForBot(connection, address.channel, use, signal);
  const webhook = await read(
    connection,
    `/webhooks/${address.id}/${address.token}`,
    z.object({ id: z.string() }),
    signal,
  );
  return 'trouble' in webhook ? [trouble(webhook.trouble, subject('subject.webhook'))] : [];
}
