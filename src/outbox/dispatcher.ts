// Empties the outbox: every channel on its own, each in its order, each held by one worker at a time.

import { type ChannelState, channelStates, saveChannelState } from '../store/channel-states.ts';
import { giveUpChannel } from '../store/deliveries.ts';
import { claimLease, leaseStatement, releaseLease } from '../store/leases.ts';
import type { SendReason } from '../types/reasons/sending.ts';
import { type DeliverWorld, deliverNext, state } from './deliver.ts';
import type { OutboxTarget } from './target.ts';

export interface DispatcherWorld extends Omit<DeliverWorld, 'guard'> {
  readonly outboxTargets: readonly OutboxTarget[];
  readonly holder: string;
  /** Something infrastructural broke while a channel was served: said, and tried again. */
  readonly onError: (error: unknown, channel: string) => void;
}

const channelGone: SendReason = { code: 'channel.gone', params: {} };
const leaseMs = 60_000;
/** When another worker has the channel, or the database did not answer. */
const againMs = 5_000;

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Milliseconds when the channel is to be served again; null = when something new is owed. */
async function serve(
  world: DispatcherWorld,
  outboxTarget: OutboxTarget,
  known: ChannelState | undefined,
  signal: AbortSignal,
): Promise<number | null> {
  const { db, now, holder } = world;
  const stands = known?.address === outboxTarget.address ? known : undefined;
  if (stands?.goneAt != null) {
    await db.batch([giveUpChannel(outboxTarget.name, stands.reason ?? channelGone, iso(now()))]);
    return null;
  }
  const held = stands?.holdUntil == null ? null : Date.parse(stands.holdUntil);
  if (held !== null && held > now()) return held;
  const lease = `channel:${outboxTarget.name}`;
  if (!(await claimLease(db, lease, holder, iso(now()), iso(now() + leaseMs)))) return now() + againMs;
  const guarded: DeliverWorld = { ...world, guard: (nowMs) => [leaseStatement(lease, holder, iso(nowMs + leaseMs))] };
  try {
    while (!signal.aborted) {
      const progress = await deliverNext(guarded, outboxTarget, signal);
      if (progress.kind === 'waits') return progress.at;
      if (held !== null) await db.batch([saveChannelState(state(outboxTarget, {}))]);
    }
    return null;
  } finally {
    await releaseLease(db, lease, holder);
  }
}

interface Served {
  /** When the channel is to be asked again, in milliseconds; null = when something new is owed. */
  readonly at: number | null;
  /** Serving it made something worth telling operators, in channels that may have been asked already. */
  readonly raised: boolean;
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
    const at = await serve(heeding, outboxTarget, (await channelStates(world.db)).get(outboxTarget.name), signal);
    return { at, raised };
  } catch (error) {
    world.onError(error, outboxTarget.name);
    return { at: world.now() + againMs, raised };
  }
}

/** Sends all that is due now. Returns when, in milliseconds, something has to be tried again; null = nothing waits. */
export async function deliverAll(world: DispatcherWorld, signal: AbortSignal): Promise<number | null> {
  const served = await Promise.all(world.outboxTargets.map((outboxTarget) => deliverTo(world, outboxTarget, signal)));
  if (served.some(({ raised }) => raised) && !signal.aborted) return deliverAll(world, signal);
  const waiting = served.map(({ at }) => at).filter((at) => at !== null);
  return waiting.length === 0 ? null : Math.min(...waiting);
}

export interface Courier {
  /** Something new is owed: every channel is asked again at once. */
  readonly owed: () => void;
  /** Until the signal aborts. A channel that must wait, or whose answers are slow, holds no other back. */
  readonly keep: (signal: AbortSignal) => Promise<void>;
  /** The same, but only until no channel is to be asked again within so many milliseconds (at most a minute). */
  readonly drain: (patienceMs: number, signal: AbortSignal) => Promise<void>;
}

/** Longest time between two looks into the outbox: what waited for its hour is due, or another worker left something. */
const restMs = 60_000;

/** `wait` resolves after so many milliseconds, or at once when its signal aborts. */
export function createDispatcher(
  world: DispatcherWorld,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
): Courier {
  const busy = new Map<string, Promise<void>>();
  const due = new Map<string, number>();
  let wakeup = new AbortController();
  let news = 0;
  const ring = (): void => {
    wakeup.abort();
    wakeup = new AbortController();
  };
  const start = (outboxTarget: OutboxTarget, signal: AbortSignal): void => {
    const heard = news;
    const served = deliverTo({ ...world, wait }, outboxTarget, signal).then(({ at, raised }) => {
      busy.delete(outboxTarget.name);
      if (raised) {
        news += 1;
        due.clear();
      }
      // What became owed while the last look was being taken may have been missed by it.
      if (heard === news || at !== null)
        due.set(outboxTarget.name, Math.min(at ?? Number.POSITIVE_INFINITY, world.now() + restMs));
      ring();
    });
    busy.set(outboxTarget.name, served);
  };
  const left = (outboxTarget: OutboxTarget): number => (due.get(outboxTarget.name) ?? 0) - world.now();
  const serveUntil = async (isOver: () => boolean, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted && !isOver()) {
      const rung = wakeup.signal;
      const idle = world.outboxTargets.filter(({ name }) => !busy.has(name));
      const next = Math.min(restMs, ...idle.map(left).filter((ms) => ms > 0));
      for (const outboxTarget of idle.filter((one) => left(one) <= 0)) start(outboxTarget, signal);
      await wait(next, AbortSignal.any([signal, rung]));
    }
    await Promise.all(busy.values());
  };
  return {
    owed: () => {
      news += 1;
      due.clear();
      ring();
    },
    keep: (signal) => serveUntil(() => false, signal),
    drain: (patienceMs, signal) =>
      serveUntil(
        () => busy.size === 0 && world.outboxTargets.every((outboxTarget) => left(outboxTarget) > patienceMs),
        signal,
      ),
  };
}
