// Empties the outbox: channels are served independently, each in its own order and by one worker at a time.

import { channelState, saveChannelState } from '../store/channel-states.ts';
import type { Holds } from '../store/holds.ts';
import { giveUpChannel } from '../store/settling.ts';
import type { SendReason } from '../types/reasons/sending.ts';
import { hourMs, iso } from '../types/time.ts';
import { type DeliverWorld, deliverNext } from './deliver.ts';
import { state } from './held.ts';
import { pacesOf, type SharedPaces } from './paces.ts';
import { storedPlace } from './place.ts';
import { createQueue, type Queue, type Rest, restMs, takenMs } from './queue.ts';
import type { OutboxTarget } from './target.ts';

export interface DispatcherWorld extends Omit<DeliverWorld, 'lease' | 'place'> {
  readonly outboxTargets: readonly OutboxTarget[];
  readonly holds: Holds;
  /** Called for an infrastructure failure while serving a channel; it is tried again. */
  readonly onError: (error: unknown, channel: string) => void;
}

const channelGone: SendReason = { code: 'channel.gone', params: {} };
/** Wait after a database failure. */
const againMs = 5_000;

async function serve(world: DispatcherWorld, outboxTarget: OutboxTarget, signal: AbortSignal): Promise<Rest> {
  const { db, now } = world;
  const known = (await channelState(db, outboxTarget.name)) ?? undefined;
  const stands = known?.address === outboxTarget.address ? known : undefined;
  if (stands?.goneAt != null) {
    await db.batch([giveUpChannel(outboxTarget.name, stands.reason ?? channelGone, iso(now()))]);
    return { at: null, open: true };
  }
  const held = stands?.holdUntil == null ? null : Date.parse(stands.holdUntil);
  // Holds last at most an hour, so one that ends later was written before the clock was set back.
  if (held !== null && held > now() && held <= now() + hourMs) return { at: held, open: false };
  const lease = await world.holds.hold(`channel:${outboxTarget.name}`);
  if (lease === null) return { at: now() + takenMs, open: false };
  try {
    const leased: DeliverWorld = { ...world, lease, place: await storedPlace(db, outboxTarget) };
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
  /** Notices to operators became owed, possibly in channels that have been served already. */
  readonly raised: boolean;
  /** The database error because of which it could not be served. */
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

/** Sends everything that is due now. Returns the time of the next retry in milliseconds since the epoch; null = none. */
export async function deliverAll(world: DispatcherWorld, signal: AbortSignal): Promise<number | null> {
  const served = await Promise.all(world.outboxTargets.map((outboxTarget) => deliverTo(world, outboxTarget, signal)));
  if (served.some(({ raised }) => raised) && !signal.aborted) return deliverAll(world, signal);
  const waiting = served.map(({ at }) => at).filter((at) => at !== null);
  return waiting.length === 0 ? null : Math.min(...waiting);
}

export interface Dispatcher {
  /** To be called when something new is owed; the outbox is read at once. */
  readonly owed: () => void;
  /** Runs until the signal aborts. A channel that has to wait or is slow does not delay others. */
  readonly keep: (signal: AbortSignal) => Promise<void>;
  /**
   * Like `keep`, but ends when no channel has a retry within that many milliseconds (at most a minute). Throws the database's
   * error once it has failed for that long; deliveries stay owed.
   */
  readonly drain: (patienceMs: number, signal: AbortSignal) => Promise<void>;
}

/**
 * How many channels are served at once. The global limit is fifty requests a second, but each channel also has its own limit,
 * so more than fifty are needed to use it up.
 */
const atOnce = 128;
/** From this many channels on it is crowded: Discord's global limit is fifty requests a second. */
const crowd = 25;

interface Failures {
  /** Records the result of an attempt begun at `startedAt` (by `performance.now`); a missing or null error is a success. */
  readonly note: (what: string, startedAt: number, error: unknown) => void;
  /** The error of something that has failed for longer than that without interruption; null = nothing has. */
  readonly longerThan: (patienceMs: number) => { readonly error: unknown } | null;
}

/** Measured by the durations of the attempts and the waits between them, not by a clock that may be set. */
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

interface Serving {
  readonly world: DispatcherWorld;
  readonly queue: Queue;
  readonly failures: Failures;
  readonly paces: SharedPaces;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly ring: () => void;
}

/** The channels being served, and what begins with another one. */
function createServing({ world, queue, failures, paces, wait, ring }: Serving) {
  const serving = new Map<string, Promise<void>>();
  /** Stays true until all waiting channels are served. */
  let crowded = false;
  const start = async (outboxTarget: OutboxTarget, stop: AbortSignal): Promise<void> => {
    const { name, channel } = outboxTarget;
    const turn = await paces.take(channel.pace);
    if (turn === null) return queue.leave();
    const signal = AbortSignal.any([stop, turn.signal]);
    const startedAt = performance.now();
    crowded ||= serving.size + queue.waiting() >= crowd;
    const served = deliverTo({ ...world, wait, crowded: () => crowded }, outboxTarget, signal).then(
      ({ at, open, raised, broken }) => {
        turn.done();
        serving.delete(name);
        crowded &&= serving.size + queue.waiting() > 0;
        failures.note(`channel ${name}`, startedAt, broken);
        queue.rest(name, { at, open });
        // The outbox was read while this channel was being served, so what became owed to it meanwhile was skipped.
        if (raised || open) queue.renew();
        ring();
      },
    );
    serving.set(name, served);
  };
  return { serving, start };
}

/** `wait` resolves after that many milliseconds, or at once when its signal aborts. */
export function createDispatcher(
  world: DispatcherWorld,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
): Dispatcher {
  const queue = createQueue(world);
  const failures = createFailures();
  const paces = pacesOf(world.holds);
  let wakeup = new AbortController();
  const ring = (): void => {
    wakeup.abort();
    wakeup = new AbortController();
  };
  const { serving, start } = createServing({ world, queue, failures, paces, wait, ring });
  const begin = async (signal: AbortSignal): Promise<void> => {
    await queue.fill(serving);
    while (serving.size < atOnce) {
      const next = queue.next();
      if (next === null) break;
      await start(next, signal);
    }
    await paces.tidy(queue.foreign());
  };
  /** False = the database failed. */
  const hasBegun = async (signal: AbortSignal): Promise<boolean> => {
    const startedAt = performance.now();
    const error: unknown = await begin(signal).then(
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
      const broken = !(await hasBegun(signal));
      if (isOver()) break;
      const restsMs = broken ? againMs : queue.asked() ? Math.max(0, queue.nextAt() - world.now()) : restMs;
      await wait(Math.min(restMs, restsMs), AbortSignal.any([signal, rung]));
    }
    await Promise.all(serving.values());
    // A database that is away frees it by itself, in time.
    await paces.release().catch(() => undefined);
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
