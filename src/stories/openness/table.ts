// The licences table: config/licences.yaml, validated and indexed.

import { parseTable } from '../table-text.ts';
import { type LicenceCue, type LicenceEntry, tableSchema } from './entry.ts';
import type { TextReading } from './reading.ts';
import { type Leeway, makeTemplate, type Template } from './template.ts';
import { licenceWords } from './words.ts';

interface Title {
  readonly folded: string;
  readonly entry: LicenceEntry;
}

/** The table, with indexes for what is looked up often. */
export interface LicenceTable {
  readonly entries: readonly LicenceEntry[];
  readonly byId: ReadonlyMap<string, LicenceEntry>;
  readonly byName: ReadonlyMap<string, LicenceEntry>;
  readonly byRepo: ReadonlyMap<string, LicenceEntry>;
  /** The longest link first. */
  readonly links: readonly { readonly begins: string; readonly entry: LicenceEntry }[];
  readonly titles: readonly Title[];
  /** The standard texts, prepared when the first text is to be recognised. */
  readonly templates: () => readonly Template[];
  readonly leeway: Leeway;
  /** Results by text, so that no text is compared twice. */
  readonly readings: Map<string, TextReading>;
  readonly cues: readonly LicenceCue[];
  readonly faces: readonly LicenceCue[];
}

/** The standard texts by SPDX identifier. */
export type StandardTexts = () => Readonly<Record<string, string>>;

/** Throws with every problem of the table at once: the table is part of the program, not of a user's configuration. */
export function readLicences(yamlText: string, texts: StandardTexts): LicenceTable {
  const table = tableSchema.parse(parseTable(yamlText));
  const { licences: entries } = table;
  const index = (keys: (entry: LicenceEntry) => readonly string[]) =>
    new Map(entries.toReversed().flatMap((entry) => keys(entry).map((key) => [foldName(key), entry] as const)));
  const titles = entries.flatMap((entry) => entry.titles.map((title) => ({ folded: foldTitle(title), entry })));
  const links = entries.flatMap((entry) => entry.links.map((begins) => ({ begins: begins.toLowerCase(), entry })));
  let templates: readonly Template[] | null = null;
  return {
    entries,
    byId: index((entry) => [entry.id, ...(entry.spdx === null ? [] : [bareSpdx(entry.spdx)]), ...entry.hf]),
    byName: index((entry) => entry.names),
    byRepo: index((entry) => entry.repos),
    links: links.toSorted((a, b) => b.begins.length - a.begins.length),
    // Of two titles that match equally well, the one with more requirements is more exact.
    titles: titles.toSorted((a, b) => b.folded.length - a.folded.length || b.entry.needs.length - a.entry.needs.length),
    templates: () => {
      templates ??= templatesOf(entries, texts());
      return templates;
    },
    leeway: {
      terms: new Set(table.terms),
      lacked: new Set(table.lacked),
      added: new Set(table.added),
      tails: table.tails,
    },
    readings: new Map(),
    cues: table.cues,
    faces: table.faces,
  };
}

function templatesOf(entries: readonly LicenceEntry[], texts: Readonly<Record<string, string>>): readonly Template[] {
  return entries.flatMap((entry) => {
    const text = entry.spdx === null ? undefined : texts[entry.spdx];
    return text === undefined ? [] : [makeTemplate(entry, text, licenceWords)];
  });
}

export const foldName = (text: string): string => text.toLowerCase().replace(/[-_\s.]+/g, '-');
export const bareSpdx = (id: string): string => id.replace(/-(?:only|or-later)$/i, '');

export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.+]+/gu, ' ')
    .trim();
}

/** A title in the form used for comparison, without words that people add or leave out at its beginning. */
export const foldTitle = (line: string): string => foldText(line).replace(/^(?:the|creative commons) /, '');
