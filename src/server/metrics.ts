// The contents of /metrics: counters of this process, and gauges read from the database on request.
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { poolStandings } from '../scheduler/status.ts';
import type { Source } from '../sources/define.ts';
import type { Db } from '../store/define.ts';
import { owedByChannel } from '../store/deliveries.ts';
import { readMeta } from '../store/meta.ts';
import type { Beat } from '../types/beat.ts';
import { withoutPeople } from '../types/person.ts';
import type { Meter } from '../worker/loop.ts';

export interface MetricsWorld {
  readonly db: Db;
  readonly now: () => number;
  readonly sources: ReadonlyMap<string, Source>;
  /** Names of the enabled channels. */
  readonly channels: readonly string[];
}

export interface Metrics {
  readonly meter: Meter;
  readonly contentType: string;
  /** The metrics in Prometheus' text format. */
  readonly read: () => Promise<string>;
}

/** The part of a pool's name before `:`. There are many feed hosts, so their requests are timed together. */
const kindOf = (pool: string): string => pool.split(':')[0] ?? pool;

function createMeter(registry: Registry): Meter {
  const registers = [registry];
  const looks = new Counter({
    name: 'landfall_looks_total',
    help: 'Looks at targets by quota pool and result (fresh, same, later, broken).',
    labelNames: ['pool', 'result'] as const,
    registers,
  });
  const changes = new Counter({
    name: 'landfall_changes_total',
    help: 'Targets in which a look found something changed, first looks included.',
    registers,
  });
  const requests = new Histogram({
    name: 'landfall_request_seconds',
    help: 'Time of the requests that looks made, by kind of quota pool.',
    labelNames: ['pool'] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    registers,
  });
  const cost = new Counter({
    name: 'landfall_spent_total',
    help: 'Requests or points spent by quota pool.',
    labelNames: ['pool'] as const,
    registers,
  });
  const deliveries = new Counter({
    name: 'landfall_deliveries_total',
    help: 'Attempts to deliver by channel and outcome (sent, later, dead).',
    labelNames: ['channel', 'outcome'] as const,
    registers,
  });
  return {
    looked: ({ looked, spent, changed }) => {
      for (const { row, result } of looked) looks.inc({ pool: row.pool, result: result.kind });
      changes.inc(changed.size);
      for (const one of spent) {
        requests.observe({ pool: kindOf(one.pool) }, one.tookMs / 1000);
        cost.inc({ pool: one.pool }, one.cost);
      }
    },
    settled: ({ channel }, { kind }) => deliveries.inc({ channel: withoutPeople(channel), outcome: kind }),
  };
}

/** Sets the gauges from the database; labels that no longer exist are removed. */
function createGauges(world: MetricsWorld, registry: Registry): () => Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Gauge<Label> =>
    new Gauge({ name: `landfall_${name}`, help, labelNames, registers: [registry] });
  const owed = gauge('owed', 'Messages that are owed and not sent, by channel.', 'channel');
  const targets = gauge('targets', 'Targets that the schedule looks at, by quota pool.', 'pool');
  const due = gauge('targets_due', 'Targets whose look is due, by quota pool.', 'pool');
  const failing = gauge('targets_failing', 'Targets whose last look failed, by quota pool.', 'pool');
  const cap = gauge('pool_cap', 'Requests or points that looks may spend in a window, by quota pool.', 'pool');
  const spent = gauge('pool_spent', 'Requests or points that the last window took, by quota pool.', 'pool');
  const left = gauge('pool_left', 'Requests or points that the other side said are left, by quota pool.', 'pool');
  const paused = gauge('pool_paused', '1 while a quota pool rests after a refusal.', 'pool');
  const beat = gauge('beat_age_seconds', "Time since the worker's last beat.");
  const all = [owed, targets, due, failing, cap, spent, left, paused, beat];
  return async () => {
    const nowMs = world.now();
    const channels = await owedByChannel(world.db);
    const pools = await poolStandings(world.db, world.sources, nowMs);
    const stored = await readMeta(world.db, 'beat');
    for (const one of all) one.reset();
    for (const channel of world.channels) owed.set({ channel }, 0);
    for (const { channel, owed: count } of channels) owed.set({ channel }, count);
    for (const { pool, ...stands } of pools) {
      targets.set({ pool }, stands.targets);
      due.set({ pool }, stands.due);
      failing.set({ pool }, stands.failing);
      cap.set({ pool }, stands.cap);
      spent.set({ pool }, stands.spent);
      if (stands.left !== null) left.set({ pool }, stands.left);
      paused.set({ pool }, stands.pausedUntil === null ? 0 : 1);
    }
    if (stored !== null) beat.set((nowMs - Date.parse((JSON.parse(stored) as Beat).at)) / 1000);
    else beat.remove();
  };
}

/** The only labels are names of pools (a source, or the host of a feed) and of channels as configured. */
export function createMetrics(world: MetricsWorld): Metrics {
  const registry = new Registry();
  const meter = createMeter(registry);
  const gauges = createGauges(world, registry);
  let last: Promise<void> = Promise.resolve();
  return {
    meter,
    contentType: registry.contentType,
    read: async () => {
      // One request at a time: two concurrent readings would mix their values.
      const mine = last.then(gauges);
      last = mine.catch(() => undefined);
      await mine;
      return registry.metrics();
    },
  };
}
