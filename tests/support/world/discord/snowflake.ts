// Discord's ids: milliseconds since 2015 followed by a counter, always increasing.

const EPOCH = 1_420_070_400_000;

/** A function that returns the next id; ids within the same millisecond increase as well. */
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
