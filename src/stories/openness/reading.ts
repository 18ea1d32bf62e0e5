// The result of reading a licence text.
import type { StatedTerms } from './cue.ts';
import type { LicenceEntry } from './entry.ts';

export type TextReading =
  /** 'known': the whole text of a licence in the table; 'named': only its name, or a piece of its text. */
  | { readonly kind: 'known' | 'named'; readonly entry: LicenceEntry }
  /** A standard licence with a substantial addition, removal or change. */
  | {
      readonly kind: 'modified';
      readonly base: LicenceEntry;
      readonly whose: string | null;
      readonly terms: StatedTerms | null;
    }
  /** Terms that are not in the table; `name`: what they call themselves. */
  | { readonly kind: 'own'; readonly name: string | null; readonly terms: StatedTerms | null };
