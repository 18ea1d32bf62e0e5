// What a repository contains: a model, an adapter, a quantisation, a merge, or none of these; and its weight files.
import type { Facts } from '../../types/core.ts';
import { type Copies, type Copy, copiesOf } from './copy.ts';
import { type FileContext, type RepositoryFile, type Role, roleOf } from './role.ts';
import { formatOf, setsOf } from './sets.ts';

export interface RepositoryFiles {
  /** `owner/name`. */
  readonly id: string;
  readonly files: readonly RepositoryFile[];
  readonly library: string | null;
  readonly tags: readonly string[];
  /** Its stated relations to base models: `finetune`, `adapter`, `quantized`, `merge`. */
  readonly relations: readonly string[];
}

export type Artefact = NonNullable<Facts['artefact']>;

export interface Weights {
  readonly artefact: Artefact;
  /** The weight files of a model, or those of an adapter; empty for anything else. */
  readonly files: readonly RepositoryFile[];
  readonly formats: readonly string[];
  readonly copies: Copies;
}

const configNames = new Set(['config.json', 'model_index.json', 'params.json', 'configuration.json']);
const adapterLibraries = new Set(['peft', 'adapter-transformers', 'adapters']);
const fullModel = /^(?:model|pytorch_model)(?:[-_]\d{5,6}-of-\d{5,6})?\.(?:safetensors|bin)$/i;
const quantisedName =
  /(?:^|[-_.])(?:gguf|ggml|gptq|awq|exl[23]|int[48]|[2-8]bit|nvfp4|mxfp4|bnb|w4a16|w8a8|hqq|aqlm)(?:$|[-_.])/i;

/** Files that show what a repository is without being weights; they are kept when an answer is reduced. */
export function isTelling(path: string): boolean {
  return configNames.has(path) || path === 'adapter_config.json';
}

function isAdapter(repository: RepositoryFiles, roles: ReadonlyMap<Role | null, readonly RepositoryFile[]>): boolean {
  const { library, tags, relations, files } = repository;
  const weights = roles.get('weights') ?? [];
  const adapters = roles.get('adapter') ?? [];
  if (weights.length === 0) return adapters.length > 0;
  const declared = relations.includes('adapter') || adapterLibraries.has(library?.toLowerCase() ?? '');
  const configured = files.some(({ path }) => path === 'adapter_config.json');
  const tagged = tags.includes('lora') && !files.some(({ path }) => configNames.has(path));
  // After merging an adapter into a whole model, authors often leave the adapter's library in the card.
  const whole = weights.some(({ path }) => fullModel.test(path)) && files.some(({ path }) => path === 'config.json');
  return (declared || configured || tagged) && !whole;
}

function artefactOf(repository: RepositoryFiles, adapter: boolean, weights: readonly RepositoryFile[]): Artefact {
  const { id, tags, relations } = repository;
  if (adapter) return 'adapter';
  if (weights.length === 0) return 'other';
  if (relations.includes('quantized')) return 'quantisation';
  if (relations.includes('merge') || tags.includes('mergekit') || tags.includes('merge')) return 'merge';
  const packed =
    quantisedName.test(id.slice(id.indexOf('/') + 1)) || weights.every(({ path }) => /\.gguf$/i.test(path));
  return relations.length > 0 && packed ? 'quantisation' : 'model';
}

/** Pure. Decides by names, formats, library and relation first, by sizes last. */
export function weightsOf(repository: RepositoryFiles): Weights {
  const { id, files, library } = repository;
  const around: FileContext = { library, configured: files.some(({ path }) => configNames.has(path)) };
  const roles = Map.groupBy(files, (file) => roleOf(file, around));
  const adapter = isAdapter(repository, roles);
  const weights = adapter
    ? [...(roles.get('adapter') ?? []), ...(roles.get('weights') ?? [])]
    : (roles.get('weights') ?? []);
  const context = { library, name: id.slice(id.indexOf('/') + 1) };
  return {
    artefact: artefactOf(repository, adapter, weights),
    files: weights,
    formats: [...new Set(weights.map(({ path }) => formatOf(path)))].toSorted(),
    copies: copiesOf(setsOf(weights), setsOf(roles.get('companion') ?? []), context),
  };
}

/** The quantisations, smallest first: the precisions that are not plain floating point. */
export function quantisationsOf(copies: readonly Copy[]): readonly string[] {
  const plain = /^(?:bf16|bfloat16|f16|fp16|float16|half|f32|fp32|float32|fp64)$/;
  const named = copies
    .toSorted((one, other) => (one.bytes ?? 0) - (other.bytes ?? 0))
    .flatMap(({ precision }) => (precision === null || plain.test(precision) ? [] : [precision.toUpperCase()]));
  return [...new Set(named)];
}
