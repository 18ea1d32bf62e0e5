// Reads what follows a family's name: version, size, variant words, format.
import { hasHangul, particles } from './fold.ts';
import type { Family } from './labs.ts';
import { formats, hangulWords, variants } from './words.ts';

/** One piece of a name, at its place in the folded text. */
export interface NamePart {
  readonly text: string;
  /** 'unknown': a word that is not listed; it is kept only in the name of a repository. */
  readonly sort: 'version' | 'size' | 'date' | 'context' | 'format' | 'word' | 'unknown';
  readonly start: number;
  readonly end: number;
}

export interface Chain {
  readonly version: string | null;
  readonly size: string | null;
  /** In the order of the text. */
  readonly words: readonly string[];
  readonly formats: readonly string[];
  /** Every piece, in order. */
  readonly parts: readonly NamePart[];
  /** Offset in the text where the name ends. */
  readonly end: number;
}

/** 'text': the name ends at the first word that cannot be part of one. 'repository': all that follows belongs to the name. */
export type Setting = 'text' | 'repository';

const token =
  /v\d-\d(?![\d.a-z])|(?:0[1-9]|1[0-2])-20\d\d(?!\d)|20\d\d-[01]\d-[0-3]\d|i?q\d(?:_[a-z0-9]+)+|\d+(?:\.\d+)?x\d+(?:\.\d+)?[bm](?![a-z])|[a-z]*\d+(?:\.\d+|_\d+(?![\d.]*[a-z0-9]))*[a-z]*|[a-z][a-z0-9]*|[\uac00-\ud7a3]+/y;
const numbered = /^([a-z]*)(\d+(?:[._-]\d+)*)([a-z]*)$/;
const sized = /^([a-z])(\d+(?:\.\d+)?[bmt])$/;
const size = /^(?:\d+x)?\d+(?:\.\d+)?[bmt]$|^[ae]\d+(?:\.\d+)?b$/;
const experts = /^\d+e$/;
const context = /^\d+[km]$/;
const date = /^(?:\d{4}|\d{6}|\d{8}|\d\d-20\d\d|20\d\d-\d\d-\d\d)$/;
export const quantised = /^i?q\d_\w+$/;
const counted =
  /^ ?(?:%|percent|times|million|billion|trillion|weeks?|months?|years?|days?|hours?|minutes?|people|users|satellites)\b/;
const particleOnly = new RegExp(`^${particles}`);
const calendar = /^ (?:week|month|year|quarter|summer|spring|autumn|fall|winter|mon|tue|wed|thu|fri|sat|sun)/;

/** `2-1` is read as 2.1 when the name has no other version: stable-diffusion-2-1, granite-3-1-8b. */
const hyphened = /\d{1,2}-\d(?![\d.a-z_])/y;

interface Reading {
  version: string | null;
  readonly sizes: string[];
  readonly words: string[];
  readonly formats: string[];
  readonly parts: NamePart[];
}

/** A token, its offset, and the text right after it. */
interface Token {
  readonly found: string;
  readonly at: number;
  readonly rest: string;
}

interface ChainText {
  readonly text: string;
  readonly start: number;
  readonly limit?: number;
}

/** Reads from `start`, the offset in the folded text where the family's name ends. */
export function readChain({ text, start, limit = text.length }: ChainText, family: Family, setting: Setting): Chain {
  const reading: Reading = { version: null, sizes: [], words: [], formats: [], parts: [] };
  let end = start;
  let at = start;
  let sizeEnd = -1;
  while (at < limit) {
    const from = skip(text, at, setting, { first: at === start, brand: family.brand });
    if (from === -1) break;
    const found = tokenAt(text, from, setting === 'repository' && reading.version === null);
    if (found === undefined) break;
    const after = from + found.length;
    if (after > limit) break;
    const taken = take(
      { found, at: from, rest: text.slice(after, after + 24) },
      { family, setting, besideSize: sizeEnd === at },
      reading,
    );
    if (taken === 'end') break;
    if (taken === 'size') sizeEnd = after;
    if (taken === 'skipped') reading.parts.push({ text: found, sort: 'unknown', start: from, end: after });
    at = after;
    if (taken !== 'skipped') end = after;
    if (text[after] === '+' && taken === 'taken' && family.vocabulary.has(found)) {
      add(reading, { sort: 'word', text: 'plus', start: after, end: after + 1 });
      at = end = after + 1;
    }
  }
  return {
    version: reading.version,
    size: reading.sizes.length === 0 ? null : reading.sizes.join('-'),
    words: [...new Set(reading.words)],
    formats: [...new Set(reading.formats)],
    parts: reading.parts,
    end,
  };
}

function tokenAt(text: string, from: number, unnumbered: boolean): string | undefined {
  hyphened.lastIndex = from;
  const pair = unnumbered ? hyphened.exec(text)?.[0] : undefined;
  if (pair !== undefined) return pair;
  token.lastIndex = from;
  return token.exec(text)?.[0];
}

