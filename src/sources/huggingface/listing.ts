// Reads all models of an organisation or user: every page, or nothing.
import type { LookReason } from '../../types/reasons/looks.ts';
import type { Failure, HubClient } from './client.ts';
import { type ModelDocument, readListing } from './document.ts';

/** Page sizes to try: the next plan is used when an answer is too large or the query is rejected. */
const plans = [
  { limit: 500, siblings: true },
  { limit: 100, siblings: true },
  { limit: 500, siblings: false },
] as const;

const fields = [
  'createdAt',
  'lastModified',
  'sha',
  'gated',
  'disabled',
  'private',
  'tags',
  'cardData',
  'library_name',
  'pipeline_tag',
  'safetensors',
] as const;

const mostPages = 200;

interface Listing {
  readonly kind: 'listing';
  readonly models: readonly ModelDocument[];
  readonly dropped: number;
  readonly etag: string | null;
  /** The plan that worked, for the next look to start with. */
  readonly plan: number;
}

type ListingAnswer = Listing | { readonly kind: 'same' } | { readonly kind: 'absent' } | Failure;

/** `etag`: from the last listing, if that was a single page that was not full. */
export async function askListing(
  client: HubClient,
  owner: string,
  etag: string | null,
  firstPlan: number,
): Promise<ListingAnswer> {
  for (let index = Math.min(firstPlan, plans.length - 1); ; index += 1) {
    const plan = plans[index];
    const answer = await pages(client, owner, index === firstPlan ? etag : null, index);
    if (answer.kind !== 'too much') return answer;
    if (plan === undefined || index === plans.length - 1) return { kind: 'broken', reason: answer.reason };
  }
}

function question(owner: string, plan: (typeof plans)[number]): string {
  const expand = plan.siblings ? [...fields, 'siblings'] : fields;
  const query = new URLSearchParams({ author: owner, sort: 'createdAt', direction: '-1', limit: String(plan.limit) });
  return `?${query.toString()}${expand.map((field) => `&expand[]=${field}`).join('')}`;
}

async function pages(
  client: HubClient,
  owner: string,
  etag: string | null,
  index: number,
): Promise<ListingAnswer | { readonly kind: 'too much'; readonly reason: LookReason }> {
  const plan = plans[index] ?? plans[0];
  const models = new Map<string, ModelDocument>();
  let dropped = 0;
  let validator: string | null = null;
  let search: string | null = question(owner, plan);
  for (let page = 0; search !== null; page += 1) {
    if (page === mostPages) return { kind: 'broken', reason: { code: 'huggingface.endless', params: { owner } } };
    const got = await client.json(`/api/models${search}`, page === 0 ? etag : null);
    switch (got.kind) {
      case 'unchanged':
        return { kind: 'same' };
      case 'missing':
        if (got.status === 401)
          return { kind: 'broken', reason: { code: 'huggingface.token-wanted', params: { owner } } };
        // A later page that is missing does not prove that there are no models.
        return page === 0
          ? { kind: 'absent' }
          : { kind: 'later', reason: { code: 'huggingface.cut-short', params: { owner } }, afterMs: null };
      case 'disabled':
        return { kind: 'broken', reason: { code: 'huggingface.disabled', params: { owner } } };
      case 'too much':
      case 'later':
      case 'broken':
        return got;
      case 'json': {
        const read = readListing(got.body);
        if (read === null) return { kind: 'broken', reason: { code: 'huggingface.no-list', params: { owner } } };
        for (const model of read.models) models.set(model.id, model);
        dropped += read.dropped;
        search = got.next;
        // No validator for a full page: its ETag would not change when a second page is added after it.
        validator = page === 0 && search === null && read.models.length < plan.limit ? got.etag : null;
      }
    }
  }
  return { kind: 'listing', models: [...models.values()], dropped, etag: validator, plan: index };
}
