// What takes further requests, once per revision: a model's README, its configuration, its data sets.
import { z } from 'zod';
import type { Failure, HubClient } from './client.ts';
import { extracts, extractWords } from './corpora.ts';
import type { ModelDocument } from './document.ts';
import { isReadme } from './files.ts';
import { readReadme } from './readme.ts';

type Further = NonNullable<ModelDocument['further']>;
export type Details = Pick<Further, 'readme' | 'config' | 'datasets'>;

const readmeBytes = 512 * 1024;
const configBytes = 256 * 1024;
/** If a card names more, the data counts as named, but never as completely open. */
const mostDatasets = 12;

const pathOf = (model: ModelDocument, file: string): string => `/${model.id}/resolve/${model.sha ?? 'main'}/${file}`;

const count = z.number().int().positive().optional().catch(undefined);
/** Alternative names for the same setting in `config.json`; the first one present counts. */
const sizes = z.object({
  max_position_embeddings: count,
  max_sequence_length: count,
  max_seq_len: count,
  seq_length: count,
  n_positions: count,
  n_ctx: count,
  num_local_experts: count,
  n_routed_experts: count,
  num_experts: count,
  num_experts_per_tok: count,
  experts_per_token: count,
  moe_topk: count,
  hidden_size: count,
  moe_intermediate_size: count,
  intermediate_size: count,
  num_hidden_layers: count,
  first_k_dense_replace: count,
  num_nextn_predict_layers: count,
});
const configFile = sizes.extend({
  text_config: sizes.optional().catch(undefined),
  llm_config: sizes.optional().catch(undefined),
  language_config: sizes.optional().catch(undefined),
});

/** Null = not the configuration of a model that is understood here. */
export function readConfig(text: string): Further['config'] | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const read = configFile.safeParse(json);
  if (!read.success) return null;
  const { text_config, llm_config, language_config, ...own } = read.data;
  const of = { ...own, ...defined(language_config), ...defined(llm_config), ...defined(text_config) };
  const experts = of.num_local_experts ?? of.n_routed_experts ?? of.num_experts;
  return {
    context:
      of.max_position_embeddings ??
      of.max_sequence_length ??
      of.max_seq_len ??
      of.seq_length ??
      of.n_positions ??
      of.n_ctx,
    experts,
    chosen: of.num_experts_per_tok ?? of.experts_per_token ?? of.moe_topk,
    hidden: of.hidden_size,
    expertWidth: experts === undefined ? undefined : (of.moe_intermediate_size ?? of.intermediate_size),
    layers: of.num_hidden_layers,
    dense: of.first_k_dense_replace,
    further: of.num_nextn_predict_layers,
  };
}

function defined<T extends object>(part: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(part ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;
}

async function askReadme(client: HubClient, model: ModelDocument): Promise<Further['readme'] | Failure> {
  if (!model.siblings?.some(isReadme)) return undefined;
  const got = await client.text(pathOf(model, 'README.md'), readmeBytes);
  if (got.kind !== 'text') return got;
  return got.text === null ? 'unreadable' : { ...mutable(readReadme(got.text, model.id)) };
}

function mutable({ pretraining, corpora, datasets, trainingCode, report }: ReturnType<typeof readReadme>) {
  return { pretraining, corpora: [...corpora], datasets: [...datasets], trainingCode, report };
}

async function askConfig(client: HubClient, model: ModelDocument): Promise<Further['config'] | Failure> {
  if (!model.siblings?.some(({ rfilename }) => rfilename === 'config.json')) return undefined;
  const got = await client.text(pathOf(model, 'config.json'), configBytes);
  if (got.kind !== 'text') return got;
  return got.text === null ? undefined : (readConfig(got.text) ?? undefined);
}

const dataset = z.object({
  id: z.string().optional().catch(undefined),
  gated: z.unknown(),
  private: z.boolean().optional().catch(undefined),
  disabled: z.boolean().optional().catch(undefined),
  tags: z.array(z.string()).optional().catch(undefined),
  cardData: z
    .object({ license: z.union([z.string().transform((one) => [one]), z.array(z.string())]).nullish() })
    .nullish()
    .catch(undefined),
});

export function seenDataset(asked: string, body: unknown): NonNullable<Further['datasets']>[number] {
  const { data } = dataset.safeParse(body);
  const readable = data?.gated === false && data.private !== true && data.disabled !== true;
  const tagged = (data?.tags ?? []).filter((tag) => tag.startsWith('license:')).map((tag) => tag.slice(8));
  const licences = [...new Set([...(data?.cardData?.license ?? []), ...tagged])];
  const extract = [asked, data?.id ?? asked].some(
    (id) => extracts.has(id.toLowerCase()) || extractWords.test(id.slice(id.indexOf('/') + 1)),
  );
  return { id: asked, readable, licences, extract };
}

/** Stops at the first data set that is not open to everybody: from there on, data counts as named only. */
async function askDatasets(client: HubClient, ids: readonly string[]): Promise<NonNullable<Further['datasets']>> {
  const seen: NonNullable<Further['datasets']> = [];
  for (const id of ids.slice(0, mostDatasets)) {
    const path = id.split('/').map(encodeURIComponent).join('/');
    const got = await client.json(`/api/datasets/${path}`, null);
    // Unlike the licence this is optional: a data set that could not be read counts as named only.
    if (got.kind === 'later') break;
    const one = got.kind === 'json' ? seenDataset(id, got.body) : { id, readable: false, licences: [], extract: false };
    seen.push(one);
    if (!one.readable || one.licences.length === 0 || one.extract) break;
  }
  return seen;
}

const isFailure = (got: unknown): got is Failure =>
  typeof got === 'object' && got !== null && 'kind' in got && (got.kind === 'later' || got.kind === 'broken');

/** `datasets`: those named in the card. For a derived model they are not looked at, as they are never all of its data. */
export async function askDetails(
  client: HubClient,
  model: ModelDocument,
  datasets: readonly string[],
  derived: boolean,
): Promise<{ readonly kind: 'details'; readonly details: Details } | Failure> {
  const readme = await askReadme(client, model);
  if (isFailure(readme)) return readme;
  const config = await askConfig(client, model);
  if (isFailure(config)) return config;
  const named = [...new Set([...datasets, ...(typeof readme === 'object' ? readme.datasets : [])])];
  const looked = derived || named.length === 0 ? undefined : await askDatasets(client, named);
  return {
    kind: 'details',
    details: {
      ...(readme === undefined ? {} : { readme }),
      ...(config === undefined ? {} : { config }),
      ...(looked === undefined ? {} : { datasets: looked }),
    },
  };
}
