// Finds times in words in a text: rules are tried in order, more exact ones first, and matches never overlap.
import type { Phrases } from '../phrases.ts';
import type { Window } from '../pledges.ts';

export interface Found {
  readonly at: number;
  readonly window: Window;
}

export interface Rule {
  /** Compiled one by one, because an expression may use the name of a group only once. */
  readonly phrases: readonly Phrases[];
  /** Look-alikes, which are masked before the phrases are searched. */
  readonly except: Phrases | null;
  /** Null: these words name no window, and no later rule may read them. */
  readonly read: (groups: Readonly<Record<string, string | undefined>>, said: string) => Window | null;
}

/** Windows that ended before the day it was said are left out: they are no dates to come. */
export function readRules(rules: readonly Rule[], text: string, said: string): readonly Found[] {
  const taken: { readonly at: number; readonly end: number; readonly window: Window | null }[] = [];
  for (const { phrases, except, read } of rules) {
    const painted = except?.masked(text) ?? text;
    for (const match of phrases.flatMap((phrase) => phrase.all(painted))) {
      const at = match.index;
      const end = at + match[0].length;
      if (taken.some((other) => at < other.end && end > other.at)) continue;
      taken.push({ at, end, window: read(match.groups ?? {}, said) });
    }
  }
  return taken.flatMap(({ at, window }) => (window === null || window.to < said ? [] : [{ at, window }]));
}
