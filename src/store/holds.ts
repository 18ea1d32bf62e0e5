// Leases as a worker holds them: kept up while the work goes on, and over at once when that cannot be proved any more.
import type { Db, Statement } from './define.ts';
import { claimLease, keepLease, leaseStatement, releaseLease } from './leases.ts';

export interface Held {
  /** For every batch that says what came of the work: it is written only by who still holds the lease. */
  readonly guard: () => readonly Statement[];
  /** Asks the database now; false: it is lost. */
  readonly prove: () => Promise<boolean>;
  /** Aborts when the lease is lost, or was not proved for nearly as long as it lasts. */
  readonly signal: AbortSignal;
  readonly release: () => Promise<void>;
}

export interface Holds {
  /** Null: another worker has it. */
  readonly hold: (name: string) => Promise<Held | null>;
  /**
   * Ends what was not proved in time. To be called where something is about to leave: a process that was stopped goes on
   * with whatever came to it meanwhile, before its timers.
   */
  readonly expire: () => void;
  /** False: nobody else works on this database. */
  readonly shared: boolean;
}

export interface HoldClock {
  /** Milliseconds that no setting of the clock changes. */
  readonly steadyMs: () => number;
  /** Milliseconds that go on while the machine sleeps. */
  readonly wallMs: () => number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Another takes over so long after a worker was killed, at the latest. */
const lastsMs = 10_000;
/** What leaves does so by then: it still has to arrive before another may look for it. */
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

  // The one clock stands still with the machine, the other may be set: whichever says that more has passed is believed.
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
      // A database that does not answer is asked again, until the last proof has run out.
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
    release: () => {
      over.abort();
      return releaseLease(db, lease);
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
        release: () => {
          forget();
          return one.release();
        },
      };
    },
    expire: () => {
      for (const expire of held) expire();
    },
  };
}

/** For a worker that is alone with its database, by a lock that ends with the process: there is nothing to prove. */
export function aloneHolds(): Holds {
  const held: Held = {
    guard: () => [],
    prove: () => Promise.resolve(true),
    signal: new AbortController().signal,
    release: () => Promise.resolve(),
  };
  return { shared: false, hold: () => Promise.resolve(held), expire: () => undefined };
}
