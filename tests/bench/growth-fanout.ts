// One release to so many Discord channels, each of a guild of its own: the pass that makes it owed, and the sending.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPlaces } from '../../src/app/guild-channels.ts';
import { assemble } from '../../src/app/open-worker.ts';
import { createDispatcher } from '../../src/outbox/dispatcher.ts';
import { pass } from '../../src/pipeline/run.ts';
import type { Source } from '../../src/sources/define.ts';
import type { Db, Statement } from '../../src/store/define.ts';
import { saveGuildChannel } from '../../src/store/guilds.ts';
import { aloneHolds } from '../../src/store/holds.ts';
import { saveScope } from '../../src/store/scopes.ts';
import { insertTarget, newTargetRow, targetsById } from '../../src/store/targets.ts';
import { saveWatch } from '../../src/store/watches.ts';
import type { Observation } from '../../src/types/core.ts';
import { iso } from '../../src/types/time.ts';
import { dispatcherWorld, pipelineWorld, type Worker } from '../../src/worker/context.ts';
import { worldOf } from '../support/channels/stories.ts';
import { configOf, targetOf, watchOn } from '../support/worker.ts';

export interface FanoutFigures {
  /** Of the pass, until everything is owed. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly worstWaitMs: number;
  /** From the moment the look was over to the first message, in milliseconds; and messages a second from then on. */
  readonly firstMs: number;
  readonly perSecond: number;
  readonly sent: number;
  /** Answers 429. */
  readonly refused: number;
  readonly doubled: number;
}

const id = 'github:acme/rocket';
const latencyMs = 60;

function release(tag: string): Observation {
  return {
    targetId: id,
    key: `release:${tag}`,
    fingerprint: tag,
    kind: 'release',
    sort: 'thing',
    about: `${id}@${tag}`,
    subject: tag,
    title: `Rocket ${tag}`,
    url: `https://github.com/acme/rocket/releases/${tag}`,
    publishedAt: null,
    lang: null,
    text: `What is new in ${tag}. `.repeat(60),
    facts: {},
  };
}

/** A Discord that answers after a moment and refuses the fifty-first request of a second. */
function createDiscord() {
  const made: number[] = [];
  const channels = new Set<string>();
  let refused = 0;
  let second = { until: 0, used: 0 };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    await sleep(latencyMs / 2);
    const now = performance.now();
    if (now >= second.until) second = { until: now + 1_000, used: 0 };
    second.used += 1;
    const isOver = second.used > 50;
    if (isOver) refused += 1;
    await sleep(latencyMs / 2);
    const headers = { 'content-type': 'application/json' };
    if (isOver)
      return new Response(JSON.stringify({ message: 'limited', retry_after: 1, global: true }), {
        status: 429,
        headers: { ...headers, 'retry-after': '1', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' },
      });
    const channel = /channels\/(\d+)/.exec(String(input))?.[1] ?? '0';
    if ((init?.method ?? 'GET') === 'GET')
      return new Response(JSON.stringify({ id: channel, type: 0, guild_id: '1' }), { status: 200, headers });
    made.push(now);
    channels.add(channel);
    return new Response(JSON.stringify({ id: String(10_000_000 + made.length), channel_id: channel }), {
      status: 200,
      headers,
    });
  };
  return { fetch, made, channels, refused: () => refused };
}

export async function written(db: Db, statements: readonly Statement[]): Promise<void> {
  for (let start = 0; start < statements.length; start += 5_000) await db.batch(statements.slice(start, start + 5_000));
}

export interface Setting {
  /** Each guild has stories of its own; else all share the file's. */
  readonly own: boolean;
  /** No other worker can open this database. */
  readonly alone: boolean;
  /** How long messages are counted, in milliseconds. */
  readonly sendingMs: number;
}

