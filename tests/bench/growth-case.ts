// One case of the table of growth, in a process of its own so that its memory is its own:
// node tests/bench/growth-case.ts CASE N, the cases of growth.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPlaces } from '../../src/app/guild-channels.ts';
import { assemble, pacingWorld } from '../../src/app/open-worker.ts';
import { createDispatcher } from '../../src/outbox/dispatcher.ts';
import type { Source } from '../../src/sources/define.ts';
import { saveChannelState } from '../../src/store/channel-states.ts';
import type { Db } from '../../src/store/define.ts';
import { saveGuildChannel } from '../../src/store/guilds.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { insertTarget, newTargetRow } from '../../src/store/targets.ts';
import { saveWatch } from '../../src/store/watches.ts';
import { iso } from '../../src/types/time.ts';
import { dispatcherWorld, type Worker } from '../../src/worker/context.ts';
import { keepWatching } from '../../src/worker/loop.ts';
import { registerWatches } from '../../src/worker/register.ts';
import { worldOf } from '../support/channels/stories.ts';
import { startPostgres } from '../support/postgres.ts';
import { configOf, targetOf, watchOn } from '../support/worker.ts';
import { fanout, written } from './growth-fanout.ts';

export interface Figures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  /** The longest that anything else, such as /healthz, had to wait for its turn, in milliseconds. */
  readonly worstWaitMs: number;
  /** Of a fan-out: milliseconds to the first message, and messages a second from then on. */
  readonly firstMs?: number;
  readonly perSecond?: number;
  readonly refused?: number;
  readonly doubled?: number;
}

const now = iso(Date.now());
const answerMs = 20;
const watchesPerGuild = 20;
const goneChannels = 50;
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: console.error };

async function measured(work: () => Promise<unknown>): Promise<Figures> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await sleep(20);
  delay.reset();
  const began = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - began) / 1_000;
  await sleep(20);
  delay.disable();
  return {
    seconds,
    cpuSeconds: (user + system) / 1_000_000,
    peakMiB: process.resourceUsage().maxRSS / 1_024,
    worstWaitMs: delay.max / 1_000_000,
  };
}

function workerOf(db: Db, sources: ReadonlyMap<string, Source>, over: Partial<Worker> = {}): Worker {
  const config = configOf({ channels: [] });
  return { ...assemble(config, db, { sources, outboxTargets: [], now: Date.now, log: silent, keep: null }), ...over };
}

/** So many feeds, each on a host of its own, that fall due together: until each was looked at. */
async function hosts(db: Db, count: number): Promise<Figures> {
  const targets = Array.from({ length: count }, (_, n) => targetOf(`feed:https://host${n}.test/feed.xml`));
  const poolOf = (address: string): string => `feed:${new URL(address).host}`;
  await written(
    db,
    targets.flatMap((target) => [
      insertTarget(newTargetRow(target, poolOf(target.address), now)),
      saveWatch(watchOn(target.id), now),
    ]),
  );
  const stop = new AbortController();
  let looked = 0;
  const feed: Source = {
    kind: 'feed',
    batch: 20,
    pool: ({ address }) => poolOf(address),
    poll: async (looks) => {
      await sleep(answerMs);
      looked += looks.length;
      if (looked >= count) setTimeout(() => stop.abort(), 50);
      const results = looks.map(
        ({ target, cursor }) => [target.id, { kind: 'same' as const, cursor, restMs: null }] as const,
      );
      const spent = looks.map(({ target }) => ({ pool: poolOf(target.address), cost: 1, tookMs: answerMs }));
      return { results: new Map(results), spent };
    },
    read: () => ({ kind: 'same', cursor: null, restMs: null }),
  };
  const config = configOf({ channels: [], targets, watches: targets.map(({ id }) => watchOn(id)) });
  const worker = workerOf(db, new Map([['feed', feed]]), { config });
  const ended = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  return measured(() =>
    keepWatching(
      {
        worker,
        clock: (_, signal) => ended(signal),
        wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
        everyMs: () => 30_000,
        pacing: pacingWorld(worker),
      },
      stop.signal,
    ),
  );
}

