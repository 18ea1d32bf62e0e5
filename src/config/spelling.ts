// Finds the nearest known word, for "did you mean".

import { inEnglish } from '../messages/reasons/en.ts';
import type { WishReason } from '../types/reasons/wishes.ts';

/** A hint for an unknown word: the nearest candidate, or the whole list when it is short. */
export function spellingHelp(word: string, candidates: readonly string[]): WishReason | null {
  const near = nearest(word, candidates);
  if (near !== null) return { code: 'help.did-you-mean', params: { word: near } };
  if (candidates.length === 0 || candidates.length > 20) return null;
  return { code: 'help.one-of', params: { list: candidates.join(', ') } };
}

export function spellingHint(word: string, candidates: readonly string[]): string | null {
  const help = spellingHelp(word, candidates);
  return help === null ? null : inEnglish(help);
}

/** The candidate with the fewest typing mistakes; null when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const written = word.toLowerCase().slice(0, 64);
  if (written.length < 2) return null;
  let best: { readonly candidate: string; readonly mistakes: number } | null = null;
  for (const candidate of candidates) {
    const known = candidate.toLowerCase();
    const mistakes = isAbbreviation(written, known) ? 1 : mistakesBetween(written, known);
    const allowed = Math.max(1, Math.floor(Math.max(written.length, known.length) / 3));
    if (mistakes <= allowed && mistakes < Math.min(written.length, known.length) && (best?.mistakes ?? 99) > mistakes) {
      best = { candidate, mistakes };
    }
  }
  return best?.candidate ?? null;
}

/**
 * Finds the candidate that differs by one typo, or only by dashes and dots; null when the word is itself a candidate or none is near.
 * Made once for many words: ten thousand entries are compared with every known account.
 */
export function almostAmong(candidates: readonly string[]): (word: string) => string | null {
  const plain = (text: string): string => text.replace(/[-_.]/g, '');
  const known = candidates.map((candidate) => {
    const name = candidate.toLowerCase();
    return { candidate, name, plainly: plain(name) };
  });
  const exact = new Set(known.map(({ name }) => name));
  const answers = new Map<string, string | null>();
  const find = (written: string): string | null => {
    if (exact.has(written) || written.length < 5) return null;
    const plainly = plain(written);
    const near = known.find(
      ({ name, plainly: other }) =>
        name.length >= 5 &&
        Math.abs(name.length - written.length) <= 2 &&
        (other === plainly || isOneMistake(written, name)),
    );
    return near?.candidate ?? null;
  };
  return (word) => {
    const written = word.toLowerCase().slice(0, 64);
    const answer = answers.has(written) ? (answers.get(written) ?? null) : find(written);
    answers.set(written, answer);
    return answer;
  };
}

/** True for one insertion, deletion, replacement or swap of neighbours. Fast, as every entry is compared with every account. */
function isOneMistake(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || a === b) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  const swapped = short[at] === long[at + 1] && short[at + 1] === long[at];
  return swapped && short.slice(at + 2) === long.slice(at + 2);
}

function isAbbreviation(written: string, known: string): boolean {
  return written.length >= 3 && known.startsWith(written);
}

/** Counts insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function mistakesBetween(a: string, b: string): number {
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line: number[] = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min(at(above, column) + 1, at(line, column - 1) + 1, at(above, column - 1) + same);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, at(before, column - 2) + 1);
      }
      line.push(cost);
    }
    before = above;
    above = line;
  }
  return at(above, b.length);
}

function at(line: readonly number[], column: number): number {
  return line[column] ?? Number.POSITIVE_INFINITY;
}
