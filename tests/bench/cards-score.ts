// Holds what the openness cards say against what they must say: cells, fields, and what is claimed without being so.
import type { OpennessAnswer } from '../../src/reports/openness.ts';
import type { KnownCard } from './cards-read.ts';

/** The keys of `right`, and the line of the card that each is about. */
const lines: Readonly<Record<string, string>> = {
  licence: 'licence',
  cls: 'licenceClass',
  commercial: 'commercialUse',
  territory: 'territory',
  conflict: 'licenceConflict',
  weights: 'weights',
  kind: 'kind',
  params: 'parameters',
  bytes: 'bytes',
  formats: 'formats',
  gated: 'gated',
  data: 'trainingData',
  report: 'report',
  deriv: 'derivativeOf',
  verdict: 'verdict',
};

export interface Cell {
  readonly model: string;
  readonly field: string;
  readonly right: unknown;
  readonly said: unknown;
  readonly ok: boolean;
}

export interface CardScore {
  readonly cells: readonly Cell[];
  /** `MODEL: LINE "what is claimed"`. */
  readonly overclaims: readonly string[];
  /** Models that gave no card, with the reason. */
  readonly silent: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;

const valuesOf = (answer: OpennessAnswer): Values =>
  answer.kind === 'card'
    ? Object.fromEntries(
        Object.entries(answer.openness).map(([name, fact]: [string, { value: unknown }]) => [name, fact.value]),
      )
    : {};

export function scoreCard(card: KnownCard, answer: OpennessAnswer): CardScore {
  const values = valuesOf(answer);
  const cells = Object.entries(card.right).flatMap(([field, right]): readonly Cell[] => {
    const line = lines[field];
    if (line === undefined) return [];
    const said = values[line];
    const ok = fits(field, right, said) && (field !== 'commercial' || !denied(card, said));
    return [{ model: card.id, field, right, said, ok }];
  });
  return {
    cells,
    overclaims: overclaimsOf(card, values),
    silent: answer.kind === 'card' ? [] : [`${card.id}: ${JSON.stringify(answer)}`],
  };
}

/** `commercialNot`: words that belong to another licence. */
function denied(card: KnownCard, said: unknown): boolean {
  const not = card.right.commercialNot;
  return typeof not === 'string' && matches(not, String(said));
}

function fits(field: string, right: unknown, said: unknown): boolean {
  if (field === 'conflict') return (typeof said === 'string' && said !== 'unknown') === (right === true);
  if (field === 'bytes') return typeof said === 'number' && Math.abs(said - Number(right)) <= Number(right) * 0.05;
  if (Array.isArray(right)) return Array.isArray(said) && inOrder(right) === inOrder(said);
  if (right === null) return said === null || (Array.isArray(said) && said.length === 0);
  // `conditional: ask Meta` is conditional.
  const text = field === 'commercial' ? String(said).replace(/:.*$/, '') : String(said);
  return matches(String(right), text) || (field === 'commercial' && matches(String(right), String(said)));
}

const inOrder = (list: readonly unknown[]): string =>
  list
    .map(String)
    .toSorted((one, other) => one.localeCompare(other))
    .join(', ');

const matches = (right: string, said: string): boolean =>
  right.startsWith('re:') ? new RegExp(right.slice(3)).test(said) : right === said;

/** The claims that do harm when they are not so: "yes", a free licence, a model with open data. */
function overclaimsOf(card: KnownCard, values: Values): readonly string[] {
  const claims = [
    ['commercial', 'commercialUse', ['yes']],
    ['verdict', 'verdict', ['open weights, free licence', 'open-data model']],
    ['data', 'trainingData', ['public']],
  ] as const;
  return claims.flatMap(([field, line, claimed]) => {
    const said = values[line];
    const right = card.right[field];
    if (typeof said !== 'string' || right === undefined || !claimed.some((claim) => claim === said)) return [];
    return fits(field, right, said) ? [] : [`${card.id}: ${line} "${said}"`];
  });
}

export function addScores(scores: readonly CardScore[]): CardScore {
  return {
    cells: scores.flatMap((score) => score.cells),
    overclaims: scores.flatMap((score) => score.overclaims),
    silent: scores.flatMap((score) => score.silent),
  };
}

/** Share of right cells by field, in the order of the fields. */
export function byField(
  cells: readonly Cell[],
): Readonly<Record<string, { readonly right: number; readonly of: number }>> {
  const fields = Object.keys(lines).filter((field) => cells.some((cell) => cell.field === field));
  return Object.fromEntries(
    fields.map((field) => {
      const all = cells.filter((cell) => cell.field === field);
      return [field, { right: all.filter((cell) => cell.ok).length, of: all.length }];
    }),
  );
}
