// The openness card of a repository: every line a fact with its evidence, and one verdict over them.

import type { Facts, Iso } from '../../types/core.ts';
import type { Evidence, Fact, Openness } from '../../types/story.ts';
import type { Recognised } from '../licences.ts';
import { type Sayer, sayer } from './fact.ts';
import { originLines } from './origin.ts';
import { profileLines } from './profile.ts';
import { excludedPlaces } from './text.ts';
import { verdictOf } from './verdict.ts';
import { weightLines } from './weights.ts';

export interface OpennessContext {
  /** 'model': a repository made for weights was looked at; 'code': one for code; 'none': there is only news. */
  readonly place: 'model' | 'code' | 'none';
  /** Where we looked: the page of the repository, or of the news. */
  readonly url: string;
  readonly at: Iso;
  /** The weights were there once and are not any more. */
  readonly withdrawn?: boolean;
  /** What only the other stories of the family can tell. */
  readonly newestOpen?: Fact<string>;
  readonly newestOverall?: Fact<string>;
  /** Whether data under this licence is open to everybody; left out: of none it is known. */
  readonly isOpenLicence?: (id: string) => boolean;
}

/** Pure: the same facts give the same card. */
export function openness(facts: Facts, licence: Recognised | null, context: OpennessContext): Openness {
  const say = sayer(facts, context);
  const terms = licenceLines(facts, licence, say);
  const card = {
    ...terms,
    territory: withGate(terms.territory, facts, say),
    ...weightLines(facts, context, say),
    ...originLines(facts, context, say),
    ...profileLines(facts, licence?.entry ?? null, terms.licence, say),
    newestOpen: context.newestOpen ?? say.unknown('listing'),
    newestOverall: context.newestOverall ?? say.unknown('listing'),
  };
  return { ...card, verdict: verdictOf(card, context, say.because('verdict')) };
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

/** The gate can refuse whole regions, whatever the licence says. */
function withGate(terms: Openness['territory'], facts: Facts, say: Sayer): Openness['territory'] {
  if (facts.euDisallowed !== true) return terms;
  const gate = 'the gate excludes the European Union';
  const both = terms.value === null || terms.value === 'unknown' ? gate : `${terms.value}; ${gate}`;
  return say.declared(both, 'extra_gated_eu_disallowed');
}
