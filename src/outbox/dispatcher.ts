// Empties the outbox: every channel on its own, each in its order, each held by one worker at a time.

import { channelState, saveChannelState } from '../store/channel-states.ts';
import { dueChannels, nextOwedAt } from '../store/deliveries.ts';
import type { Holds } from '../store/holds.ts';
import { giveUpChannel } from '../store/settling.ts';
import type { SendReason } from '../types/reasons/sending.ts';
import { hourMs, iso } from '../types/time.ts';
import { type DeliverWorld, deliverNext } from './deliver.ts';
import { state } from './held.ts';
import type { OutboxTarget } from './target.ts';

export interface DispatcherWorld extends Omit<DeliverWorld, 'lease'> {
  readonly outboxTargets: readonly OutboxTarget[];
  readonly holds: Holds;
  /** Something infrastructural broke while a channel was served: said, and tried again. */
  readonly onError: (error: unknown, channel: string) => void;
}

const channelGone: SendReason = { code: 'channel.gone', params: {} };
/** When the database did not answer. */
const againMs = 5_000;
/** When another worker has the channel: it may be no more. */
const takenMs = 2_000;

interface Rest {
  /** When the channel is to be asked again, in milliseconds; null = when something new is owed. */
  readonly at: number | null;
  /** True: what becomes owed before then is sent at once. */
  readonly open: boolean;
}

async function serve(world: DispatcherWorld, outboxTarget: OutboxTarget, signal: AbortSignal): Promise<Rest> {
  const { db, now } = world;
  const known = (await channelState(db, outboxTarget.name)) ?? undefined;
  const stands = known?.address === outboxTarget.address ? known : undefined;
  if (stands?.goneAt != null) {
    await db.batch([giveUpChannel(outboxTarget.name, stands.reason ?? channelGone, iso(now()))]);
    return { at: null, open: true };
  }
  const held = stands?.holdUntil == null ? null : Date.parse(stands.holdUntil);
  // No hold is longer than an hour: one that ends later was written before the clock was set back.
  if (held !== null && held > now() && held <= now() + hourMs) return { at: held, open: false };
  const lease = await world.holds.hold(`channel:${outboxTarget.name}`);
  if (lease === null) return { at: now() + takenMs, open: false };
  const leased: DeliverWorld = { ...world, lease };
  try {
    while (!signal.aborted && !lease.signal.aborted) {
      const progress = await deliverNext(leased, outboxTarget, signal);
      if (progress.kind === 'rests') return { at: progress.at, open: true };
      if (progress.kind === 'waits') return { at: progress.at, open: progress.at === null };
      if (held !== null) await db.batch([...lease.guard(), saveChannelState(state(outboxTarget, {}))]);
    }
    return lease.signal.aborted ? { at: now() + takenMs, open: false } : { at: null, open: true };
  } finally {
    await lease.release();
  }
}

interface Served extends Rest {
  /** Serving it made something worth telling operators, in channels that may have been asked already. */
  readonly raised: boolean;
  /** Why it could not be served: the database failed. */
  readonly broken?: unknown;
}

async function deliverTo(world: DispatcherWorld, outboxTarget: OutboxTarget, signal: AbortSignal): Promise<Served> {
  let raised = false;
  const heeding: DispatcherWorld = {
    ...world,
    notice: (notice) => {
      const statements = world.notice(notice);
      raised ||= statements.length > 0;
      return statements;
    },
  };
  try {
    return { ...(await serve(heeding, outboxTarget, signal)), raised };
  } catch (error) {
    world.onError(error, outboxTarget.name);
    return { at: world.now() + againMs, open: false, raised, broken: error };
  }
}

/** Sends all that is due now. Returns when, in milliseconds, something has to be tried again; null = nothing waits. */
export async function deliverAll(world: DispatcherWorld, signal: AbortSignal): Promise<number | null> {
  const served = await Promise.all(world.outboxTargets.map((outboxTarget) => deliverTo(world, outboxTarget, signal)));
  if (served.some(({ raised }) => raised) && !signal.aborted) return deliverAll(world, signal);
  const waiting = served.map(({ at }) => at).filter((at) => at !== null);
  return waiting.length === 0 ? null : Math.min(...waiting);
}

export interface Dispatcher {
  /** Something new is owed: the outbox is asked at once. */
  readonly owed: () => void;
  /** Until the signal aborts. A channel that must wait, or whose answers are slow, holds no other back. */
  readonly keep: (signal: AbortSignal) => Promise<void>;
  /**
   * The same, but only until no channel is to be asked again within so many milliseconds (at most a minute). Throws what the
   * database says when it has failed for as long as that: what was owed still is.
   */
  readonly drain: (patienceMs: number, signal: AbortSignal) => Promise<void>;
}

/** Longest time between two looks into the outbox. */
const restMs = 60_000;
/** The same where another worker may be killed at any time, and leave something. */
const sharedRestMs = 3_000;
/** Channels served at the same time. Each has a limit of its own beside the fifty requests a second of all: it takes more than fifty to use these. */
const atOnce = 128;
/** Names asked for at a time: a large outbox is grouped once for many. */
const namesAtOnce = 1_000;

/** What is to be served, and what waits for its own time. Asks the database; a channel that is owed nothing costs nothing. */
interface Queue {
  /** False: the outbox has to be asked anew before anything is known. */
  readonly asked: () => boolean;
  /** Something may have become due that the last answer did not have. */
  readonly renew: () => void;
  /** Asks who is due, when that is not known; then names come by `next`. */
  readonly fill: (serving: ReadonlyMap<string, unknown>) => Promise<void>;
  readonly next: () => OutboxTarget | null;
  readonly rest: (name: string, rest: Rest) => void;
  /** When there is something to do again, in milliseconds. */
  readonly nextAt: () => number;
  /** The earliest time at which a channel that waits is to be asked again; infinite = none waits. */
  readonly restsUntil: () => number;
}

