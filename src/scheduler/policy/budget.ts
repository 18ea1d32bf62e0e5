// What one quota pool may spend, now and per hour: its share of the limit, what is left of it, and pauses after refusals.
// "Guests" are targets that only guilds watch.

import type { Quota, Spent } from '../../types/core.ts';
import { hourMs } from '../../types/time.ts';
import type { Means } from './crowd.ts';
import { affordable, charged, filled, type Ledger, openLedger, spentWithin, type Terms } from './ledger.ts';
import { DAY_MS } from './week.ts';

/** Stored as JSON with the pool; times are milliseconds since the epoch. */
export interface Budget {
  readonly main: Ledger;
  readonly hot: Ledger;
  /** The part of `main` spent on guests; null = nothing was. */
  readonly guests: Ledger | null;
  /** From the last answer; null = it did not say. */
  readonly limit: number | null;
  readonly left: number | null;
  readonly resetAt: number | null;
  readonly pauseUntil: number;
  /** The number of refusals in a row. */
  readonly strikes: number;
  /** The fraction of the share in use since the last refusal (1 = all), and when that was. */
  readonly trust: number;
  readonly trustAt: number;
  /** Mean duration of a request in milliseconds, and mean cost of a batch. */
  readonly tookMs: number;
  readonly unit: number;
}

export type Lane = 'main' | 'hot';

/** How many looks may be made now. `early`: how many of `main` may go to targets that are not due yet. */
export interface Grant {
  readonly main: number;
  readonly early: number;
  readonly hot: number;
}

/** The default for a host without a known limit: one request a minute on average, never two at a time. */
export const COURTESY: Quota = {
  limit: 60,
  windowMs: hourMs,
  share: 1,
  peak: 1,
  hot: 0,
  batch: 1,
  worst: 1,
  lanes: 1,
};

const RECOVERY_PER_HOUR = 0.05;
const LEAST_TRUST = 1 / 16;
const REST_MS = 60_000;
/**
 * How much unspent share is saved beyond the price of one batch (what arrives between two wakes would otherwise be lost): the
 * amount of a few wakes; where peaks are allowed, of a week.
 */
const BRIEF_MS = 90_000;
const SAVED_MS = 7 * DAY_MS;
const HOT_EVERY_MS = 60_000;

export function openBudget(quota: Quota, now: number): Budget {
  const start = terms(quota, null, 1);
  return {
    main: openLedger(quota.peak > 1 ? start.capacity / 2 : start.capacity, now),
    hot: openLedger(1, now),
    guests: null,
    limit: null,
    left: null,
    resetAt: null,
    pauseUntil: 0,
    strikes: 0,
    trust: 1,
    trustAt: now,
    tookMs: 0,
    unit: 1,
  };
}

function trustOf(budget: Budget, now: number): number {
  return Math.min(1, budget.trust + (RECOVERY_PER_HOUR * Math.max(0, now - budget.trustAt)) / hourMs);
}

/** What is left of the current window, if that is known and the window has not ended. */
function remaining(budget: Budget, now: number): { readonly left: number; readonly perMs: number } | null {
  if (budget.left === null || budget.resetAt === null || budget.resetAt <= now) return null;
  return { left: budget.left, perMs: budget.left / (budget.resetAt - now) };
}

function terms(quota: Quota, limit: number | null, trust: number): Terms {
  const share = (limit ?? quota.limit) * quota.share * trust;
  const perMs = share / quota.windowMs;
  const capacity = quota.worst + perMs * (quota.peak > 1 ? SAVED_MS : BRIEF_MS);
  return { perMs, capacity, cap: share * quota.peak, windowMs: quota.windowMs };
}

function mainTerms(budget: Budget, quota: Quota, now: number): Terms {
  const all = terms(quota, budget.limit, trustOf(budget, now));
  const rest = remaining(budget, now);
  return rest === null ? all : { ...all, perMs: Math.min(all.perMs, rest.perMs) };
}

