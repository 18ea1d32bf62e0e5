// What a licence text was read as.
import type { StatedTerms } from './cue.ts';
import type { LicenceEntry } from './entry.ts';

export type TextReading =
  /** The whole text of a licence of the table; `named`: no more than its name, or a piece of it. */
  | { readonly kind: 'known' | 'named'; readonly entry: LicenceEntry }
  /** A standard licence with something of substance added, taken out or changed. */
  | {
      readonly kind: 'modified';
      readonly base: LicenceEntry;
      readonly whose: string | null;
      readonly terms: StatedTerms | null;
    }
  /** Terms that the table does not know; `name`: what they call themselves. */
  | { readonly kind: 'own'; readonly name: string | null; readonly terms: StatedTerms | null };
