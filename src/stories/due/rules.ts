// How times in words are found in a text: in order, the more exact first, none inside another.
import type { Window } from '../pledges.ts';

export interface Found {
  readonly at: number;
  readonly window: Window;
}

export interface Rule {
  /** With the `g` flag: one expression a phrase, for a name may be read once in each. */
  readonly phrases: readonly RegExp[];
  /** Looks alike: painted over before. */
  readonly except: RegExp | null;
  /** Null: these words name no window, and no other rule shall read them. */
  readonly read: (groups: Readonly<Record<string, string | undefined>>, said: string) => Window | null;
}

/** What ended before the day said is no date to come. */
export function readRules(rules: readonly Rule[], text: string, said: string): readonly Found[] {
  const taken: { readonly at: number; readonly end: number; readonly window: Window | null }[] = [];
  for (const { phrases, except, read } of rules) {
    const painted = except === null ? text : text.replace(except, (found) => '·'.repeat(found.length));
    for (const match of phrases.flatMap((phrase) => [...painted.matchAll(phrase)])) {
      const at = match.index;
      const end = at + match[0].length;
      if (taken.some((other) => at < other.end && end > other.at)) continue;
      taken.push({ at, end, window: read(match.groups ?? {}, said) });
    }
  }
  return taken.flatMap(({ at, window }) => (window === null || window.to < said ? [] : [{ at, window }]));
}
