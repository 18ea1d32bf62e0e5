// Discord's ids: the time in milliseconds since 2015, then a counter; always growing.

const EPOCH = 1_420_070_400_000;

/** A function that gives the next id; two within a millisecond still grow. */
export function createSnowflakes(now: () => number): () => string {
  let last = 0;
  let count = 0n;
  return () => {
    const ms = Math.max(now(), last);
    count = ms === last ? count + 1n : 0n;
    last = ms;
    return String((BigInt(ms - EPOCH) << 22n) + count);
  };
}
