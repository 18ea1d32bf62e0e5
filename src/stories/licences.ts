// Which licence a repository is under: all statements about it, of which the strictest counts.
import type { Facts } from '../types/core.ts';
import type { LicenceClass } from '../types/story.ts';
import type { LicenceEntry } from './openness/entry.ts';
import { type LicenceStatement, statementsOf, strictness } from './openness/statement.ts';
import type { LicenceTable } from './openness/table.ts';

export interface Recognised {
  /** Null when the licence is not in the table. */
  readonly entry: LicenceEntry | null;
  /** Its own name when it is not in the table; null = it has none either. */
  readonly ownName: string | null;
  readonly from: 'text' | 'metadata' | 'link';
  readonly class: LicenceClass;
  readonly commercial: LicenceEntry['commercial'];
  readonly condition: string | null;
  /** Where it was found, when that is not the model's own page. */
  readonly url: string | null;
  /** The text from which it was recognised; null when only metadata or a link named it. */
  readonly text: string | null;
  /** All identifiers of a list, the most restrictive first. */
  readonly all: readonly string[];
  /** What each statement says when they disagree; null = they agree; 'unknown' = nothing independent to compare with. */
  readonly conflict: string | null;
}

/** Null when nothing states a licence. `repo`: the model, because the table knows some models whose card names no licence. */
export function recogniseLicence(facts: Facts, table: LicenceTable, repo: string | null = null): Recognised | null {
  const all = statementsOf(facts, table, repo);
  // What the table knows about a model counts only when no statement is more precise than a family of licences.
  const weighed = all.filter(({ source }) => source !== 'code licence' && source !== 'table');
  const speaking = weighed.filter((one) => !one.vague && !isUnrecognised(one));
  const fallback = all.find(({ source }) => source === 'table');
  const chosen = strictest(speaking) ?? fallback ?? mostTelling(weighed);
  if (chosen === undefined) return null;
  const code = all.filter(({ source }) => source === 'code licence');
  return {
    entry: chosen.entry,
    ownName: chosen.ownName,
    from: chosen.source === 'link' ? 'link' : chosen.text === null ? 'metadata' : 'text',
    class: chosen.class,
    commercial: chosen.commercial,
    condition: chosen.condition,
    url: chosen.url,
    text: chosen.text,
    all: chosen.all,
    conflict: conflictOf(chosen, [...weighed.filter((one) => !isUnrecognised(one)), ...code], weighed),
  };
}

/** A text without a name, in which nothing was recognised. */
const isUnrecognised = (one: LicenceStatement): boolean => one.entry === null && one.ownName === null && one.unread;

function strictest(statements: readonly LicenceStatement[]): LicenceStatement | undefined {
  return statements.toSorted((a, b) => strictness(b) - strictness(a))[0];
}

/** Among statements no more precise than a family: a family, then an unrecognised text, then "other", then no licence. */
function mostTelling(statements: readonly LicenceStatement[]): LicenceStatement | undefined {
  const worth = (one: LicenceStatement) =>
    one.class === 'none' ? (one.entry?.id === 'none' ? 0 : isUnrecognised(one) ? 2 : 1) : 3;
  return statements.toSorted((a, b) => worth(b) - worth(a))[0];
}

function conflictOf(
  chosen: LicenceStatement,
  said: readonly LicenceStatement[],
  all: readonly LicenceStatement[],
): string | null {
  const spoken = said.filter((one) => one.entry === null || one.class !== 'none');
  const against = spoken.filter((one) => !agree(chosen, one));
  if (against.length > 0) {
    const parts = [chosen, ...against].map((one) => `${labelOf(one)}: ${saidBy(one)}`);
    return [...new Set(parts)].toSorted(byLabel).join('; ');
  }
  const sides = new Set(
    spoken.filter(({ source }) => source !== 'code licence').map((one) => (one.text === null ? 'metadata' : 'text')),
  );
  // An unrecognised text may agree or disagree.
  return sides.size === 2 && !all.some(isUnrecognised) ? null : 'unknown';
}

const order = ['text', 'link text', 'link', 'metadata', 'code licence'];
const byLabel = (a: string, b: string): number =>
  order.indexOf(a.slice(0, a.indexOf(':'))) - order.indexOf(b.slice(0, b.indexOf(':')));

const labelOf = ({ source }: LicenceStatement): string =>
  source === 'license' || source === 'license_name' || source === 'tag' ? 'metadata' : source;

const saidBy = (one: LicenceStatement): string => one.entry?.name ?? one.ownName ?? 'a text of its own';

function agree(one: LicenceStatement, other: LicenceStatement): boolean {
  if (one.entry === null || other.entry === null) {
    if (one.entry === null && other.entry === null) return one.ownName === other.ownName || one.unread !== other.unread;
    // An unrecognised text may be a rewording of the licence that the other statement names.
    const [own, known] = one.entry === null ? [one, other] : [other, one];
    return own.unread && own.text !== null && strictness(own) < strictness(known);
  }
  return (
    one.entry.id === other.entry.id ||
    one.all.includes(other.entry.id) ||
    other.all.includes(one.entry.id) ||
    one.entry.covers.includes(other.entry.id) ||
    other.entry.covers.includes(one.entry.id)
  );
}
