// Which weight files make up one usable copy (what the library loads by default), and which other copies there are.
import { denoiserFolders, pipelineFolders, secondaryFolders } from './formats.ts';
import type { WeightSet } from './sets.ts';

export interface Copy {
  readonly format: string;
  readonly precision: string | null;
  readonly files: number;
  readonly bytes: number | null;
}

export interface CopyContext {
  readonly library: string | null;
  /** The repository's name, without its owner. */
  readonly name: string;
}

/** Formats in the order in which libraries look for them. */
const formatOrder = [
  'safetensors',
  'bin',
  'nemo',
  'pt',
  'pth',
  'ckpt',
  'gguf',
  'keras',
  'h5',
  'tensorflow',
  'msgpack',
  'npz',
  'onnx',
  'tflite',
  'litertlm',
  'coreml',
  'openvino',
  'ot',
];
const libraryFormats: Readonly<Record<string, readonly string[]>> = {
  gguf: ['gguf'],
  'llama.cpp': ['gguf'],
  onnx: ['onnx'],
  'onnxruntime-genai': ['onnx'],
  'transformers.js': ['onnx'],
  openvino: ['openvino'],
  coreml: ['coreml'],
  keras: ['keras', 'h5', 'tensorflow'],
  'tf-keras': ['keras', 'h5', 'tensorflow'],
  tensorflow: ['tensorflow', 'h5'],
  flax: ['msgpack'],
  jax: ['msgpack', 'npz'],
  nemo: ['nemo'],
  tflite: ['tflite'],
  litert: ['tflite', 'litertlm'],
};
const stemOrder = [
  'model',
  'pytorch_model',
  'diffusion_pytorch_model',
  'open_clip_model',
  'open_clip_pytorch_model',
  'tf_model',
  'flax_model',
  'rust_model',
  'saved_model',
  'variables',
  'consolidated',
  'openvino_model',
  'tensor',
];
const precisionOrder = ['bf16', 'bfloat16', 'fp16', 'f16', 'float16', 'half', 'fp32', 'f32', 'float32', 'fp8', 'int8'];
/** The order in which programs choose from a repository of quantisations when none is specified. */
const quantisationOrder = ['q4_k_m', 'q8_0', 'ud-q4_k_xl', 'q4_k_s', 'q4_0', 'q5_k_m', 'mxfp4'];
/** More dissimilar files than this side by side are a collection, not the parts of one model. */
const mostParts = 6;
/** The most names that are compared with each other. */
const mostCompared = 100;

/** Index in a list; values that are not in it come last. */
const place = (list: readonly string[], value: string): number => {
  const at = list.indexOf(value);
  return at === -1 ? list.length : at;
};

function formatsFor(library: string | null): readonly string[] {
  return [...(libraryFormats[library?.toLowerCase() ?? ''] ?? []), ...formatOrder];
}

function precisionPlace({ precision, format }: WeightSet): number {
  if (precision === null) return -1;
  const plain = place(precisionOrder, precision);
  if (format !== 'gguf') return plain;
  const packed = place(quantisationOrder, precision);
  return packed < quantisationOrder.length ? packed : packed + plain;
}

const sorted = <T>(all: readonly T[], ...by: readonly ((one: T) => number)[]): readonly T[] =>
  all.toSorted((one, other) => by.reduce((found, key) => (found === 0 ? key(one) - key(other) : found), 0));

const folded = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** How different a stem is from the repository's name: 0 = equal, 1 = one contains the other, 2 = neither. */
function distance(stem: string, name: string): number {
  const [one, other] = [folded(stem), folded(name)];
  if (one === other) return 0;
  return one !== '' && (one.includes(other) || other.includes(one)) ? 1 : 2;
}

/** The preferred one of several sets that differ in stem, format or precision. */
function best(sets: readonly WeightSet[], { library, name }: CopyContext): WeightSet | null {
  const formats = formatsFor(library);
  const ranked = sorted(
    sets,
    ({ format }) => place(formats, format),
    ({ stem }) => place(stemOrder, stem),
    precisionPlace,
    // A single file comes before shards.
    ({ stem, files }) => (place(stemOrder, stem) < stemOrder.length ? Math.min(files, 2) : 0),
    ({ stem }) => distance(stem, name),
    ({ stem }) => stem.length,
    ({ bytes }) => -(bytes ?? 0),
  );
  return ranked[0] ?? null;
}

