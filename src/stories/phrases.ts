// Compiles the phrases that people write in config/headlines-*.yaml and config/dates-*.yaml to regular expressions.
//
//   release(s|d)   a word and its endings, the bare word included     open|free    one word or the other
//   open-source    a hyphen: with hyphen, with space, in one          leak*        any letters and digits follow
//   new?           a word that may be missing                         ..           up to four words of any sort
//   <verb>         any phrase of the list of that name                {month}      the same, kept for the reader
//   N  NN  NNNN    a number, one or two digits, a year                ^  $         beginning, end of the clause
//   ...            the rest of the clause, to `but` or `now`
//   _              (Korean) here a word begins or ends                @lab @model  names, masked beforehand
//
// Every repetition is bounded, but combinations of phrases may still take more than linear time. So the expressions are not
// exported, and none of them reads more than the beginning of a text.

export interface Lists {
  readonly [name: string]: readonly string[];
}

export interface Script {
  /** Korean attaches particles and endings, so a phrase may begin and end anywhere and its spaces may be missing. */
  readonly glued: boolean;
  readonly lists: Lists;
  /** A hyphen may stand for the space between two words. */
  readonly hyphens?: boolean;
}

/** Stops at the next punctuation mark between clauses. */
const anyWord = '[^ ,;:]{1,40}';
const restOfClause = `(?:(?! but | now )[^.,;:…]){0,60}`;
const letters = String.raw`[\p{L}\p{N}]`;
const edge = `(?:(?<!${letters})|(?!${letters}))`;

/** Characters of a text that are searched: more than a headline has, and enough to find the date of a promise. */
export const mostRead = 2_000;

/** Offsets are in UTF-16 units. */
export interface Phrases {
  /** Offset of the first match; -1 = none. */
  readonly first: (text: string) => number;
  /** Offset of the last match; -1 = none. */
  readonly last: (text: string) => number;
  readonly all: (text: string) => readonly RegExpExecArray[];
  /** The beginning of the text, with dots in place of what was found. */
  readonly masked: (text: string) => string;
}

const head = (text: string): string => text.slice(0, mostRead);

/** Throws when a phrase cannot be parsed. */
export function compilePhrases(phrases: readonly string[], script: Script): Phrases {
  const find = new RegExp(sourceOf(phrases, script), 'gu');
  return {
    first: (text) => head(text).search(find),
    last: (text) => [...head(text).matchAll(find)].at(-1)?.index ?? -1,
    all: (text) => [...head(text).matchAll(find)],
    masked: (text) => head(text).replace(find, (found) => '·'.repeat(found.length)),
  };
}

/** Tells whether a whole text is one of the phrases. Throws when a phrase cannot be parsed. */
export function compileWhole(phrases: readonly string[], script: Script): (text: string) => boolean {
  const whole = new RegExp(`^(?:${sourceOf(phrases, script)})$`, 'u');
  return (text) => text.length <= mostRead && whole.test(text);
}

function sourceOf(phrases: readonly string[], script: Script): string {
  return phrases.length === 0 ? '(?!)' : phrases.map((phrase) => phraseSource(phrase, script, 0)).join('|');
}

function phraseSource(phrase: string, script: Script, depth: number): string {
  const body = bodySource(phrase, script, depth);
  if (script.glued) return body;
  const begins = /^[\p{L}\p{N}<{(#]/u.test(phrase) ? String.raw`(?<![\p{L}\p{N}@])` : '';
  const ends = /[\p{L}\p{N}>})#?]$/u.test(phrase) ? `(?!${letters})` : '';
  return `${begins}${body}${ends}`;
}

function bodySource(phrase: string, script: Script, depth: number): string {
  if (depth > 4) throw new Error(`\`${phrase}\`: lists that name each other in a circle`);
  const tokens = phrase.trim().split(/\s+/);
  if (tokens.every((token) => token === '..' || token === '...' || isOptional(token)))
    throw new Error(`\`${phrase}\`: at least one word must stand there`);
  const space = script.glued ? ' ?' : script.hyphens === true ? '[ -]' : ' ';
  let source = '';
  let joined = true;
  for (const token of tokens) {
    const gap = joined ? '' : /^\*\??$/.test(token) ? ' ' : space;
    if (token === '^') source += '^';
    else if (token === '$') source += '$';
    else if (token === '_') source += edge;
    else if (token === '..') source += script.glued ? '[^,;:]{0,60}' : `(?: ${anyWord}){0,4}`;
    else if (token === '...') source += restOfClause;
    else if (token === '-') source += `${gap}-`;
    else if (/^[,.:;!]\??$/.test(token)) source += token.replace('.', '\\.');
    else if (isOptional(token)) source += leadsOn(gap, wordSource(token.slice(0, -1), script, depth));
    else source += `${gap}${wordSource(token, script, depth)}`;
    joined = token === '^' || token === '...' || (joined && token === '_') || (joined && isOptional(token));
  }
  return source;
}

/** A word that may be missing takes its space with it. */
const leadsOn = (gap: string, word: string): string => (gap === '' ? `(?:${word} )?` : `(?:${gap}${word})?`);

const isOptional = (token: string): boolean => token.length > 1 && token.endsWith('?');

function wordSource(word: string, script: Script, depth: number): string {
  if (word === '*') return anyWord;
  const named = /^([<{])([a-z-]+)[>}]$/.exec(word);
  if (named !== null) {
    const list = script.lists[named[2] ?? ''];
    if (list === undefined) throw new Error(`\`${word}\`: there is no list of that name`);
    const any = list.map((phrase) => bodySource(phrase, script, depth + 1)).join('|');
    return named[1] === '{' ? `(?<${named[2]}>${any})` : `(?:${any})`;
  }
  const options = splitTop(word).map((option) => optionSource(option, script, depth));
  return options.length === 1 ? (options[0] ?? '') : `(?:${options.join('|')})`;
}

/** `a|b(s|ed)` → `a`, `b(s|ed)`. */
function splitTop(word: string): readonly string[] {
  return word.includes(')') ? (word.match(/(?:\([^)]*\)|[^|(])+/g) ?? []) : word.split('|');
}

function optionSource(option: string, script: Script, depth: number): string {
  if (/^[<{]/.test(option)) {
    if (!/[>}]$/.test(option)) throw new Error(`\`${option}\`: a list stands by itself`);
    return wordSource(option, script, depth);
  }
  const parts = /^([^(]*)(?:\(([^)]*)\))?(.*)$/.exec(option);
  const [, stem = '', endings, rest = ''] = parts ?? [];
  const tail = endings === undefined ? '' : `(?:${endings.split('|').map(plain).join('|')})?`;
  return `${plain(stem)}${tail}${plain(rest)}`;
}

const signs: Readonly<Record<string, string>> = {
  '-': '[- ]?',
  _: edge,
  NN: String.raw`(?<!\d)\d{1,2}(?!\d)`,
  NNNN: String.raw`(?<!\d)20\d\d(?!\d)`,
  N: String.raw`\d{1,6}(?:[.,]\d{1,6})?`,
  '*': String.raw`[\p{L}\p{N}']{0,30}`,
};

/** Letters stay as they are; signs are replaced by what they stand for. */
const plain = (text: string): string =>
  text.replace(
    /NNNN|NN(?!N)|[^\p{L}\p{M}]|N/gu,
    (sign) => signs[sign] ?? (/[.+?^${}()|[\]\\/]/.test(sign) ? `\\${sign}` : sign),
  );
