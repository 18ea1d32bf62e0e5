// Reading what follows a family's name: version, size, variant words, format.
import { hasHangul, particles } from './fold.ts';
import type { Family } from './labs.ts';
import { formats, hangulWords, variants } from './words.ts';

export interface Chain {
  readonly version: string | null;
  readonly size: string | null;
  /** In the order they were read. */
  readonly words: readonly string[];
  readonly formats: readonly string[];
  /** Where in the text the name ends. */
  readonly end: number;
}

/** 'text': the name ends at the first word that is none of a name. 'repository': the rest of the line is the name. */
export type Setting = 'text' | 'repository';

const token =
  /v\d-\d(?![\d.a-z])|(?:0[1-9]|1[0-2])-20\d\d(?!\d)|20\d\d-[01]\d-[0-3]\d|i?q\d(?:_[a-z0-9]+)+|\d+(?:\.\d+)?x\d+(?:\.\d+)?[bm](?![a-z])|[a-z]*\d+(?:\.\d+|_\d+(?![\d.]*[a-z0-9]))*[a-z]*|[a-z][a-z0-9]*|[\uac00-\ud7a3]+/y;
const numbered = /^([a-z]*)(\d+(?:[._-]\d+)*)([a-z]*)$/;
const sized = /^([a-z])(\d+(?:\.\d+)?[bmt])$/;
const size = /^(?:\d+x)?\d+(?:\.\d+)?[bmt]$|^[ae]\d+(?:\.\d+)?b$/;
const experts = /^\d+e$/;
const context = /^\d+[km]$/;
const date = /^(?:\d{4}|\d{6}|\d{8}|\d\d-20\d\d|20\d\d-\d\d-\d\d)$/;
const quantised = /^i?q\d_\w+$/;
const counted =
  /^ ?(?:%|percent|times|million|billion|trillion|weeks?|months?|years?|days?|hours?|minutes?|people|users|satellites)\b/;
const particleOnly = new RegExp(`^${particles}`);
const calendar = /^ (?:week|month|year|quarter|summer|spring|autumn|fall|winter|mon|tue|wed|thu|fri|sat|sun)/;

interface Reading {
  version: string | null;
  readonly sizes: string[];
  readonly words: string[];
  readonly formats: string[];
}

/** Reads on from `start`, where the family's name ends in the folded text. */
export function readChain(text: string, start: number, family: Family, setting: Setting, limit = text.length): Chain {
  const reading: Reading = { version: null, sizes: [], words: [], formats: [] };
  let end = start;
  let at = start;
  let sizeEnd = -1;
  while (at < limit) {
    const from = skip(text, at, setting, at === start, family.brand);
    if (from === -1) break;
    token.lastIndex = from;
    const found = token.exec(text)?.[0];
    if (found === undefined) break;
    const after = from + found.length;
    if (after > limit) break;
    const taken = take(found, text, after, family, setting, reading, sizeEnd === at);
    if (taken === 'end') break;
    if (taken === 'size') sizeEnd = after;
    at = after;
    if (taken !== 'skipped') end = after;
    if (text[after] === '+' && taken === 'taken' && family.vocabulary.has(found)) {
      reading.words.push('plus');
      at = end = after + 1;
    }
  }
  return {
    version: reading.version,
    size: reading.sizes.length === 0 ? null : reading.sizes.join('-'),
    words: [...new Set(reading.words)],
    formats: [...new Set(reading.formats)],
    end,
  };
}

