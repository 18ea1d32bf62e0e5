// Rate limits that several channels share, such as those of a bot's token: one worker at a time sends to these channels.
import type { Held, Holds } from '../store/holds.ts';

/** The right to send within a shared limit. `signal` aborts when another worker may have it; `done` ends its use. */
export interface SendTurn {
  readonly signal: AbortSignal;
  readonly done: () => void;
}

export interface SharedPaces {
  /** Null = another worker sends within this limit. A channel without a shared limit always gets a turn. */
  readonly take: (pace: string | undefined) => Promise<SendTurn | null>;
  /** Releases what has not been used for a while; `share`: what has been held for long too, since others have work to do. */
  readonly tidy: (share: boolean) => Promise<void>;
  /** Releases everything. */
  readonly release: () => Promise<void>;
}

/** Time between two attempts to get a limit that another worker has. */
const againMs = 2_000;
const idleMs = 5_000;
const longMs = 30_000;
/** The next worker knows nothing of the requests that were sent: it begins when Discord's windows of five seconds are over. */
const handOverMs = 6_000;

interface Own {
  readonly lease: Held;
  readonly since: number;
  used: number;
  turns: number;
  closing: boolean;
}

const always: SendTurn = { signal: new AbortController().signal, done: () => undefined };

/** `steadyMs`: a monotonic clock in milliseconds. */
export function createPaces(holds: Holds, steadyMs: () => number): SharedPaces {
  const own = new Map<string, Own>();
  const notBefore = new Map<string, number>();
  const asking = new Map<string, Promise<void>>();

  const claim = async (pace: string): Promise<void> => {
    notBefore.set(pace, steadyMs() + againMs);
    const lease = await holds.hold(`pace:${pace}`);
    if (lease !== null) own.set(pace, { lease, since: steadyMs(), used: steadyMs(), turns: 0, closing: false });
  };
  const letGo = async (pace: string, one: Own): Promise<void> => {
    own.delete(pace);
    if (one.closing) notBefore.set(pace, steadyMs() + handOverMs + againMs);
    else notBefore.delete(pace);
    await one.lease.release(Math.max(0, handOverMs - (steadyMs() - one.used)));
  };
  const turnOf = (one: Own): SendTurn => {
    one.turns += 1;
    one.used = steadyMs();
    return {
      signal: one.lease.signal,
      done: () => {
        one.turns -= 1;
        one.used = steadyMs();
      },
    };
  };
  return {
    take: async (pace) => {
      if (pace === undefined || !holds.shared) return always;
      if (own.get(pace)?.lease.signal.aborted === true) own.delete(pace);
      if (!own.has(pace)) {
        if (!asking.has(pace) && (notBefore.get(pace) ?? 0) > steadyMs()) return null;
        const asked = asking.get(pace) ?? claim(pace).finally(() => asking.delete(pace));
        asking.set(pace, asked);
        await asked;
      }
      const one = own.get(pace);
      return one === undefined || one.closing ? null : turnOf(one);
    },
    tidy: async (share) => {
      for (const [pace, one] of own) {
        one.closing ||= share && steadyMs() - one.since > longMs;
        const isIdle = steadyMs() - one.used > idleMs;
        if (one.turns === 0 && (isIdle || one.closing)) await letGo(pace, one);
      }
    },
    release: async () => {
      for (const [pace, one] of own) await letGo(pace, one);
    },
  };
}

/** One for each set of leases: everything a worker sends shares them. */
const known = new WeakMap<Holds, SharedPaces>();

export function pacesOf(holds: Holds): SharedPaces {
  const paces = known.get(holds) ?? createPaces(holds, () => performance.now());
  known.set(holds, paces);
  return paces;
}
