// The outbox with a stand-in Discord in the same process: no sockets, a test's clock, and a worker that can be killed.

import { styleOf } from '../../src/app/channels.ts';
import { sharedHolds } from '../../src/app/open-worker.ts';
import type { ChannelWorld } from '../../src/channels/define.ts';
import { discord } from '../../src/channels/discord/channel.ts';
import type { ChannelConfig } from '../../src/config/shape.ts';
import { type DispatcherWorld, deliverAll } from '../../src/outbox/dispatcher.ts';
import type { OutboxTarget } from '../../src/outbox/target.ts';
import type { Db, Statement } from '../../src/store/define.ts';
import { countOwedIn } from '../../src/store/deliveries.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Delivery, Outcome } from '../../src/types/delivery.ts';
import type { DiscordRoute } from './world/discord/asked.ts';
import { checkForm } from './world/discord/forms.ts';
import { type ChannelHandle, createHandles } from './world/discord/handles.ts';
import { createDiscordLimits, type DiscordLimits } from './world/discord/limits.ts';
import { createDiscordRest } from './world/discord/rest.ts';
import { createDiscordState, type DiscordState } from './world/discord/state.ts';
import type { Said } from './world/service.ts';

/** What goes wrong with a writing request. `killed`: the process dies. */
export type Mishap =
  | 'killed before it arrived'
  | 'killed after it arrived'
  | 'lost before it arrived'
  | 'reset after it arrived'
  | '502 after it arrived';

export const mishaps: readonly Mishap[] = [
  'killed before it arrived',
  'killed after it arrived',
  'lost before it arrived',
  'reset after it arrived',
  '502 after it arrived',
];

export interface Outbox {
  readonly db: Db;
  readonly state: DiscordState;
  readonly limits: DiscordLimits;
  readonly handles: ReturnType<typeof createHandles>;
  /** The requests so far, as `METHOD /path`. */
  readonly asked: string[];
  /** Deliveries with the outcome of each attempt. */
  readonly outcomes: { readonly delivery: Delivery; readonly outcome: Outcome }[];
  /** Lets the `nth` writing request from now (counted from 0) go wrong. */
  readonly plan: (nth: number, mishap: Mishap) => { readonly happened: () => boolean };
  readonly write: (statements: readonly Statement[]) => Promise<void>;
  /** One round by a worker; after a kill, by a new one. */
  readonly deliver: () => Promise<number | null>;
  readonly owed: () => Promise<number>;
  /** Continues with a new worker, which knows only what the database contains. */
  readonly restart: () => void;
  /** The channels as opened by the present worker. */
  readonly outboxTargets: () => readonly OutboxTarget[];
  /** The dispatcher's dependencies. */
  readonly dispatcher: () => DispatcherWorld;
  readonly close: () => Promise<void>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Simulates the time that Discord takes to answer; resolves when it is over. */
  readonly latency?: () => Promise<void>;
}

export function channelConfig(handle: ChannelHandle, name: string, over: Partial<ChannelConfig> = {}): ChannelConfig {
  return {
    name,
    kind: 'discord',
    options: { channel: handle.id },
    on: true,
    locale: 'en',
    timezone: 'UTC',
    mention: [],
    quiet: null,
    digest: 'off',
    digestAt: 540,
    silent: [],
    thread: false,
    operator: false,
    where: null,
    ...over,
  };
}

function responseOf(said: Said): Response {
  const body =
    said.status === 204 ? null : typeof said.body === 'string' ? said.body : JSON.stringify(said.body ?? null);
  return new Response(body, { status: said.status, headers: { 'content-type': 'application/json', ...said.headers } });
}

function reset(): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
}

