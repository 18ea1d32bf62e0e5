// When the worker wakes: node-cron reads the schedule, and waits are so short that no clock that is set can stretch them.
import { setTimeout as sleep } from 'node:timers/promises';
import { createTask } from 'node-cron';

/** The usual time between two wakes in milliseconds: the longest of the next few. */
export function usualGapMs(expression: string, timezone: string): number {
  const task = createTask(expression, () => undefined, { timezone });
  const runs = task.getNextRuns(12).map((run) => run.getTime());
  void task.destroy();
  return Math.max(1_000, ...runs.slice(1).map((run, index) => run - (runs[index] ?? run)));
}

/** Longest wait before the clock is looked at anew: it may have been set, or the machine may have slept. */
const lookMs = 1_000;

/**
 * Calls `wake` by the schedule until the signal aborts; resolves when the last wake is over. Wakes that a busy worker or a
 * leap of the clock has missed are one. `nextAt`: the next time of the schedule after now.
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
    // Set back: what was the next time is none any more.
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

/** The schedule of a configuration that may change while it is kept. */
export function createTime(config: { readonly schedule: string; readonly timezone: string }) {
  let kept = '';
  let changed = new AbortController();
  const inForce = (): string => `${config.schedule} ${config.timezone}`;
  return {
    /** The usual time between two wakes, in milliseconds. */
    everyMs: () => usualGapMs(config.schedule, config.timezone),
    /** Calls `wake` by the schedule until the signal aborts; resolves when the last wake is over. */
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
    /** The configuration may have changed. */
    take: () => {
      if (inForce() !== kept) changed.abort();
    },
  };
}
