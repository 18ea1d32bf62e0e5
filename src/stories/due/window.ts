// Dates in words, English and Korean, as a window of days. Pure.

import { fold, hasHangul } from '../names/fold.ts';
import type { Window } from '../pledges.ts';
import { readEnglishDue } from './english.ts';
import { readKoreanDue } from './korean.ts';
import { readWritten } from './written.ts';

const delays = /\b(?:delay|postpon|push(?:es|ed) back|mov(?:es|ed)|slip|now)|연기|미뤄|미룬|늦춰|늦춘|지연/;

/**
 * The window (days, YYYY-MM-DD, both included) that a text names, as seen from the day it was said; null for none and
 * for "soon". Without zones: the day said is the speaker's. A delay names the old date first, so there the last counts.
 */
export function dueWindow(text: string, saidAt: string): Window | null {
  const said = saidAt.length === 7 ? `${saidAt}-01` : saidAt.slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(said)) return null;
  const folded = fold(text);
  const found = [
    ...readWritten(folded),
    ...(hasHangul(folded) ? readKoreanDue(folded, said) : []),
    ...readEnglishDue(folded, said),
  ].toSorted((one, other) => one.at - other.at);
  const chosen = delays.test(folded) ? found.at(-1) : found[0];
  return chosen === undefined ? null : chosen.window;
}
