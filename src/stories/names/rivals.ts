// Finds the models in a text that others are only compared with: `beats GPT-5`, `GPT-5보다 빠른`.
import type { Mention } from './mentions.ts';
import { comparedAfter, comparedBefore } from './words.ts';

/** Characters between the comparing word and the name: `outperforms much larger rivals such as GPT-5`. */
const reach = 48;
/** What may come between the comparing word and the name, or between two names. */
const between = /^(?:[^.:;!?|–]*[ ("'“‘@])?$/u;
const joined = /^[^.:;!?|]{0,24}(?:,|&|\/|\band\b|\bor\b|와|과|·)[^.:;!?|]{0,24}$/;

/** `models` in the order of the (folded) text. */
export function rivalsAmong(text: string, models: readonly Mention[]): readonly Mention[] {
  const rivals: Mention[] = [];
  let previous: Mention | null = null;
  for (const model of models) {
    const listed = previous !== null && rivals.includes(previous) && joined.test(text.slice(previous.end, model.start));
    if (listed || isCompared(text, model)) rivals.push(model);
    previous = model;
  }
  return rivals;
}

function isCompared(text: string, { start, end }: Mention): boolean {
  const before = text.slice(Math.max(0, start - reach), start);
  const words = [...before.matchAll(/[a-z]+/g)];
  const last = words.findLastIndex(([word]) => comparedBefore.has(word));
  const word = words[last];
  // At most three words in between: `beats OpenAI's closed GPT-5`.
  const near = word !== undefined && words.length - 1 - last <= 3;
  if (near && between.test(before.slice(word.index + word[0].length))) return true;
  const after = text.slice(end, end + 12).replace(/^[^\uac00-\ud7a3]{0,3}/, '');
  return comparedAfter.some((ending) => after.startsWith(ending));
}
