// What a look changed: what is known of a target beside what was seen, and how a user's expression is asked.
import type { Change, Iso, Observation } from './core.ts';

export interface Known {
  readonly observation: Observation;
  readonly goneAt: Iso | null;
}

/** A change, or something to remember that is no news: it lies before what we knew, or only its facts moved. */
export type Difference = Change & { readonly quiet: 'old' | 'noted' | null };

/** Compiles a user's expression to run in linear time. */
export type Matcher = (expression: string) => (text: string) => boolean;
