// Turns a model's document into observations: model, weights, licence, gate, state.
import type { Facts, Observation } from '../../types/core.ts';
import type { ModelDocument } from './document.ts';
import { modelFacts, tagged, unique, weightFacts, weightsIn } from './facts.ts';
import { licenceFile } from './files.ts';

/** Where the document was read, and the names for its observations. */
export interface ModelPlace {
  readonly targetId: string;
  readonly endpoint: string;
  /** `model:org/name` in an organisation's listing, `model` in the model's own look. */
  readonly key: (kind: string) => string;
  readonly about: string;
  /** Set when the model's name differs from the one that is watched. */
  readonly renamedTo: string | null;
  /** The version of the licence text that counts; null where only the listing was read. */
  readonly licenceMark: string | null;
  /** What the account's list says of the data sets that the model names; left out when only the model was read. */
  readonly data?: Pick<Facts, 'dataLooks'>;
}

interface SeenThing {
  readonly kind: Observation['kind'];
  readonly sort: Observation['sort'];
  readonly fingerprint: string;
  readonly to: string;
  readonly facts: Facts;
}

export function observe(model: ModelDocument, place: ModelPlace): readonly Observation[] {
  const url = `${place.endpoint}/${model.id}`;
  const tree = `${url}/tree/${model.sha ?? 'main'}`;
  const seen = ({ kind, sort, fingerprint, to, facts }: SeenThing) => ({
    targetId: place.targetId,
    key: place.key(kind),
    fingerprint,
    kind,
    sort,
    about: place.about,
    subject: model.id.slice(model.id.indexOf('/') + 1),
    title: model.id,
    url: to,
    // Unknown: `createdAt` is when the repository was created, often weeks before it was public.
    publishedAt: null,
    lang: null,
    text: null,
    facts: { ...(model.sha === undefined ? {} : { revision: model.sha }), ...facts },
  });
  const held = weightsIn(model);
  const observations: Observation[] = [
    seen({
      kind: 'model',
      sort: 'thing',
      fingerprint: 'there',
      to: url,
      facts: { ...modelFacts(model, held, url), ...place.data },
    }),
  ];
  const weights = weightFacts(model, held);
  if (weights !== null)
    observations.push(seen({ kind: 'weights', sort: 'thing', fingerprint: 'there', to: tree, facts: weights }));
  const licences = licencesOf(model);
  if (licences !== null) {
    const card = model.cardData;
    const named = [licences.join('+') || 'none', card?.license_name ?? '', card?.license_link ?? ''];
    const fingerprint = [...named, ...(place.licenceMark === null ? [] : [place.licenceMark])].join('|');
    observations.push(
      seen({
        kind: 'licence',
        sort: 'trait',
        fingerprint,
        to: licenceUrl(model, url),
        facts: licenceFacts(model, licences, url),
      }),
    );
  }
  const gated = gateOf(model);
  if (gated !== null)
    observations.push(seen({ kind: 'gated', sort: 'trait', fingerprint: gated, to: url, facts: { gated } }));
  const disabled = model.disabled ?? false;
  const visibility = model.private === true ? 'private' : 'public';
  const state = [disabled ? 'disabled' : 'enabled', visibility, place.renamedTo ?? ''].join('|');
  const renamed = place.renamedTo === null ? {} : { renamedTo: place.renamedTo };
  observations.push(
    seen({ kind: 'state', sort: 'trait', fingerprint: state, to: url, facts: { disabled, visibility, ...renamed } }),
  );
  return observations;
}

/** Sorted licence identifiers; null when the answer has neither card nor tags, which is not the same as having no licence. */
export function licencesOf(model: ModelDocument): readonly string[] | null {
  const declared = model.cardData?.license;
  if (declared != null && declared.length > 0) return unique(declared).toSorted();
  if (model.tags === undefined && model.cardData === undefined) return null;
  return unique(tagged(model, 'license:')).toSorted();
}

export function gateOf(model: ModelDocument): 'no' | 'form' | 'approval' | null {
  if (model.gated === undefined) return null;
  if (model.gated === 'manual') return 'approval';
  return model.gated === false ? 'no' : 'form';
}

function licenceFacts(model: ModelDocument, licences: readonly string[], url: string): Facts {
  const card = model.cardData;
  const text = model.further?.licence;
  const further = model.further?.licences;
  const among = card?.license == null ? [] : unique(tagged(model, 'license:')).filter((id) => !licences.includes(id));
  return {
    licence: licences[0] ?? null,
    ...(licences.length > 1 ? { licences } : {}),
    ...(card?.license_name === undefined ? {} : { licenceName: card.license_name }),
    ...(card?.license_link === undefined ? {} : { licenceLink: card.license_link }),
    ...(text === undefined
      ? {}
      : { licenceText: text.text, licenceTextUrl: `${url}/blob/${model.sha ?? 'main'}/${text.path}` }),
    ...(further === undefined ? {} : { licenceTexts: further }),
    ...(among.length === 0 ? {} : { licenceTags: among }),
  };
}

function licenceUrl(model: ModelDocument, url: string): string {
  const file = licenceFile(model.siblings ?? []);
  return file === null ? url : `${url}/blob/${model.sha ?? 'main'}/${file.rfilename}`;
}
