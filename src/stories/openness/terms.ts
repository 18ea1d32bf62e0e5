// What the wording of unknown terms states about commerce, research and places; never more than its words.
import type { StatedTerms } from './cue.ts';
import type { LicenceCue } from './entry.ts';
import { foldText, type LicenceTable } from './table.ts';

/** The terms of the first cue found in the text; null when it has none. */
export const termsOf = (text: string, { cues }: LicenceTable): StatedTerms | null => firstOf(text, cues);

/** The terms that a name states, as in `…-non-commercial-…`; null when it states none. */
export const termsOfName = (name: string, { faces }: LicenceTable): StatedTerms | null => firstOf(name, faces);

function firstOf(text: string, cues: readonly LicenceCue[]): StatedTerms | null {
  const words = foldText(text)
    .replace(/[.\s]+/g, ' ')
    .replace(/\bnon (?=commercial|production)/g, 'non');
  const found = cues.find((cue) => cue.says.some((phrase) => ` ${words} `.includes(` ${phrase} `)));
  return found === undefined ? null : { class: found.class, commercial: found.commercial, condition: found.condition };
}
