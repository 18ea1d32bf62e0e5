// Reproducible randomness: the same seed makes the same choices, as far as the machine's timing allows.

export interface Chance {
  /** 0 to 1. */
  readonly random: () => number;
  readonly between: (least: number, most: number) => number;
  readonly happens: (share: number) => boolean;
  readonly one: <T>(list: readonly [T, ...T[]]) => T;
}

/** Mulberry32. */
export function createChance(seed: number): Chance {
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    random,
    between: (least, most) => least + random() * (most - least),
    happens: (share) => random() < share,
    one: (list) => list[Math.floor(random() * list.length)] ?? list[0],
  };
}
