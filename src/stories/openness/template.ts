// Whether a text is a standard licence: all of it, and nothing else.
import { differences, type Hunk } from './difference.ts';
import type { LicenceEntry } from './entry.ts';
import { isStrange, type LicenceWord } from './words.ts';

export interface Template {
  readonly entry: LicenceEntry;
  readonly words: readonly string[];
  /** How many of the words, from the first, are the title. */
  readonly title: number;
  readonly distinct: ReadonlySet<string>;
}

/** What may differ without changing the terms; phrases are in the form that `licenceWords` gives. */
export interface Leeway {
  /** Words that state terms: an insertion with one of them changes the substance. */
  readonly terms: ReadonlySet<string>;
  /** Phrases that copies of standard texts lack, or have in addition. */
  readonly lacked: ReadonlySet<string>;
  readonly added: ReadonlySet<string>;
  /** First words of the part after the terms (how to apply them, and the like). */
  readonly tails: readonly string[];
}

/** The word that stands for a name to be filled in. */
export const blank = '\u2423';

/** Words for the licensor, in whose place any name may stand. */
const parties = new Set(
  `${blank} a and author authors by contributors contributor copyright developers foundation holder holders institution
  isc its name names nor of or organization owner owners regents team the their university`.split(/\s+/),
);

/** Words with which a heading limits where or to whom the licence applies. */
const scopes = new Set('as for from if in inside on outside to until when where while with within without'.split(' '));

/** Most words that may be inserted as a name, or stand before a title. */
const nameWords = 14;
const mostDifferences = 400;

/** The template that the whole text matches; null when it matches none. */
export function wholeTemplate(
  words: readonly LicenceWord[],
  templates: readonly Template[],
  leeway: Leeway,
): Template | null {
  const text = words.map((word) => word.text);
  const distinct = new Set(text);
  // Hardly any words may be added, so nearly all words of the text must be the template's.
  const near = likeliest(text, templates).filter(
    (template) => [...distinct].filter((word) => template.distinct.has(word)).length >= distinct.size * 0.8,
  );
  return near.find((template) => isWhole(template, text, leeway)) ?? null;
}

/** The template of which the text is one unbroken piece: that only names the licence. */
export function pieceOf(text: readonly string[], templates: readonly Template[]): Template | null {
  if (text.length < 3) return null;
  const piece = ` ${text.join(' ')} `;
  return templates.find(({ words }) => ` ${words.join(' ')} `.includes(piece)) ?? null;
}

/** The template most of whose words occur in the text in the same order, whatever stands around and between them. */
export function basedOn(text: readonly string[], templates: readonly Template[]): Template | null {
  const runs = new Set(runsOf(text));
  const shares = likeliest(text, templates).map((template) => {
    const own = runsOf(template.words);
    return { template, share: own.filter((run) => runs.has(run)).length / Math.max(1, own.length) };
  });
  const best = shares.toSorted((one, other) => other.share - one.share)[0];
  return best !== undefined && best.share >= 0.6 ? best.template : null;
}

const runsOf = (words: readonly string[]): readonly string[] =>
  words.slice(3).map((word, index) => `${words[index]} ${words[index + 1]} ${words[index + 2]} ${word}`);

/** A few templates whose words the text covers best, and a few that are most similar to it. */
function likeliest(text: readonly string[], templates: readonly Template[]): readonly Template[] {
  const distinct = new Set(text);
  const scored = templates.map((template) => {
    const shared = [...template.distinct].filter((word) => distinct.has(word)).length;
    const size = template.distinct.size;
    return { template, covered: shared / size, alike: (2 * shared) / (size + distinct.size), shared };
  });
  const top = (score: (one: (typeof scored)[number]) => number) =>
    scored.toSorted((one, other) => score(other) - score(one)).slice(0, 4);
  const best = [...top(({ alike }) => alike), ...top(({ covered }) => covered), ...top(({ shared }) => shared)];
  return [...new Set(best.map(({ template }) => template))];
}

