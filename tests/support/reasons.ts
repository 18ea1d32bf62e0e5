// Compares reasons in tests by their English text.
import { inEnglish } from '../../src/messages/reasons/en.ts';
import type { AnyReason } from '../../src/types/reasons/reason.ts';

/** Matches a reason whose English text is `words`, or matches the expression. */
export function saying(words: string | RegExp): unknown {
  return {
    asymmetricMatch: (reason: AnyReason) =>
      typeof words === 'string' ? inEnglish(reason) === words : words.test(inEnglish(reason)),
    toAsymmetricMatcher: () => `saying ${words}`,
    toString: () => 'saying',
  };
}

/** An arbitrary reason, for tests that only pass one along. */
export const because = (text: string) => ({ code: 'words', params: { text } }) as const;

/** Matches a reason whose English text contains `words`. */
export function mentioning(words: string): unknown {
  return {
    asymmetricMatch: (reason: AnyReason) => inEnglish(reason).includes(words),
    toAsymmetricMatcher: () => `mentioning ${words}`,
    toString: () => 'mentioning',
  };
}

/** A refusal by Discord, for tests in which only the refusal matters: `Discord answered 400: …`. */
export const refusal = (said: string) => ({ code: 'discord.answered', params: { status: 400, said } }) as const;
