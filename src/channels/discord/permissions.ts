// What the bot or the webhook lacks in its channel, by the names that Discord's settings use.
import { z } from 'zod';
import type { Address } from './address.ts';
import type { Answer, Connection } from './connection.ts';
import { blind } from './outcome.ts';

/** https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags */
const administrator = 1n << 3n;
const viewChannel = 1n << 10n;
const inText: readonly (readonly [string, bigint])[] = [
  ['View Channel', viewChannel],
  ['Send Messages', 1n << 11n],
  ['Embed Links', 1n << 14n],
  ['Read Message History', 1n << 16n],
];
const inThread: readonly (readonly [string, bigint])[] = inText.map(([name, bit]) =>
  name === 'Send Messages' ? ['Send Messages in Threads', 1n << 38n] : [name, bit],
);
const threadTypes = new Set([10, 11, 12]);

const bits = z.string().regex(/^\d+$/).transform(BigInt);
const overwrite = z.object({ id: z.string(), type: z.number(), allow: bits, deny: bits });
const channelShape = z.object({
  type: z.number(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  permission_overwrites: z.array(overwrite).optional(),
});
const memberShape = z.object({ roles: z.array(z.string()) });
const guildShape = z.object({
  owner_id: z.string().optional(),
  roles: z.array(z.object({ id: z.string(), permissions: bits })),
});
const selfShape = z.object({ id: z.string() });

export interface Standing {
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

/** Discord's own order: roles, then the overwrites of @everyone, of the roles together, of the member. */
export function permissionsIn(standing: Standing): bigint {
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

export function missingNames(permissions: bigint, thread: boolean): readonly string[] {
  const wanted = thread ? inThread : inText;
  // Who cannot see the channel can do nothing in it: naming the rest would only mislead.
  if ((permissions & viewChannel) === 0n) return ['View Channel'];
  return wanted.filter(([, bit]) => (permissions & bit) === 0n).map(([name]) => name);
}

/** What an answer that is no success says of the channel as a whole. */
function trouble(answer: Exclude<Answer, { kind: 'answer' }>, what: string): readonly string[] {
  if (blind(answer)) return ['View Channel'];
  if (answer.kind !== 'refused') return [`${what} could not be checked: ${answer.reason}`];
  if (answer.status === 401) return answer.code === null ? ['a token that Discord accepts'] : [`${what} (it is gone)`];
  return answer.status === 404
    ? [`${what} (it is gone, or the bot is not in its server)`]
    : [`${what}: ${answer.reason}`];
}

type Reading<T> = { readonly value: T } | { readonly trouble: Exclude<Answer, { kind: 'answer' }> };

async function read<T>(
  connection: Connection,
  path: `/${string}`,
  shape: z.ZodType<T>,
  signal: AbortSignal,
): Promise<Reading<T>> {
  const answer = await connection.call({ method: 'GET', path, auth: !path.startsWith('/webhooks/') }, signal);
  if (answer.kind !== 'answer') return { trouble: answer };
  const parsed = shape.safeParse(answer.body);
  return parsed.success
    ? { value: parsed.data }
    : { trouble: { kind: 'failed', reason: 'Discord answered in an unknown shape' } };
}

async function missingForBot(connection: Connection, id: string, signal: AbortSignal): Promise<readonly string[]> {
  const channel = await read(connection, `/channels/${id}`, channelShape, signal);
  if ('trouble' in channel) return trouble(channel.trouble, 'the channel');
  const { guild_id: guild, parent_id: parent, type } = channel.value;
  if (guild === undefined) return [];
  const thread = threadTypes.has(type);
  const holder =
    thread && typeof parent === 'string'
      ? await read(connection, `/channels/${parent}`, channelShape, signal)
      : channel;
  if ('trouble' in holder) return trouble(holder.trouble, 'the channel of the thread');
  const self = await read(connection, '/users/@me', selfShape, signal);
  if ('trouble' in self) return trouble(self.trouble, 'the bot');
  const member = await read(connection, `/guilds/${guild}/members/${self.value.id}`, memberShape, signal);
  if ('trouble' in member) return trouble(member.trouble, 'membership of the server');
  const server = await read(connection, `/guilds/${guild}`, guildShape, signal);
  if ('trouble' in server) return trouble(server.trouble, 'the server');
  const permissions = permissionsIn({
    self: self.value.id,
    guild,
    owner: server.value.owner_id ?? null,
    roles: member.value.roles,
    permissions: new Map(server.value.roles.map((role) => [role.id, role.permissions])),
    overwrites: holder.value.permission_overwrites ?? [],
  });
  return missingNames(permissions, thread);
}

/** Empty: nothing is missing. */
export async function missing(
  connection: Connection,
  address: Address,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (address.by === 'bot') return missingForBot(connection, address.channel, signal);
  const webhook = await read(
    connection,
    `/webhooks/${address.id}/${address.token}`,
    z.object({ id: z.string() }),
    signal,
  );
  return 'trouble' in webhook ? trouble(webhook.trouble, 'the webhook') : [];
}