interface PartAt {
  readonly sort: NamePart['sort'];
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Adds a piece to the reading; returns how it was taken. */
function add(reading: Reading, { sort, text, start, end }: PartAt): 'taken' | 'size' {
  reading.parts.push({ text, sort, start, end });
  if (sort === 'size') reading.sizes.push(text);
  else if (sort === 'format') reading.formats.push(text);
  else if (sort !== 'version' && sort !== 'context') reading.words.push(text);
  return sort === 'size' ? 'size' : 'taken';
}

interface SkipFrom {
  readonly first: boolean;
  readonly brand: boolean;
}

/** The start of the next token; -1 where the name ends. */
function skip(text: string, at: number, setting: Setting, { first, brand }: SkipFrom): number {
  let from = at;
  const allowed = setting === 'repository' ? /[^a-z0-9\uac00-\ud7a3]/ : first ? /[-_ .:()[\]'"®™]/ : /[-_ .:()[\]'"]/;
  while (from < text.length && allowed.test(text.charAt(from))) from += 1;
  const gap = text.slice(at, from);
  // A spaced dash, a colon or the end of a sentence ends the name; but in `Mistral: Large 4` the lab stands before the colon.
  const parted = gap.includes(' - ') || (/[.:] /.test(gap) && !(first && brand && gap === ': '));
  if (setting === 'text' && (gap.length > 3 || parted)) return -1;
  return from;
}

interface TokenPlace {
  readonly family: Family;
  readonly setting: Setting;
  readonly besideSize: boolean;
}

function take(
  token: Token,
  { family, setting, besideSize }: TokenPlace,
  reading: Reading,
): 'taken' | 'size' | 'skipped' | 'end' {
  const { found, at, rest } = token;
  const end = at + found.length;
  if (hasHangul(found)) return takeHangul(token, family, reading);
  if (formats.has(found) || quantised.test(found)) return add(reading, { sort: 'format', text: found, start: at, end });
  if (size.test(found)) return takeSize(token, reading, besideSize);
  const [, letter, amount] = sized.exec(found) ?? [];
  if (letter !== undefined && amount !== undefined && family.words.includes(letter)) {
    add(reading, { sort: 'word', text: letter, start: at, end: at + 1 });
    return add(reading, { sort: 'size', text: amount, start: at + 1, end });
  }
  if (experts.test(found) && besideSize) return add(reading, { sort: 'size', text: found, start: at, end });
  if (context.test(found)) return add(reading, { sort: 'context', text: found, start: at, end });
  if (date.test(found) && !(setting === 'text' && /^20[12]\d$/.test(found)))
    return add(reading, { sort: 'date', text: found, start: at, end });
  if (family.vocabulary.has(found) || variants.has(found)) {
    if (setting === 'text' && found === 'next' && calendar.test(rest)) return 'end';
    return add(reading, { sort: 'word', text: found, start: at, end });
  }
  return takeNumber(token, family, setting, reading);
}

function takeHangul({ found, at }: Token, family: Family, reading: Reading): 'taken' | 'end' {
  const exact = hangulWords.get(found);
  const [written, known] =
    exact === undefined
      ? ([...hangulWords].find(([word]) => found.startsWith(word) && particleOnly.test(found.slice(word.length))) ?? [])
      : [found, exact];
  if (written === undefined || known === undefined) return 'end';
  if (!(variants.has(known) || family.vocabulary.has(known))) return 'end';
  add(reading, { sort: 'word', text: known, start: at, end: at + written.length });
  return exact === undefined ? 'end' : 'taken';
}

function takeSize({ found, at, rest }: Token, reading: Reading, besideSize: boolean): 'taken' | 'size' | 'end' {
  if (/^ ?[€$£₩]|^ ?(?:달러|유로|원)/.test(rest)) return 'end';
  const end = at + found.length;
  // 2B-4T: the number of tokens it was trained on, not its size.
  const tokens = found.endsWith('t') && reading.sizes.length > 0;
  if (tokens || (reading.sizes.length > 0 && !besideSize))
    return add(reading, { sort: 'context', text: found, start: at, end });
  return add(reading, { sort: 'size', text: found, start: at, end });
}

function takeNumber(
  { found, at, rest }: Token,
  family: Family,
  setting: Setting,
  reading: Reading,
): 'taken' | 'size' | 'skipped' | 'end' {
  const otherwise = setting === 'repository' ? 'skipped' : 'end';
  const [, letters = '', digits, suffix = ''] = numbered.exec(found) ?? [];
  if (digits === undefined) return otherwise;
  if (setting === 'text') {
    const next = rest.charAt(0);
    // 그록 3월 (March), 라마 2종 (two kinds): the number counts something else.
    if (hasHangul(next) && !particleOnly.test(rest)) return 'end';
    if (counted.test(rest) || /^[,]\d/.test(rest)) return 'end';
  }
  const end = at + found.length;
  const letter = letters === '' || letters === 'v' || family.letters.includes(letters);
  if (!letter && variants.has(letters)) {
    const numberAt = at + letters.length;
    add(reading, { sort: 'word', text: letters, start: at, end: numberAt });
    if (reading.version !== null) return 'taken';
    reading.version = digits;
    return add(reading, { sort: 'version', text: digits, start: numberAt, end });
  }
  const compound = variants.has(suffix);
  const fits = letter && (suffix === '' || compound || family.suffixes.includes(suffix)) && !/^\d{3,}/.test(digits);
  if (!fits || reading.version !== null) return otherwise;
  const kept = letters === 'v' && !family.letters.includes('v') ? '' : letters;
  reading.version = `${kept}${digits.replace(/[_-]/g, '.')}${compound ? '' : suffix}`;
  const wordAt = compound ? end - suffix.length : end;
  add(reading, { sort: 'version', text: reading.version, start: at, end: wordAt });
  if (compound) add(reading, { sort: 'word', text: suffix, start: wordAt, end });
  return 'taken';
}
