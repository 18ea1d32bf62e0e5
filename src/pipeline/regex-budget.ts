// Limits the work that expressions of people in Discord may cause in one pass. Even linear time adds up: many steps at each
// character of many long titles. Pure.

import type { Watch } from '../types/core.ts';
import type { WishReason } from '../types/reasons/wishes.ts';

export type SizeOf = (expression: string) => number;

/** Steps of expressions times characters. About a second at the very worst, usually some hundredths of it. */
const stepsAtMost = 25_000_000;

const lengthAtMost = 500;
const sizeAtMost = 500;
const repeatsAtMost = 200;

/** Why people in Discord may not use an expression that the file may use; null when they may. */
export function excessOf(option: string, expression: string, sizeOf: SizeOf): WishReason | null {
  if (expression.length > lengthAtMost) return { code: 'expression.too-long', params: { option, most: lengthAtMost } };
  // Checked before compiling, which expands each repetition.
  const repeats = [...expression.matchAll(/\{(\d{1,4})(?:,(\d{0,4}))?\}/g)].map(([, low, high]) => Number(high || low));
  if (repeats.reduce((sum, times) => sum + times, 0) > repeatsAtMost || sizeOf(expression) > sizeAtMost)
    return { code: 'expression.repeats', params: { option } };
  return null;
}

export function stepsOf({ filters: { include, exclude } }: Watch, texts: readonly string[], sizeOf: SizeOf): number {
  const size = [include, exclude].reduce((sum, one) => sum + (one === null ? 0 : sizeOf(one)), 0);
  return size === 0 ? 0 : size * texts.reduce((sum, text) => sum + text.length, 0);
}

export function isTooMuch(steps: number): boolean {
  return steps > stepsAtMost;
}

/** The watches as judged in one pass: those of a guild that has used up its steps count as paused. */
export function createRegexBudget(
  sizeOf: SizeOf,
): (watches: readonly Watch[], texts: readonly string[]) => readonly Watch[] {
  const taken = new Map<string, number>();
  return (watches, texts) =>
    watches.map((watch) => {
      if (watch.origin.by !== 'guild') return watch;
      const { guild } = watch.origin;
      const steps = stepsOf(watch, texts, sizeOf);
      if (steps === 0) return watch;
      const all = (taken.get(guild) ?? 0) + steps;
      if (isTooMuch(all)) return { ...watch, paused: true };
      taken.set(guild, all);
      return watch;
    });
}
