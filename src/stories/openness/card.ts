// The openness card of a repository: each line a fact with its evidence, and one verdict over them.

import type { Facts, Iso } from '../../types/core.ts';
import type { Evidence, Fact, Openness } from '../../types/story.ts';
import type { Recognised } from '../licences.ts';
import { type FactBuilder, factBuilder } from './fact.ts';
import { isTextOnly } from './modality.ts';
import { originLines } from './origin.ts';
import { profileLines } from './profile.ts';
import { excludedPlaces } from './text.ts';
import { verdictOf } from './verdict.ts';
import { weightLines } from './weights.ts';

export interface OpennessContext {
  /** 'model': a repository made for weights was looked at; 'code': one for code; 'none': there is only news. */
  readonly place: 'model' | 'code' | 'none';
  /** The page that was looked at: of the repository, or of the news. */
  readonly url: string;
  readonly at: Iso;
  /** The weights were there once and no longer are. */
  readonly withdrawn?: boolean;
  /** Known only from the other stories of the family. */
  readonly newestOpen?: Fact<string>;
  readonly newestOverall?: Fact<string>;
  /** Whether data under this licence is open to everybody; left out: no licence counts as open. */
  readonly isOpenLicence?: (id: string) => boolean;
}

/** Pure: the same facts give the same card. */
export function openness(facts: Facts, licence: Recognised | null, context: OpennessContext): Openness {
  const say = factBuilder(facts, context);
  const terms = licenceLines(facts, licence, say);
  const card = {
    ...terms,
    territory: withGate(terms.territory, facts, say),
    ...weightLines(facts, context, say),
    ...originLines(facts, context, say),
    ...profileLines(facts, licence?.entry ?? null, terms, say),
    newestOpen: context.newestOpen ?? say.unknown('listing'),
    newestOverall: context.newestOverall ?? say.unknown('listing'),
  };
  return { ...card, verdict: verdictOf(card, context, say.because('verdict')) };
}

function licenceLines(facts: Facts, licence: Recognised | null, say: FactBuilder) {
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
  const value = licenceValue(facts, licence, say);
  const fact =
    licence.from === 'text'
      ? say.observed(value, 'LICENSE', licence.url ?? facts.licenceTextUrl)
      : licence.url === null
        ? say.declared(value, field)
        : say.derived(value, say.because('license_link', licence.url));
  const because = fact.because;
  return {
    licence: fact,
    licenceClass: say.derived(licence.class, because),
    licenceConflict: licence.conflict === 'unknown' ? say.unknown('LICENSE') : say.derived(licence.conflict, because),
    commercialUse: commercialUse(licence, because, say),
    territory: territory(facts, licence, because, say),
  };
}

/** A licence that could not be read is shown as unknown, with the address where it is. */
function licenceValue(facts: Facts, { entry, ownName, all }: Recognised, say: FactBuilder): string | null {
  if (entry === null) return ownName?.startsWith('modified ') ? ownName : `own: ${ownName ?? 'without a name'}`;
  if (entry.id === 'none') return null;
  if (entry.class === 'none' && facts.licenceLink !== undefined) {
    const { url, revision = 'main' } = say.because('license_link');
    const link = URL.canParse(facts.licenceLink) ? facts.licenceLink : `${url}/blob/${revision}/${facts.licenceLink}`;
    return `unknown, at ${link}`;
  }
  return all.length > 1 ? all.join(' + ') : entry.id;
}

/** For terms that nobody has read, only limits in the text itself are reported, never that there are none. */
function territory(facts: Facts, licence: Recognised, because: Evidence, say: FactBuilder): Fact<string | null> {
  const { entry, text } = licence;
  const bounded = entry === null || entry.class === 'none' || entry.limits.includes('territory');
  const excluded = text === null || !bounded || entry?.multimodal ? null : excludedPlaces(text);
  if (excluded !== null && (entry === null || entry.class === 'none')) return say.derived(excluded, because);
  if (entry === null || entry.class === 'none') {
    // The changes to a standard licence were read, and they exclude no place.
    const read = text !== null && licence.ownName?.startsWith('modified ') === true;
    return read ? say.derived(null, because) : { value: 'unknown', how: 'unknown', because };
  }
  return say.derived(entry.multimodal && isTextOnly(facts) ? null : (excluded ?? entry.territory), because);
}

function commercialUse({ commercial, condition }: Recognised, because: Evidence, say: FactBuilder): Fact<string> {
  switch (commercial) {
    case 'yes':
    case 'no':
      return say.derived(commercial, because);
    case 'conditional':
      return say.derived(condition === null ? 'conditional' : `conditional: ${condition}`, because);
    case 'unknown':
      return { value: 'unknown', how: 'unknown', because };
  }
}

/** The access gate can refuse whole regions, whatever the licence says. */
function withGate(terms: Openness['territory'], facts: Facts, say: FactBuilder): Openness['territory'] {
  if (facts.euDisallowed !== true) return terms;
  const gate = 'the gate excludes the European Union';
  const both = terms.value === null || terms.value === 'unknown' ? gate : `${terms.value}; ${gate}`;
  return say.declared(both, 'extra_gated_eu_disallowed');
}
