// Reads names, headlines and dates with the tables that ship with the program.

import { nearest } from '../config/spelling.ts';
import { watchesOfLab } from '../stories/names/labs.ts';
import { type NameReader, openNames } from '../stories/names/read.ts';
import { readTables, type Tables, type TableTexts } from '../stories/tables.ts';
import type { Target } from '../types/core.ts';
import type { LabAdditions, LabNames } from '../types/labs.ts';
import { ownTable } from './files.ts';

/** By the additions to the lab table. */
const opened = new Map<string, NameReader>();

const ownTexts = (added: LabAdditions): TableTexts => ({
  labs: ownTable('labs'),
  english: ownTable('headlines-en'),
  korean: ownTable('headlines-ko'),
  datesEnglish: ownTable('dates-en'),
  datesKorean: ownTable('dates-ko'),
  support: ownTable('support'),
  added,
});

/** `config.labs`: additions to the lab table, looked up at every reading. The tables are loaded when first needed. */
export function createReader(config: { readonly labs: LabAdditions } = { labs: {} }): NameReader {
  let last: { readonly labs: LabAdditions; readonly reader: NameReader } | null = null;
  const open = (): NameReader => {
    if (last?.labs === config.labs) return last.reader;
    const key = JSON.stringify(config.labs);
    const reader = opened.get(key) ?? openNames(ownTexts(config.labs));
    opened.set(key, reader);
    last = { labs: config.labs, reader };
    return reader;
  };
  return {
    read: (observation, at) => open().read(observation, at),
    readModel: (name, lab) => open().readModel(name, lab),
    windowOf: (words, said) => open().windowOf(words, said),
    labOf: (address) => open().labOf(address),
    senseOf: (address) => open().senseOf(address),
    isConverter: (source, account) => open().isConverter(source, account),
    supportedIn: (title) => open().supportedIn(title),
  };
}

export function ownTables(added: LabAdditions = {}): Tables {
  return readTables(ownTexts(added));
}

/** The accounts of all known labs at one kind of source. */
export function labAccounts(added: LabAdditions): (kind: string) => readonly string[] {
  let tables: Tables | null = null;
  const lists = new Map<string, readonly string[]>();
  return (kind) => {
    if (kind !== 'huggingface' && kind !== 'github' && kind !== 'modelscope') return [];
    tables ??= ownTables(added);
    // On ModelScope an account is listed only where its name differs from that on the other hub.
    const more = kind === 'modelscope' ? 'huggingface' : kind;
    const list = lists.get(kind) ?? [
      ...new Set([...tables.byId.values()].flatMap((lab) => [...lab[kind], ...lab[more], ...lab.formerly])),
    ];
    lists.set(kind, list);
    return list;
  };
}

/** The known lab account that a misspelt one resembles most; null when the account itself is known. */
export const nearestAccount = (config: { readonly labs: LabAdditions }, { source, address }: Target): string | null => {
  const [owner = ''] = address.split('/');
  const accounts = labAccounts(config.labs)(source);
  return accounts.some((one) => one.toLowerCase() === owner.toLowerCase()) ? null : nearest(owner, accounts);
};

/** The watches that `lab: ID` in a configuration stands for. */
export function labWatches(added: LabAdditions): (id: string) => ReturnType<typeof watchesOfLab> {
  let tables: Tables | null = null;
  return (id) => {
    tables ??= ownTables(added);
    return watchesOfLab(tables, id);
  };
}

/** Display names of labs; the table is loaded when first needed. */
export function labNames(added: LabAdditions = {}): LabNames {
  let tables: Tables | null = null;
  const labs = (): Tables => {
    tables ??= ownTables(added);
    return tables;
  };
  return {
    nameOf: (id) => labs().byId.get(id)?.names[0] ?? id,
    idOf: (written) => {
      const known = labs();
      const wanted = written.trim().toLowerCase();
      if (known.byId.has(wanted)) return wanted;
      const named = known.labs.find(({ names }) => names.some((name) => name.toLowerCase() === wanted));
      return named?.id ?? known.byAccount.get(wanted)?.id ?? null;
    },
  };
}

/** Discord's limit for the value of a choice. */
const valueMost = 100;

/** Known labs' addresses for a kind of watch, as suggestions with display names: `xAI · xai-org`. */
export function labSuggestions(
  added: LabAdditions = {},
): (kind: string, typed: string) => readonly { readonly name: string; readonly value: string }[] {
  let tables: Tables | null = null;
  const addressOf = (entry: Readonly<Record<string, unknown>>, kind: string): string | null => {
    const { [kind]: address, select } = entry;
    if (typeof address !== 'string') return null;
    return typeof select === 'string' ? `${address} ${select}` : address;
  };
  return (kind, typed) => {
    tables ??= ownTables(added);
    const wanted = typed.trim().toLowerCase();
    const found: { readonly name: string; readonly value: string }[] = [];
    for (const lab of tables.labs) {
      const called = lab.names[0] ?? lab.id;
      const words = [lab.id, ...lab.names].join(' ').toLowerCase();
      const entries = kind === 'lab' ? [] : (watchesOfLab(tables, lab.id) ?? []);
      const values = kind === 'lab' ? [lab.id] : entries.flatMap((entry) => addressOf(entry, kind) ?? []);
      for (const value of new Set(values)) {
        if (value.length > valueMost || !`${words} ${value.toLowerCase()}`.includes(wanted)) continue;
        found.push({ name: kind === 'lab' ? called : `${called} · ${value}`.slice(0, valueMost), value });
      }
    }
    if (kind === 'discover') found.push(...discoveries.filter(({ value }) => value.includes(wanted)));
    return found;
  };
}

const discoveries = [
  { name: 'Hugging Face', value: 'huggingface' },
  { name: 'GitHub · topic:llm stars:>500', value: 'github topic:llm stars:>500' },
];