/** The start of the next token, or -1 where the name is over. */
function skip(text: string, at: number, setting: Setting, first: boolean, brand: boolean): number {
  let from = at;
  const allowed = setting === 'repository' ? /[^a-z0-9\uac00-\ud7a3]/ : first ? /[-_ .:()[\]'"®™]/ : /[-_ .:()[\]'"]/;
  while (from < text.length && allowed.test(text.charAt(from))) from += 1;
  const gap = text.slice(at, from);
  // A dash or colon and the end of a sentence part the name from what is said of it; `Mistral: Large 4` names the lab first.
  const parted = gap.includes(' - ') || (/[.:] /.test(gap) && !(first && brand && gap === ': '));
  if (setting === 'text' && (gap.length > 3 || parted)) return -1;
  return from;
}

function take(
  found: string,
  text: string,
  after: number,
  family: Family,
  setting: Setting,
  reading: Reading,
  besideSize: boolean,
): 'taken' | 'size' | 'skipped' | 'end' {
  if (hasHangul(found)) return takeHangul(found, family, reading);
  const rest = text.slice(after, after + 24);
  if (formats.has(found) || quantised.test(found)) return push(reading.formats, found);
  if (size.test(found)) return takeSize(found, rest, reading, besideSize);
  const [, letter, amount] = sized.exec(found) ?? [];
  if (letter !== undefined && amount !== undefined && family.words.includes(letter)) {
    reading.words.push(letter);
    return pushSize(reading, amount);
  }
  if (experts.test(found) && besideSize) return pushSize(reading, found);
  if (context.test(found)) return push(reading.words, found);
  if (date.test(found) && !(setting === 'text' && /^20[12]\d$/.test(found))) return push(reading.words, found);
  if (family.vocabulary.has(found) || variants.has(found)) {
    if (setting === 'text' && found === 'next' && calendar.test(rest)) return 'end';
    return push(reading.words, found);
  }
  const parts = numbered.exec(found);
  if (parts !== null) return takeNumber(parts, rest, family, setting, reading);
  return setting === 'repository' ? 'skipped' : 'end';
}

function takeHangul(found: string, family: Family, reading: Reading): 'taken' | 'end' {
  const exact = hangulWords.get(found);
  const known =
    exact ??
    [...hangulWords].find(([word]) => found.startsWith(word) && particleOnly.test(found.slice(word.length)))?.[1];
  if (known === undefined || !(variants.has(known) || family.vocabulary.has(known))) return 'end';
  reading.words.push(known);
  return exact === undefined ? 'end' : 'taken';
}

function takeSize(found: string, rest: string, reading: Reading, besideSize: boolean): 'taken' | 'size' | 'end' {
  if (/^ ?[€$£₩]|^ ?(?:달러|유로|원)/.test(rest)) return 'end';
  if (reading.sizes.length > 0 && !besideSize) return push(reading.words, found);
  return pushSize(reading, found);
}

function takeNumber(
  [found, letters = '', digits = '', suffix = '']: readonly string[],
  rest: string,
  family: Family,
  setting: Setting,
  reading: Reading,
): 'taken' | 'skipped' | 'end' {
  const otherwise = setting === 'repository' ? 'skipped' : 'end';
  if (setting === 'text') {
    const next = rest.charAt(0);
    // 그록 3월, 라마 2종: a number that counts something else.
    if (hasHangul(next) && !particleOnly.test(rest)) return 'end';
    if (counted.test(rest) || /^[,]\d/.test(rest)) return 'end';
  }
  const letter = letters === '' || letters === 'v' || family.letters.includes(letters);
  if (!letter && variants.has(letters)) {
    reading.words.push(letters);
    reading.version ??= digits;
    return 'taken';
  }
  const compound = variants.has(suffix);
  const fits = letter && (suffix === '' || compound || family.suffixes.includes(suffix)) && !/^\d{3,}/.test(digits);
  if (!fits || reading.version !== null) return otherwise;
  const kept = letters === 'v' && !family.letters.includes('v') ? '' : letters;
  reading.version = `${kept}${digits.replace(/[_-]/g, '.')}${compound ? '' : suffix}`;
  if (compound) reading.words.push(suffix);
  return found === undefined ? otherwise : 'taken';
}

function push(list: string[], found: string): 'taken' {
  list.push(found);
  return 'taken';
}

function pushSize(reading: Reading, found: string): 'size' {
  reading.sizes.push(found);
  return 'size';
}
