// The few requests allowed without a token, reserved for looks that can be finished with them.
import { iso } from '../../types/time.ts';
import type { GithubRefusal, RateLimit } from './refusal.ts';

interface Reservation {
  readonly kind: 'reserved';
  /** To be called for each reserved request that was answered. */
  readonly used: () => void;
  /** To be called when the look is over: returns unused requests. */
  readonly done: () => void;
}

export interface RequestReserve {
  /** Reserves this many requests; waits for looks in progress, but never for time to pass. `later`: too few are left. */
  readonly take: (requests: number, now: () => number) => Promise<Reservation | GithubRefusal>;
  readonly hear: (quota: RateLimit) => void;
  /** Whether enough is left for requests that are useful but not necessary. */
  readonly isFull: () => boolean;
}

export function createReserve(host: string): RequestReserve {
  let heard = false;
  let left: number | null = null;
  let limit = 0;
  let resetAt = 0;
  let held = 0;
  let waiting: (() => void)[] = [];

  function hear(quota: RateLimit): void {
    heard = true;
    const at = Date.parse(quota.resetAt ?? '');
    if (quota.left === undefined || Number.isNaN(at) || at < resetAt) return;
    // Answers may arrive out of order, so within one window the smallest number is the current one.
    left = left !== null && at === resetAt ? Math.min(left, quota.left) : quota.left;
    limit = quota.limit ?? limit;
    resetAt = at;
  }

  function give(requests: number): void {
    held -= requests;
    const all = waiting;
    waiting = [];
    for (const wake of all) wake();
  }

  async function take(requests: number, now: () => number): Promise<Reservation | GithubRefusal> {
    for (;;) {
      if (left !== null && now() > resetAt) {
        left = null;
        heard = false;
      }
      // Before the first answer nobody knows how much is left, so one look goes first and finds out for all.
      if (left === null ? heard || held === 0 : left - held >= requests) break;
      if (held === 0) {
        const until = iso(resetAt);
        const params = { host, left: left ?? 0, limit, until };
        // Plus one second: both clocks are rounded down to whole seconds.
        return { kind: 'later', reason: { code: 'github.few-left', params }, afterMs: resetAt - now() + 1_000 };
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    held += requests;
    let kept = requests;
    const giveBack = (some: number): void => {
      const back = Math.min(kept, some);
      kept -= back;
      give(back);
    };
    return { kind: 'reserved', used: () => giveBack(1), done: () => giveBack(kept) };
  }

  return { take, hear, isFull: () => left === null || left - held > limit / 2 };
}
