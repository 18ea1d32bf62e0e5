// Keeps requests within GitHub's secondary limits: how many at a time, and how many per minute.

import { minuteMs } from '../../types/time.ts';

export type GateEntry = { readonly kind: 'in' } | { readonly kind: 'shut'; readonly afterMs: number };

export interface Gate {
  /** Waits for a free slot, but never for time to pass: when the minute is used up, it says how long to wait. */
  readonly enter: (now: () => number) => Promise<GateEntry>;
  readonly leave: () => void;
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export function createGate(limits: { readonly atOnce: number; readonly perMinute: number }): Gate {
  let inside = 0;
  const waiting: (() => void)[] = [];
  let starts: number[] = [];

  function leave(): void {
    const next = waiting.shift();
    // The slot is passed on directly: if it were freed first, a newcomer could take it before the waiting request resumes.
    if (next) next();
    else inside -= 1;
  }

  async function enter(now: () => number): Promise<GateEntry> {
    if (inside < limits.atOnce) inside += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    const at = now();
    if (starts.length >= limits.perMinute) starts = starts.filter((start) => start > at - minuteMs);
    const oldest = starts[0];
    if (oldest !== undefined && starts.length >= limits.perMinute) {
      leave();
      return { kind: 'shut', afterMs: oldest + minuteMs - at };
    }
    starts.push(at);
    return { kind: 'in' };
  }

  return { enter, leave };
}