/** `dbs`: one a worker; each sends, the first one looks as well. */
export async function fanout(
  dbs: readonly [Db, ...Db[]],
  count: number,
  { own, alone, sendingMs }: Setting,
): Promise<FanoutFigures> {
  const [db] = dbs;
  const now = iso(Date.now());
  const guilds = Array.from({ length: count }, (_, n) => ({
    guild: String(1_000_000_000_000 + n),
    channel: String(2_000_000_000_000 + n),
  }));
  await written(db, [
    insertTarget(newTargetRow(targetOf(id), 'github', now)),
    ...(own ? [] : [saveWatch(watchOn(id), now)]),
    ...guilds.flatMap(({ guild, channel }) => {
      const name = `guild:${guild}:${channel}`;
      const watch = { ...watchOn(id), id: `${name}:${id}`, origin: { by: 'guild' as const, guild }, to: [name] };
      return [
        ...saveGuildChannel({ name, guild, channel, locale: null, digest: null }, now),
        saveWatch(watch, now),
        ...(own ? [saveScope(name, guild)] : []),
      ];
    }),
  ]);
  let seen: readonly Observation[] = [release('v1')];
  const source: Source = {
    kind: 'github',
    batch: 100,
    pool: () => 'github',
    poll: (looks) =>
      Promise.resolve({
        results: new Map(
          looks.map(({ target }) => [
            target.id,
            {
              kind: 'fresh',
              there: true,
              observations: seen,
              cursor: null,
              gone: [],
              window: 'newest',
              found: [],
              restMs: null,
              answer: null,
            },
          ]),
        ),
        spent: [],
      }),
    read: () => ({ kind: 'same', cursor: null, restMs: null }),
  };
  const config = configOf({ channels: [], secrets: { DISCORD_TOKEN: 'token' } });
  const standIn = createDiscord();
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: console.error };
  const hire = async (theirs: Db): Promise<Worker> => {
    const world = worldOf({ fetch: standIn.fetch, publicFetch: standIn.fetch, secrets: config.secrets, now: Date.now });
    const places = await openPlaces(config, theirs, world);
    return assemble(places.config, theirs, {
      sources: new Map([['github', source]]),
      outboxTargets: places.outboxTargets,
      now: Date.now,
      log,
      keep: null,
      // As it ships: a worker that is alone with an embedded database needs no leases.
      ...(alone ? { holds: aloneHolds() } : {}),
    });
  };
  const workers = await Promise.all(dbs.map(hire));
  const [worker] = workers;
  if (worker === undefined) throw new Error('no worker was hired');
  const pacing = {
    after: () => ({ learned: null, dueAt: null, notBefore: null, hot: false }),
    spend: () => [],
    listed: () => Promise.resolve([]),
  };
  const never = new AbortController().signal;
  // The client's library is there when the first alert is.
  await import('@discordjs/rest');
  const look = async (): Promise<void> => {
    const rows = [...(await targetsById(db, [id])).values()];
    await pass(
      pipelineWorld(
        worker,
        () => [],
        pacing,
        () => ring(),
      ),
      rows,
      never,
    );
  };
  let ring: () => void = () => undefined;
  await look();
  seen = [release('v2'), release('v1')];

  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await sleep(20);
  delay.reset();
  const began = performance.now();
  const before = process.cpuUsage();
  const stop = new AbortController();
  const wait = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined);
  const dispatchers = workers.map((one) =>
    createDispatcher(
      dispatcherWorld(one, () => undefined),
      wait,
    ),
  );
  ring = () => {
    for (const dispatcher of dispatchers) dispatcher.owed();
  };
  const sending = Promise.all(dispatchers.map((dispatcher) => dispatcher.keep(stop.signal)));
  await look();
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(before);
  const worstWaitMs = delay.max / 1_000_000;
  ring();
  const until = performance.now() + sendingMs;
  while (performance.now() < until && standIn.made.length < count) await sleep(50);
  stop.abort();
  await sending;
  const first = standIn.made[0] ?? Number.POSITIVE_INFINITY;
  const last = standIn.made.at(-1) ?? 0;
  return {
    seconds,
    cpuSeconds: (user + system) / 1_000_000,
    peakMiB: process.resourceUsage().maxRSS / 1_024,
    worstWaitMs,
    firstMs: first - began,
    perSecond: standIn.made.length < 2 ? 0 : ((standIn.made.length - 1) * 1_000) / (last - first),
    sent: standIn.made.length,
    refused: standIn.refused(),
    doubled: standIn.made.length - standIn.channels.size,
  };
}
