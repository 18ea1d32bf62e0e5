// The session of one shard at Discord's gateway, from its login until anything ends it.

import { createHash } from 'node:crypto';
import type { Client, Interaction } from 'discord.js';
import type { GatewayReason } from '../types/reasons/gateway.ts';
import { minuteMs } from '../types/time.ts';
import { type Discord, type Information, openClient, textOf } from './client.ts';
import { buildCommands } from './commands.ts';
import { respond } from './interaction.ts';
import type { Away, BotWorld, Shard, ShardLease } from './shards.ts';

/** When a failed registration of the commands is retried, in milliseconds. */
const registerAgainMs = 10 * minuteMs;
/** How long a login may take, in milliseconds. */
const loginMs = 60_000;
/** How long a broken connection may take to come back before the shard is given up, so that another worker may try. */
const brokenMs = 2 * minuteMs;

const heardMs = 3_000;
const closeMs = 1_000;

export type Ended =
  | { readonly kind: 'stopped' | 'left' | 'lost' }
  | { readonly kind: 'failed'; readonly reason: GatewayReason };

export interface Attendance {
  readonly shard: Shard;
  readonly lease: ShardLease;
  readonly information: Information;
  readonly discord: Discord;
  /** Called when the shard identifies: the next one of its bucket may start. */
  readonly cameIn: () => void;
  /** Called whenever the state of the connection changes. */
  readonly standing: (away: Away) => void;
  /** Aborts when the shard is to be handed over. */
  readonly leave: AbortSignal;
}

/** Appended to log lines: empty for a bot with one shard, else ` (shard 3 of 8)`, counted from 0 as Discord does. */
export function shardName({ id, total }: Shard): string {
  return total === 1 ? '' : ` (shard ${id} of ${total})`;
}

async function register(client: Client<true>, discord: Discord, world: BotWorld): Promise<void> {
  const body = buildCommands(world.bot.kinds);
  const id = client.application.id;
  const hash = createHash('sha256')
    .update(JSON.stringify([id, body]))
    .digest('hex');
  if ((await world.registered.read()) === hash) return;
  await client.rest.put(discord.Routes.applicationCommands(id), { body });
  await world.registered.write(hash);
  world.log.info(`registered ${body.length} commands with Discord`);
}

/** Tries until the commands are registered or the session is over. Commands belong to the whole application, so only shard 0 does this. */
async function announce(ready: Client<true>, discord: Discord, world: BotWorld, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    try {
      return await register(ready, discord, world);
    } catch (error) {
      world.log.warn(`registering commands with Discord: ${textOf(error, world.token)}`);
    }
    await world.wait(registerAgainMs, over);
  }
}

const viewChannel = 1n << 10n;
const sendMessages = 1n << 11n;
const administrator = 1n << 3n;

function writable(permissions: bigint): boolean {
  const needed = viewChannel | sendMessages;
  return (permissions & administrator) !== 0n || (permissions & needed) === needed;
}

/** A connected client and what its event handlers need. */
interface Listening {
  readonly client: Client;
  readonly attendance: Attendance;
  readonly world: BotWorld;
  readonly end: (ended: Ended) => void;
  /** Interactions being answered. */
  readonly running: Set<Promise<void>>;
}

function listen({ client, attendance, world, end, running }: Listening, signal: AbortSignal): void {
  const { discord, shard } = attendance;
  const warn = (error: unknown): void =>
    world.log.warn(`Discord's gateway${shardName(shard)}: ${textOf(error, world.token)}`);
  client.on(discord.Events.Error, warn);
  client.on(discord.Events.ShardError, warn);
  client.on(discord.Events.Invalidated, () =>
    end({ kind: 'failed', reason: { code: 'gateway.invalidated', params: {} } }),
  );
  client.on(discord.Events.ShardDisconnect, ({ code }) =>
    end({ kind: 'failed', reason: { code: 'gateway.closed', params: { code } } }),
  );
  client.on(discord.Events.InteractionCreate, (interaction: Interaction) => {
    const work = respond(interaction, world, signal).catch((error: unknown) => {
      if (!signal.aborted) world.log.warn(`answering in Discord: ${textOf(error, world.token)}`);
    });
    running.add(work);
    void work.finally(() => running.delete(work));
  });
  client.on(discord.Events.GuildCreate, (guild) => {
    const { systemChannel: system, members } = guild;
    const able = system !== null && members.me !== null && writable(system.permissionsFor(members.me)?.bitfield ?? 0n);
    const channel = able ? system.id : null;
    void world.servers
      ?.joined({ guild: guild.id, channel }, guild.preferredLocale)
      .catch((error: unknown) => world.log.warn(`greeting a server: ${textOf(error, world.token)}`));
  });
}