function sum(sets: readonly WeightSet[]): Copy | null {
  // The largest part determines format and precision of the whole.
  const main = sorted(sets, ({ bytes }) => -(bytes ?? 0))[0];
  if (main === undefined) return null;
  const known = sets.every(({ bytes }) => bytes !== null);
  return {
    format: main.format,
    precision: main.precision,
    files: sets.reduce((count, set) => count + set.files, 0),
    bytes: known ? sets.reduce((total, set) => total + (set.bytes ?? 0), 0) : null,
  };
}

/** Sets whose names begin alike are versions of the same thing; sets with different names are parts of a whole. */
function alike(one: WeightSet, other: WeightSet): boolean {
  const [short = '', long = ''] = [one.stem, other.stem].toSorted((a, b) => a.length - b.length);
  const first = (stem: string): string => stem.split(/[-_. ]/)[0] ?? '';
  if (first(short) !== '' && first(short) === first(long)) return true;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same += 1;
  return same >= 3 && same >= short.length * 0.6;
}

function clusters(sets: readonly WeightSet[]): readonly (readonly WeightSet[])[] {
  const found: WeightSet[][] = [];
  for (const set of sets) {
    const near = found.find((cluster) => cluster.some((one) => alike(one, set)));
    if (near === undefined) found.push([set]);
    else near.push(set);
  }
  return found;
}

/** The sets of one folder that make up a copy. */
function inFolder(sets: readonly WeightSet[], context: CopyContext): readonly WeightSet[] {
  const main = best(sets, context);
  if (main === null) return [];
  // A standard model name means that this is everything; files with other names may be parts.
  if (stemOrder.includes(main.stem) || main.format === 'gguf') return [main];
  const same = sets.filter(({ format }) => format === main.format);
  if (same.length > mostCompared) return [main];
  const parts = clusters(same).flatMap((cluster) => best(cluster, context) ?? []);
  return parts.length > mostParts ? sorted(parts, ({ bytes }) => -(bytes ?? 0)).slice(0, 1) : parts;
}

const topOf = (folder: string): string => folder.split('/')[0] ?? '';

/** Sets by pipeline folder; null when the repository is not a pipeline. */
function pipelineOf(sets: readonly WeightSet[]): ReadonlyMap<string, readonly WeightSet[]> | null {
  const parts = Map.groupBy(
    sets.filter(({ folder }) => pipelineFolders.test(folder)),
    ({ folder }) => folder,
  );
  const folders = [...parts.keys()];
  return folders.length > 1 && folders.some((folder) => denoiserFolders.test(folder)) ? parts : null;
}

/** Modules beside the root's weights that are loaded together with them, such as `2_Dense`. */
const moduleFolder = /^\d+_[A-Z][A-Za-z]*$/;
/** If the root holds less than this share of what the folders hold, it contains only parts. */
const partOfWhole = 0.25;

function ofRoot(sets: readonly WeightSet[], context: CopyContext): readonly WeightSet[] {
  const root = inFolder(
    sets.filter(({ folder }) => folder === ''),
    context,
  );
  const first = (folder: string): boolean => folder !== '' && !secondaryFolders.test(topOf(folder));
  const folders = Map.groupBy(
    sets.filter(({ folder }) => first(folder) && !moduleFolder.test(folder)),
    ({ folder }) => topOf(folder),
  );
  const parts = [...folders.values()].flatMap((inside) => best(inside, context) ?? []);
  const bytesOf = (all: readonly WeightSet[]): number => all.reduce((total, { bytes }) => total + (bytes ?? 0), 0);
  const large = Math.max(0, ...parts.map(({ bytes }) => bytes ?? 0));
  if (root.length > 0 && bytesOf(root) >= large * partOfWhole) {
    const modules = Map.groupBy(
      sets.filter(({ folder, format }) => moduleFolder.test(folder) && format === root[0]?.format),
      ({ folder }) => folder,
    );
    return [...root, ...[...modules.values()].flatMap((inside) => best(inside, context) ?? [])];
  }
  if (root.length > 0 && parts.length <= mostParts) return [...root, ...parts];
  return [];
}

