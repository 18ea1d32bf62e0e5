// What one quota pool may spend, now and per hour: its share of the limit, what is left of it, and rests after refusals.

import type { Quota, Spent } from '../../types/core.ts';
import { hourMs } from '../../types/time.ts';
import type { Means } from './crowd.ts';
import { affordable, charged, filled, type Ledger, openLedger, spentWithin, type Terms } from './ledger.ts';
import { DAY_MS } from './week.ts';

/** Kept as JSON with the pool; times are milliseconds since the epoch. */
export interface Budget {
  readonly main: Ledger;
  readonly hot: Ledger;
  /** What of `main` went to guests; null = nothing ever did. */
  readonly guests: Ledger | null;
  /** As the last answer said; null = it did not say. */
  readonly limit: number | null;
  readonly left: number | null;
  readonly resetAt: number | null;
  readonly pauseUntil: number;
  /** Refusals in a row. */
  readonly strikes: number;
  /** The part of the share in use since the last refusal, and when that was. */
  readonly trust: number;
  readonly trustAt: number;
  /** Mean time of a request in milliseconds, mean cost of a batch. */
  readonly tookMs: number;
  readonly unit: number;
}

export type Lane = 'main' | 'hot';

/** How many looks may be made now. `early`: of `main`, those that may go to targets that are not due yet. */
export interface Grant {
  readonly main: number;
  readonly early: number;
  readonly hot: number;
}

/** The courtesy that a host is owed of which nothing is known: one request a minute on average, none while one is under way. */
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
/** How much unspent share is kept beside the price of one batch (else what comes in between wakes is lost): a wake or three;
 *  where peaks are allowed, a week's. */
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

/** What is left of the window, when it is known and the window is not over. */
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

/** To be asked again after each `spend` of a wake, until it grants nothing: it always keeps back what may go wrong. */
export function allowance(budget: Budget, quota: Quota, now: number): Grant {
  if (now < budget.pauseUntil) return { main: 0, early: 0, hot: 0 };
  const most = remaining(budget, now)?.left ?? Number.POSITIVE_INFINITY;
  // A minute's work at the pace of the other side: nothing is claimed that could not be asked soon.
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

/** `main`, cut down to the part that guests may have. */
function guildTerms(budget: Budget, quota: Quota, part: number, now: number): Terms {
  const main = mainTerms(budget, quota, now);
  const capacity = quota.worst + (main.capacity - quota.worst) * part;
  return { ...main, perMs: main.perMs * part, capacity, cap: main.cap * part };
}

/** Of the looks of the main lane, those that may go to guests now. */
export function guildAllowance(budget: Budget, quota: Quota, part: number, now: number): number {
  if (part >= 1) return Number.POSITIVE_INFINITY;
  const terms = guildTerms(budget, quota, part, now);
  const ledger = budget.guests ?? openLedger(terms.capacity, now);
  // What one costs at worst is kept back by the main lane already.
  return affordable(ledger, terms, { unit: budget.unit, worst: budget.unit, now }) * quota.batch;
}

interface GuildPart {
  readonly part: number;
  readonly pending: number;
  readonly now: number;
}

/** Whether guests may have one more request in this window, beside `pending` that are not booked yet. */
export function guildRoom(budget: Budget, quota: Quota, { part, pending, now }: GuildPart): boolean {
  const { cap, windowMs } = guildTerms(budget, quota, part, now);
  const taken = budget.guests === null ? 0 : spentWithin(budget.guests, windowMs, now);
  return taken + pending + budget.unit <= cap;
}

/** How many looks per hour the pool can pay for, as things stand. */
export function meansOf(budget: Budget, quota: Quota, now: number): Means {
  const main = mainTerms(budget, quota, now);
  // With savings in hand a little more than the mean is spent, without them a little less.
  const mood = quota.peak > 1 ? 0.5 + Math.max(0, filled(budget.main, main, now)) / main.capacity : 1;
  const requests = (main.perMs * hourMs * mood) / budget.unit;
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

/** Books what `looks` looks of one lane cost, `guests.looks` of them for guests. `spent` names this pool only. */
export function spend(
  budget: Budget,
  quota: Quota,
  { lane, spent, looks, now, guests = { looks: 0, part: 1 } }: SpentLooks,
): Budget {
  if (spent.length === 0) return budget;
  const cost = spent.reduce((sum, s) => sum + s.cost, 0);
  const batches = Math.max(1, Math.ceil(looks / quota.batch));
  const took = spent.reduce((sum, s) => sum + s.tookMs, 0) / spent.length;
  // What guests cost says nothing about what the file's targets do, where these have more than the rest of the pool.
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

/** Books previews: they are paid like any look, but they say nothing about what a usual look costs. */
export function spendPreviews(budget: Budget, quota: Quota, { spent, part, now }: SpentPreviews): Budget {
  const { unit, tookMs } = budget;
  const looks = Math.max(1, spent.length);
  return { ...spend(budget, quota, { lane: 'main', spent, looks, now, guests: { looks, part } }), unit, tookMs };
}

/** Refused: the pool rests as long as it was told (else a minute, doubling up to an hour) and goes on with half its share. */
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
  /** What the main and the hot lane together may spend in a window. */
  readonly cap: number;
  /** What the last window took. */
  readonly spent: number;
  /** The part of the share in use: less than 1 after refusals. */
  readonly trust: number;
  readonly pausedUntil: number | null;
}

/** For `status`. */
export function standing(budget: Budget, quota: Quota, now: number): BudgetStatus {
  return {
    cap: mainTerms(budget, quota, now).cap + hotTerms(budget, quota, now).cap,
    spent: spentWithin(budget.main, quota.windowMs, now) + spentWithin(budget.hot, quota.windowMs, now),
    trust: trustOf(budget, now),
    pausedUntil: budget.pauseUntil > now ? budget.pauseUntil : null,
  };
}
