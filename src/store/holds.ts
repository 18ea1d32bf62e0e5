// Leases as held by a worker: renewed while work goes on, and lost at once when they can no longer be proved.
import type { Db, Statement } from './define.ts';
import { claimLease, keepLease, leaseStatement, releaseLease } from './leases.ts';

export interface Held {
  /** Belongs in every batch that records the result of the work, so that it is only written while the lease is held. */
  readonly guard: () => readonly Statement[];
  /** Checks with the database; false = the lease is lost. */
  readonly prove: () => Promise<boolean>;
  /** Aborts when the lease is lost, or has not been proved for nearly as long as it lasts. */
  readonly signal: AbortSignal;
  /** `freeInMs`: nobody else gets it earlier than that. */
  readonly release: (freeInMs?: number) => Promise<void>;
}

export interface Holds {
  /** Null = another worker has it. */
  readonly hold: (name: string) => Promise<Held | null>;
  /**
   * Ends leases that were not proved in time. To be called before anything is sent: a process that was suspended resumes with
   * whatever events have arrived, before its timers run.
   */
  readonly expire: () => void;
  /** False = no other worker uses this database. */
  readonly shared: boolean;
}

export interface HoldClock {
  /** A monotonic clock in milliseconds, unaffected by setting the time. */
  readonly steadyMs: () => number;
  /** A clock in milliseconds that also advances while the machine is asleep. */
  readonly wallMs: () => number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The longest time until another worker takes over after a kill. */
const lastsMs = 10_000;
/** Nothing is sent later than this after a proof, so that it arrives before another worker may search for it. */
const provedMs = 7_500;
const renewMs = 2_500;
const tickMs = 1_000;

interface Moment {
  readonly steadyMs: number;
  readonly wallMs: number;
}

async function holdOne(
  db: Db,
  name: string,
  holder: string,
  clock: HoldClock,
): Promise<(Held & { readonly expire: () => void }) | null> {
  const moment = (): Moment => ({ steadyMs: clock.steadyMs(), wallMs: clock.wallMs() });
  let proved = moment();
  const lease = await claimLease(db, name, holder, lastsMs);
  if (lease === null) return null;
  const lost = new AbortController();
  const over = new AbortController();
  let asking = false;

  // The monotonic clock may stop while the machine sleeps, the wall clock may be set: trust the one that advanced further.
  const ageMs = (): number => Math.max(clock.steadyMs() - proved.steadyMs, clock.wallMs() - proved.wallMs);
  const expire = (): void => {
    if (ageMs() > provedMs) lost.abort();
  };
  const prove = async (): Promise<boolean> => {
    const asked = moment();
    const ours = await keepLease(db, lease, lastsMs);
    if (!ours) lost.abort();
    else if (asked.steadyMs > proved.steadyMs) proved = asked;
    expire();
    return !lost.signal.aborted;
  };
  const keep = async (): Promise<void> => {
    const ended = AbortSignal.any([over.signal, lost.signal]);
    while (!ended.aborted) {
      await clock.wait(tickMs, ended);
      expire();
      if (ended.aborted || asking || ageMs() < renewMs) continue;
      asking = true;
      // If the database does not answer, it is asked again until the last proof has expired.
      void prove()
        .catch(() => undefined)
        .finally(() => {
          asking = false;
        });
    }
  };
  void keep();
  return {
    guard: () => [leaseStatement(db, lease, lastsMs)],
    prove,
    signal: lost.signal,
    expire,
    release: (freeInMs) => {
      over.abort();
      return releaseLease(db, lease, freeInMs);
    },
  };
}

/** For workers that share a database; `holder` names this one. */
export function openHolds(db: Db, holder: string, clock: HoldClock): Holds {
  const held = new Set<() => void>();
  return {
    shared: true,
    hold: async (name) => {
      const one = await holdOne(db, name, holder, clock);
      if (one === null) return null;
      held.add(one.expire);
      const forget = () => held.delete(one.expire);
      one.signal.addEventListener('abort', forget, { once: true });
      return {
        ...one,
        release: (freeInMs) => {
          forget();
          return one.release(freeInMs);
        },
      };
    },
    expire: () => {
      for (const expire of held) expire();
    },
  };
}

/** For a worker with a database of its own, ensured by a lock that ends with the process: there is nothing to prove. */
export function aloneHolds(): Holds {
  const held: Held = {
    guard: () => [],
    prove: () => Promise.resolve(true),
    signal: new AbortController().signal,
    release: () => Promise.resolve(),
  };
  return { shared: false, hold: () => Promise.resolve(held), expire: () => undefined };
}
