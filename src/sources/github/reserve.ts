// The few requests that are free to all: kept for looks that can be finished with them.
import { iso } from '../../types/time.ts';
import type { GithubRefusal, RateLimit } from './refusal.ts';

interface Hold {
  readonly kind: 'hold';
  /** One of the kept requests was answered. */
  readonly used: () => void;
  /** The look is over: what it did not need goes back. */
  readonly done: () => void;
}

export interface RequestReserve {
  /** Keeps so many requests; waits for the looks under way, never for the clock. `later`: too few are left. */
  readonly take: (requests: number, now: () => number) => Promise<Hold | GithubRefusal>;
  readonly hear: (quota: RateLimit) => void;
  /** Whether there is more than enough, so that what is merely nice to know may be asked for. */
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
    // Answers overtake one another, so within one window only the smallest number is true.
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

  async function take(requests: number, now: () => number): Promise<Hold | GithubRefusal> {
    for (;;) {
      if (left !== null && now() > resetAt) {
        left = null;
        heard = false;
      }
      // Before the first answer nobody knows what is left: one look goes ahead and learns it for all.
      if (left === null ? heard || held === 0 : left - held >= requests) break;
      if (held === 0) {
        const until = iso(resetAt);
        const params = { host, left: left ?? 0, limit, until };
        // One second more: both clocks are cut to whole seconds.
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
    return { kind: 'hold', used: () => giveBack(1), done: () => giveBack(kept) };
  }

  return { take, hear, isFull: () => left === null || left - held > limit / 2 };
}
