// The table of licences: config/licences.yaml, checked, and put in order for looking things up.
import { parse } from 'yaml';
import { z } from 'zod';

const words = z.array(z.string().min(1)).default([]);
const limits = [
  'mau',
  'revenue',
  'territory',
  'use-policy',
  'naming',
  'display',
  'no-train-others',
  'hosting',
  'register',
  'notify',
  'share-alike',
  'revocable',
] as const;

const entrySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  name: z.string().min(1),
  spdx: z.string().nullable().default(null),
  hf: words,
  repos: words,
  names: words,
  titles: words,
  phrases: words,
  needs: words,
  class: z.enum(['osi', 'open-data', 'permissive-with-limits', 'non-commercial', 'research-only', 'none']),
  commercial: z.enum(['yes', 'conditional', 'no', 'unknown']),
  condition: z
    .string()
    .refine((text) => text.split(/\s+/).length <= 5, 'at most five words')
    .nullable()
    .default(null),
  territory: z.string().nullable().default(null),
  limits: z.array(z.enum(limits)).default([]),
});

export type LicenceEntry = Readonly<z.infer<typeof entrySchema>>;

interface Title {
  readonly folded: string;
  readonly entry: LicenceEntry;
}

/** The table, with what is looked up often put in order once. */
export interface LicenceTable {
  readonly entries: readonly LicenceEntry[];
  readonly byId: ReadonlyMap<string, LicenceEntry>;
  readonly byName: ReadonlyMap<string, LicenceEntry>;
  readonly byRepo: ReadonlyMap<string, LicenceEntry>;
  readonly titles: readonly Title[];
}

/** Throws with every problem of the table at once: it is part of the program, not of anybody's configuration. */
export function readLicences(yamlText: string): LicenceTable {
  const { licences: entries } = z.strictObject({ licences: z.array(entrySchema).min(1) }).parse(parse(yamlText));
  const index = (keys: (entry: LicenceEntry) => readonly string[]) =>
    new Map(entries.toReversed().flatMap((entry) => keys(entry).map((key) => [foldName(key), entry] as const)));
  const titles = entries.flatMap((entry) => entry.titles.map((title) => ({ folded: foldTitle(title), entry })));
  return {
    entries,
    byId: index((entry) => [entry.id, ...(entry.spdx === null ? [] : [bareSpdx(entry.spdx)]), ...entry.hf]),
    byName: index((entry) => entry.names),
    byRepo: index((entry) => entry.repos),
    // Of two that match alike, the one with a further demand is the more exact.
    titles: titles.toSorted((a, b) => b.folded.length - a.folded.length || b.entry.needs.length - a.entry.needs.length),
  };
}

export const foldName = (text: string): string => text.toLowerCase().replace(/[-_\s.]+/g, '-');
export const bareSpdx = (id: string): string => id.replace(/-(?:only|or-later)$/i, '');

export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim();
}

/** A title as it is compared: without what people put before it or leave out. */
export const foldTitle = (line: string): string => foldText(line).replace(/^(?:the|creative commons) /, '');
