// The connection to Discord's gateway: one at a time, with a new client each, and without wasting logins that Discord limits.

import { createHash } from 'node:crypto';
import type { Client, Interaction } from 'discord.js';
import { z } from 'zod';
import { writeForm } from '../channels/discord/form.ts';
import type { NewServer } from '../guilds/greet.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import type { GatewayReason } from '../types/reasons/gateway.ts';
import { minuteMs } from '../types/time.ts';
import { buildCommands } from './commands.ts';
import type { Bot } from './define.ts';
import { respond } from './interaction.ts';

export interface GatewayLease {
  /** Aborts when another worker has the lease, or might have it. */
  readonly signal: AbortSignal;
  readonly release: () => Promise<void>;
}

export interface BotWorld {
  readonly bot: Bot;
  readonly token: string;
  /** Without the API version. */
  readonly apiUrl: string;
  readonly userAgent: string;
  readonly now: () => number;
  /** Resolves after that many milliseconds, or at once when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: {
    readonly info: (text: string) => void;
    readonly warn: (text: string) => void;
  };
  /** Claims the gateway, which only one of the workers sharing a database may use; null = another one has it. */
  readonly hold: () => Promise<GatewayLease | null>;
  /** Told which servers the bot is in; left out = not recorded. */
  readonly servers?: {
    /** Called on connecting, with all servers that the bot is in. */
    readonly note: (guilds: readonly string[]) => Promise<void>;
    /** Called when the bot is added to a server while connected. */
    readonly joined: (server: NewServer, locale: string) => Promise<void>;
  };
  /** Hash of the commands last registered with Discord; null = none yet. */
  readonly registered: {
    readonly read: () => Promise<string | null>;
    readonly write: (hash: string) => Promise<void>;
  };
}

/** How often a standby worker tries to take over the gateway, in milliseconds. */
const standbyMs = 4_000;
/** When a failed registration of the commands is retried, in milliseconds. */
const registerAgainMs = 10 * minuteMs;
const loginMs = 60_000;
/** A session that lasted this long resets the back-off. */
const steadyMs = 10 * minuteMs;
/** The longest rate limit that discord.js may wait out by itself, in milliseconds. */
const shortWaitMs = 1_000;
/** Logins left unused, for people who restart the bot by hand. */
const spare = 50;

/** One minute, doubled for every further failure, at most an hour. */
export function backOffMs(failures: number): number {
  return Math.min(60 * minuteMs, minuteMs * 2 ** Math.min(10, Math.max(0, failures - 1)));
}

const limitShape = z.object({ session_start_limit: z.object({ remaining: z.number(), reset_after: z.number() }) });

type Discord = typeof import('./discord.ts').discord;

/**
 * A client that does nothing more once `over` has aborted: discord.js keeps reconnecting after a failed login, and even after
 * `destroy`, and each success would use up one of the thousand logins a day.
 */
