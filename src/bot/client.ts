// The discord.js client of one shard: it gets the gateway's address from us, and waits for its turn to identify.

import type { Client } from 'discord.js';
import { z } from 'zod';
import { writeForm } from '../channels/discord/form.ts';
import { minuteMs } from '../types/time.ts';
import type { BotWorld, Shard } from './shards.ts';

export type Discord = typeof import('./discord.ts').discord;

/** https://docs.discord.com/developers/events/gateway#get-gateway-bot */
const information = z.looseObject({
  url: z.string(),
  shards: z.int().min(1).max(100_000),
  session_start_limit: z.looseObject({
    remaining: z.number(),
    /** Milliseconds. */
    reset_after: z.number(),
    max_concurrency: z.int().min(1),
  }),
});

/** Discord's answer about its gateway. */
export type Information = z.infer<typeof information>;

/** The longest rate limit that discord.js may wait out by itself, in milliseconds. */
const shortWaitMs = 1_000;
/** How often a shard waiting for its turn to identify asks for it, in milliseconds. */
const turnMs = 250;

/** One minute, doubled for every further failure, at most an hour. */
export function backOffMs(failures: number): number {
  return Math.min(60 * minuteMs, minuteMs * 2 ** Math.min(10, Math.max(0, failures - 1)));
}

export function textOf(error: unknown, token: string): string {
  return (error instanceof Error ? error.message || error.name : String(error)).replaceAll(token, '…');
}

type RestWorld = Pick<BotWorld, 'apiUrl' | 'userAgent' | 'token'>;

function restOptions({ apiUrl, userAgent }: RestWorld) {
  return { api: apiUrl, version: '10', retries: 0, timeout: 10_000, userAgentAppendix: userAgent };
}

/** Throws when Discord does not answer, or not with what it documents. */
export async function askInformation(discord: Discord, world: RestWorld): Promise<Information> {
  const rest = new discord.REST({ ...restOptions(world), rejectOnRateLimit: () => true });
  try {
    const read = information.safeParse(await rest.setToken(world.token).get(discord.Routes.gatewayBot()));
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    throw new Error(`Discord's answer about its gateway cannot be read: ${issue?.path.join('.')}: ${issue?.message}`);
  } finally {
    rest.clearHandlerSweeper();
    rest.clearHashSweeper();
  }
}

interface Visit {
  readonly shard: Shard;
  readonly information: Information;
  /** Called repeatedly while the shard waits for its turn to identify, and once when it gets it. */
  readonly turn: (comes: 'waits' | 'came') => void;
}

/** Returns a function that resolves when the shard may identify. */
function createTurns(world: BotWorld, visit: Visit, over: AbortSignal): (signal: AbortSignal) => Promise<void> {
  const bucket = visit.shard.id % visit.information.session_start_limit.max_concurrency;
  let logins = 0;
  return async (signal) => {
    const ended = AbortSignal.any([signal, over]);
    logins += 1;
    // Identifying again costs a login each time, so if Discord keeps ending the session, it happens at growing intervals.
    if (logins > 1) await world.wait(backOffMs(logins - 1) / 12, ended);
    while (!ended.aborted && !(await world.shards.mayIdentify(bucket).catch(() => false))) {
      visit.turn('waits');
      await world.wait(turnMs, ended);
    }
    if (over.aborted) await new Promise(() => undefined);
    signal.throwIfAborted();
    visit.turn('came');
  };
}

/**
 * A client that does nothing more once `over` has aborted: discord.js keeps reconnecting after a failed login, and even after
 * `destroy`, and each success would use up one of the thousand logins a day.
 */
export function openClient(discord: Discord, world: BotWorld, visit: Visit, over: AbortSignal): Client {
  const { shard, information: known } = visit;
  const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
  const takeTurn = createTurns(world, visit, over);
  return new discord.Client({
    intents: [discord.GatewayIntentBits.Guilds],
    shards: [shard.id],
    shardCount: shard.total,
    allowedMentions: { parse: [] },
    rest: {
      ...restOptions(world),
      makeRequest: async (url, init) => {
        const { makeRequest } = discord.DefaultRestOptions;
        // Answered from what we know: every shard would ask, and Discord limits that request.
        if (url.endsWith(discord.Routes.gatewayBot())) return Response.json(known);
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
      buildIdentifyThrottler: async () => ({ waitForIdentify: (_shard, signal) => takeTurn(signal) }),
    },
  });
}
