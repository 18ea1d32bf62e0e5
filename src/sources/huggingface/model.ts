// Reads one model: its document, and what takes further requests (licence text, whether its data is open).
import type { Failure, HubClient } from './client.ts';
import { askDetails } from './details.ts';
import { disabledWords, type ModelDocument, modelDocument, notFound } from './document.ts';
import { baseModels, datasetsOf } from './facts.ts';
import { askLicences, type ReadLink } from './licence.ts';

type ModelAnswer =
  | {
      readonly kind: 'document';
      readonly document: ModelDocument | { readonly error: string };
      readonly etag: string | null;
    }
  | { readonly kind: 'same' }
  | Failure;

export interface ModelDeps {
  readonly client: HubClient;
  readonly readLink: ReadLink;
}

/** `sha`: the revision whose details were read before; they are only read again for another revision. */
export async function askModel(
  { client, readLink }: ModelDeps,
  id: string,
  etag: string | null,
  sha: string | null,
): Promise<ModelAnswer> {
  const path = (name: string, blobs: boolean) => `/api/models/${name}${blobs ? '?blobs=true' : ''}`;
  let got = await client.json(path(id, true), etag);
  // With very many files, the answer may only fit the size limit without their sizes.
  if (got.kind === 'too much') got = await client.json(path(id, false), etag);
  else if (got.kind === 'json' && !got.url.includes('blobs=true')) {
    // The redirect of a renamed model drops the query string, so ask again under the new name.
    const renamed = modelDocument.safeParse(got.body);
    if (renamed.success) got = await client.json(path(renamed.data.id, true), etag);
  }
  switch (got.kind) {
    case 'unchanged':
      return { kind: 'same' };
    case 'missing':
      return { kind: 'document', document: notFound, etag: null };
    case 'disabled':
      return { kind: 'document', document: { error: disabledWords }, etag: null };
    case 'too much':
      return { kind: 'broken', reason: got.reason };
    case 'later':
    case 'broken':
      return got;
    case 'json': {
      const read = modelDocument.safeParse(got.body);
      if (!read.success) return { kind: 'broken', reason: { code: 'huggingface.no-model', params: { model: id } } };
      if (read.data.sha !== undefined && read.data.sha === sha)
        return { kind: 'document', document: read.data, etag: got.etag };
      const further = await askFurther({ client, readLink }, read.data);
      return further.kind === 'further'
        ? { kind: 'document', document: { ...read.data, further: further.further }, etag: got.etag }
        : further;
    }
  }
}

type Further = { readonly kind: 'further'; readonly further: NonNullable<ModelDocument['further']> };

async function askFurther({ client, readLink }: ModelDeps, model: ModelDocument): Promise<Further | Failure> {
  const licences = await askLicences(client, readLink, model);
  if (licences.kind !== 'licences') return licences;
  const details = await askDetails(client, model, datasetsOf(model), baseModels(model).length > 0);
  if (details.kind !== 'details') return details;
  return { kind: 'further', further: { ...licences.texts, ...details.details } };
}
