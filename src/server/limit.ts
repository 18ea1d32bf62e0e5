// How much one address may ask for: a bucket of tokens each, for as many addresses as fit into bounded memory.

export interface Rate {
  /** Requests at once. */
  readonly burst: number;
  /** Requests a second in the long run. */
  readonly perSecond: number;
}

/** Milliseconds until the next request is welcome; 0 = this one is. */
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
    // The one that asked last is the last to be forgotten.
    buckets.delete(client);
    buckets.set(client, { left: refilled >= 1 ? refilled - 1 : refilled, atMs: nowMs });
    if (buckets.size > clientsAtMost) {
      const [oldest] = buckets.keys();
      if (oldest !== undefined) buckets.delete(oldest);
    }
    return refilled >= 1 ? 0 : Math.ceil(((1 - refilled) / rate.perSecond) * 1000);
  };
}