function hotTerms(budget: Budget, quota: Quota, now: number): Terms {
  const cap = quota.hot * trustOf(budget, now);
  const perMs = cap / quota.windowMs;
  return { perMs, capacity: quota.worst + perMs * HOT_EVERY_MS, cap, windowMs: quota.windowMs };
}

/** To be asked again after each `spend` of a wake, until it grants nothing: it always reserves the worst case. */
export function allowance(budget: Budget, quota: Quota, now: number): Grant {
  if (now < budget.pauseUntil) return { main: 0, early: 0, hot: 0 };
  const most = remaining(budget, now)?.left ?? Number.POSITIVE_INFINITY;
  // At most a minute's work at the server's pace, so that nothing is claimed that could not be requested soon.
  const quick =
    budget.tookMs > 0 ? Math.max(1, Math.ceil((quota.lanes * REST_MS) / budget.tookMs)) : Number.POSITIVE_INFINITY;
  const hotNow = affordable(budget.hot, hotTerms(budget, quota, now), { unit: budget.unit, worst: quota.worst, now });
  const hot = Math.min(hotNow, quick, Math.floor(most / quota.worst));
  const main = mainTerms(budget, quota, now);
  const free = affordable(budget.main, main, { unit: budget.unit, worst: quota.worst, now });
  const requests = Math.min(free, quick, Math.floor((most - hot * quota.worst) / quota.worst));
  const looks = Math.max(0, requests) * quota.batch;
  const saving = quota.peak > 1 && filled(budget.main, main, now) < main.capacity;
  return { main: looks, early: saving ? 0 : looks, hot: hot * quota.batch };
}

/** The terms of `main`, reduced to the part that guests may have. */
function guildTerms(budget: Budget, quota: Quota, part: number, now: number): Terms {
  const main = mainTerms(budget, quota, now);
  const capacity = quota.worst + (main.capacity - quota.worst) * part;
  return { ...main, perMs: main.perMs * part, capacity, cap: main.cap * part };
}

/** How many of the main lane's looks may go to guests now. */
export function guildAllowance(budget: Budget, quota: Quota, part: number, now: number): number {
  if (part >= 1) return Number.POSITIVE_INFINITY;
  const terms = guildTerms(budget, quota, part, now);
  const ledger = budget.guests ?? openLedger(terms.capacity, now);
  // The main lane already reserves the worst case.
  return affordable(ledger, terms, { unit: budget.unit, worst: budget.unit, now }) * quota.batch;
}

interface GuildPart {
  readonly part: number;
  readonly pending: number;
  readonly now: number;
}

/** Whether guests may make one more request in this window, with `pending` requests not booked yet. */
export function guildRoom(budget: Budget, quota: Quota, { part, pending, now }: GuildPart): boolean {
  const { cap, windowMs } = guildTerms(budget, quota, part, now);
  const taken = budget.guests === null ? 0 : spentWithin(budget.guests, windowMs, now);
  return taken + pending + budget.unit <= cap;
}

/** How many looks per hour the pool can afford at present. */
export function meansOf(budget: Budget, quota: Quota, now: number): Means {
  const main = mainTerms(budget, quota, now);
  // Spends slightly more than the mean while there are savings, slightly less without.
  const spending = quota.peak > 1 ? 0.5 + Math.max(0, filled(budget.main, main, now)) / main.capacity : 1;
  const requests = (main.perMs * hourMs * spending) / budget.unit;
  const quick = budget.tookMs > 0 ? (quota.lanes * hourMs) / budget.tookMs : Number.POSITIVE_INFINITY;
  return { looksPerHour: Math.min(requests, quick) * quota.batch, wholeWeek: quota.peak > 1 };
}

interface SpentLooks {
  readonly lane: Lane;
  readonly spent: readonly Spent[];
  readonly looks: number;
  readonly now: number;
  readonly guests?: { readonly looks: number; readonly part: number };
}

