// The openness card of a repository: every line a fact with its evidence, and one verdict over them.

import type { Facts, Iso } from '../../types/core.ts';
import type { Evidence, Fact, Openness } from '../../types/story.ts';
import type { Recognised } from '../licences.ts';
import { excludedPlaces } from './text.ts';
import { verdictOf } from './verdict.ts';

export interface OpennessContext {
  /** 'model': a repository made for weights was looked at; 'code': one for code; 'none': there is only news. */
  readonly place: 'model' | 'code' | 'none';
  /** Where we looked: the page of the repository, or of the news. */
  readonly url: string;
  readonly at: Iso;
  /** The weights were there once and are not any more. */
  readonly withdrawn?: boolean;
  /** What only the other stories of the family, or a look into the code, can tell. */
  readonly newestOpen?: Fact<string>;
  readonly newestOverall?: Fact<string>;
  readonly trainingCode?: Fact<'linked'>;
}

/** Pure: the same facts give the same card. */
export function openness(facts: Facts, licence: Recognised | null, context: OpennessContext): Openness {
  const say = sayer(facts, context);
  const card = {
    ...licenceLines(facts, licence, say),
    ...weightLines(facts, context, say),
    ...originLines(facts, context, say),
    newestOpen: context.newestOpen ?? say.unknown('listing'),
    newestOverall: context.newestOverall ?? say.unknown('listing'),
  };
  return { ...card, verdict: verdictOf(card, context, say.because('verdict')) };
}

type Sayer = ReturnType<typeof sayer>;

function sayer(facts: Facts, context: OpennessContext) {
  const because = (field: string, url = context.url): Evidence => ({
    url,
    field,
    ...(facts.revision === undefined ? {} : { revision: facts.revision }),
    at: context.at,
  });
  return {
    because,
    observed: <T>(value: T, field: string, url?: string): Fact<T> => ({
      value,
      how: 'observed',
      because: because(field, url),
    }),
    declared: <T>(value: T, field: string): Fact<T> => ({ value, how: 'declared', because: because(field) }),
    derived: <T>(value: T, evidence: Evidence): Fact<T> => ({ value, how: 'derived', because: evidence }),
    unknown: (field: string): Fact<never> => ({ value: 'unknown', how: 'unknown', because: because(field) }),
  };
}

function licenceLines(facts: Facts, licence: Recognised | null, say: Sayer) {
  const field = facts.licenceName === undefined ? 'license' : 'license_name';
  if (licence === null) {
    const unknown = say.unknown('license');
    return {
      licence: unknown,
      licenceClass: unknown,
      licenceConflict: unknown,
      commercialUse: unknown,
      territory: unknown,
    };
  }
  const { entry, ownName, from, all } = licence;
  const named = entry === null ? `own: ${ownName ?? 'without a name'}` : all.length > 1 ? all.join(' + ') : entry.id;
  const value = entry?.id === 'none' ? null : named;
  const fact = from === 'text' ? say.observed(value, 'LICENSE', facts.licenceTextUrl) : say.declared(value, field);
  const because = fact.because;
  return {
    licence: fact,
    licenceClass: say.derived(entry?.class ?? 'none', because),
    licenceConflict: licence.conflict === 'unknown' ? say.unknown('LICENSE') : say.derived(licence.conflict, because),
    commercialUse: commercialUse(entry, because, say),
    territory: territory(facts, entry, because, say),
  };
}

/** Of terms that nobody has read only what the text itself says can be told, never that there are no limits. */
function territory(facts: Facts, entry: Recognised['entry'], because: Evidence, say: Sayer): Fact<string | null> {
  if (entry !== null && entry.class !== 'none') return say.derived(entry.territory, because);
  const excluded = facts.licenceText === undefined ? null : excludedPlaces(facts.licenceText);
  return excluded === null ? { value: 'unknown', how: 'unknown', because } : say.derived(excluded, because);
}

function commercialUse(entry: Recognised['entry'], because: Evidence, say: Sayer): Fact<string> {
  switch (entry?.commercial) {
    case 'yes':
    case 'no':
      return say.derived(entry.commercial, because);
    case 'conditional':
      return say.derived(entry.condition === null ? 'conditional' : `conditional: ${entry.condition}`, because);
    case 'unknown':
    case undefined:
      return { value: 'unknown', how: 'unknown', because };
  }
}

function weightLines(facts: Facts, context: OpennessContext, say: Sayer) {
  const files = facts.files ?? 0;
  const weights: Openness['weights'] = context.withdrawn
    ? say.observed('withdrawn', 'siblings')
    : files > 0
      ? say.observed('published', 'siblings')
      : context.place === 'model'
        ? say.observed('not found', 'siblings')
        : say.unknown('siblings');
  return {
    weights,
    files: seen(facts.files, 'siblings', say),
    bytes: seen(facts.bytes, 'siblings', say),
    formats: seen(facts.formats, 'siblings', say),
    parameters: seen(parameters(facts), 'safetensors', say),
    gated: seen(facts.gated, 'gated', say),
  };
}

function seen<T>(value: T | undefined, field: string, say: Sayer): Fact<T> {
  return value === undefined ? say.unknown(field) : say.observed(value, field);
}

/** `314B`; packed tensors hide the number of parameters, so then it is said what was counted. */
function parameters(facts: Facts): string | undefined {
  const count = facts.parameters;
  if (count === undefined) return undefined;
  return facts.packed === true ? `${compact(count)} stored elements` : compact(count);
}

function compact(count: number): string {
  for (const [unit, size] of [
    ['T', 1e12],
    ['B', 1e9],
    ['M', 1e6],
    ['K', 1e3],
  ] as const) {
    if (count >= size) return `${Number((count / size).toPrecision(3))}${unit}`;
  }
  return String(count);
}

function originLines(facts: Facts, context: OpennessContext, say: Sayer) {
  const looked = context.place === 'model';
  const datasets = facts.datasets ?? [];
  const open = datasets.length > 0 && datasets.every((name) => facts.openDatasets?.includes(name));
  const inferenceCode: Openness['inferenceCode'] =
    facts.customCode === true || context.place === 'code'
      ? say.observed('yes', context.place === 'code' ? 'repository' : 'siblings')
      : facts.library === undefined
        ? say.unknown('library_name')
        : say.declared('library', 'library_name');
  const trainingData: Openness['trainingData'] = open
    ? say.observed('public', 'datasets')
    : datasets.length > 0
      ? say.declared('named', 'datasets')
      : looked
        ? say.observed('not stated', 'datasets')
        : say.unknown('datasets');
  const paper = facts.arxiv?.[0];
  const bases = facts.baseModels?.map((base) => `${base.id} (${base.relation})`);
  return {
    inferenceCode,
    trainingCode: context.trainingCode ?? say.unknown('repository'),
    trainingData,
    report: nothingOr(paper === undefined ? undefined : `arXiv:${paper}`, 'tags', looked, say),
    derivativeOf: nothingOr<readonly string[]>(bases, 'base_model', looked, say),
  };
}

/** Null only where we looked and found none. */
function nothingOr<T>(value: T | undefined, field: string, looked: boolean, say: Sayer): Fact<T | null> {
  if (value !== undefined) return say.declared(value, field);
  return looked ? say.observed(null, field) : say.unknown(field);
}
