// A change with what was known before, and the type of a user's compiled expression.
import type { Change, Iso, Observation } from './core.ts';

export interface Known {
  readonly observation: Observation;
  readonly goneAt: Iso | null;
}

/**
 * A change, or something to remember that is not news. 'old': it is older than everything known; 'noted': only its facts
 * changed; 'moved': it has another address since the whole site was rebuilt.
 */
export type Difference = Change & { readonly quiet: 'old' | 'noted' | 'moved' | null };

/** Compiles a user's expression to run in linear time. */
export type Matcher = (expression: string) => (text: string) => boolean;
