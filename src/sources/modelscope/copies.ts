// Packed copies of a model by known converters on ModelScope: found by name, proved by the base model that each one states.
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { Look, PollResult } from '../../types/core.ts';
import {
  asksForCopies,
  copiesResult,
  examinationOrder,
  idleResult,
  type PackedCopy,
  readCopiesCursor,
} from '../quantised/copies.ts';
import { formatsClaimed, formatsIn, type PackedFormat } from '../quantised/formats.ts';
import { weightsOf } from '../weights/artefact.ts';
import type { RepositoryFile } from '../weights/role.ts';
import { codeOf, filesOf, refused, type ScopeClient, type ScopeFailure } from './client.ts';
import { readFiles, readList, readModel, type ScopeFile, type ScopeModel } from './read.ts';

const atOnce = 50;
const pagesAtMost = 2;
/** Each takes four requests, sent one at a time; the rest is left for later looks. */
const detailsAtMost = 4;
const readmeBytes = 256 * 1024;
const frontMost = 16 * 1024;

interface CopiesDeps {
  readonly client: ScopeClient;
  readonly isConverter: (account: string) => boolean;
}

const ownerOf = (id: string): string => id.slice(0, id.indexOf('/'));
const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1);
const isFailure = (got: object): got is ScopeFailure =>
  'kind' in got && (got.kind === 'later' || got.kind === 'broken');
const fileOf = ({ Path, Size }: ScopeFile): RepositoryFile => ({ path: Path, bytes: Size ?? null });

/** The models found by a search for this name. */
async function listed(client: ScopeClient, name: string): Promise<readonly ScopeModel[] | ScopeFailure> {
  const all: ScopeModel[] = [];
  for (let page = 1; page <= pagesAtMost; page += 1) {
    const words = new URLSearchParams({
      search: name,
      sort: 'last_modified',
      page_number: String(page),
      page_size: String(atOnce),
    });
    const got = await client.ask(`/openapi/v1/models?${words.toString()}`);
    if (got.kind === 'missing') break;
    if (got.kind !== 'json') return got;
    const list = readList(got.body);
    if (list === null) return refused(client.endpoint, codeOf(got.body));
    all.push(...list.models);
    if (list.held < atOnce) break;
  }
  return all;
}

async function filesIn(client: ScopeClient, id: string): Promise<readonly ScopeFile[] | ScopeFailure> {
  const got = await client.ask(filesOf(id));
  if (got.kind === 'missing') return [];
  if (got.kind !== 'json') return got;
  return readFiles(got.body) ?? refused(client.endpoint, codeOf(got.body));
}

const words = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .nullish()
  .catch(null);
const front = z.object({
  base_model: words,
  base_model_relation: z.string().nullish().catch(null),
  library_name: z.string().nullish().catch(null),
  tags: words,
});
type Front = z.infer<typeof front>;

/** The front matter, between the first two lines of dashes; null = there is none that can be read. */
function frontOf(readme: string): Front | null {
  const text = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/.exec(readme.slice(0, frontMost))?.[1];
  if (text === undefined) return null;
  try {
    return front.safeParse(parseYaml(text, { maxAliasCount: 10 })).data ?? null;
  } catch {
    return null;
  }
}

/** Whether it states this model as its only base, and no relation other than a quantisation. */
function isOf(model: ScopeModel, card: Front | null, address: string): boolean {
  const bases = [...(model.base_model ?? []), ...(model.base_models ?? []), ...(card?.base_model ?? [])];
  const relations = [model.base_model_relation, card?.base_model_relation].flatMap((one) => one ?? []);
  const same = bases.every((id) => id.toLowerCase() === address.toLowerCase());
  return bases.length > 0 && same && relations.every((relation) => relation === 'quantized');
}

const config = z.object({ quantization_config: z.object({ quant_method: z.string() }) });

async function methodOf(client: ScopeClient, id: string): Promise<string | null | ScopeFailure> {
  const got = await client.text(`/api/v1/models/${id}/repo?Revision=master&FilePath=config.json`, readmeBytes);
  if (got === null || typeof got !== 'string') return got;
  try {
    return config.safeParse(JSON.parse(got)).data?.quantization_config.quant_method ?? null;
  } catch {
    return null;
  }
}

async function provedBy(
  client: ScopeClient,
  { id, address }: { readonly id: string; readonly address: string },
): Promise<readonly PackedCopy[] | ScopeFailure> {
  const got = await client.ask(`/openapi/v1/models/${id}`);
  if (got.kind === 'missing') return [];
  if (got.kind !== 'json') return got;
  const model = readModel(got.body);
  if (model === null || /private|internal/i.test(model.visibility ?? '')) return [];
  const readme = await client.text(`/api/v1/models/${id}/repo?Revision=master&FilePath=README.md`, readmeBytes);
  if (readme !== null && typeof readme !== 'string') return readme;
  const card = readme === null ? null : frontOf(readme);
  if (!isOf(model, card, address)) return [];
  const files = await filesIn(client, id);
  if (isFailure(files)) return files;
  const method = files.some(({ Path }) => Path === 'config.json') ? await methodOf(client, id) : null;
  if (method !== null && typeof method !== 'string') return method;
  const formats = formatsIn({
    id,
    files: files.map(fileOf),
    library: model.library ?? card?.library_name ?? null,
    tags: [...model.tags, ...(card?.tags ?? [])],
    method,
  });
  const revision = files.find(({ Path }) => Path === 'README.md')?.Revision ?? null;
  return formats.map((format) => ({ format, repository: id, url: `${client.endpoint}/models/${id}`, revision }));
}

export async function lookForCopies({ client, isConverter }: CopiesDeps, look: Look): Promise<PollResult> {
  const { address } = look.target;
  const now = client.now();
  const before = readCopiesCursor(look.cursor);
  if (before !== null && !asksForCopies(look)) return idleResult(before, now);
  const own = await filesIn(client, address);
  if (isFailure(own)) return own;
  const held = weightsOf({ id: address, files: own.map(fileOf), library: null, tags: [], relations: [] });
  const hasWeights = held.files.length > 0 && held.artefact !== 'adapter';
  if (!hasWeights) return copiesResult(look, { hasWeights, lasting: null, copies: [] }, now);
  const list = await listed(client, nameOf(address));
  if (isFailure(list)) return list;
  const found = new Map<PackedFormat, PackedCopy>();
  const known = before?.formats ?? [];
  const claims = list
    .toReversed()
    .filter(({ id }) => isConverter(ownerOf(id)))
    .map(({ id, tags, library }) => ({ id, formats: formatsClaimed([id, ...tags, library ?? '']) }))
    .filter(({ formats }) => formats.some((format) => !known.includes(format)));
  let asked = 0;
  for (const { id, formats } of examinationOrder(claims, detailsAtMost, now)) {
    if (formats.every((format) => known.includes(format) || found.has(format))) continue;
    if (asked === detailsAtMost) break;
    asked += 1;
    const proved = await provedBy(client, { id, address });
    if (isFailure(proved)) return proved;
    for (const copy of proved) if (!found.has(copy.format)) found.set(copy.format, copy);
  }
  return copiesResult(look, { hasWeights, lasting: null, copies: [...found.values()] }, now);
}
