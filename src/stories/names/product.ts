// Which product a text names, as its lab writes it: the family with every word that makes it a different model.
import { type NamePart, readChain, type Setting } from './chain.ts';
import { hasHangul, normalise } from './fold.ts';
import type { Family, LabTable } from './labs.ts';
import type { Mention } from './mentions.ts';
import { acronyms, joining, ordinary, plainWords, variants } from './words.ts';

export interface Product {
  readonly family: Family;
  readonly version: string | null;
  /** Folded words that make it a different model, sorted, without duplicates. */
  readonly words: readonly string[];
  /** Null for the bare name of a family that has versions: it does not say which model is meant. */
  readonly name: string | null;
}

/** The text and tables from which the product is read. */
interface Source {
  readonly folded: string;
  /** The same text before lower-casing, with equal offsets; the folded text when lower-casing changed its length. */
  readonly written: string;
  readonly model: Mention;
  readonly models: readonly Mention[];
  readonly labs: LabTable;
}

interface ModelIn {
  readonly text: string;
  readonly model: Mention;
  readonly models: readonly Mention[];
}

/** `model` is one of `models`, found in the folded `text`. */
export function productOf({ text, model, models }: ModelIn, labs: LabTable, setting: Setting): Product {
  const plain = normalise(text);
  const folded = plain.toLowerCase();
  const source = { folded, written: plain.length === folded.length ? plain : folded, model, models, labs };
  const before = setting === 'repository' ? wordsBefore(source) : nextBefore(source);
  const behind = setting === 'repository' ? ownParts(source) : meantParts(source);
  const { family, chain } = model;
  const version = chain.version ?? behind.find(({ sort }) => sort === 'version')?.text ?? null;
  const words = [...before, ...behind].filter((part) => isTelling(part, family)).map((part) => part.text);
  return {
    family,
    version,
    words: [...new Set(words)].toSorted(),
    name: nameOf(source, before, behind, words.length === 0 && version === null),
  };
}

/** A word that makes it a different model: anything but a size, tuning, date, format or context length. */
function isTelling({ text, sort }: NamePart, family: Family): boolean {
  return (sort === 'word' || sort === 'unknown') && !joining.has(text) && !family.sizes.includes(text);
}

const pieces = /[a-z0-9]+(?:\.\d+)*/g;
const numeric = /^v?\d[\d.]*$/;

/** Spans of other families' names with their version: the models it is made from. */
function basesOf({ folded, model, models }: Source): readonly (readonly [start: number, end: number])[] {
  return models
    .filter(({ family }) => family !== model.family)
    .map(({ start, named }) => [
      start,
      named + (/^[-_ ]?v?\d[\d._]*(?![\d.]*[a-z])/.exec(folded.slice(named))?.[0].length ?? 0),
    ]);
}

/** In a repository name: the words before the family, without the lab's name and without what the model is made from. */
function wordsBefore(source: Source): readonly NamePart[] {
  const prefix = source.folded.slice(0, source.model.start);
  const labs = [...prefix.matchAll(source.labs.labNames)].map(({ 0: name, index }) => [index, index + name.length]);
  const left = [...labs, ...basesOf(source)];
  return [...prefix.matchAll(pieces)]
    .map(({ 0: text, index }): NamePart => ({ text, sort: 'unknown', start: index, end: index + text.length }))
    .filter(
      ({ start, text }) => !numeric.test(text) && !left.some(([from = 0, to = 0]) => start >= from && start < to),
    );
}

function ownParts(source: Source): readonly NamePart[] {
  const bases = basesOf(source);
  return source.model.chain.parts.filter(({ start }) => !bases.some(([from, to]) => start >= from && start < to));
}

/** In running text: a word of the family right before its name, such as Tiny Aya. */
function nextBefore({ folded, model }: Source): readonly NamePart[] {
  const [, text = ''] =
    /(?:^|[^\p{L}\p{N}])([a-z]+)[- ]$/u.exec(folded.slice(Math.max(0, model.start - 24), model.start)) ?? [];
  if (!model.family.words.includes(text)) return [];
  return [{ text, sort: 'word', start: model.start - 1 - text.length, end: model.start - 1 }];
}

const isUpper = (text: string): boolean => /\p{Lu}/u.test(text);

/** In running text: the pieces spelled like parts of a name, and unlisted words that continue the name. */
function meantParts(source: Source): readonly NamePart[] {
  const { folded, written, model } = source;
  const lower = !isUpper(written.slice(model.start, model.named));
  const meant = (part: NamePart): boolean =>
    part.sort !== 'word' ||
    lower ||
    plainWords.has(part.text) ||
    folded[part.start - 1] !== ' ' ||
    ((!ordinary.has(part.text) || model.family.words.includes(part.text)) &&
      isUpper(written.slice(part.start, part.end))) ||
    hasHangul(written.slice(part.start, part.end));
  const { parts } = model.chain;
  const stop = parts.findIndex((part) => !meant(part));
  return withoutPair(source, stop === -1 ? [...parts, ...continuation(source, model.chain.end)] : parts.slice(0, stop));
}