function isWhole(template: Template, text: readonly string[], leeway: Leeway): boolean {
  const { words, title } = template;
  // Most texts are not standard ones, and their length alone shows it.
  if (text.length > words.length + mostDifferences || text.length < 12) return false;
  const end = tailOf(words, leeway);
  const hunks = differences(words.slice(0, end), text, mostDifferences) ?? differences(words, text, mostDifferences);
  return hunks?.every((hunk) => isHarmless(hunk, { words, title, end }, text, leeway)) === true;
}

/** Index of the first word after the terms; the number of words when nothing follows them. */
function tailOf(words: readonly string[], { tails }: Leeway): number {
  const all = ` ${words.join(' ')} `;
  const found = tails.map((tail) => all.lastIndexOf(` ${tail} `)).filter((at) => at > all.length / 8);
  if (found.length === 0) return words.length;
  return all
    .slice(0, Math.min(...found))
    .split(' ')
    .filter((word) => word !== '').length;
}

interface Parts {
  readonly words: readonly string[];
  readonly title: number;
  /** Index of the first word after the terms. */
  readonly end: number;
}

function isHarmless(hunk: Hunk, { words, title, end }: Parts, text: readonly string[], leeway: Leeway): boolean {
  const out = words.slice(hunk.from.start, hunk.from.end);
  const put = text.slice(hunk.to.start, hunk.to.end);
  const states = put.some((word) => leeway.terms.has(word) || isStrange(word));
  if (out.join('') === put.join('')) return true;
  if (isLabel(out) && isLabel(put)) return true;
  if (isAmong(out, leeway.lacked) && isAmong(put, leeway.added)) return true;
  // The title, and what stands above it.
  if (hunk.from.end <= title && !states && put.length <= nameWords && !put.some((word) => scopes.has(word)))
    return true;
  // A name in place of the licensor.
  if (out.length > 0 && out.every((word) => parties.has(word)) && !states && put.length <= nameWords) return true;
  // The instructions for applying the terms may be there or not.
  if (hunk.from.start >= end) return isPiece(put, words.slice(end), leeway);
  return false;
}

function isPiece(put: readonly string[], tail: readonly string[], leeway: Leeway): boolean {
  if (put.length === 0) return true;
  const hunks = differences(tail, put, mostDifferences);
  return (
    hunks?.every(({ from, to }) => {
      const more = put.slice(to.start, to.end);
      return (
        more.length === 0 ||
        isAmong(more, leeway.added) ||
        (more.length <= nameWords && from.end > from.start && !more.some((word) => leeway.terms.has(word)))
      );
    }) === true
  );
}

const isLabel = (words: readonly string[]): boolean =>
  words.every((word) => /^(?:\d{1,2}|[a-z]|[ivx]{1,4})$/.test(word));

const isAmong = (words: readonly string[], phrases: ReadonlySet<string>): boolean =>
  words.length === 0 || phrases.has(words.join(' '));

/** `raw`: the text as SPDX publishes it, where names to be filled in are `<…>`, `[…]` or `{…}`. */
export function makeTemplate(
  entry: LicenceEntry,
  raw: string,
  wordsOf: (text: string) => readonly LicenceWord[],
): Template {
  const filled = raw.replace(/<(?!http)[^<>\n]{1,60}>|\[(?:yyyy|name|year|full)[^\]\n]{0,40}\]/gi, ` ${blankWord} `);
  const words = wordsOf(filled).map(({ text }) => (text === blankWord ? blank : text));
  let title = 0;
  for (const paragraph of filled.split(/\n\s*\n/)) {
    const size = wordsOf(paragraph).length;
    if (size > 16 || title + size > 26) break;
    title += size;
  }
  return { entry, words, title: title === words.length ? 0 : title, distinct: new Set(words) };
}

const blankWord = 'blanktobefilledin';
