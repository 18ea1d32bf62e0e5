// Rate limit per client address: a token bucket each, for as many addresses as fit in bounded memory.

export interface Rate {
  /** The most requests at once. */
  readonly burst: number;
  /** The sustained rate, in requests per second. */
  readonly perSecond: number;
}

/** Returns how long to wait before the next request in milliseconds; 0 = this request is allowed. */
export type AddressLimit = (client: string) => number;

const clientsAtMost = 5_000;

export function createLimit(rate: Rate, now: () => number): AddressLimit {
  const buckets = new Map<string, { readonly left: number; readonly atMs: number }>();
  return (client) => {
    const nowMs = now();
    const known = buckets.get(client);
    const refilled =
      known === undefined
        ? rate.burst
        : Math.min(rate.burst, known.left + (Math.max(0, nowMs - known.atMs) / 1000) * rate.perSecond);
    // Reinserted, so that the address idle for longest is dropped first.
    buckets.delete(client);
    buckets.set(client, { left: refilled >= 1 ? refilled - 1 : refilled, atMs: nowMs });
    if (buckets.size > clientsAtMost) {
      const [oldest] = buckets.keys();
      if (oldest !== undefined) buckets.delete(oldest);
    }
    return refilled >= 1 ? 0 : Math.ceil(((1 - refilled) / rate.perSecond) * 1000);
  };
}
