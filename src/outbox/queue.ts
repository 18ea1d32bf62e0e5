// Which channels are to be served next, and which of them wait: driven by the database.
import type { Db } from '../store/define.ts';
import { dueChannels, nextOwedAt } from '../store/deliveries.ts';
import type { Holds } from '../store/holds.ts';
import { iso } from '../types/time.ts';
import type { OutboxTarget } from './target.ts';

export interface Rest {
  /** When to serve the channel again, in milliseconds since the epoch; null = when something new is owed. */
  readonly at: number | null;
  /** True = anything that becomes owed before `at` is sent at once. */
  readonly open: boolean;
}

/** Wait when another worker has the channel; that worker may have died. */
export const takenMs = 2_000;
/** The longest time between two readings of the outbox. */
export const restMs = 60_000;
/** The same with several workers, of which another may be killed at any time and leave work behind. */
const sharedRestMs = 3_000;
/** How many channel names are read at once: grouping a large outbox is expensive, so each query has to serve many. */
const namesAtOnce = 1_000;

interface QueueWorld {
  readonly db: Db;
  readonly now: () => number;
  readonly outboxTargets: readonly OutboxTarget[];
  readonly holds: Pick<Holds, 'shared'>;
}

/** Channels to be served, and channels waiting. Driven by the database, so a channel that is owed nothing costs nothing. */
export interface Queue {
  /** False = the outbox has to be read again before anything is known. */
  readonly asked: () => boolean;
  /** To be called when something may have become due since the last reading. */
  readonly renew: () => void;
  /** Reads which channels are due, if that is not known; `next` then returns them. */
  readonly fill: (serving: ReadonlyMap<string, unknown>) => Promise<void>;
  readonly next: () => OutboxTarget | null;
  /** How many channels have been read but not started yet. */
  readonly waiting: () => number;
  readonly rest: (name: string, rest: Rest) => void;
  /** Another worker sends to this channel, and to all that share its limit: they are read again in a moment. */
  readonly leave: () => void;
  /** Whether something is due in channels that only another worker knows. */
  readonly foreign: () => boolean;
  /** When there is something to do again, in milliseconds since the epoch. */
  readonly nextAt: () => number;
  /** The earliest time at which a waiting channel is to be served again; infinite = none is waiting. */
  readonly restsUntil: () => number;
}

export function createQueue({ db, now, outboxTargets, holds }: QueueWorld): Queue {
  const askAgainMs = holds.shared ? sharedRestMs : restMs;
  const names: OutboxTarget[] = [];
  const resting = new Map<string, number>();
  /** Retry times of channels that are otherwise open; the outbox returns these channels itself when the time comes. */
  const back = new Map<string, number>();
  let fresh = false;
  let dueAt = 0;
  /** Read again at that time, because another worker sends; infinite = nothing was left to one. */
  let leftUntil = Number.POSITIVE_INFINITY;
  let foreign = false;
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
      // Rests are limited to `restMs`, so a longer one was recorded before the clock was set back.
      const isOver = (at: number): boolean => at <= nowMs || at > nowMs + restMs;
      const ended = [...resting].filter(([, at]) => isOver(at));
      if (names.length > 0 || (fresh && !isOver(dueAt) && ended.length === 0)) return;
      for (const [name] of ended) resting.delete(name);
      fresh = true;
      const skipped = serving.size + resting.size;
      const due = await dueChannels(db, iso(nowMs), namesAtOnce + skipped);
      foreign = false;
      leftUntil = Number.POSITIVE_INFINITY;
      const byName = new Map(outboxTargets.map((one) => [one.name, one]));
      for (const name of due) {
        if (serving.has(name) || resting.has(name)) continue;
        const target = byName.get(name);
        if (target !== undefined) {
          names.push(target);
          continue;
        }
        // The channel is off, or belongs to another program: its deliveries stay owed.
        foreign = true;
        resting.set(name, nowMs + restMs);
      }
      const more = due.length >= namesAtOnce + skipped;
      const next = await nextOwedAt(db, iso(nowMs));
      dueAt = Math.min(nowMs + askAgainMs, more ? nowMs : next === null ? Number.POSITIVE_INFINITY : Date.parse(next));
    },
    next: () => names.shift() ?? null,
    waiting: () => names.length,
    rest: (name, { at, open }) => {
      resting.delete(name);
      back.delete(name);
      if (at !== null) (open ? back : resting).set(name, open ? at : Math.min(at, now() + restMs));
    },
    leave: () => {
      leftUntil = now() + takenMs;
      dueAt = Math.min(dueAt, leftUntil);
    },
    foreign: () => foreign,
    nextAt: () => Math.min(dueAt, earliestRest()),
    restsUntil: () => Math.min(leftUntil, earliestRest(), ...back.values()),
  };
}