/** Nothing in the root: the folder that is not a secondary copy, else the one with the most training steps. */
function ofFolders(sets: readonly WeightSet[], context: CopyContext): readonly WeightSet[] {
  const byFolder = [...Map.groupBy(sets, ({ folder }) => folder)];
  const steps = (folder: string): number => Number(folder.match(/\d+/g)?.at(-1) ?? 0);
  const formats = formatsFor(context.library);
  const [chosen] = sorted(
    byFolder,
    ([folder]) => (secondaryFolders.test(topOf(folder)) ? 1 : 0),
    ([, inside]) => Math.min(...inside.map(({ format }) => place(formats, format))),
    ([folder]) => distance(folder, context.name),
    ([folder]) => -steps(folder),
    ([, inside]) => -Math.max(...inside.map(({ bytes }) => bytes ?? 0)),
  );
  return chosen === undefined ? [] : inFolder(chosen[1], context);
}

export interface Copies {
  /** The copy that the library loads by default. */
  readonly main: Copy | null;
  /** Further complete copies: in other formats, precisions and quantisations. */
  readonly others: readonly Copy[];
}

function pipelineCopies(parts: ReadonlyMap<string, readonly WeightSet[]>, context: CopyContext): Copies {
  const chosen = [...parts.values()].flatMap((inside) => best(inside, context) ?? []);
  const main = sum(chosen);
  const all = [...parts.values()].flat();
  const kinds = new Map(all.map(({ format, precision }) => [`${format} ${precision}`, { format, precision }]));
  const others = [...kinds.values()].flatMap(({ format, precision }) => {
    // A further copy exists if every part is there in this format and precision.
    const picked = [...parts.values()].flatMap(
      (inside) =>
        best(
          inside.filter((set) => set.format === format && set.precision === precision),
          context,
        ) ?? [],
    );
    const copy = picked.length === parts.size ? sum(picked) : null;
    return copy === null || (copy.format === main?.format && copy.precision === main.precision) ? [] : [copy];
  });
  return { main, others };
}

/** Whether a set is a complete model: by a standard name, or by the name of the chosen set. */
function isWhole(set: WeightSet, chosen: readonly WeightSet[]): boolean {
  // In a folder of its own it is a copy only if that folder is a kind that holds copies.
  const beside = set.folder === '' || secondaryFolders.test(topOf(set.folder));
  if (!beside && chosen.every(({ folder }) => folder !== set.folder)) return false;
  if (set.format === 'gguf') return chosen.every((one) => one.format !== 'gguf' || one.stem === set.stem);
  return stemOrder.includes(set.stem) || (chosen.length === 1 && chosen[0]?.stem === set.stem);
}

/** `companions`: files that a GGUF copy needs in addition. */
export function copiesOf(sets: readonly WeightSet[], companions: readonly WeightSet[], context: CopyContext): Copies {
  // Libraries other than diffusers load the single file beside the pipeline's parts.
  const single =
    context.library !== null && !/^diffusers$/i.test(context.library) && sets.some(({ folder }) => folder === '');
  const pipeline = single ? null : pipelineOf(sets);
  if (pipeline !== null) return pipelineCopies(pipeline, context);
  const root = ofRoot(sets, context);
  const chosen = root.length > 0 ? root : ofFolders(sets, context);
  const beside = chosen[0]?.format === 'gguf' ? best(companions, context) : null;
  const main = sum(beside === null ? chosen : [...chosen, beside]);
  const others = sets
    .filter((set) => !chosen.includes(set) && isWhole(set, chosen))
    .map(({ format, precision, files, bytes }) => ({ format, precision, files, bytes }));
  return { main, others };
}
