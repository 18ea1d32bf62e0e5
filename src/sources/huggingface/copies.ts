// Packed copies of a model by known converters: listed as made from the model, and proved by each repository itself.
import { z } from 'zod';
import type { Look, PollResult } from '../../types/core.ts';
import {
  asksForCopies,
  copiesResult,
  examinationOrder,
  idleResult,
  type Packable,
  type PackedCopy,
  readCopiesCursor,
} from '../quantised/copies.ts';
import { formatsClaimed, formatsIn, type PackedFormat } from '../quantised/formats.ts';
import type { Failure, HubClient } from './client.ts';
import { type ModelDocument, modelDocument } from './document.ts';
import { baseModels, weightFacts, weightsIn } from './facts.ts';
import { repositoryFile } from './files.ts';
import { type KeyedModel, sameName } from './naming.ts';

const atOnce = 500;
/** Enough even for a model with many copies: the list is sorted by popularity, so known converters are on the first pages. */
const pagesAtMost = 3;
/** How many repositories one look examines. */
const detailsAtMost = 20;

export interface CopiesDeps {
  readonly client: HubClient;
  readonly isConverter: (account: string) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const entry = z.object({
  id: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  tags: z.array(z.string()).catch([]),
  library_name: z.string().nullish().catch(null),
  private: z.boolean().optional().catch(undefined),
  createdAt: z.string().optional().catch(undefined),
});
type Entry = z.infer<typeof entry>;

/** Only models and merges get a look for copies: copies of adapters and quantisations are not made in their lab's name. */
export function toPack({ model, address }: Pick<KeyedModel, 'model' | 'address'>): readonly Packable[] {
  if (address === null || model.private === true || model.disabled === true) return [];
  const held = weightsIn(model);
  const hasWeights = model.siblings === undefined ? null : weightFacts(model, held) !== null;
  if (hasWeights === true && held.artefact !== 'model' && held.artefact !== 'merge') return [];
  return [{ source: 'huggingface', address, made: model.createdAt, hasWeights }];
}

const ownerOf = (id: string): string => id.slice(0, id.indexOf('/'));

async function listed(client: HubClient, name: string): Promise<readonly Entry[] | Failure> {
  const words = new URLSearchParams({
    filter: `base_model:quantized:${name}`,
    sort: 'trendingScore',
    direction: '-1',
    limit: String(atOnce),
  });
  const all: Entry[] = [];
  let search: string | null = `?${words.toString()}`;
  for (let page = 0; search !== null && page < pagesAtMost; page += 1) {
    const got = await client.json(`/api/models${search}`, null);
    if (got.kind === 'later' || got.kind === 'broken') return got;
    if (got.kind === 'too much') return { kind: 'broken', reason: got.reason };
    if (got.kind !== 'json' || !Array.isArray(got.body))
      return { kind: 'broken', reason: { code: 'huggingface.no-list', params: { owner: name } } };
    all.push(...got.body.flatMap((one: unknown) => entry.safeParse(one).data ?? []));
    search = got.next;
  }
  return all;
}

const isFailure = (got: object): got is Failure => 'kind' in got && (got.kind === 'later' || got.kind === 'broken');

/** Whether the repository itself says that it is a quantisation of this model, and of no other. */
function isOf(document: ModelDocument, names: readonly string[]): boolean {
  const bases = baseModels(document).filter(({ relation }) => relation === 'quantized');
  return bases.length > 0 && bases.every(({ id }) => names.some((name) => sameName(name, id)));
}

const plainTags = z.object({ tags: z.array(z.string()).catch([]) });

/** The copies that a repository proves to hold, one a format; empty = it is no copy of this model that everybody can load. */
async function provedBy(
  { client, isConverter }: CopiesDeps,
  id: string,
  names: readonly string[],
): Promise<readonly PackedCopy[] | Failure> {
  const got = await client.json(`/api/models/${id}?blobs=true`, null);
  if (got.kind === 'later' || got.kind === 'broken') return got;
  const document = got.kind === 'json' ? modelDocument.safeParse(got.body).data : undefined;
  if (got.kind !== 'json' || document === undefined) return [];
  const open = document.gated === false && document.private !== true && document.disabled !== true;
  if (!open || !isConverter(ownerOf(document.id)) || !isOf(document, names)) return [];
  const formats = formatsIn({
    id: document.id,
    files: (document.siblings ?? []).map(repositoryFile),
    library: document.library_name ?? null,
    tags: plainTags.safeParse(got.body).data?.tags ?? [],
    method: document.config?.quantization_config?.quant_method ?? null,
  });
  const url = `${client.endpoint}/${document.id}`;
  return formats.map((format) => ({ format, repository: document.id, url, revision: document.sha ?? null }));
}

async function copiesOf(
  deps: CopiesDeps,
  names: readonly string[],
  known: readonly string[],
): Promise<readonly PackedCopy[] | Failure> {
  const entries = new Map<string, Entry>();
  for (const name of names) {
    const some = await listed(deps.client, name);
    if (isFailure(some)) return some;
    for (const one of some) entries.set(one.id, one);
  }
  const claims = [...entries.values()]
    .filter(({ id, private: hidden }) => hidden !== true && deps.isConverter(ownerOf(id)))
    .toSorted((one, other) => (one.createdAt ?? '').localeCompare(other.createdAt ?? ''))
    .map(({ id, tags, library_name }) => ({ id, formats: formatsClaimed([id, ...tags, library_name ?? '']) }))
    .filter(({ formats }) => formats.some((format) => !known.includes(format)));
  const found = new Map<PackedFormat, PackedCopy>();
  let asked = 0;
  for (const { id, formats } of examinationOrder(claims, detailsAtMost, deps.now)) {
    if (formats.every((format) => known.includes(format) || found.has(format))) continue;
    if (asked === detailsAtMost) break;
    asked += 1;
    const proved = await provedBy(deps, id, names);
    if (isFailure(proved)) return proved;
    for (const copy of proved) if (!found.has(copy.format)) found.set(copy.format, copy);
  }
  return [...found.values()];
}

export async function lookForCopies(deps: CopiesDeps, look: Look): Promise<PollResult> {
  const { client, now } = deps;
  const { address } = look.target;
  const before = readCopiesCursor(look.cursor);
  if (before !== null && !asksForCopies(look)) return idleResult(before, now);
  const got = await client.json(`/api/models/${address}`, null);
  if (got.kind === 'later' || got.kind === 'broken') return got;
  if (got.kind === 'too much') return { kind: 'broken', reason: got.reason };
  const model = got.kind === 'json' ? modelDocument.safeParse(got.body).data : undefined;
  const lasting = model?._id ?? null;
  const other = before !== null && before.lasting !== null && lasting !== null && before.lasting !== lasting;
  if (model === undefined || model.private === true || other) return copiesResult(look, null, now);
  const hasWeights = weightFacts(model, weightsIn(model)) !== null;
  // Before the model itself is out, a copy of it is not a release.
  if (!hasWeights) return copiesResult(look, { hasWeights, lasting, copies: [] }, now);
  const names = sameName(model.id, address) ? [model.id] : [model.id, address];
  const copies = await copiesOf(deps, names, before?.formats ?? []);
  return isFailure(copies) ? copies : copiesResult(look, { hasWeights, lasting, copies }, now);
}
