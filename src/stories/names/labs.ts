// The labs table: config/labs.yaml, validated and indexed for reading names.
import { z } from 'zod';
import type { FamilyAddition, LabAddition, LabAdditions } from '../../types/labs.ts';
import { parseTable } from '../table-text.ts';
import { fold, hasHangul, particles, spellingPattern } from './fold.ts';

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
  program: z.boolean().default(false),
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
  watch: z.array(z.record(z.string(), z.unknown())).default([]),
  unwatched: z.string().min(1).optional(),
  families: z.array(familySchema),
});

export interface Family extends Readonly<Omit<z.infer<typeof familySchema>, 'called'>> {
  readonly called: string;
  readonly lab: string;
  /** The family has the same name as its lab: the name alone does not mean a model. */
  readonly brand: boolean;
  /** Words of `words`, `closed` and `tools` together. */
  readonly vocabulary: ReadonlySet<string>;
}

export interface Lab extends Readonly<Omit<z.infer<typeof labSchema>, 'families'>> {
  readonly families: readonly Family[];
}

/** Accounts that convert other people's models to formats for local use, by kind of source. */
const convertersSchema = z.strictObject({ huggingface: words, modelscope: words });

/** The table, with indexes for what is looked up often. */
export interface LabTable {
  readonly labs: readonly Lab[];
  readonly byId: ReadonlyMap<string, Lab>;
  readonly families: ReadonlyMap<string, Family>;
  /** Lower-case account → lab, older accounts included. */
  readonly byAccount: ReadonlyMap<string, Lab>;
  /** Matches a family's name at the start of a word in folded text; `familyOf` says which family it is. */
  readonly familyNames: RegExp;
  readonly familyOf: (found: string) => Family | undefined;
  readonly labNames: RegExp;
  /** `source:account`, in lower case. */
  readonly converters: ReadonlySet<string>;
  readonly labOf: (found: string) => Lab | undefined;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const fileSchema = z.strictObject({
  labs: z.array(labSchema).min(1),
  converters: convertersSchema.default({ huggingface: [], modelscope: [] }),
});

/** Throws with every problem of the table at once: the table is part of the program, not of a user's configuration. */
export function readLabs(yamlText: string, additions: LabAdditions = {}): LabTable {
  const read = fileSchema.parse(parseTable(yamlText));
  const labs = withAdditions(read.labs, additions).map((lab): Lab => {
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
    converters: new Set(
      Object.entries(read.converters).flatMap(([source, list]) => list.map((one) => `${source}:${one.toLowerCase()}`)),
    ),
    labNames: finder(labs.flatMap(called), ''),
    labOf: (found) => labBySpelling.get(key(found)),
  };
}

type WrittenLab = z.infer<typeof labSchema>;

const added = (known: readonly string[], more: readonly string[] | undefined): string[] => [
  ...new Set([...known, ...(more ?? [])]),
];

/** An account the user vouched for belongs to that lab alone, whatever the table says. */
function without(lab: WrittenLab, vouched: ReadonlySet<string>): WrittenLab {
  const others = (list: readonly string[]) => list.filter((account) => !vouched.has(account.toLowerCase()));
  return {
    ...lab,
    huggingface: others(lab.huggingface),
    github: others(lab.github),
    modelscope: others(lab.modelscope),
    formerly: others(lab.formerly),
  };
}

function withFamily(families: WrittenLab['families'], addition: FamilyAddition): WrittenLab['families'] {
  const known = families.find((family) => family.id === addition.id);
  const given = Object.fromEntries(Object.entries(addition).filter(([, value]) => value !== undefined));
  const family = familySchema.parse({ ...known, ...given });
  return known === undefined ? [...families, family] : families.map((one) => (one === known ? family : one));
}

function withAddition(lab: WrittenLab, more: LabAddition): WrittenLab {
  return {
    ...lab,
    names: added(lab.names, more.names),
    people: added(lab.people, more.people),
    zone: more.zone ?? lab.zone,
    sites: added(lab.sites, more.sites),
    huggingface: added(lab.huggingface, more.huggingface),
    github: added(lab.github, more.github),
    modelscope: added(lab.modelscope, more.modelscope),
    formerly: added(lab.formerly, more.formerly),
    families: (more.families ?? []).reduce(withFamily, lab.families),
  };
}

function withAdditions(table: readonly WrittenLab[], additions: LabAdditions): readonly WrittenLab[] {
  const all = Object.entries(additions);
  if (all.length === 0) return table;
  const vouched = new Set(
    all.flatMap(([, lab]) =>
      [lab.huggingface, lab.github, lab.modelscope, lab.formerly].flatMap((list) =>
        (list ?? []).map((account) => account.toLowerCase()),
      ),
    ),
  );
  const known = new Map(table.map((lab) => [lab.id, without(lab, vouched)]));
  // Ids of families are unique: when another lab already has the id, the added family gets its lab's name in front.
  const taken = new Map(table.flatMap((lab) => lab.families.map((family) => [family.id, lab.id] as const)));
  for (const [name, addition] of all) {
    const before = known.get(name) ?? labSchema.parse({ id: name, names: [name], zone: 'UTC', families: [] });
    const families = (addition.families ?? []).map((family) =>
      (taken.get(family.id) ?? name) === name
        ? family
        : { ...family, id: `${name}-${family.id}`, names: family.names ?? [family.id] },
    );
    known.set(name, withAddition(before, { ...addition, families }));
  }
  return [...known.values()];
}

/** What `lab: ID` stands for: its accounts, and the feeds and pages of the table; null = no such lab. */
export function watchesOfLab(table: LabTable, name: string): readonly Readonly<Record<string, unknown>>[] | null {
  const lab = table.byId.get(name);
  if (lab === undefined) return null;
  const named = (kind: string, list: readonly string[]) => list.map((account) => ({ [kind]: account }));
  return [
    ...named('huggingface', lab.huggingface),
    ...named('github', lab.github),
    ...named('modelscope', lab.modelscope),
    ...lab.watch,
  ];
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

/** A name without case and separators, the key under which names are looked up. */
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

/** Stands in for the family when reading a name of no known family. */
export const noFamily: Family = familyIn('', new Set(), familySchema.parse({ id: 'none' }));

/** Words that may follow a family's name without a separator: HunyuanImage, WanVideo. */
const compounds = '(?=(?:image|video|vision|world|coder|ocr|audio|omni|voice|embed(?:ding)?)(?![a-z]))';

function finder(names: readonly string[], joined: string): RegExp {
  const longestFirst = names.toSorted((one, other) => other.length - one.length);
  const latin = longestFirst.filter((name) => !hasHangul(name)).map(spellingPattern);
  const hangul = longestFirst.filter(hasHangul).map(spellingPattern);
  const latinEnd = `(?:(?![a-z0-9])|(?=[a-z]?\\d)${joined === '' ? '' : `|${joined}`})`;
  const latinPart = `(?<![a-z0-9])(?:${latin.join('|')})${joined === '' ? '(?![a-z0-9])' : latinEnd}`;
  const hangulPart = `(?<![\\uac00-\\ud7a3a-z0-9])(?:${hangul.join('|')})(?=[^\\uac00-\\ud7a3]|$|${particles})`;
  return new RegExp(`${latinPart}|${hangulPart}`, 'g');
}
