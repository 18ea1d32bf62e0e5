// Which licence of the table a repository is under: its text first, then its metadata.
import type { Facts } from '../types/core.ts';
import { bareSpdx, foldName, type LicenceEntry, type LicenceTable } from './openness/table.ts';
import { heading, recogniseText } from './openness/text.ts';

export interface Recognised {
  /** Null when the licence is none of the table's. */
  readonly entry: LicenceEntry | null;
  /** What it calls itself when it is none of the table's; null = no name either. */
  readonly ownName: string | null;
  readonly from: 'text' | 'metadata' | 'link';
  /** All identifiers of a list, the most restrictive first. */
  readonly all: readonly string[];
  /** What text and metadata each say when they disagree; null = they agree; 'unknown' = only one of them speaks. */
  readonly conflict: string | null;
}

type Declared = Pick<Recognised, 'entry' | 'ownName' | 'from' | 'all'>;

/** Text first, then metadata; null when neither was seen. `repo`: the model, for those whose card names nothing. */
export function recogniseLicence(facts: Facts, table: LicenceTable, repo: string | null = null): Recognised | null {
  const read = facts.licenceText === undefined ? null : recogniseText(facts.licenceText, table);
  const declared = readMetadata(facts, table, repo);
  if (read !== null) {
    const spoken = declared !== null && (declared.entry === null ? declared.ownName : isKnown(declared.entry));
    const agrees = declared?.entry?.id === read.id || declared?.all.includes(read.id) === true;
    const says = declared?.entry?.name ?? declared?.ownName;
    const conflict = !spoken ? 'unknown' : agrees ? null : `text: ${read.name}; metadata: ${says}`;
    return { entry: read, ownName: null, from: 'text', all: [read.id], conflict };
  }
  if (declared !== null && (declared.entry === null || isKnown(declared.entry) || facts.licenceText === undefined))
    return { ...declared, conflict: 'unknown' };
  if (facts.licenceText === undefined) return null;
  const ownName = declared?.ownName ?? heading(facts.licenceText);
  return { entry: null, ownName, from: 'text', all: [], conflict: 'unknown' };
}

function readMetadata(facts: Facts, table: LicenceTable, repo: string | null): Declared | null {
  const ids = facts.licences ?? (facts.licence === undefined ? [] : [facts.licence ?? 'none']);
  const named = facts.licenceName ?? null;
  if (ids.length === 0 && named === null) return null;
  const each = (ids.length === 0 ? ['other'] : ids).map((id) => readIdentifier(id, facts, table, repo));
  const [worst, ...rest] = each.toSorted((a, b) => restriction(b.entry) - restriction(a.entry));
  return worst === undefined ? null : { ...worst, all: [worst, ...rest].flatMap((one) => one.all) };
}

function readIdentifier(id: string, facts: Facts, table: LicenceTable, repo: string | null): Declared {
  const concrete = id.toUpperCase() !== 'NOASSERTION';
  const entry = concrete ? (table.byId.get(foldName(bareSpdx(id))) ?? table.byName.get(foldName(id))) : undefined;
  const own = (found: LicenceEntry, from: Declared['from']): Declared => ({
    entry: found,
    ownName: null,
    from,
    all: [found.id],
  });
  if (entry !== undefined && isKnown(entry)) return own(entry, 'metadata');
  const byRepo = repo === null ? undefined : table.byRepo.get(foldName(repo));
  if (byRepo !== undefined) return own(byRepo, 'metadata');
  const byName = facts.licenceName === undefined ? undefined : findName(facts.licenceName, table);
  if (byName !== undefined) return own(byName, 'metadata');
  const byLink = facts.licenceLink === undefined ? undefined : recogniseLink(facts.licenceLink, table);
  if (byLink !== undefined) return own(byLink, 'link');
  const ownName = facts.licenceName ?? (entry === undefined && concrete ? id : null);
  if (ownName !== null) return { entry: null, ownName, from: 'metadata', all: [ownName] };
  const other = entry ?? table.byId.get('other');
  return other === undefined ? { entry: null, ownName: null, from: 'metadata', all: [] } : own(other, 'metadata');
}

function findName(name: string, table: LicenceTable): LicenceEntry | undefined {
  const entry = table.byName.get(foldName(name)) ?? table.byId.get(foldName(name));
  return entry !== undefined && isKnown(entry) ? entry : undefined;
}

/** A link speaks when a part of its path is a known name, as in `…/licenses/mrl-0.1.md`. */
function recogniseLink(link: string, table: LicenceTable): LicenceEntry | undefined {
  if (!URL.canParse(link)) return undefined;
  const parts = new URL(link).pathname.split('/').map((part) => part.replace(/\.(?:md|txt|html?|pdf)$/i, ''));
  for (const part of parts.toReversed().filter((part) => part !== '')) {
    const entry = findName(part, table) ?? findName(part.replace(/[-_.]v?\d[\d.]*$/i, ''), table);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

const isKnown = (entry: LicenceEntry): boolean => entry.class !== 'none';

/** An unknown licence may hold anything, so it stands above all that are known to allow commerce. */
function restriction(entry: LicenceEntry | null): number {
  switch (entry?.class) {
    case 'research-only':
      return 5;
    case 'non-commercial':
      return 4;
    case undefined:
    case 'none':
      return 3;
    case 'permissive-with-limits':
      return 2;
    case 'open-data':
      return 1;
    case 'osi':
      return 0;
  }
}
