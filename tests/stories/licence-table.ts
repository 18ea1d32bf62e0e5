// The licence table as the program reads it.
import { ownSpdxTexts, ownText } from '../../src/app/files.ts';
import { readLicences } from '../../src/stories/openness/table.ts';

export const licenceTable = readLicences(ownText('licences.yaml'), ownSpdxTexts);

const texts = ownSpdxTexts();

/** The standard text of an identifier of the SPDX list, with its names filled in. */
export function spdxText(id: string, holder = 'Somebody'): string {
  const text = texts[id];
  if (text === undefined) throw new Error(`config/spdx-texts.json.gz has no ${id}`);
  return text.replace(/<year>/g, '2025').replace(/<(?:copyright holders|owner)>/g, holder);
}
