// Which licence a text is. The whole text is read: a heading is only a guess, because what stands around it counts.
import type { LicenceEntry } from './entry.ts';
import type { TextReading } from './reading.ts';
import { foldText, foldTitle, type LicenceTable } from './table.ts';
import { basedOn, pieceOf, wholeTemplate } from './template.ts';
import { termsOf } from './terms.ts';
import { isCopyright, isStrange, licenceWords, withoutFrontMatter } from './words.ts';

/** Cached, because the same text is read again whenever something else about its model changes. */
export function readText(text: string, table: LicenceTable): TextReading {
  const known = table.readings.get(text);
  if (known !== undefined) return known;
  const read = recognise(text, table);
  if (table.readings.size >= mostReadings) table.readings.clear();
  table.readings.set(text, read);
  return read;
}

const mostReadings = 64;

function recognise(text: string, table: LicenceTable): TextReading {
  const words = licenceWords(text, table.leeway.terms);
  const templates = table.templates();
  const whole = wholeTemplate(words, templates, table.leeway);
  if (whole !== null) return { kind: 'known', entry: whole.entry };
  const folded = foldText(text);
  const bare = words.map((word) => word.text);
  const base = basedOn(bare, templates)?.entry ?? null;
  const changed =
    base === null ? undefined : table.entries.find((entry) => entry.base === base.id && fits(entry, folded));
  if (changed !== undefined) return { kind: 'known', entry: changed };
  const titled = titleOf(text, folded, table);
  if (titled !== null && !isStandard(titled)) return { kind: 'known', entry: titled };
  const named = nameOnly(text, titled, table);
  if (named !== null) return { kind: 'named', entry: named };
  const modified = base ?? titled;
  if (modified !== null)
    return { kind: 'modified', base: modified, whose: holderOf(text, table), terms: termsOf(text, table) };
  return { kind: 'own', name: heading(text), terms: termsOf(text, table) };
}

/** Has a template, so its title alone proves nothing. */
const isStandard = (entry: LicenceEntry): boolean => entry.spdx !== null;
const isFree = (entry: LicenceEntry): boolean => entry.class === 'osi' || entry.class === 'open-data';

/** The licence whose title heads the text; one that is only mentioned further down does not count. */
function titleOf(text: string, folded: string, table: LicenceTable): LicenceEntry | null {
  const lines = headLines(text)
    .map(foldTitle)
    .filter((line) => line !== '');
  for (const [index, line] of lines.entries()) {
    const here = ` ${line} ${lines[index + 1] ?? ''} `;
    let best: { readonly at: number; readonly entry: LicenceEntry } | null = null;
    for (const title of table.titles) {
      const at = here.indexOf(` ${title.folded} `);
      if (at === -1 || at > line.length || (best !== null && at >= best.at)) continue;
      // "Own License (based on the Apache License)" is not the Apache License.
      const heads = at === 0 || (index < 3 && !isFree(title.entry));
      if (
        heads &&
        fits(title.entry, folded) &&
        !(isFree(title.entry) && !isStandard(title.entry) && termsOf(text, table) !== null)
      )
        best = { at, entry: title.entry };
    }
    if (best !== null) return best.entry;
  }
  return null;
}

function fits({ needs }: LicenceEntry, folded: string): boolean {
  return needs.length === 0 || needs.some((need) => folded.includes(foldText(need)));
}

/** The licence that the text only names: by its title alone, an unbroken piece of its text, or a line that names it. */
function nameOnly(text: string, titled: LicenceEntry | null, table: LicenceTable): LicenceEntry | null {
  const wordsOf = (part: string) => licenceWords(part, table.leeway.terms);
  const lines = withoutFrontMatter(text)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !(isCopyright(line) && wordsOf(line).length === 0));
  const titles = new Set(
    titled === null ? [] : [titled.name, ...titled.titles].flatMap((title) => wordsOf(title).map((word) => word.text)),
  );
  const isTitle = (line: string) =>
    wordsOf(line).every(({ text: word }) => titles.has(word) || /^(?:the|version|v?\d{1,4})$/.test(word));
  const rest = lines.slice(titled === null ? 0 : lines.findIndex((line) => !isTitle(line)));
  if (titled !== null && lines.every(isTitle)) return titled;
  const body = wordsOf(rest.join('\n')).map((word) => word.text);
  const piece = pieceOf(
    body,
    table.templates().filter(({ entry }) => titled === null || entry === titled),
  );
  if (piece !== null) return piece.entry;
  if (
    body.length > 40 ||
    body.some((word) => isStrange(word) || (table.leeway.terms.has(word) && !noticeWords.has(word)))
  )
    return null;
  const line = ` ${foldTitle(lines.join(' ')).replace(/\.(?= |$)/g, '')} `;
  return table.titles.find((title) => isStandard(title.entry) && line.includes(` ${title.folded} `))?.entry ?? null;
}

/** Words of terms that may also occur in a line which only names a licence. */
const noticeWords = new Set(['terms', 'conditions', 'subject', 'use', 'uses', 'used']);

/** The first 40 lines, after a block of front matter. */
function headLines(text: string): readonly string[] {
  return withoutFrontMatter(text).split(/\r?\n/).slice(0, 40);
}

/** Characters read after the copyright mark. */
const holderAtMost = 300;

/** The copyright holder, by the first copyright line; null when there is none. */
function holderOf(text: string, { leeway }: LicenceTable): string | null {
  const line = headLines(text).find((one) => isCopyright(one) && licenceWords(one, leeway.terms).length === 0);
  if (line === undefined) return null;
  const name = line
    .replace(/^.*?(?:copyright|©|\(c\))\s*/i, '')
    .slice(0, holderAtMost)
    .replace(/\(c\)|©|all rights reserved\.?|\b(?:19|20)\d{2}\b(?:\s*[-–,]\s*(?:(?:19|20)\d{2}|present))*/gi, ' ')
    .replace(/^\W*(?:by\s)?/i, '')
    .replace(/\s+/g, ' ')
    .replace(/(?<![\s.,;:])[\s.,;:]+$/, '')
    .trim();
  return name === '' || name.length > 60 || /[<>[\]]/.test(name) ? null : name;
}

/** What an unknown licence calls itself: its first line, if that mentions a licence. */
export function heading(text: string): string | null {
  const first = headLines(text)
    .map((line) => line.replace(/^[\s#*=]+|(?<![\s#*=])[\s#*=]+$/g, ''))
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

/** Places that a text of unknown terms excludes: those named near a word of exclusion; null = none found. */
export function excludedPlaces(text: string): string | null {
  const sentences = (text.match(exclusion) ?? []).join('; ');
  const found = places.filter(([, pattern]) => pattern.test(sentences)).map(([name]) => name);
  return found.length === 0 ? null : `the text leaves out ${found.join(', ')}`;
}
