// The role of one file in a model repository: weights, an adapter, a companion of weights, or none of these.
import {
  dataFolders,
  dataWords,
  libraryExtensions,
  mixedExtensions,
  modelStems,
  otherExtensions,
  precisionPattern,
  trainingStateWords,
  weightExtensions,
} from './formats.ts';

export interface RepositoryFile {
  readonly path: string;
  /** Size of the content; null where the answer does not give it. */
  readonly bytes: number | null;
}

/** `companion`: only useful together with weights, such as the vision part of a GGUF model. */
export type Role = 'weights' | 'adapter' | 'companion';

/** What matters for a file besides its own name. */
export interface FileContext {
  readonly library: string | null;
  /** The root contains a `config.json` or `model_index.json`, so this is a model's repository. */
  readonly configured: boolean;
}

/** From this size in bytes a file of unknown kind counts as weights, but only in a repository with a model's configuration. */
const largeBytes = 500_000_000;

/** Longer paths are ignored: no real model file has one. */
const longestPath = 500;

const adapterFile = /^(?:adapter_model|pytorch_adapter|adapter|pytorch_lora_weights|learned_embeds)(?:$|[-_.])/i;
const adapterWord =
  /(?:^|[-_. ])(?:lora|locon|lokr|loha|qlora|ia3|textual[-_]inversion|hypernetwork|ip[-_]adapter|t2i[-_]adapter)\d{0,4}(?:$|[-_. ])/i;
const namesAdapter = (name: string): boolean => adapterFile.test(name) || adapterWord.test(name);
const trainingState =
  /(?:^|[-_.])(?:optim(?:izer|iser)?(?:_states?)?|opt_state|scheduler|scaler|rng_states?|random_states|training_args|trainer_state)(?:$|[-_.\d])|^zero_pp_rank/i;
const tensorFile = /(?:^|\/)ckpt[^/]*\/(?:.*\/)?tensor[^/]*$/i;
const externalData = /\.onnx(?:[_.]data(?:[_.]\d+)?)$/i;
const tensorflowData = /(?:^|\/)(?:variables|[^/]*ckpt[^/]*)\.data-\d+-of-\d+$/i;
const packaged = /\.(?:mlpackage|mlmodelc)\/(?:.*\/)?weights\/[^/]+\.bin$/i;
const spacyPart = /(?:^|\/)(?:ner|tok2vec|transformer|parser|tagger|textcat|spancat|morphologizer|senter)\/model$/i;

export interface NameParts {
  readonly folder: string;
  readonly base: string;
  readonly stem: string;
  /** In lower case, without the dot; '' = none. */
  readonly extension: string;
}

/** The precision or quantisation in a name, in lower case; null = none. */
export function precisionOf(stem: string): string | null {
  const last = [...stem.matchAll(precisionPattern)].at(-1);
  return last === undefined ? null : `${last[1] ?? ''}${last[2] ?? ''}`.toLowerCase();
}

/** `a/b/model.q4.gguf` → `a/b`, `model.q4.gguf`, `model.q4`, `gguf`. A version at the end (`v1.5`) is not an extension. */
export function nameParts(whole: string): NameParts {
  const path = whole.replace(/(\.gguf)[-.](?:split|part)[-_]?[a-z0-9]{1,8}$/i, '$1');
  const cut = path.lastIndexOf('/');
  const base = path.slice(cut + 1);
  const dot = base.lastIndexOf('.');
  const extension = dot > 0 ? base.slice(dot + 1).toLowerCase() : '';
  const named = /^[a-z][a-z0-9]*$/.test(extension) || /^7z$/.test(extension);
  return {
    folder: cut === -1 ? '' : path.slice(0, cut),
    base,
    stem: named ? base.slice(0, dot) : base,
    extension: named ? extension : '',
  };
}

const wordsOf = (stem: string): readonly string[] => stem.toLowerCase().split(/[-_.\s]+/);

function isTrainingState(parts: NameParts): boolean {
  if (trainingState.test(parts.stem)) return true;
  return trainingStateWords.has(wordsOf(parts.stem)[0] ?? '');
}

const inDataFolder = (folder: string): boolean => folder.split('/').some((part) => dataFolders.has(part.toLowerCase()));

/** For formats that hold anything: a name with a data word is not a model, one with a model word is. */
function mixedRole(parts: NameParts, bytes: number | null, around: FileContext): boolean {
  const { stem, extension } = parts;
  const library = around.library?.toLowerCase() ?? null;
  const canonical = modelStems.test(stem);
  if (!canonical && wordsOf(stem).some((word) => dataWords.has(word))) return false;
  if (library !== null && libraryExtensions.get(library)?.includes(extension) === true) return true;
  switch (extension) {
    case 'pt':
    case 'pth':
    case 'pt2':
      return true;
    case 'bin':
      return canonical || library !== null || around.configured;
    case 'h5':
    case 'hdf5':
    case 'msgpack':
    case 'pb':
    case 'npz':
    case 'params':
      return canonical || around.configured;
    default:
      // Archives and pickles count only for their own library (above).
      return (extension === 'pkl' || extension === 'joblib') && canonical && (bytes ?? 0) > 0;
  }
}

/** Null = neither weights nor an adapter. Decides by format, name and library first, by size last. */
export function roleOf({ path, bytes }: RepositoryFile, around: FileContext): Role | null {
  if (path.length > longestPath) return null;
  const parts = nameParts(path);
  const { folder, stem, base, extension } = parts;
  if (isTrainingState(parts) || /(?:^|\/)(?:optimizer|optim)[^/]*(?:\/|$)/i.test(folder)) return null;
  if (tensorFile.test(path) || externalData.test(path) || tensorflowData.test(path) || packaged.test(path))
    return 'weights';
  if (spacyPart.test(path)) return around.library === 'spacy' ? 'weights' : null;
  if (inDataFolder(folder) && !modelStems.test(stem)) return null;
  if (extension === 'gguf' && /(?:^|[-_. ])mmproj(?:$|[-_. ])/i.test(stem)) return 'companion';
  if (weightExtensions.has(extension)) {
    if (isData(stem, extension)) return null;
    return namesAdapter(stem) && !/merged|fused/i.test(stem) ? 'adapter' : 'weights';
  }
  if (mixedExtensions.has(extension)) {
    if (namesAdapter(stem) && /^(?:bin|pt|pth)$/.test(extension)) return 'adapter';
    return mixedRole(parts, bytes, around) ? 'weights' : null;
  }
  if (otherExtensions.has(extension) || base.startsWith('.')) return null;
  if (wordsOf(stem).some((word) => dataWords.has(word))) return null;
  return around.configured && (bytes ?? 0) >= largeBytes ? 'weights' : null;
}

/** Tensors that are not a model: an importance matrix, the vectors of an index, cached activations. */
function isData(stem: string, extension: string): boolean {
  const words = wordsOf(stem);
  // `model-imatrix-Q4_K_M.gguf` is weights made with an importance matrix, `model.imatrix.gguf` is that matrix.
  if (words.includes('imatrix')) return precisionOf(stem) === null;
  if (extension !== 'safetensors' && extension !== 'ckpt') return false;
  if (modelStems.test(stem)) return false;
  return words.some((word) => /^(?:embeddings|vectors|activations|latents|dataset|logits|index|faiss)$/.test(word));
}
