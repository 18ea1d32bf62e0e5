// node-cron calls `wake` by the schedule; it never overlaps itself.
import { createTask, schedule } from 'node-cron';

/** The usual time between two wakes in milliseconds: the longest of the next few. */
export function usualGapMs(expression: string, timezone: string): number {
  const task = createTask(expression, () => undefined, { timezone });
  const runs = task.getNextRuns(12).map((run) => run.getTime());
  void task.destroy();
  return Math.max(1_000, ...runs.slice(1).map((run, index) => run - (runs[index] ?? run)));
}

/** Resolves when the signal has aborted and the last wake is over. */
async function keepTime(
  expression: string,
  timezone: string,
  wake: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  let last: Promise<void> = Promise.resolve();
  const task = schedule(
    expression,
    () => {
      last = wake();
      return last;
    },
    { timezone, noOverlap: true },
  );
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await task.stop();
  await last;
}

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
        await keepTime(config.schedule, config.timezone, wake, AbortSignal.any([signal, changed.signal]));
      }
    },
    /** The configuration may have changed. */
    take: () => {
      if (inForce() !== kept) changed.abort();
    },
  };
}