function createQueue({ db, now, outboxTargets, holds }: DispatcherWorld): Queue {
  const askAgainMs = holds.shared ? sharedRestMs : restMs;
  const names: OutboxTarget[] = [];
  const resting = new Map<string, number>();
  /** What was put back in channels that take everything else: the outbox names it when it is due. */
  const back = new Map<string, number>();
  let fresh = false;
  let dueAt = 0;
  const earliestRest = (): number => {
    let least = Number.POSITIVE_INFINITY;
    for (const at of resting.values()) least = Math.min(least, at);
    return least;
  };
  return {
    asked: () => fresh && names.length === 0,
    renew: () => {
      fresh = false;
    },
    fill: async (serving) => {
      const nowMs = now();
      // Nothing rests for longer than that: what seems to was said before the clock was set back.
      const isOver = (at: number): boolean => at <= nowMs || at > nowMs + restMs;
      const ended = [...resting].filter(([, at]) => isOver(at));
      if (names.length > 0 || (fresh && !isOver(dueAt) && ended.length === 0)) return;
      for (const [name] of ended) resting.delete(name);
      fresh = true;
      const skipped = serving.size + resting.size;
      const due = await dueChannels(db, iso(nowMs), namesAtOnce + skipped);
      const byName = new Map(outboxTargets.map((one) => [one.name, one]));
      for (const name of due) {
        if (serving.has(name) || resting.has(name)) continue;
        const target = byName.get(name);
        // A channel that is off, or another program's: what it is owed waits.
        if (target === undefined) resting.set(name, nowMs + restMs);
        else names.push(target);
      }
      const more = due.length >= namesAtOnce + skipped;
      const next = await nextOwedAt(db, iso(nowMs));
      dueAt = Math.min(nowMs + askAgainMs, more ? nowMs : next === null ? Number.POSITIVE_INFINITY : Date.parse(next));
    },
    next: () => names.shift() ?? null,
    rest: (name, { at, open }) => {
      resting.delete(name);
      back.delete(name);
      if (at !== null) (open ? back : resting).set(name, open ? at : Math.min(at, now() + restMs));
    },
    nextAt: () => Math.min(dueAt, earliestRest()),
    restsUntil: () => Math.min(earliestRest(), ...back.values()),
  };
}

interface Failures {
  /** What was tried since `startedAt` (of `performance.now`) ended with this; left out or null = it went well. */
  readonly note: (what: string, startedAt: number, error: unknown) => void;
  /** Of what has failed for longer than that without a break; null = nothing has. */
  readonly longerThan: (patienceMs: number) => { readonly error: unknown } | null;
}

/** Counted by what each attempt took and the rest behind it, not by a clock that may be set meanwhile. */
function createFailures(): Failures {
  const failing = new Map<string, { readonly ms: number; readonly error: unknown }>();
  return {
    note: (what, startedAt, error) => {
      if (error == null) failing.delete(what);
      else failing.set(what, { ms: (failing.get(what)?.ms ?? 0) + performance.now() - startedAt + againMs, error });
    },
    longerThan: (patienceMs) => [...failing.values()].find(({ ms }) => ms > patienceMs) ?? null,
  };
}

/** `wait` resolves after so many milliseconds, or at once when its signal aborts. */
export function createDispatcher(
  world: DispatcherWorld,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
): Dispatcher {
  const queue = createQueue(world);
  const serving = new Map<string, Promise<void>>();
  const failures = createFailures();
  let wakeup = new AbortController();
  const ring = (): void => {
    wakeup.abort();
    wakeup = new AbortController();
  };
  const start = (outboxTarget: OutboxTarget, signal: AbortSignal): void => {
    const { name } = outboxTarget;
    const startedAt = performance.now();
    const served = deliverTo({ ...world, wait }, outboxTarget, signal).then(({ at, open, raised, broken }) => {
      serving.delete(name);
      failures.note(`channel ${name}`, startedAt, broken);
      queue.rest(name, { at, open });
      // What became owed to it while its last look was being taken was passed over when the outbox was asked.
      if (raised || open) queue.renew();
      ring();
    });
    serving.set(name, served);
  };
  const fill = async (): Promise<boolean> => {
    const startedAt = performance.now();
    const error: unknown = await queue.fill(serving).then(
      () => null,
      (cause: unknown) => cause,
    );
    failures.note('outbox', startedAt, error);
    if (error === null) return true;
    world.onError(error, 'the outbox');
    queue.renew();
    return false;
  };
  const serveUntil = async (isOver: () => boolean, patienceMs: number, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted && !isOver() && failures.longerThan(patienceMs) === null) {
      const rung = wakeup.signal;
      const broken = !(await fill());
      while (!broken && serving.size < atOnce) {
        const next = queue.next();
        if (next === null) break;
        start(next, signal);
      }
      if (isOver()) break;
      const restsMs = broken ? againMs : queue.asked() ? Math.max(0, queue.nextAt() - world.now()) : restMs;
      await wait(Math.min(restMs, restsMs), AbortSignal.any([signal, rung]));
    }
    await Promise.all(serving.values());
    const failed = failures.longerThan(patienceMs);
    if (failed !== null) throw failed.error;
  };
  return {
    owed: () => {
      queue.renew();
      ring();
    },
    keep: (signal) => serveUntil(() => false, Number.POSITIVE_INFINITY, signal),
    drain: (patienceMs, signal) =>
      serveUntil(
        () => serving.size === 0 && queue.asked() && queue.restsUntil() > world.now() + patienceMs,
        patienceMs,
        signal,
      ),
  };
}
