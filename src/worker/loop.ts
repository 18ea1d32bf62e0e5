// The worker that goes on for ever: wakes by the schedule, each pool on its own, the outbox beside them.

import { errorText } from '../infra/log.ts';
import { createDispatcher } from '../outbox/dispatcher.ts';
import { type PassReport, pass } from '../pipeline/run.ts';
import { openPool, type PacingWorld } from '../scheduler/pool.ts';
import { claimLease, leaseStatement, releaseLease } from '../store/leases.ts';
import { saveMeta } from '../store/meta.ts';
import { poolsByDue } from '../store/pools.ts';
import { hurryTargets } from '../store/targets.ts';
import type { Beat } from '../types/beat.ts';
import type { Delivery, Outcome } from '../types/delivery.ts';
import { iso } from '../types/time.ts';
import { dispatcherWorld, pipelineWorld, type Worker } from './context.ts';
import { turnStories } from './due-stories.ts';
import type { Pushes } from './pushes.ts';
import { registerWatches } from './register.ts';
import { tidy } from './retention.ts';
import { createRunLog, type RunLog } from './run-log.ts';
import type { Wakeup } from './wakeup.ts';
import { welcome } from './welcome.ts';

/** Counts what the worker does, for /metrics. */
export interface Meter {
  readonly looked: (report: PassReport) => void;
  readonly settled: (delivery: Delivery, outcome: Outcome) => void;
}

export interface WatchingDeps {
  readonly worker: Worker;
  /** Calls `wake` by the schedule until `signal` aborts; resolves when it has stopped. */
  readonly clock: (wake: () => Promise<void>, signal: AbortSignal) => Promise<void>;
  /** Resolves after `ms`, or at once when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** The usual time between two wakes, in milliseconds. */
  readonly everyMs: number;
  readonly pacing: PacingWorld;
  /** What has happened to the state that this worker writes, when it is no longer there; null = nothing. */
  readonly lost?: () => string | null;
  /** True: the built-in list, whose channels are told once what is watched. */
  readonly builtIn?: boolean;
  /** What others tell us to look at now; absent where nobody can. */
  readonly pushes?: Pushes;
  readonly meter?: Meter;
  /** Rung when something is owed that no look and no wake made so; absent where nobody rings. */
  readonly wakeup?: Wakeup;
  /** Counts how models spread, a few at each wake; absent where nobody counts. */
  readonly spread?: (signal: AbortSignal) => Promise<void>;
}

const leaseMs = 120_000;
const poolsAtOnce = 32;

/** False: another worker has the pool. */
async function lookAtPool(
  deps: WatchingDeps,
  pool: string,
  signal: AbortSignal,
  looked: (report: PassReport) => void,
): Promise<boolean> {
  const { worker } = deps;
  const lease = `pool:${pool}`;
  if (!(await claimLease(worker.db, lease, worker.holder, iso(worker.now()), iso(worker.now() + leaseMs))))
    return false;
  try {
    const guard = (nowMs: number) => [leaseStatement(lease, worker.holder, iso(nowMs + leaseMs))];
    for (let more = true; more && !signal.aborted; ) {
      const pushed = deps.pushes?.take(pool) ?? [];
      if (pushed.length > 0) await worker.db.batch(hurryTargets(pushed, iso(worker.now())));
      const session = await openPool(deps.pacing, pool);
      const chosen = await session.choose();
      more = false;
      for (const lane of ['hot', 'main'] as const) {
        if (chosen[lane].length === 0 || signal.aborted) continue;
        const report = await pass(pipelineWorld(worker, guard, session.pacing(lane)), chosen[lane], signal);
        deps.meter?.looked(report);
        worker.log.debug('looked', { pool, lane, targets: report.looked.length, changed: report.changed.size });
        more = true;
        looked(report);
        // What the hot lane spent is booked; the main lane opens the books anew.
        if (lane === 'hot') break;
      }
    }
    return true;
  } finally {
    await releaseLease(worker.db, lease, worker.holder);
  }
}

