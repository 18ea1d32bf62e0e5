// An allowance over time: it fills up evenly, and no window, wherever it starts, exceeds its cap.

/** Times are milliseconds since the epoch; stored as JSON. */
export interface Ledger {
  /** What may be spent now; negative after a request that cost more than expected. */
  readonly tokens: number;
  readonly at: number;
  /** Recent spending: [index of the part of a window, cost]. */
  readonly log: readonly (readonly [number, number])[];
}

/** The current rules of a ledger. */
export interface Terms {
  readonly perMs: number;
  /** The most tokens that can be saved. */
  readonly capacity: number;
  /** The most that any window may spend. */
  readonly cap: number;
  readonly windowMs: number;
}

const PARTS = 120;

export function openLedger(tokens: number, now: number): Ledger {
  return { tokens, at: now, log: [] };
}

/** For a clock that was set back: spending recorded in the future counts as spent just now. */
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

/** How many requests may be sent now: each is expected to cost `unit`, and at most `worst`. */
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

/** Counts the part in which the window starts as a whole, to be on the safe side. */
export function spentWithin(ledger: Ledger, windowMs: number, now: number): number {
  const first = Math.floor((now - windowMs) / (windowMs / PARTS));
  let sum = 0;
  for (const [index, cost] of ledger.log) if (index >= first) sum += cost;
  return sum;
}