const pair = /^ (?:and|&|\+) ([a-z][a-z0-9]*)/;

/** Krea 2 Raw and Turbo: a release of two variants is named by what they have in common. */
function withoutPair({ folded, model: { family } }: Source, parts: readonly NamePart[]): readonly NamePart[] {
  const last = parts.at(-1);
  if (last?.sort !== 'word' || !parts.some(({ sort }) => sort === 'version')) return parts;
  const [, other = ''] = pair.exec(folded.slice(last.end, last.end + 32)) ?? [];
  return other !== '' && (family.vocabulary.has(other) || variants.has(other)) ? parts.slice(0, -1) : parts;
}

const further = /^[ -]((?:[A-Z][A-Za-z]*|[A-Z]?[a-z]+[A-Z][A-Za-z]*)\d*(?:\.\d+)?\+?)(?![\p{L}\p{N}'’])/u;
const furtherWords = 3;

/** Nemotron 3.5 Lightning: capitalised words after a name continue it, unless they are ordinary in headlines. */
function continuation({ written, folded, labs, model }: Source, from: number): readonly NamePart[] {
  const found: NamePart[] = [];
  let at = from;
  for (let count = 0; count < furtherWords; count += 1) {
    const word = further.exec(written.slice(at, at + 40))?.[1];
    if (word === undefined) break;
    const text = word.toLowerCase();
    // Granite Embedding Multilingual R2: from here on the family's own words are read as usual.
    if (count > 0 && readChain({ text: folded, start: at }, model.family, 'text').parts.length > 0) break;
    if (ordinary.has(text) || labs.labOf(text) !== undefined || labs.familyOf(text) !== undefined) break;
    found.push({ text, sort: 'unknown', start: at + 1, end: at + 1 + word.length });
    at += 1 + word.length;
  }
  if (found.length === 0) return [];
  const rest = readChain({ text: folded, start: at }, model.family, 'text').parts;
  // Nemotron 3.5 Content Safety: listed words continue the name as long as they are capitalised.
  const next = rest.findIndex(({ sort, start, end }) => sort !== 'word' || !isUpper(written.slice(start, end)));
  if (model.chain.version !== null) return [...found, ...(next === -1 ? rest : rest.slice(0, next))];
  return [...found, ...rest.filter(({ sort }) => sort !== 'word')];
}

/** The name as its lab writes it: the words in order, without format and size. */
function nameOf(
  source: Source,
  before: readonly NamePart[],
  behind: readonly NamePart[],
  bare: boolean,
): string | null {
  const { family } = source.model;
  const size = behind.find(({ sort }) => sort === 'size');
  if (bare && !family.unversioned)
    return size === undefined
      ? null
      : `${family.called} ${size.text.replace(/[bmte]/g, (letter) => letter.toUpperCase())}`;
  const telling = (part: NamePart): boolean => part.sort === 'version' || isTelling(part, family);
  // gpt-oss-safeguard: when the family's name is lower case and hyphenated, so are its words.
  const small = family.called === family.called.toLowerCase();
  const shown = (part: NamePart): string =>
    small ? `-${written(part, source).toLowerCase()}` : ` ${cased(part, source)}`;
  const first = before.filter(telling).map((part) => `${cased(part, source)} `);
  const last = behind.filter(telling).map((part) => {
    const glued = part.start === source.model.named && source.folded[part.start] === 'v' && part.sort === 'version';
    if (source.folded[part.start] === '+') return '+';
    return glued && /^\d/.test(part.text) ? cased(part, source) : shown(part);
  });
  return [...first, family.called, ...last].join('');
}

const written = ({ start, end }: NamePart, source: Source): string => source.written.slice(start, end);

function cased(part: NamePart, source: Source): string {
  if (part.sort === 'version') return versionShown(part, source);
  const own = written(part, source);
  if (isUpper(own) && !hasHangul(own)) return own;
  return acronyms.get(part.text) ?? `${part.text.charAt(0).toUpperCase()}${part.text.slice(1)}`;
}

/** A `v` that `version` leaves out is shown as written: Nano v2, DINOv3. A letter that belongs to the version is a capital. */
function versionShown({ text, start }: NamePart, { folded, written: own }: Source): string {
  const dropped = folded[start] === 'v' && /^\d/.test(text) ? (own[start] ?? '') : '';
  return `${dropped}${text.replace(/^[a-z]|(?<=\d)v$/g, (letter) => letter.toUpperCase())}`;
}