function openClient(discord: Discord, world: BotWorld, over: AbortSignal): Client {
  const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
  let logins = 0;
  return new discord.Client({
    intents: [discord.GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: {
      api: world.apiUrl,
      version: '10',
      retries: 0,
      timeout: 10_000,
      userAgentAppendix: world.userAgent,
      makeRequest: async (url, init) => {
        const { makeRequest } = discord.DefaultRestOptions;
        if (!(init.body instanceof FormData)) return makeRequest(url, init);
        const { bytes, type } = await writeForm(init.body);
        return makeRequest(url, { ...init, body: bytes, headers: { ...init.headers, 'content-type': type } });
      },
      // The client's own waits cannot be cancelled, and would keep the process from exiting.
      rejectOnRateLimit: ({ timeToReset, retryAfter }) =>
        over.aborted || Math.max(timeToReset, retryAfter) > shortWaitMs,
    },
    makeCache: discord.Options.cacheWithLimits({ ...discord.Options.DefaultMakeCacheSettings, MessageManager: 0 }),
    ws: {
      buildStrategy: (manager) => {
        const remembered = manager.options.retrieveSessionInfo.bind(manager.options);
        manager.options.retrieveSessionInfo = (id) => (over.aborted ? never() : remembered(id));
        return new discord.SimpleShardingStrategy(manager);
      },
      buildIdentifyThrottler: async () => ({
        // Identifying again costs a login each time, so if Discord keeps ending the session, it happens at growing intervals.
        waitForIdentify: async (_shard, signal) => {
          logins += 1;
          if (logins > 1) await world.wait(backOffMs(logins - 1) / 12, AbortSignal.any([signal, over]));
          if (over.aborted) await never();
        },
      }),
    },
  });
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

function textOf(error: unknown, token: string): string {
  return (error instanceof Error ? error.message || error.name : String(error)).replaceAll(token, '…');
}

const viewChannel = 1n << 10n;
const sendMessages = 1n << 11n;
const administrator = 1n << 3n;

function writable(permissions: bigint): boolean {
  const needed = viewChannel | sendMessages;
  return (permissions & administrator) !== 0n || (permissions & needed) === needed;
}

type Ended =
  | { readonly kind: 'stopped' | 'lost the lease' }
  | { readonly kind: 'failed'; readonly reason: GatewayReason; readonly afterMs?: number };

/** Null = Discord allows a login now. */
async function refused(client: Client, discord: Discord, token: string): Promise<Ended | null> {
  client.rest.setToken(token);
  const { session_start_limit: limit } = limitShape.parse(await client.rest.get(discord.Routes.gatewayBot()));
  if (limit.remaining > spare) return null;
  return { kind: 'failed', reason: { code: 'gateway.logins-spent', params: {} }, afterMs: limit.reset_after };
}

/** A connected client with what its event handlers need, and the callback that ends the session. */
interface Attendance {
  readonly client: Client;
  readonly discord: Discord;
  readonly world: BotWorld;
  readonly end: (ended: Ended) => void;
  /** Answers in progress. */
  readonly running: Set<Promise<void>>;
}

function listen({ client, discord, world, end, running }: Attendance, signal: AbortSignal): void {
  client.on(discord.Events.Error, (error) => world.log.warn(`Discord's gateway: ${textOf(error, world.token)}`));
  client.on(discord.Events.ShardError, (error) => world.log.warn(`Discord's gateway: ${textOf(error, world.token)}`));
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

/** Tries until the commands are registered or the session is over. */
async function announce(ready: Client<true>, discord: Discord, world: BotWorld, over: AbortSignal): Promise<void> {
  world.log.info(`the bot is at Discord's gateway as ${ready.user.username}`);
  while (!over.aborted) {
    try {
      return await register(ready, discord, world);
    } catch (error) {
      world.log.warn(`registering commands with Discord: ${textOf(error, world.token)}`);
    }
    await world.wait(registerAgainMs, over);
  }
}

/** One session: from login to its end, for whatever reason. */
async function session(world: BotWorld, lease: GatewayLease, signal: AbortSignal): Promise<Ended> {
  const { discord } = await import('./discord.ts');
  const over = new AbortController();
  const client = openClient(discord, world, over.signal);
  const running = new Set<Promise<void>>();
  let end: (ended: Ended) => void = () => undefined;
  const ended = new Promise<Ended>((resolve) => {
    end = resolve;
  });
  const onAbort = () => end({ kind: 'stopped' });
  signal.addEventListener('abort', onAbort, { once: true });
  const onLost = () => {
    world.log.warn("left Discord's gateway to other workers: the lease was lost, or could not be renewed in time");
    end({ kind: 'lost the lease' });
  };
  lease.signal.addEventListener('abort', onLost, { once: true });
  if (lease.signal.aborted) onLost();
  listen({ client, discord, world, end, running }, signal);
  client.once(discord.Events.ClientReady, (ready) => {
    void world.servers
      ?.note([...ready.guilds.cache.keys()])
      .catch((error: unknown) => world.log.warn(`noting servers: ${textOf(error, world.token)}`));
    void announce(ready, discord, world, over.signal);
  });

  async function login(): Promise<void> {
    try {
      const no = await refused(client, discord, world.token);
      if (no !== null) return end(no);
      await client.login(world.token);
    } catch (error) {
      end({ kind: 'failed', reason: { code: 'gateway.failed', params: { detail: textOf(error, world.token) } } });
    }
  }

  async function patience(): Promise<void> {
    await world.wait(loginMs, over.signal);
    if (!client.isReady()) end({ kind: 'failed', reason: { code: 'gateway.not-ready', params: {} } });
  }

  void login();
  void patience();
  const how = await ended;
  over.abort();
  signal.removeEventListener('abort', onAbort);
  lease.signal.removeEventListener('abort', onLost);
  // Let answers in progress finish; for shutdown the process has ten seconds in all.
  const heard = new AbortController();
  await Promise.race([Promise.allSettled(running), world.wait(3_000, heard.signal)]);
  heard.abort();
  await client.destroy().catch(() => undefined);
  return how;
}

/** Runs until the signal aborts: claims the gateway, stays connected, and reconnects after failures. Never throws. */
export async function keepBot(world: BotWorld, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const began = world.now();
    let waitMs = standbyMs;
    try {
      const lease = await world.hold();
      if (lease !== null) {
        const ended = await session(world, lease, signal);
        // If the database is unreachable, the lease expires by itself, so the bot need not wait for it.
        await lease.release().catch(() => undefined);
        if (ended.kind === 'failed') {
          failures = world.now() - began > steadyMs ? 1 : failures + 1;
          waitMs = Math.max(backOffMs(failures), ended.afterMs ?? 0);
          const minutes = Math.ceil(waitMs / minuteMs);
          world.log.warn(
            `no connection to Discord's gateway: ${inEnglish(ended.reason)}. Alerts go out all the same; next try in ${minutes} min.`,
          );
        }
      }
    } catch (error) {
      failures += 1;
      waitMs = backOffMs(failures);
      world.log.warn(`the bot: ${textOf(error, world.token)}`);
    }
    if (!signal.aborted) await world.wait(waitMs, signal);
  }
}