/** One wake of the sender over channels that are owed nothing. */
async function idle(db: Db, count: number): Promise<Figures> {
  const outboxTargets = Array.from({ length: count }, (_, n) => ({
    name: `channel-${n}`,
    address: `channel-${n}`,
    channel: {
      kind: 'test',
      edits: true,
      pages: () => [],
      send: () => Promise.resolve({ kind: 'sent' as const, messageId: 'm' }),
    },
    style: () => ({ locale: 'en', timezone: 'UTC', silent: false, mention: [] }),
    missing: () => Promise.resolve([]),
  }));
  const worker = workerOf(db, new Map(), { outboxTargets });
  const dispatcher = createDispatcher(
    dispatcherWorld(worker, () => undefined),
    (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
  );
  return measured(() => dispatcher.drain(0, new AbortController().signal));
}

/** A start with so many guilds of twenty watches each, among them fifty channels that are gone for good. */
async function start(db: Db, count: number): Promise<Figures> {
  const guilds = Array.from({ length: count }, (_, n) => ({
    guild: String(1_000_000 + n),
    channel: String(2_000_000 + n),
  }));
  const statements = guilds.flatMap(({ guild, channel }, index) => {
    const name = `guild:${guild}:${channel}`;
    const watches = Array.from({ length: watchesPerGuild }, (_, n) => {
      const targetId = `github:org${n}/repo${(index * 7 + n) % (count + 100)}`;
      const origin = { by: 'guild' as const, guild };
      return { ...watchOn(targetId), id: `${name}:${targetId}`, origin, to: [name] };
    });
    return [
      ...saveGuildChannel({ name, guild, channel, locale: null, digest: null }, now),
      ...watches.flatMap((watch) => [
        insertTarget(newTargetRow(targetOf(watch.targetId), 'github', now)),
        saveWatch(watch, now),
      ]),
      ...(index < goneChannels
        ? [saveChannelState({ name, address: name, holdUntil: null, reason: null, goneAt: now })]
        : []),
    ];
  });
  await written(db, statements);
  const config = configOf({ channels: [], secrets: { DISCORD_TOKEN: 'token' } });
  const world = worldOf({ secrets: config.secrets, now: Date.now });
  const once = async (): Promise<void> => {
    const places = await openPlaces(config, db, world);
    await registerWatches(workerOf(db, new Map(), { config: places.config, outboxTargets: places.outboxTargets }));
  };
  // The first start forgets what is gone; every later one is what people wait for.
  await once();
  return measured(once);
}

const sendingMs = 15_000;

type Case = (db: Db, count: number) => Promise<Figures>;

const onSqlite: Readonly<Record<string, Case>> = {
  hosts,
  idle,
  start,
  shared: (db, count) => fanout([db], count, { own: false, alone: true, sendingMs }),
  own: (db, count) => fanout([db], count, { own: true, alone: true, sendingMs }),
};

type SharedCase = (dbs: readonly [Db, ...Db[]], count: number) => Promise<Figures>;

const told =
  (own: boolean): SharedCase =>
  (dbs, count) =>
    fanout(dbs, count, { own, alone: false, sendingMs });

/** Cases with a server of their own, and how many workers share it. */
const onPostgres: Readonly<Record<string, { readonly workers: number; readonly run: SharedCase }>> = {
  'postgres-start': { workers: 1, run: ([db], count) => start(db, count) },
  'postgres-shared': { workers: 1, run: told(false) },
  postgres: { workers: 1, run: told(true) },
  'two-workers': { workers: 2, run: told(true) },
  'three-workers': { workers: 3, run: told(true) },
};

async function withSqlite(run: Case, count: number): Promise<Figures> {
  const directory = mkdtempSync(join(tmpdir(), 'landfall-growth-'));
  const db = await openSqlite(join(directory, 'growth.db'));
  try {
    await migrate(db, migrations);
    return await run(db, count);
  } finally {
    await db.close();
    rmSync(directory, { recursive: true });
  }
}

async function withPostgres(workers: number, run: SharedCase, count: number): Promise<Figures> {
  const server = await startPostgres();
  const first = await openPostgres(server.url);
  const others = await Promise.all(Array.from({ length: workers - 1 }, () => openPostgres(server.url)));
  try {
    await migrate(first, migrations);
    return await run([first, ...others], count);
  } finally {
    await Promise.all([first, ...others].map((db) => db.close()));
    await server.stop();
  }
}

const [name = '', count = '100'] = process.argv.slice(2);
const alone = onSqlite[name];
const shared = onPostgres[name];
let figures: Figures | null = null;
if (alone !== undefined) figures = await withSqlite(alone, Number(count));
if (shared !== undefined) figures = await withPostgres(shared.workers, shared.run, Number(count));
if (figures === null) throw new Error(`there is no case ${name}`);
process.stdout.write(`${JSON.stringify(figures)}\n`);
