// Which targets are looked at in this wake: the hot lane first, then what is due, then what soon will be.
import type { Grant } from './budget.ts';
import type { Due } from './interval.ts';

export interface Candidate extends Due {
  readonly id: string;
}

export interface Picked {
  readonly hot: readonly string[];
  readonly main: readonly string[];
}

/**
 * `candidates` come in the order of `dueAt` and hold at least the first `grant.main + grant.hot` of the pool and every hot
 * one that is due. No slot stays idle while something may be looked at.
 */
export function pick(candidates: readonly Candidate[], grant: Grant, now: number): Picked {
  const hot: string[] = [];
  for (const one of candidates) {
    if (hot.length >= grant.hot) break;
    if (one.hot && one.dueAt <= now) hot.push(one.id);
  }
  const taken = new Set(hot);
  const main: string[] = [];
  let early = grant.early;
  for (const one of candidates) {
    if (main.length >= grant.main) break;
    if (taken.has(one.id) || one.notBefore > now) continue;
    if (one.dueAt > now) {
      if (early <= 0) break;
      early -= 1;
    }
    main.push(one.id);
    taken.add(one.id);
  }
  // The hot request goes out in any case; what room it has costs nothing.
  for (const one of candidates) {
    if (hot.length === 0 || hot.length >= grant.hot) break;
    if (!taken.has(one.id) && one.notBefore <= now) hot.push(one.id);
  }
  return { hot, main };
}
