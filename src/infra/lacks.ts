// Separates what a channel lacks from what could not be asked just now: a rate limit is not a missing permission.
import type { Lack } from '../types/reasons/lacks.ts';

const notKnown: ReadonlySet<Lack['code']> = new Set<Lack['code']>([
  'lack.being-checked',
  'lack.unchecked',
  'lack.unasked',
]);

export interface PartedLacks {
  readonly missing: readonly Lack[];
  /** Why it is not known whether more is missing. */
  readonly checking: readonly Lack[];
}

export function partLacks(lacks: readonly Lack[]): PartedLacks {
  return {
    missing: lacks.filter(({ code }) => !notKnown.has(code)),
    checking: lacks.filter(({ code }) => notKnown.has(code)),
  };
}