/** Books the cost of `looks` looks in one lane, `guests.looks` of them for guests. `spent` contains this pool only. */
export function spend(
  budget: Budget,
  quota: Quota,
  { lane, spent, looks, now, guests = { looks: 0, part: 1 } }: SpentLooks,
): Budget {
  if (spent.length === 0) return budget;
  const cost = spent.reduce((sum, s) => sum + s.cost, 0);
  const batches = Math.max(1, Math.ceil(looks / quota.batch));
  const took = spent.reduce((sum, s) => sum + s.tookMs, 0) / spent.length;
  // The cost of guests' looks says nothing about the file's targets, so it counts for less in the learned means.
  const own = guests.part >= 1 || looks === 0 ? 1 : 1 - guests.looks / looks;
  const learning = 0.1 * own;
  const told = spent.findLast((s) => s.left !== undefined && s.resetAt !== undefined);
  const limit = spent.findLast((s) => s.limit !== undefined)?.limit ?? budget.limit;
  const theirs = lane === 'main' && looks > 0 ? (cost * guests.looks) / looks : 0;
  const guest = guildTerms(budget, quota, guests.part, now);
  const next: Budget = {
    ...budget,
    guests: theirs > 0 ? charged(budget.guests ?? openLedger(guest.capacity, now), guest, theirs, now) : budget.guests,
    main: lane === 'main' ? charged(budget.main, mainTerms(budget, quota, now), cost, now) : budget.main,
    hot: lane === 'hot' ? charged(budget.hot, hotTerms(budget, quota, now), cost, now) : budget.hot,
    limit,
    left: told?.left ?? budget.left,
    resetAt: told?.resetAt === undefined ? budget.resetAt : Date.parse(told.resetAt),
    tookMs: budget.tookMs === 0 ? took * own : budget.tookMs * (1 - learning) + took * learning,
    unit: Math.max(1, Math.min(quota.worst, budget.unit * (1 - learning) + (cost / batches) * learning)),
  };
  const pauses = spent.flatMap((s) => (s.pauseMs === undefined ? [] : [s.pauseMs]));
  return pauses.length === 0 ? { ...next, strikes: 0 } : rested(next, Math.max(...pauses), now);
}

interface SpentPreviews {
  readonly spent: readonly Spent[];
  readonly part: number;
  readonly now: number;
}

/** Books previews: they cost as much as other looks, but do not show what a typical look costs. */
export function spendPreviews(budget: Budget, quota: Quota, { spent, part, now }: SpentPreviews): Budget {
  const { unit, tookMs } = budget;
  const looks = Math.max(1, spent.length);
  return { ...spend(budget, quota, { lane: 'main', spent, looks, now, guests: { looks, part } }), unit, tookMs };
}

/**
 * After a refusal the pool pauses as long as it was told (else a minute, doubling up to an hour); then half its share is
 * used.
 */
function rested(budget: Budget, pauseMs: number, now: number): Budget {
  const rest = pauseMs > 0 ? pauseMs : Math.min(hourMs, REST_MS * 2 ** budget.strikes);
  return {
    ...budget,
    pauseUntil: Math.max(budget.pauseUntil, now + rest),
    strikes: budget.strikes + 1,
    trust: Math.max(LEAST_TRUST, trustOf(budget, now) / 2),
    trustAt: now,
  };
}

export interface BudgetStatus {
  /** What the main and hot lanes together may spend in a window. */
  readonly cap: number;
  /** What was spent in the last window. */
  readonly spent: number;
  /** The fraction of the share in use; below 1 after refusals. */
  readonly trust: number;
  readonly pausedUntil: number | null;
}

/** The summary shown by `status`. */
export function standing(budget: Budget, quota: Quota, now: number): BudgetStatus {
  return {
    cap: mainTerms(budget, quota, now).cap + hotTerms(budget, quota, now).cap,
    spent: spentWithin(budget.main, quota.windowMs, now) + spentWithin(budget.hot, quota.windowMs, now),
    trust: trustOf(budget, now),
    pausedUntil: budget.pauseUntil > now ? budget.pauseUntil : null,
  };
}
