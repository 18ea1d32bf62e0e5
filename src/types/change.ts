// What a look changed: what is known of a target beside what was seen, and how a user's expression is asked.
import type { Change, Iso, Observation } from './core.ts';

export interface Known {
  readonly observation: Observation;
  readonly goneAt: Iso | null;
}

/**
 * A change, or something to remember that is no news: it lies before what we knew, only its facts moved, or it stands under
 * another address since the whole site was rebuilt.
 */
export type Difference = Change & { readonly quiet: 'old' | 'noted' | 'moved' | null };

/** Compiles a user's expression to run in linear time. */
export type Matcher = (expression: string) => (text: string) => boolean;