/** Ends the session when it is not connected for too long. */
function createPatience(world: BotWorld, end: (ended: Ended) => void) {
  let until = world.now() + loginMs;
  return {
    waits: (ms: number): void => {
      until = world.now() + ms;
    },
    keep: async (over: AbortSignal): Promise<void> => {
      while (!over.aborted) {
        const leftMs = until - world.now();
        if (leftMs <= 0) return end({ kind: 'failed', reason: { code: 'gateway.not-ready', params: {} } });
        await world.wait(Math.min(leftMs, loginMs), over);
      }
    },
  };
}

type Patience = ReturnType<typeof createPatience>;

/** Follows the state of the connection: connected, broken, resumed. */
function followConnection({ client, attendance, world }: Listening, patience: Patience, over: AbortSignal): void {
  const { discord, shard, standing } = attendance;
  const isThere = (): void => {
    patience.waits(Number.POSITIVE_INFINITY);
    standing(null);
  };
  client.on(discord.Events.ShardResume, isThere);
  client.on(discord.Events.ShardReady, isThere);
  client.on(discord.Events.ShardReconnecting, () => {
    if (over.aborted || !client.isReady()) return;
    patience.waits(brokenMs);
    standing({ code: 'gateway.reconnecting', params: {} });
  });
  client.once(discord.Events.ClientReady, (ready) => {
    world.log.info(`the bot is at Discord's gateway as ${ready.user.username}${shardName(shard)}`);
    void world.servers
      ?.note([...ready.guilds.cache.keys()])
      .catch((error: unknown) => world.log.warn(`noting servers: ${textOf(error, world.token)}`));
    if (shard.id === 0) void announce(ready, discord, world, over);
  });
}

async function atMost(world: BotWorld, ms: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  await Promise.race([work.catch(() => undefined), world.wait(ms, done.signal)]);
  done.abort();
}

/** Resolves with the reason for the end once the client is closed. */
export async function attend(world: BotWorld, attendance: Attendance, signal: AbortSignal): Promise<Ended> {
  const { discord, shard, lease, leave } = attendance;
  const over = new AbortController();
  let end: (ended: Ended) => void = () => undefined;
  const ended = new Promise<Ended>((resolve) => {
    end = resolve;
  });
  const patience = createPatience(world, end);
  const turn = (comes: 'waits' | 'came'): void => {
    patience.waits(loginMs);
    if (comes === 'came') attendance.cameIn();
  };
  const client = openClient(discord, world, { shard, information: attendance.information, turn }, over.signal);
  const running = new Set<Promise<void>>();
  const listening = { client, attendance, world, end, running };
  const onStop = () => end({ kind: 'stopped' });
  const onLeave = () => end({ kind: 'left' });
  const onLost = () => {
    world.log.warn(
      `left Discord's gateway${shardName(shard)} to other workers: the lease was lost, or could not be renewed in time`,
    );
    end({ kind: 'lost' });
  };
  const ends = [
    [signal, onStop],
    [leave, onLeave],
    [lease.signal, onLost],
  ] as const;
  for (const [each, act] of ends) {
    each.addEventListener('abort', act, { once: true });
    if (each.aborted) act();
  }
  listen(listening, signal);
  followConnection(listening, patience, over.signal);
  client.login(world.token).catch((error: unknown) => {
    end({ kind: 'failed', reason: { code: 'gateway.failed', params: { detail: textOf(error, world.token) } } });
  });
  void patience.keep(over.signal);
  const how = await ended;
  over.abort();
  for (const [each, act] of ends) each.removeEventListener('abort', act);
  // Interactions being answered may still finish; the process has ten seconds in all.
  await atMost(world, heardMs, Promise.allSettled(running));
  // For a client that is still logging in, discord.js closes the connection but its promise never settles.
  await atMost(world, closeMs, client.destroy());
  return how;
}
