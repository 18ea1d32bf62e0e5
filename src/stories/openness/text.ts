// Which licence a text is.
import { foldText, foldTitle, type LicenceEntry, type LicenceTable } from './table.ts';

/** The licence whose title heads the text; a licence that is only mentioned further down does not count. */
export function recogniseText(text: string, table: LicenceTable): LicenceEntry | null {
  const lines = headLines(text)
    .map(foldTitle)
    .filter((line) => line !== '');
  for (const [index, line] of lines.entries()) {
    const here = ` ${line} ${lines[index + 1] ?? ''} `;
    let best: { readonly at: number; readonly entry: LicenceEntry } | null = null;
    for (const { folded, entry } of table.titles) {
      const at = here.indexOf(` ${folded} `);
      if (at === -1 || at > line.length || (best !== null && at >= best.at)) continue;
      // "Own License (based on the Apache License)" is not the Apache License.
      const heads = at === 0 || (index < 3 && !isFree(entry));
      if (heads && fits(entry, text)) best = { at, entry };
    }
    if (best !== null) return best.entry;
  }
  // A known sentence stands for the whole licence only where there is no room for further terms.
  if (text.length > 2_500) return null;
  const whole = foldText(text);
  return table.entries.find(({ phrases }) => phrases.some((phrase) => whole.includes(foldText(phrase)))) ?? null;
}

const isFree = (entry: LicenceEntry): boolean => entry.class === 'osi' || entry.class === 'open-data';

function fits({ needs }: LicenceEntry, text: string): boolean {
  return needs.length === 0 || needs.some((need) => foldText(text).includes(foldText(need)));
}

/** The first 40 lines, after a block of front matter. */
function headLines(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF?---\r?\n[\s\S]*?\n---\r?\n/, '')
    .split(/\r?\n/)
    .slice(0, 40);
}

/** What an unknown licence calls itself: its first line, when that speaks of a licence. */
export function heading(text: string): string | null {
  const first = headLines(text)
    .map((line) => line.replace(/^[\s#*=]+|[\s#*=]+$/g, ''))
    .find((line) => line !== '');
  return first !== undefined && first.length <= 100 && /licen[cs]e|terms|agreement/i.test(first) ? first : null;
}

const places = [
  ['the European Union', /\bEuropean Union\b|\bEU\b/i],
  ['the United Kingdom', /\bUnited Kingdom\b|\bUK\b/i],
  ['South Korea', /\bSouth Korea\b|\bRepublic of Korea\b/i],
  ['the United States', /\bUnited States\b/i],
  ['China', /\bChina\b/i],
] as const;
const exclusion =
  /(?:not apply (?:in|to)|exclud(?:ing|es?)|not (?:be )?(?:licensed|granted|available|permitted) (?:in|to|within))[^.;]{0,200}/gi;

/** Places that a text of unknown terms leaves out, in its own words near a word of exclusion; null = none found. */
export function excludedPlaces(text: string): string | null {
  const sentences = (text.match(exclusion) ?? []).join('; ');
  const found = places.filter(([, pattern]) => pattern.test(sentences)).map(([name]) => name);
  return found.length === 0 ? null : `the text leaves out ${found.join(', ')}`;
}
