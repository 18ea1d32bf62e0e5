// The main loop: wakes by the schedule, looks at each pool independently, and dispatches the outbox concurrently.

import type { Config } from '../config/shape.ts';
import { errorText } from '../infra/log.ts';
import { keepCatchingUp } from '../outbox/catch-up.ts';
import { createDispatcher, type Dispatcher } from '../outbox/dispatcher.ts';
import type { PassReport } from '../pipeline/run.ts';
import type { PacingWorld } from '../scheduler/pool.ts';
import { fanoutPools } from '../store/fanouts.ts';
import { saveMeta } from '../store/meta.ts';
import { duePools } from '../store/pools.ts';
import type { Beat } from '../types/beat.ts';
import type { Delivery, Outcome } from '../types/delivery.ts';
import { iso } from '../types/time.ts';
import { createClockWatch } from './clock-watch.ts';
import { dispatcherWorld, type Worker } from './context.ts';
import { turnStories } from './due-stories.ts';
import { tryLearnPools } from './learn-pools.ts';
import { createOthers, type Others } from './others.ts';
import { createPoolRunner, type PoolRunner } from './pool-runner.ts';
import type { Pushes } from './pushes.ts';
import { registerWatches } from './register.ts';
import type { Reload } from './reload.ts';
import { remind } from './reminders.ts';
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
  readonly everyMs: () => number;
  readonly pacing: PacingWorld;
  /** Checks that the state this worker writes still exists; returns what happened to it, null = nothing. */
  readonly lost?: () => string | null;
  /** True = the default watch list, whose channels are sent a welcome. */
  readonly builtIn?: boolean;
  /** Targets to look at now, as reported from outside; absent where nobody can push. */
  readonly pushes?: Pushes;
  readonly meter?: Meter;
  /** Rings when something has become owed outside looks and wakes; absent where nothing does that. */
  readonly wakeup?: Wakeup;
  /** Changed configurations read while this runs; absent where there are none. */
  readonly reload?: Pick<Reload, 'next'> & {
    /** Switches the worker to this configuration. */
    readonly take: (config: Config) => Promise<void>;
  };
  /** Counts models' popularity, a few at each wake; absent where nothing is counted. */
  readonly spread?: (signal: AbortSignal) => Promise<void>;
  /** Asks operators about addresses whose owner is not there, a few at each wake; true when that is owed; absent if disabled. */
  readonly questions?: (signal: AbortSignal) => Promise<boolean>;
}

async function sayGathered({ worker, builtIn, wakeup }: WatchingDeps, said: RunLog): Promise<void> {
  try {
    if ((await said.flush()) && builtIn === true && (await welcome(worker))) wakeup?.ring();
  } catch (error) {
    worker.log.error(`saying what is watched: ${errorText(error)}`);
  }
}

const registerAgainMs = 5_000;

/** A database server that is unreachable is retried, even at the start; a failing local file is not. */
async function register(
  { worker, wait }: WatchingDeps,
  lookAtClock: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await lookAtClock();
      return await registerWatches(worker);
    } catch (error) {
      if (worker.config.secrets.DATABASE_URL === undefined) throw error;
      worker.log.error(`taking over the configuration, tried again in a moment: ${errorText(error)}`);
      await wait(registerAgainMs, signal);
    }
  }
}

/** Takes over a waiting configuration while no look is running; if the database refuses it, tries again at the next wake. */
function createTakeOver(
  { worker, reload }: WatchingDeps,
  pools: PoolRunner,
  said: RunLog,
): (counting: Promise<void>) => Promise<void> {
  let behind = false;
  return async (counting) => {
    const next = reload?.next() ?? null;
    if (reload === undefined || (next === null && !behind)) return;
    behind = true;
    await pools.between(async () => {
      await counting;
      if (next !== null) await reload.take(next);
      await registerWatches(worker);
    });
    behind = false;
    said.renew();
    const count = worker.config.watches.length;
    worker.log.info(`the new configuration is taken over: ${count} ${count === 1 ? 'watch' : 'watches'}`);
  };
}

/** The outbox, what channels put off while messages went first, and what other workers say, until the signal aborts. */
async function deliver(
  { worker, wait }: WatchingDeps,
  dispatcher: Dispatcher,
  listen: Others['listen'],
  signal: AbortSignal,
): Promise<void> {
  const onError = (error: unknown): void => worker.log.error(`asking what channels are: ${errorText(error)}`);
  await Promise.all([dispatcher.keep(signal), keepCatchingUp({ ...worker, onError }, wait, signal), listen(signal)]);
}

/** Runs until the signal aborts; throws when its state is gone. Exceptions of one pool or channel are only logged. */
export async function keepWatching(deps: WatchingDeps, asked: AbortSignal): Promise<void> {
  const { worker, pacing, pushes } = deps;
  const ending = new AbortController();
  const signal = AbortSignal.any([asked, ending.signal]);
  let lost: string | null = null;
  const lookAtClock = createClockWatch(worker, () => performance.now());
  await register(deps, lookAtClock, signal);
  if (signal.aborted) return;
  const said = createRunLog(worker);
  // Before the first look, to know whether it is the first one ever.
  await sayGathered(deps, said);
  const settled: Meter['settled'] = (delivery, outcome) => {
    said.settled(delivery, outcome);
    deps.meter?.settled(delivery, outcome);
  };
  const dispatcher = createDispatcher(dispatcherWorld(worker, settled), deps.wait);
  const { owed, listen } = createOthers(worker, dispatcher, deps.wait, signal);
  const looked = (report: PassReport): void => {
    deps.meter?.looked(report);
    said.looked(report);
    if (report.changed.size > 0) owed();
    else dispatcher.owed();
    for (const pool of report.pools) pools.start(pool);
  };
  const pools = createPoolRunner(
    {
      worker,
      pacing,
      pushes,
      looked,
      owed,
      rests: () => void sayGathered(deps, said),
      wait: deps.wait,
    },
    signal,
  );
  pushes?.listen(pools.start);
  deps.wakeup?.listen(owed);

  let counting: Promise<void> = Promise.resolve();
  const takeOver = createTakeOver(deps, pools, said);
  const wake = async (): Promise<void> => {
    // SQLite keeps writing to a deleted file, so everything written from then on would be lost.
    lost = deps.lost?.() ?? null;
    if (lost !== null) return ending.abort();
    try {
      await lookAtClock();
      const now = worker.now();
      const beat: Beat = { at: iso(now), everyMs: deps.everyMs() };
      await worker.db.batch([saveMeta('beat', JSON.stringify(beat))]);
      await takeOver(counting);
      await tryLearnPools(worker);
      if (await turnStories(worker)) owed();
      if (await remind(worker)) owed();
      await tidy(worker);
      // Concurrent with the looks; nothing waits for it.
      const asking = deps.questions?.(signal).then((isOwed) => (isOwed ? owed() : undefined));
      counting = Promise.all([deps.spread?.(signal) ?? counting, asking]).then(() => undefined);
      for (const pool of await duePools(worker.db, iso(now))) pools.start(pool);
      for (const pool of pushes?.pools() ?? []) pools.start(pool);
      for (const pool of await fanoutPools(worker.db)) pools.start(pool);
      await sayGathered(deps, said);
    } catch (error) {
      worker.log.error(`waking: ${errorText(error)}`);
    }
  };

  const delivering = deliver(deps, dispatcher, listen, signal);
  await wake();
  await deps.clock(wake, signal);
  await delivering;
  await pools.idle();
  if (lost !== null) throw new Error(lost);
}
