// One allowance over time: it fills evenly, and no window of any position ever gets more than its cap.

/** Times are milliseconds since the epoch; kept as JSON. */
export interface Ledger {
  /** What may be spent now; below zero after a request that cost more than was thought. */
  readonly tokens: number;
  readonly at: number;
  /** What was spent of late: [number of the part of a window, cost]. */
  readonly log: readonly (readonly [number, number])[];
}

/** The rules of a ledger at this moment. */
export interface Terms {
  readonly perMs: number;
  /** Most tokens that can be saved. */
  readonly capacity: number;
  /** Most that any window may spend. */
  readonly cap: number;
  readonly windowMs: number;
}

const PARTS = 120;

export function openLedger(tokens: number, now: number): Ledger {
  return { tokens, at: now, log: [] };
}

/** One that was kept by a clock which has been set back since: what it says was spent later was spent just now. */
export function setBack(ledger: Ledger, windowMs: number, now: number): Ledger {
  const part = Math.floor(now / (windowMs / PARTS));
  const late = ledger.log.filter(([index]) => index >= part);
  const cost = late.reduce((sum, [, one]) => sum + one, 0);
  const before = ledger.log.filter(([index]) => index < part);
  return { ...ledger, at: Math.min(ledger.at, now), log: cost > 0 ? [...before, [part, cost]] : before };
}

export function filled(ledger: Ledger, terms: Terms, now: number): number {
  return Math.min(terms.capacity, ledger.tokens + Math.max(0, now - ledger.at) * terms.perMs);
}

interface Price {
  readonly unit: number;
  readonly worst: number;
  readonly now: number;
}

/** How many requests may go out now: each is thought to cost `unit` and surely costs at most `worst`. */
export function affordable(ledger: Ledger, terms: Terms, { unit, worst, now }: Price): number {
  const room = terms.cap - spentWithin(ledger, terms.windowMs, now);
  return Math.max(0, Math.floor(Math.min(filled(ledger, terms, now) / unit, room / worst) + 1e-9));
}

export function charged(ledger: Ledger, terms: Terms, cost: number, now: number): Ledger {
  const part = Math.floor(now / (terms.windowMs / PARTS));
  const log = ledger.log.filter(([index]) => index >= part - PARTS);
  const last = log.at(-1);
  if (cost > 0) {
    if (last !== undefined && last[0] >= part) log[log.length - 1] = [last[0], last[1] + cost];
    else log.push([part, cost]);
  }
  return { tokens: filled(ledger, terms, now) - cost, at: Math.max(now, ledger.at), log };
}

/** Counts the part that the window's start falls into as a whole: errs on the safe side. */
export function spentWithin(ledger: Ledger, windowMs: number, now: number): number {
  const first = Math.floor((now - windowMs) / (windowMs / PARTS));
  let sum = 0;
  for (const [index, cost] of ledger.log) if (index >= first) sum += cost;
  return sum;
}
