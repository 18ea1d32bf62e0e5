// What each place says about the licence: the text, what a link leads to, the card's fields, the tags.
import type { Facts } from '../../types/core.ts';
import type { LicenceClass } from '../../types/story.ts';
import type { StatedTerms } from './cue.ts';
import type { LicenceEntry } from './entry.ts';
import { linkedEntry, linkedRepo } from './link.ts';
import { bareSpdx, foldName, type LicenceTable } from './table.ts';
import { termsOfName } from './terms.ts';
import { readText } from './text.ts';

export type LicenceStatementSource =
  | 'text'
  | 'link text'
  | 'link'
  | 'license_name'
  | 'license'
  | 'tag'
  | 'table'
  | 'code licence';

export interface LicenceStatement {
  readonly source: LicenceStatementSource;
  /** Null when it is not in the table. */
  readonly entry: LicenceEntry | null;
  /** Its own name when it is not in the table; null = none. */
  readonly ownName: string | null;
  readonly class: LicenceClass;
  readonly commercial: LicenceEntry['commercial'];
  readonly condition: string | null;
  /** Names no more than a family of licences, or nothing. */
  readonly vague: boolean;
  /** A text that is not in the table and whose wording states no known terms. */
  readonly unread: boolean;
  /** Where it was found, when that is not the model's own page. */
  readonly url: string | null;
  readonly text: string | null;
  /** All identifiers of a list, the most restrictive first. */
  readonly all: readonly string[];
}

type Where = Pick<LicenceStatement, 'source' | 'url'>;

function byEntry(entry: LicenceEntry, where: Where, text: string | null = null): LicenceStatement {
  const { class: kind, commercial, condition, vague } = entry;
  return {
    ...where,
    entry,
    ownName: null,
    class: kind,
    commercial,
    condition,
    vague,
    unread: false,
    text,
    all: [entry.id],
  };
}

function byName(
  ownName: string | null,
  terms: StatedTerms | null,
  where: Where,
  text: string | null = null,
): LicenceStatement {
  return {
    ...where,
    entry: null,
    ownName,
    class: terms?.class ?? 'none',
    commercial: terms?.commercial ?? 'unknown',
    condition: terms?.condition ?? null,
    vague: false,
    unread: terms === null,
    text,
    all: ownName === null ? [] : [ownName],
  };
}

/** `owner`: the owner of the repository, used when the text does not say whose it is. */
export function ofText(text: string, where: Where, table: LicenceTable, owner: string | null): LicenceStatement {
  const read = readText(text, table);
  switch (read.kind) {
    case 'known':
    case 'named':
      return byEntry(read.entry, where, text);
    case 'modified': {
      const whose = read.whose ?? owner;
      const name = `modified ${read.base.id}${whose === null ? '' : ` (${whose})`}`;
      const terms = read.terms ?? { class: 'permissive-with-limits', commercial: 'unknown', condition: null };
      return byName(name, terms, where, text);
    }
    case 'own':
      return byName(read.name, read.terms ?? (read.name === null ? null : termsOfName(read.name, table)), where, text);
  }
}

/** Values of the name field that are not names. */
const noNames = new Set([
  '',
  'custom',
  'license',
  'licence',
  'n-a',
  'na',
  'none',
  'other',
  'tbd',
  'unknown',
  'see-license',
]);

export function ofName(name: string, table: LicenceTable): LicenceStatement | null {
  const where = { source: 'license_name', url: null } as const;
  const folded = foldName(name.trim());
  if (noNames.has(folded)) return null;
  const entry = table.byName.get(folded) ?? table.byId.get(folded);
  return entry === undefined ? byName(name, termsOfName(name, table), where) : byEntry(entry, where);
}

/** A list of identifiers counts as its strictest. */
export function ofIdentifiers(
  ids: readonly string[],
  source: 'license' | 'tag',
  table: LicenceTable,
): LicenceStatement | null {
  const where = { source, url: null } as const;
  const each = ids.map((id): LicenceStatement => {
    const known = table.byId.get(foldName(bareSpdx(id))) ?? table.byName.get(foldName(id));
    if (known !== undefined) return byEntry(known, where);
    const other = table.byId.get('other');
    return id.toUpperCase() === 'NOASSERTION' && other !== undefined
      ? byEntry(other, where)
      : byName(id, termsOfName(id, table), where);
  });
  const [worst, ...rest] = each.toSorted((a, b) => strictness(b) - strictness(a));
  return worst === undefined ? null : { ...worst, all: [worst, ...rest].flatMap((one) => one.all) };
}

/** What a link says without being fetched: an address in the table, or the wording of the file's name. */
export function ofLink(link: string, table: LicenceTable): LicenceStatement | null {
  const where = { source: 'link', url: link } as const;
  const entry = linkedEntry(link, table);
  if (entry !== undefined) return byEntry(entry, where);
  const file = decoded(link.split(/[?#]/)[0]?.split('/').at(-1) ?? '').replace(/\.[a-z]{2,4}$/i, '');
  const terms = /^https?:/i.test(link) && linkedRepo(link) === null ? null : termsOfName(file, table);
  return terms === null ? null : byName(file, terms, where);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function ofRepo(repo: string, table: LicenceTable): LicenceStatement | null {
  const entry = table.byRepo.get(foldName(repo));
  return entry === undefined ? null : byEntry(entry, { source: 'table', url: entry.source });
}

/** An unknown licence may contain anything, so it ranks above every licence that is known to allow commercial use. */
export function strictness(statement: LicenceStatement): number {
  switch (statement.class) {
    case 'research-only':
      return 6;
    case 'non-commercial':
      return 5;
    case 'none':
      // A lab's text that we do not know is more often a rewording of the licence the card names than another licence.
      return statement.text === null ? 4 : 2;
    case 'permissive-with-limits':
      return 3;
    case 'open-data':
      return 1;
    case 'osi':
      return 0;
  }
}

/** Every statement in the facts, those that prove most first. */
export function statementsOf(facts: Facts, table: LicenceTable, repo: string | null): readonly LicenceStatement[] {
  const owner = repo?.split('/')[0] ?? null;
  const ids = facts.licences ?? (facts.licence === undefined ? [] : [facts.licence ?? 'none']);
  const texts = [
    ...(facts.licenceText === undefined
      ? []
      : [{ from: 'file' as const, url: facts.licenceTextUrl ?? null, text: facts.licenceText }]),
    ...(facts.licenceTexts ?? []),
  ];
  const sources = { file: 'text', link: 'link text', page: 'link text', code: 'code licence' } as const;
  const read = texts.map(({ from, url, text }) => {
    const statement = ofText(text, { source: sources[from], url }, table, owner);
    // A web page contains more than the licence: only a certain match counts.
    return from === 'page' && (statement.entry === null || statement.entry.spdx !== null) ? null : statement;
  });
  const linked = read.some((statement) => statement?.source === 'link text');
  return [
    ...read,
    facts.licenceLink === undefined || linked ? null : ofLink(facts.licenceLink, table),
    facts.licenceName === undefined ? null : ofName(facts.licenceName, table),
    ofIdentifiers(ids, 'license', table),
    ofIdentifiers(facts.licenceTags ?? [], 'tag', table),
    repo === null ? null : ofRepo(repo, table),
  ].filter((statement) => statement !== null);
}
