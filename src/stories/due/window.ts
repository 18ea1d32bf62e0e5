// Reads dates in words, English and Korean, into a window of days. Pure.

import { fold, hasHangul } from '../names/fold.ts';
import { mostRead } from '../phrases.ts';
import type { Window } from '../pledges.ts';
import type { Dates } from './dates.ts';
import { type Found, readRules } from './rules.ts';
import { readWritten } from './written.ts';

const delays = /\b(?:delay|postpon|push(?:es|ed) back|mov(?:es|ed)|slip|now)|연기|미뤄|미룬|늦춰|늦춘|지연/;

export interface DateTables {
  readonly english: Dates;
  readonly korean: Dates;
}

const readIn = (dates: Dates, text: string, said: string): readonly Found[] =>
  readRules(
    dates.map(({ rule }) => rule),
    text,
    said,
  );

/**
 * The window (days, YYYY-MM-DD, both included) that a text names, seen from the day it was said; null for none and for
 * "soon". No time zones: the day is the speaker's. News of a delay names the old date first, so there the last one counts.
 */
export function dueWindow(text: string, saidAt: string, dates: DateTables): Window | null {
  const said = saidAt.length === 7 ? `${saidAt}-01` : saidAt.slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(said)) return null;
  // The date of a promise stands near it, so the beginning of a long text is enough.
  const folded = fold(text.slice(0, mostRead));
  const found = [
    ...readWritten(folded),
    ...(hasHangul(folded) ? readIn(dates.korean, folded, said) : []),
    ...readIn(dates.english, folded, said),
  ].toSorted((one, other) => one.at - other.at);
  const chosen = delays.test(folded) ? found.at(-1) : found[0];
  return chosen === undefined ? null : chosen.window;
}