/** `channels` are set up with the handles of the new Discord. */
export async function openOutbox(
  clock: Clock,
  channels: (handles: ReturnType<typeof createHandles>) => readonly ChannelConfig[],
  database: Db | null = null,
): Promise<Outbox> {
  const state = createDiscordState(clock.now);
  const limits = createDiscordLimits();
  const routes: Record<string, DiscordRoute> = {};
  const rest = createDiscordRest(state, limits, checkForm, routes);
  const handles = createHandles(state);
  const configs = channels(handles);
  const real = database ?? (await openSqlite(':memory:'));
  await migrate(real, migrations);
  const asked: string[] = [];
  const outcomes: { delivery: Delivery; outcome: Outcome }[] = [];
  let planned: { left: number; mishap: Mishap } | null = null;
  let killed = false;
  let workers = 0;

  async function answer(method: string, url: URL, init: RequestInit | undefined): Promise<Said> {
    const body = Buffer.from(typeof init?.body === 'string' ? init.body : '');
    const headers = Object.fromEntries(new Headers(init?.headers));
    const said = await rest({
      method,
      path: url.pathname,
      query: url.searchParams,
      headers,
      body,
      at: clock.now(),
      concurrent: 1,
    });
    if (said === null) throw new Error(`the Discord of this world has no ${method} ${url.pathname}`);
    return said;
  }

  const fetch: ChannelWorld['fetch'] = async (input, init) => {
    const url = new URL(String(input));
    const method = init?.method ?? 'GET';
    if (killed) throw reset();
    asked.push(`${method} ${url.pathname.replace('/api/v10', '')}`);
    await clock.latency?.();
    const mine = method !== 'GET' && planned !== null && planned.left === 0 ? planned.mishap : null;
    if (method !== 'GET' && planned !== null) planned.left -= 1;
    if (mine === 'killed before it arrived') killed = true;
    if (mine === 'killed before it arrived' || mine === 'lost before it arrived') throw reset();
    const said = await answer(method, url, init);
    if (mine === 'killed after it arrived') killed = true;
    if (mine === 'killed after it arrived' || mine === 'reset after it arrived') throw reset();
    return responseOf(mine === '502 after it arrived' ? { status: 502, body: 'bad gateway' } : said);
  };

  /** A killed worker writes nothing any more. */
  const db: Db = {
    ...real,
    batch: async (statements) => {
      if (killed) throw new Error('killed');
      return real.batch(statements);
    },
  };

  function hire(): { readonly outboxTargets: readonly OutboxTarget[]; readonly world: DispatcherWorld } {
    workers += 1;
    const world: ChannelWorld = {
      fetch,
      publicFetch: fetch,
      addresses: { 'discord.apiUrl': 'https://discord.test/api' },
      secrets: { DISCORD_TOKEN: state.app.token },
      userAgent: 'Landfall/1.0.0 (+https://landfall.test)',
      now: clock.now,
      write: () => undefined,
      colour: false,
      columns: 80,
      json: false,
    };
    const outboxTargets = configs.map((config): OutboxTarget => {
      const channel = discord.open(config.options, world);
      const mention = config.mention.map((rule) => `${rule.kind}:${rule.id}`);
      const use = { locale: config.locale, thread: config.thread, mention };
      return {
        name: config.name,
        address: config.name,
        channel,
        style: styleOf(config),
        missing: (signal) => channel.check?.(signal, use) ?? Promise.resolve([]),
      };
    });
    const dispatcher: DispatcherWorld = {
      db,
      now: clock.now,
      random: () => 0,
      holder: `worker ${workers}`,
      holds: sharedHolds(db, `worker ${workers}`),
      outboxTargets,
      notice: () => [],
      onOutcome: (delivery, outcome) => outcomes.push({ delivery, outcome }),
      onError: (error) => {
        if (!killed) throw error;
      },
    };
    return { outboxTargets, world: dispatcher };
  }

  let worker = hire();
  return {
    db,
    state,
    limits,
    handles,
    asked,
    outcomes,
    plan: (nth, mishap) => {
      const entry = { left: nth, mishap };
      planned = entry;
      return { happened: () => entry.left < 0 };
    },
    write: async (statements) => {
      const done = await real.batch(statements);
      if (done !== 'done') throw new Error('a test wrote what conflicts');
    },
    deliver: async () => {
      if (killed) {
        killed = false;
        // As `run` has the database to itself, the leases of the killed worker are dropped.
        await real.batch([{ sql: 'DELETE FROM leases', params: [] }]);
        worker = hire();
      }
      return deliverAll(worker.world, new AbortController().signal);
    },
    owed: async () =>
      (
        await countOwedIn(
          real,
          configs.map(({ name }) => name),
          new Date(clock.now()).toISOString(),
        )
      ).owed,
    restart: () => {
      worker = hire();
    },
    outboxTargets: () => worker.outboxTargets,
    dispatcher: () => worker.world,
    close: real.close,
  };
}
