// Reasons in tests: by what people read.
import { inEnglish } from '../../src/messages/reasons/en.ts';
import type { AnyReason } from '../../src/types/reasons/reason.ts';

/** Stands for a reason whose English words are these, or hold what the expression finds. */
export function saying(words: string | RegExp): unknown {
  return {
    asymmetricMatch: (reason: AnyReason) =>
      typeof words === 'string' ? inEnglish(reason) === words : words.test(inEnglish(reason)),
    toAsymmetricMatcher: () => `saying ${words}`,
    toString: () => 'saying',
  };
}

/** A reason of nobody's, for tests that only carry one along. */
export const because = (text: string) => ({ code: 'words', params: { text } }) as const;

/** Stands for a reason whose English words hold these. */
export function mentioning(words: string): unknown {
  return {
    asymmetricMatch: (reason: AnyReason) => inEnglish(reason).includes(words),
    toAsymmetricMatcher: () => `mentioning ${words}`,
    toString: () => 'mentioning',
  };
}

/** What Discord refuses with, for tests in which it only matters that it refuses: `Discord answered 400: …`. */
export const refusal = (said: string) => ({ code: 'discord.answered', params: { status: 400, said } }) as const;
