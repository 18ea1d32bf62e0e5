// The worker that goes on for ever: wakes by the schedule, each pool on its own, the outbox beside them.
import { deliverAll } from '../courier.ts';
import { pass } from '../cycle.ts';
import { errorText } from '../log.ts';
import { claimLease, leaseStatement, releaseLease } from '../store/leases.ts';
import { saveMeta } from '../store/standing.ts';
import { poolsByDue } from '../store/targets.ts';
import { openDesk, type PacingWorld } from './pacing.ts';
import { registerWatches } from './register.ts';
import { turnStories } from './turning.ts';
import { beltWorld, courierWorld, iso, type Worker } from './worker.ts';

export interface Beat {
  readonly at: string;
  /** The usual time between two wakes. */
  readonly everyMs: number;
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
}

const leaseMs = 120_000;
/** Longest sleep of the outbox while something waits in it. */
const outboxMs = 60_000;

async function lookAtPool(deps: WatchingDeps, pool: string, signal: AbortSignal, told: () => void): Promise<void> {
  const { worker } = deps;
  const lease = `pool:${pool}`;
  if (!(await claimLease(worker.db, lease, worker.holder, iso(worker.now()), iso(worker.now() + leaseMs)))) return;
  try {
    const guard = (nowMs: number) => [leaseStatement(lease, worker.holder, iso(nowMs + leaseMs))];
    for (let more = true; more && !signal.aborted; ) {
      const desk = await openDesk(deps.pacing, pool);
      const chosen = await desk.choose();
      more = false;
      for (const lane of ['hot', 'main'] as const) {
        if (chosen[lane].length === 0 || signal.aborted) continue;
        const report = await pass(beltWorld(worker, guard, desk.pacing(lane)), chosen[lane], signal);
        for (const { row, result } of report.looked) {
          if (result.kind === 'later' || result.kind === 'broken') worker.log.warn(`${row.target.id}: ${result.reason}`);
        }
        worker.log.debug('looked', { pool, lane, targets: report.looked.length, changed: report.changed.size });
        more = true;
        told();
        // What the hot lane spent is booked; the main lane opens the books anew.
        if (lane === 'hot') break;
      }
    }
  } finally {
    await releaseLease(worker.db, lease, worker.holder);
  }
}

/** Resolvable from outside: the outbox sleeps until something new is owed. */
function createBell(): { readonly ring: () => void; readonly rung: (ms: number, deps: WatchingDeps, signal: AbortSignal) => Promise<void> } {
  let waiting: AbortController | null = null;
  let missed = false;
  return {
    ring: () => {
      missed = true;
      waiting?.abort();
    },
    rung: async (ms, deps, signal) => {
      if (!missed) {
        waiting = new AbortController();
        await deps.wait(ms, AbortSignal.any([signal, waiting.signal]));
        waiting = null;
      }
      missed = false;
    },
  };
}

async function keepDelivering(deps: WatchingDeps, bell: ReturnType<typeof createBell>, signal: AbortSignal): Promise<void> {
  const { worker } = deps;
  const courier = courierWorld(worker, () => undefined);
  while (!signal.aborted) {
    const at = await deliverAll(courier, signal);
    const ms = at === null ? outboxMs : Math.min(outboxMs, Math.max(0, at - worker.now()));
    await bell.rung(ms, deps, signal);
  }
}

/** Runs until the signal aborts. Exceptions of one pool or channel are said and do not stop the others. */
export async function keepWatching(deps: WatchingDeps, signal: AbortSignal): Promise<void> {
  const { worker } = deps;
  await registerWatches(worker);
  const bell = createBell();
  const running = new Map<string, Promise<void>>();

  const start = (pool: string): void => {
    if (running.has(pool)) return;
    const work = lookAtPool(deps, pool, signal, bell.ring)
      .catch((error: unknown) => worker.log.error(`looking at ${pool}: ${errorText(error)}`))
      .finally(() => running.delete(pool));
    running.set(pool, work);
  };

  const wake = async (): Promise<void> => {
    try {
      const now = worker.now();
      const beat: Beat = { at: iso(now), everyMs: deps.everyMs };
      await worker.db.batch([saveMeta('beat', JSON.stringify(beat))]);
      if (await turnStories(worker)) bell.ring();
      for (const { pool, nextAt } of await poolsByDue(worker.db)) if (nextAt <= iso(now)) start(pool);
    } catch (error) {
      worker.log.error(`waking: ${errorText(error)}`);
    }
  };

  const delivering = keepDelivering(deps, bell, signal);
  await wake();
  await deps.clock(wake, signal);
  await Promise.all([delivering, ...running.values()]);
}