async function sayGathered({ worker, builtIn, wakeup }: WatchingDeps, said: RunLog): Promise<void> {
  try {
    if ((await said.flush()) && builtIn === true && (await welcome(worker))) wakeup?.ring();
  } catch (error) {
    worker.log.error(`saying what is watched: ${errorText(error)}`);
  }
}

const registerAgainMs = 5_000;

/** A server that is away comes back, at the start as later; a file of our own does not. */
async function register({ worker, wait }: WatchingDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      return await registerWatches(worker);
    } catch (error) {
      if (worker.config.secrets.DATABASE_URL === undefined) throw error;
      worker.log.error(`taking over the configuration, tried again in a moment: ${errorText(error)}`);
      await wait(registerAgainMs, signal);
    }
  }
}

/** Runs until the signal aborts; throws when its state is gone. Exceptions of one pool or channel are said and do not stop the others. */
export async function keepWatching(deps: WatchingDeps, asked: AbortSignal): Promise<void> {
  const { worker } = deps;
  const ending = new AbortController();
  const signal = AbortSignal.any([asked, ending.signal]);
  let lost: string | null = null;
  await register(deps, signal);
  if (signal.aborted) return;
  const said = createRunLog(worker);
  // Before the first look: whether it is the first there ever was.
  await sayGathered(deps, said);
  const settled: Meter['settled'] = (delivery, outcome) => {
    said.settled(delivery, outcome);
    deps.meter?.settled(delivery, outcome);
  };
  const dispatcher = createDispatcher(dispatcherWorld(worker, settled), deps.wait);
  const looked = (report: PassReport): void => {
    said.looked(report);
    dispatcher.owed();
  };
  const running = new Map<string, Promise<void>>();
  /** Pools whose turn has not come: a thousand hosts that fall due together are looked at some at a time. */
  const waiting = new Set<string>();

  const startNext = (): void => {
    const [next] = waiting;
    if (next !== undefined) start(next);
  };
  const start = (pool: string): void => {
    if (running.has(pool) || signal.aborted) return;
    if (running.size >= poolsAtOnce) {
      waiting.add(pool);
      return;
    }
    waiting.delete(pool);
    const work = lookAtPool(deps, pool, signal, looked)
      .catch((error: unknown) => {
        worker.log.error(`looking at ${pool}: ${errorText(error)}`);
        return false;
      })
      .then((served) => {
        running.delete(pool);
        startNext();
        // What many pools met at once is one line.
        if (running.size === 0) void sayGathered(deps, said);
        // Pushed after the last choice was made.
        if (served && deps.pushes?.pools().includes(pool) === true) start(pool);
      });
    running.set(pool, work);
  };
  deps.pushes?.listen(start);
  deps.wakeup?.listen(dispatcher.owed);

  let counting: Promise<void> = Promise.resolve();
  const wake = async (): Promise<void> => {
    // SQLite goes on with a file that has no name any more: what is written there is gone at the end.
    lost = deps.lost?.() ?? null;
    if (lost !== null) return ending.abort();
    try {
      const now = worker.now();
      const beat: Beat = { at: iso(now), everyMs: deps.everyMs };
      await worker.db.batch([saveMeta('beat', JSON.stringify(beat))]);
      if (await turnStories(worker)) dispatcher.owed();
      await tidy(worker);
      // Beside the looks: nothing waits for it.
      counting = deps.spread?.(signal) ?? counting;
      for (const { pool, nextAt } of await poolsByDue(worker.db)) if (nextAt <= iso(now)) start(pool);
      for (const pool of deps.pushes?.pools() ?? []) start(pool);
      await sayGathered(deps, said);
    } catch (error) {
      worker.log.error(`waking: ${errorText(error)}`);
    }
  };

  const delivering = dispatcher.keep(signal);
  await wake();
  await deps.clock(wake, signal);
  await delivering;
  while (running.size > 0) await Promise.all(running.values());
  if (lost !== null) throw new Error(lost);
}
