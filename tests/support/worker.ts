// A worker for tests: a database in memory, a fixed clock, sources with a test's answers, channels that record what they get.
import { onTestFinished } from 'vitest';
import { assemble, pacingWorld } from '../../src/app/open-worker.ts';
import type { Channel, Draft, OutgoingPage } from '../../src/channels/define.ts';
import type { ChannelConfig, Config } from '../../src/config/shape.ts';
import { type PassReport, pass } from '../../src/pipeline/run.ts';
import { type Status, status } from '../../src/reports/status.ts';
import { openPool } from '../../src/scheduler/pool.ts';
import type { Source } from '../../src/sources/define.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { insertTarget, newTargetRow, type TargetRow, targetStandings, targetsById } from '../../src/store/targets.ts';
import { saveWatch } from '../../src/store/watches.ts';
import type { PollResult, Target, Watch } from '../../src/types/core.ts';
import type { Outcome } from '../../src/types/delivery.ts';
import { pipelineWorld, type Worker } from '../../src/worker/context.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const noon = Date.parse('2026-03-02T12:00:00.000Z');

export function channelConfig(name: string, over: Partial<ChannelConfig> = {}): ChannelConfig {
  return {
    name,
    kind: 'test',
    options: {},
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

export function configOf(over: Partial<Config> = {}): Config {
  return {
    file: 'landfall.yaml',
    schedule: '*/30 * * * * *',
    timezone: 'UTC',
    locale: 'en',
    allowPrivate: [],
    listen: null,
    server: { public: false, trustProxy: [] },
    channels: [channelConfig('releases'), channelConfig('operators', { operator: true })],
    targets: [],
    watches: [],
    pledges: [],
    labs: {},
    bot: { commands: false, watchesPerGuild: 50, looksPerHourPerGuild: 500 },
    hidden: {},
    secrets: {},
    addresses: {},
    shares: {},
    logLevel: 'info',
    ...over,
  };
}

export function targetOf(id: string): Target {
  const [source = '', ...address] = id.split(':');
  return { id, source, address: address.join(':'), shape: null };
}

export function watchOn(id: string): Watch {
  const filters = { on: null, prereleases: false, include: null, exclude: null, match: null };
  const origin = { by: 'file' as const };
  const to = ['releases'];
  return {
    id: `file:${id}`,
    targetId: id,
    origin,
    filters,
    to,
    weight: 1,
    floorMs: null,
    firstRun: 'quiet',
    paused: false,
    since: null,
  };
}

export function guildWatchOn(id: string, guild = '1'): Watch {
  return { ...watchOn(id), id: `guild:${guild}:2:${id}`, origin: { by: 'guild', guild }, to: [`guild:${guild}:2`] };
}

/** Adds watches, effective at once. */
export async function addWatches(staged: Staged, watches: readonly Watch[]): Promise<void> {
  const now = new Date(staged.clock.now).toISOString();
  const targets = watches.map(({ targetId }) => targetOf(targetId));
  await staged.worker.db.batch([
    ...targets.map((target) => insertTarget(newTargetRow(target, target.source, now))),
    ...watches.map((watch) => saveWatch(watch, now)),
  ]);
}

export interface Said {
  readonly channel: string;
  readonly draft: Draft;
}

export interface Staged {
  readonly worker: Worker;
  readonly clock: { now: number };
  /** The answers of the next looks by target; without one, nothing has changed. */
  readonly answers: Map<string, PollResult>;
  /** Ids of the targets looked at, in order. */
  readonly looked: string[];
  /** What channels were given to send. */
  readonly said: Said[];
  outcome: (channel: string, draft: Draft) => Outcome;
  readonly logged: string[];
  readonly row: (id: string) => Promise<TargetRow>;
  /** Looks once at these targets, whether due or not. */
  readonly look: (...ids: readonly string[]) => Promise<PassReport>;
}

function testChannel(name: string, staged: Staged): Channel {
  return {
    kind: 'test',
    edits: true,
    pages: (draft) => [JSON.stringify(draft)],
    send: ({ page }: OutgoingPage) => {
      const draft = JSON.parse(String(page)) as Draft;
      staged.said.push({ channel: name, draft });
      return Promise.resolve(staged.outcome(name, draft));
    },
  };
}

function testSource(kind: string, staged: Staged, over: Partial<Source>): Source {
  return {
    kind,
    batch: 100,
    pool: () => kind,
    poll: (looks) => {
      const results = new Map<string, PollResult>();
      for (const { target, cursor } of looks) {
        staged.looked.push(target.id);
        results.set(target.id, staged.answers.get(target.id) ?? { kind: 'same', cursor, restMs: null });
      }
      return Promise.resolve({ results, spent: [{ pool: kind, cost: looks.length, tookMs: 120 }] });
    },
    read: () => ({ kind: 'broken', reason: { code: 'look.unrecorded', params: {} } }),
    ...over,
  };
}

/** The status as `landfall status` computes it. */
export async function statusOf({ worker: { config, db } }: Staged): Promise<Status> {
  return status({
    config,
    db,
    targets: await targetStandings(db),
    pace: () => null,
    pools: [],
    missing: new Map(),
    awaits: () => false,
    now: Date.now(),
  });
}

export interface Staging {
  readonly config?: Config;
  /** Sources by kind, with the properties that differ from the default. */
  readonly sources?: Readonly<Record<string, Partial<Source>>>;
  /** Targets that are watched from the start. */
  readonly targets?: readonly string[];
}

export async function stage({
  config = configOf(),
  sources = { feed: { expectsNews: true } },
  targets = [],
}: Staging = {}): Promise<Staged> {
  const db = await openSqlite(':memory:');
  onTestFinished(() => db.close());
  await migrate(db, migrations);
  const clock = { now: noon };
  const logged: string[] = [];
  const log = (text: string): void => void logged.push(text);
  const opened = new Map<string, Source>();
  const staged: Staged = {
    clock,
    answers: new Map(),
    looked: [],
    said: [],
    outcome: () => ({ kind: 'sent', messageId: 'm' }),
    logged,
    worker: assemble(config, db, {
      sources: opened,
      outboxTargets: [],
      now: () => clock.now,
      log: { debug: () => undefined, info: log, warn: log, error: log },
      keep: null,
    }),
    row: async (id) => {
      const row = (await targetsById(db, [id])).get(id);
      if (row === undefined) throw new Error(`there is no target ${id}`);
      return row;
    },
    look: async (...ids) => {
      const rows = [...(await targetsById(db, ids)).values()];
      const scene = await openPool(pacingWorld(staged.worker), rows[0]?.pool ?? '');
      return pass(
        pipelineWorld(staged.worker, () => [], scene.pacing('main')),
        rows,
        AbortSignal.timeout(10_000),
      );
    },
  };
  for (const [kind, over] of Object.entries(sources)) opened.set(kind, testSource(kind, staged, over));
  const now = new Date(clock.now).toISOString();
  await db.batch([
    ...targets.map((id) => insertTarget(newTargetRow(targetOf(id), targetOf(id).source, now))),
    ...targets.map((id) => saveWatch({ ...watchOn(id) }, now)),
  ]);
  const outboxTargets = config.channels.map((channel) => ({
    name: channel.name,
    address: channel.name,
    channel: testChannel(channel.name, staged),
    style: () => ({ locale: channel.locale, timezone: 'UTC', silent: false, mention: [] }),
  }));
  return Object.assign(staged, { worker: { ...staged.worker, outboxTargets } });
}
