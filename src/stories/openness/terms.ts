// What a text of unknown terms says on its face of commerce, research and places; never more than its words.
import type { StatedTerms } from './cue.ts';
import type { LicenceCue } from './entry.ts';
import { foldText, type LicenceTable } from './table.ts';

/** The first group of cues that the text holds; null when it holds none. */
export const termsOf = (text: string, { cues }: LicenceTable): StatedTerms | null => firstOf(text, cues);

/** What a name says on its face, as in `…-non-commercial-…`; null when it says nothing. */
export const faceOf = (name: string, { faces }: LicenceTable): StatedTerms | null => firstOf(name, faces);

function firstOf(text: string, cues: readonly LicenceCue[]): StatedTerms | null {
  const words = foldText(text)
    .replace(/[.\s]+/g, ' ')
    .replace(/\bnon (?=commercial|production)/g, 'non');
  const found = cues.find((cue) => cue.says.some((phrase) => ` ${words} `.includes(` ${phrase} `)));
  return found === undefined ? null : { class: found.class, commercial: found.commercial, condition: found.condition };
}
