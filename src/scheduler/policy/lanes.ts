// Which targets are looked at in this wake: the hot lane first, then those due, then those due soon.
import type { Grant } from './budget.ts';
import type { Due } from './interval.ts';

export interface Candidate extends Due {
  readonly id: string;
  readonly guest?: boolean;
}

export interface Picked {
  readonly hot: readonly string[];
  readonly main: readonly string[];
}

/**
 * `candidates` are sorted by `dueAt` and contain at least the first `grant.main + grant.hot` of the pool and every hot one
 * that
 * is due, for guests and others separately. No slot stays idle while anything may be looked at. Guests come after the others,
 * and get at most `guests` looks of the main lane.
 */
export function pick(
  candidates: readonly Candidate[],
  grant: Grant,
  now: number,
  guests = Number.POSITIVE_INFINITY,
): Picked {
  const [own, others] = [false, true].map((guest) => candidates.filter((one) => (one.guest ?? false) === guest));
  const ordered = [...(own ?? []), ...(others ?? [])];
  const hot: string[] = [];
  for (const one of ordered) {
    if (hot.length >= grant.hot) break;
    if (one.hot && one.dueAt <= now) hot.push(one.id);
  }
  const taken = new Set(hot);
  const main: string[] = [];
  let room = guests;
  const fill = (early: boolean): void => {
    let left = early ? grant.early : grant.main;
    for (const one of ordered) {
      if (main.length >= grant.main || left <= 0) break;
      if (taken.has(one.id) || one.notBefore > now || one.dueAt > now !== early) continue;
      if (one.guest === true && room <= 0) continue;
      if (one.guest === true) room -= 1;
      left -= 1;
      main.push(one.id);
      taken.add(one.id);
    }
  };
  fill(false);
  fill(true);
  // A hot request is sent in any case, so filling it up costs nothing.
  for (const one of ordered) {
    if (hot.length === 0 || hot.length >= grant.hot) break;
    if (!taken.has(one.id) && one.notBefore <= now) hot.push(one.id);
  }
  return { hot, main };
}
