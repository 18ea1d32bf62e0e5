// Looks at due pools concurrently, and pauses them while the configuration is replaced.

import { errorText } from '../infra/log.ts';
import { finishFanouts } from '../pipeline/finish-fanouts.ts';
import { type PassReport, pass } from '../pipeline/run.ts';
import { openPool, type PacingWorld } from '../scheduler/pool.ts';
import { hurryTargets } from '../store/targets.ts';
import { iso } from '../types/time.ts';
import { fanning, pipelineWorld, type Worker } from './context.ts';
import type { Pushes } from './pushes.ts';

export interface PoolRunnerDeps {
  readonly worker: Worker;
  readonly pacing: PacingWorld;
  readonly pushes?: Pushes | undefined;
  readonly looked: (report: PassReport) => void;
  /** Called when something becomes owed during a pass. */
  readonly owed: () => void;
  /** Called when no look is running any more. */
  readonly rests: () => void;
  /** Resolves after `ms`, or at once when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface PoolRunner {
  /** Looks at a pool unless that is running already: now, or when others have finished. */
  readonly start: (pool: string) => void;
  /** Runs `work` while nothing is looked at: running passes finish their current looks, others wait. */
  readonly between: (work: () => Promise<void>) => Promise<void>;
  /** Resolves when no look is running any more. */
  readonly idle: () => Promise<void>;
}

const poolsAtOnce = 32;
/** The worker that has a pool may have been killed, and the next wake may be far away. */
const askAgainMs = 4_000;

/** False = another worker has the pool. */
async function lookAtPool(
  { worker, pacing, pushes, looked, owed }: PoolRunnerDeps,
  pool: string,
  isOver: () => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const lease = await worker.holds.hold(`pool:${pool}`);
  if (lease === null) return false;
  const working = AbortSignal.any([signal, lease.signal]);
  const ends = (): boolean => isOver() || lease.signal.aborted;
  try {
    // Fan-outs that a killed worker left unfinished should not wait for the next look.
    await finishFanouts(fanning(worker, lease.guard, owed), [pool], working);
    for (let more = true; more && !ends(); ) {
      const pushed = pushes?.take(pool) ?? [];
      if (pushed.length > 0) await worker.db.batch(hurryTargets(pushed, iso(worker.now())));
      const session = await openPool(pacing, pool);
      const chosen = await session.choose();
      more = false;
      for (const lane of ['hot', 'main'] as const) {
        if (chosen[lane].length === 0 || ends()) continue;
        const report = await pass(
          pipelineWorld(worker, lease.guard, session.pacing(lane), owed),
          chosen[lane],
          working,
        );
        worker.log.debug('looked', { pool, lane, targets: report.looked.length, changed: report.changed.size });
        more = true;
        looked(report);
        // The main lane needs the budget as it is after the hot lane's spending was booked, so open the pool again.
        if (lane === 'hot') break;
      }
    }
    return true;
  } finally {
    await lease.release();
  }
}

/** Exceptions of one pool are logged and do not affect others. */
export function createPoolRunner(deps: PoolRunnerDeps, signal: AbortSignal): PoolRunner {
  const { worker, pushes } = deps;
  const running = new Map<string, Promise<void>>();
  /** Pools waiting for a free slot: if a thousand hosts are due at once, only some are looked at at a time. */
  const waiting = new Set<string>();
  /** Pools of other workers, which are asked for again in a moment. */
  const taken = new Set<string>();
  let held = false;

  const start = (pool: string): void => {
    if (running.has(pool) || signal.aborted) return;
    if (held || running.size >= poolsAtOnce) {
      waiting.add(pool);
      return;
    }
    waiting.delete(pool);
    const work = lookAtPool(deps, pool, () => held || signal.aborted, signal)
      .catch((error: unknown) => {
        worker.log.error(`looking at ${pool}: ${errorText(error)}`);
        return null;
      })
      .then((served) => {
        running.delete(pool);
        startNext();
        if (served === false) void again(pool);
        // Flush the log, so that failures of many pools with one cause become one line.
        if (running.size === 0) deps.rests();
        // Targets pushed after the last choice was made.
        if (served === true && pushes?.pools().includes(pool) === true) start(pool);
      });
    running.set(pool, work);
  };
  const again = async (pool: string): Promise<void> => {
    if (taken.has(pool)) return;
    taken.add(pool);
    await deps.wait(askAgainMs, signal);
    taken.delete(pool);
    start(pool);
  };
  const startNext = (): void => {
    const [next] = waiting;
    if (next !== undefined && !held) start(next);
  };
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running.values());
  };
  return {
    start,
    idle,
    between: async (work) => {
      held = true;
      const stopped = [...running.keys()];
      try {
        await idle();
        await work();
      } finally {
        held = false;
        for (const pool of [...stopped, ...waiting]) start(pool);
      }
    },
  };
}
