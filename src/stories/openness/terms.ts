// What a text of unknown terms says on its face of commerce, research and places; never more than its words.
import type { Terms } from './cue.ts';
import type { Cue } from './entry.ts';
import { foldText, type LicenceTable } from './table.ts';

/** The first group of cues that the text holds; null when it holds none. */
export const termsOf = (text: string, { cues }: LicenceTable): Terms | null => firstOf(text, cues);

/** What a name says on its face, as in `…-non-commercial-…`; null when it says nothing. */
export const faceOf = (name: string, { faces }: LicenceTable): Terms | null => firstOf(name, faces);

function firstOf(text: string, cues: readonly Cue[]): Terms | null {
  const words = foldText(text)
    .replace(/[.\s]+/g, ' ')
    .replace(/\bnon (?=commercial|production)/g, 'non');
  const found = cues.find((cue) => cue.says.some((phrase) => ` ${words} `.includes(` ${phrase} `)));
  return found === undefined ? null : { class: found.class, commercial: found.commercial, condition: found.condition };
}
