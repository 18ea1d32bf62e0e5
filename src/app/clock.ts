// Decides when the worker wakes: node-cron parses the schedule, and waits are short, so that clock changes do little harm.
import { setTimeout as sleep } from 'node:timers/promises';
import { createTask } from 'node-cron';

/** The usual time between two wakes in milliseconds: the longest of the next few. */
export function usualGapMs(expression: string, timezone: string): number {
  const task = createTask(expression, () => undefined, { timezone });
  const runs = task.getNextRuns(12).map((run) => run.getTime());
  void task.destroy();
  return Math.max(1_000, ...runs.slice(1).map((run, index) => run - (runs[index] ?? run)));
}

/** The longest wait before the clock is read again: it may have been set, or the machine may have been asleep. */
const lookMs = 1_000;

/**
 * Calls `wake` by the schedule until the signal aborts; resolves after the last wake has ended. Wakes missed because the
 * worker
 * was busy or the clock jumped are combined into one. `nextAt`: the next time in the schedule after now.
 */
export async function keepTime(
  clock: { readonly now: () => number; readonly wait: (ms: number, signal: AbortSignal) => Promise<void> },
  nextAt: () => number,
  wake: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let seen = clock.now();
  let at = nextAt();
  while (!signal.aborted) {
    await clock.wait(Math.max(1, Math.min(lookMs, at - clock.now())), signal);
    const now = clock.now();
    // After the clock was set back, there may be an earlier next time.
    if (now < seen) at = nextAt();
    seen = now;
    if (now < at || signal.aborted) continue;
    await wake();
    at = nextAt();
  }
}

const clock = {
  now: Date.now,
  wait: (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined),
};

/** Follows the schedule of a configuration that may change in the meantime. */
export function createTime(config: { readonly schedule: string; readonly timezone: string }) {
  let kept = '';
  let changed = new AbortController();
  const inForce = (): string => `${config.schedule} ${config.timezone}`;
  return {
    /** The usual time between two wakes, in milliseconds. */
    everyMs: () => usualGapMs(config.schedule, config.timezone),
    /** Calls `wake` by the schedule until the signal aborts; resolves after the last wake has ended. */
    keep: async (wake: () => Promise<void>, signal: AbortSignal): Promise<void> => {
      while (!signal.aborted) {
        kept = inForce();
        changed = new AbortController();
        const task = createTask(config.schedule, () => undefined, { timezone: config.timezone });
        const nextAt = (): number => task.getNextRuns(1)[0]?.getTime() ?? Number.POSITIVE_INFINITY;
        await keepTime(clock, nextAt, wake, AbortSignal.any([signal, changed.signal]));
        void task.destroy();
      }
    },
    /** To be called when the configuration may have changed. */
    take: () => {
      if (inForce() !== kept) changed.abort();
    },
  };
}
