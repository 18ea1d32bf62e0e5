// Bodies in the shape of the Hub's answers: listings, single models, data sets.
import { createHash } from 'node:crypto';
import type { DatasetState, FileState, ModelState } from './state.ts';

/** Fields that `expand[]` may name. https://huggingface.co/docs/huggingface_hub/package_reference/hf_api */
export const EXPANDABLE: readonly string[] = [
  'author',
  'baseModels',
  'cardData',
  'childrenModelCount',
  'config',
  'createdAt',
  'disabled',
  'downloads',
  'downloadsAllTime',
  'evalResults',
  'gated',
  'gguf',
  'inference',
  'inferenceProviderMapping',
  'lastModified',
  'library_name',
  'likes',
  'mask_token',
  'model-index',
  'pipeline_tag',
  'private',
  'resourceGroup',
  'safetensors',
  'sha',
  'siblings',
  'spaces',
  'tags',
  'transformersInfo',
  'trendingScore',
  'usedStorage',
  'widgetData',
  'xetEnabled',
];

/** The model's tags, with those that the Hub derives from the card. */
export function tagsOf(model: ModelState): readonly string[] {
  const list = (value: unknown): readonly string[] =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).filter((one) => typeof one === 'string');
  const relation = model.card.base_model_relation;
  const bases = list(model.card.base_model);
  return [
    ...list(model.library ?? undefined),
    ...([...model.files.keys()].some((path) => path.endsWith('.safetensors')) ? ['safetensors'] : []),
    ...model.tags,
    ...list(model.card.datasets).map((id) => `dataset:${id}`),
    ...bases.map((id) => `base_model:${id}`),
    ...(typeof relation === 'string' ? bases.map((id) => `base_model:${relation}:${id}`) : []),
    ...list(model.card.license).map((id) => `license:${id}`),
    'region:us',
  ];
}

/** All fields that the Hub has for a model; callers choose from them. */
export function modelFields(model: ModelState, blobs: boolean): Record<string, unknown> {
  return {
    _id: model._id,
    id: model.id,
    private: model.private,
    pipeline_tag: model.pipeline ?? undefined,
    library_name: model.library ?? undefined,
    tags: tagsOf(model),
    downloads: model.downloads,
    downloadsAllTime: model.downloads,
    likes: model.likes,
    modelId: model.id,
    author: model.id.split('/')[0],
    sha: model.sha,
    lastModified: new Date(model.lastModified).toISOString(),
    gated: model.gated,
    disabled: model.disabled,
    'model-index': null,
    config: { architectures: ['LandfallForCausalLM'], model_type: 'landfall' },
    cardData: model.card,
    transformersInfo: { auto_model: 'AutoModelForCausalLM', pipeline_tag: model.pipeline, processor: 'AutoTokenizer' },
    siblings: [...model.files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, file]) => sibling(path, file, blobs)),
    spaces: [],
    createdAt: new Date(model.createdAt).toISOString(),
    safetensors: model.safetensors ?? undefined,
    usedStorage: [...model.files.values()].reduce((sum, file) => sum + file.size, 0) * 2,
    trendingScore: model.trending,
    xetEnabled: true,
    ...model.fields,
  };
}

function sibling(path: string, file: FileState, blobs: boolean): Record<string, unknown> {
  if (!blobs) return { rfilename: path };
  const sha256 = createHash('sha256').update(`${path} ${file.size} ${file.text}`).digest('hex');
  return {
    rfilename: path,
    blobId: sha256.slice(0, 40),
    size: file.size,
    ...(file.lfs ? { lfs: { sha256, size: file.size, pointerSize: 136 } } : {}),
  };
}

const SHORT = [
  '_id',
  'id',
  'likes',
  'trendingScore',
  'private',
  'downloads',
  'tags',
  'pipeline_tag',
  'library_name',
  'createdAt',
  'modelId',
];
const FULL = [...SHORT, 'author', 'gated', 'lastModified', 'sha', 'siblings'];
const SINGLE_LEAVES_OUT = ['downloadsAllTime', 'trendingScore', 'xetEnabled'];

/** One item of a listing. With `expand` it has only those fields and the id. */
export function listed(model: ModelState, expand: readonly string[], full: boolean): Record<string, unknown> {
  const fields = modelFields(model, false);
  const names = expand.length > 0 ? ['_id', 'id', ...expand] : full ? FULL : SHORT;
  return pick(fields, names);
}

/** The answer for one model. */
export function single(model: ModelState, expand: readonly string[], blobs: boolean): Record<string, unknown> {
  const fields = modelFields(model, blobs);
  if (expand.length > 0) return pick(fields, ['_id', 'id', ...expand]);
  return pick(
    fields,
    Object.keys(fields).filter((name) => !SINGLE_LEAVES_OUT.includes(name)),
  );
}

export function datasetBody(dataset: DatasetState): Record<string, unknown> {
  return {
    _id: dataset._id,
    id: dataset.id,
    author: dataset.id.split('/')[0],
    sha: createHash('sha1').update(dataset.id).digest('hex'),
    lastModified: new Date(dataset.createdAt).toISOString(),
    private: dataset.private,
    gated: dataset.gated,
    disabled: false,
    tags: [...dataset.tags, 'region:us'],
    downloads: 0,
    likes: 0,
    cardData: dataset.card,
    siblings: [{ rfilename: '.gitattributes' }, { rfilename: 'README.md' }],
    createdAt: new Date(dataset.createdAt).toISOString(),
  };
}

function pick(fields: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]));
}
