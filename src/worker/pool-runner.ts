// Looks at the pools that are due, some at a time, each on its own; and lets them rest while the configuration changes.

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
  /** Something is owed while a pass goes on. */
  readonly owed: () => void;
  /** Nothing is being looked at any more. */
  readonly rests: () => void;
}

export interface PoolRunner {
  /** Looks at a pool, unless it is being looked at: now, or when others are done. */
  readonly start: (pool: string) => void;
  /** Runs `work` while nothing is looked at: passes end with what they look at now, others wait. */
  readonly between: (work: () => Promise<void>) => Promise<void>;
  /** Resolves when nothing is looked at any more. */
  readonly idle: () => Promise<void>;
}

const poolsAtOnce = 32;

/** False: another worker has the pool. */
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
    // What a worker that was killed left half owed does not wait for the next look.
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
        // What the hot lane spent is booked; the main lane opens the books anew.
        if (lane === 'hot') break;
      }
    }
    return true;
  } finally {
    await lease.release();
  }
}

/** Exceptions of one pool are said and do not stop the others. */
export function createPoolRunner(deps: PoolRunnerDeps, signal: AbortSignal): PoolRunner {
  const { worker, pushes } = deps;
  const running = new Map<string, Promise<void>>();
  /** Pools whose turn has not come: a thousand hosts that fall due together are looked at some at a time. */
  const waiting = new Set<string>();
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
        return false;
      })
      .then((served) => {
        running.delete(pool);
        startNext();
        // What many pools met at once is one line.
        if (running.size === 0) deps.rests();
        // Pushed after the last choice was made.
        if (served && pushes?.pools().includes(pool) === true) start(pool);
      });
    running.set(pool, work);
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
