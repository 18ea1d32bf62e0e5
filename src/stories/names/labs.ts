// The table of laboratories: config/labs.yaml, checked, and put in order for reading names.
import { parse } from 'yaml';
import { z } from 'zod';
import { fold, hasHangul, particles, spelling } from './fold.ts';

const words = z.array(z.string().min(1)).default([]);
const id = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/);

const familySchema = z.strictObject({
  id,
  names: words,
  called: z.string().min(1).optional(),
  unversioned: z.boolean().default(false),
  weights: z.enum(['open', 'mixed', 'closed']).default('open'),
  closed: words,
  tools: words,
  words,
  sizes: words,
  lines: words,
  letters: words,
  suffixes: words,
  needs: z.enum(['nothing', 'any', 'version', 'lab']).default('nothing'),
  not: words,
  aliases: z.record(z.string(), z.string()).default({}),
});

const labSchema = z.strictObject({
  id,
  names: words,
  people: words,
  zone: z.string().refine(isZone, 'not an IANA time zone'),
  sites: words,
  huggingface: words,
  github: words,
  modelscope: words,
  formerly: words,
  families: z.array(familySchema),
});

export interface Family extends Readonly<Omit<z.infer<typeof familySchema>, 'called'>> {
  readonly called: string;
  readonly lab: string;
  /** The family goes by the same name as its lab: alone, the name says nothing about a model. */
  readonly brand: boolean;
  /** Words of `words`, `closed` and `tools` together. */
  readonly vocabulary: ReadonlySet<string>;
}

export interface Lab extends Readonly<Omit<z.infer<typeof labSchema>, 'families'>> {
  readonly families: readonly Family[];
}

/** The table, with what is looked up often put in order once. */
export interface LabTable {
  readonly labs: readonly Lab[];
  readonly byId: ReadonlyMap<string, Lab>;
  readonly families: ReadonlyMap<string, Family>;
  /** Lower-case account → lab, older accounts included. */
  readonly byAccount: ReadonlyMap<string, Lab>;
  /** Finds a family's name at a word start in folded text; `spellings` says whose it is. */
  readonly familyNames: RegExp;
  readonly familyOf: (found: string) => Family | undefined;
  readonly labNames: RegExp;
  readonly labOf: (found: string) => Lab | undefined;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Throws with every problem of the table at once: it is part of the program, not of anybody's configuration. */
export function readLabs(yamlText: string): LabTable {
  const read = z.strictObject({ labs: z.array(labSchema).min(1) }).parse(parse(yamlText));
  const labs = read.labs.map((lab): Lab => {
    const own = new Set(lab.names.map(key));
    return { ...lab, families: lab.families.map((family) => familyIn(lab.id, own, family)) };
  });
  const families = labs.flatMap((lab) => lab.families);
  const called = (lab: Lab) => [...lab.names, ...lab.people];
  const familyBySpelling = index(families, spellings);
  const labBySpelling = index(labs, called);
  const accounts = (lab: Lab) => [...lab.huggingface, ...lab.github, ...lab.modelscope, ...lab.formerly];
  return {
    labs,
    byId: unique(labs, (lab) => lab.id),
    families: unique(families, (family) => family.id),
    byAccount: new Map(labs.flatMap((lab) => accounts(lab).map((account) => [account.toLowerCase(), lab] as const))),
    familyNames: finder(families.flatMap(spellings), compounds),
    familyOf: (found) => familyBySpelling.get(key(found)),
    labNames: finder(labs.flatMap(called), ''),
    labOf: (found) => labBySpelling.get(key(found)),
  };
}

function familyIn(lab: string, labNames: ReadonlySet<string>, family: z.infer<typeof familySchema>): Family {
  const vocabulary = [...family.words, ...family.closed, ...family.tools];
  const called = family.called ?? family.id.charAt(0).toUpperCase() + family.id.slice(1);
  return {
    ...family,
    called,
    lab,
    brand: spellings(family).some((name) => labNames.has(key(name))),
    vocabulary: new Set(vocabulary),
  };
}

const spellings = ({
  id: own,
  names,
}: {
  readonly id: string;
  readonly names: readonly string[];
}): readonly string[] => (names.length > 0 ? names : [own]);

/** A name without its separators: what is found is looked up by it. */
const key = (name: string): string => fold(name).replace(/[^\p{L}\p{N}]/gu, '');

function index<T>(all: readonly T[], names: (one: T) => readonly string[]) {
  const found = new Map<string, T>();
  for (const one of all) for (const name of names(one)) if (!found.has(key(name))) found.set(key(name), one);
  return found;
}

function unique<T>(all: readonly T[], name: (one: T) => string): ReadonlyMap<string, T> {
  const map = new Map(all.map((one) => [name(one), one]));
  if (map.size !== all.length) throw new Error(`labs: an id occurs twice among ${all.map(name).join(', ')}`);
  return map;
}

/** Reads a name of which no family is known. */
export const noFamily: Family = familyIn('', new Set(), familySchema.parse({ id: 'none' }));

/** What may be written to a family's name without a separator: HunyuanImage, WanVideo. */
const compounds = '(?=(?:image|video|vision|coder|ocr|audio|omni|voice|embed(?:ding)?)(?![a-z]))';

function finder(names: readonly string[], joined: string): RegExp {
  const longestFirst = names.toSorted((one, other) => other.length - one.length);
  const latin = longestFirst.filter((name) => !hasHangul(name)).map(spelling);
  const hangul = longestFirst.filter(hasHangul).map(spelling);
  const latinEnd = `(?:(?![a-z0-9])|(?=[a-z]?\\d)${joined === '' ? '' : `|${joined}`})`;
  const latinPart = `(?<![a-z0-9])(?:${latin.join('|')})${joined === '' ? '(?![a-z0-9])' : latinEnd}`;
  const hangulPart = `(?<![\\uac00-\\ud7a3a-z0-9])(?:${hangul.join('|')})(?=[^\\uac00-\\ud7a3]|$|${particles})`;
  return new RegExp(`${latinPart}|${hangulPart}`, 'g');
}
