// Which files of a model repository are weights, which is its licence, which is code.

interface File {
  readonly rfilename: string;
  readonly size?: number | undefined;
  readonly lfs?: { readonly size: number } | null | undefined;
}

/** A large file of an unknown kind counts as weights from here on, in bytes. */
const largeBytes = 100_000_000;

const weightNames =
  /\.(?:safetensors|gguf|pt|ckpt|onnx|nemo|npz|msgpack|h5)$|pytorch_model[^/]*\.bin$|(?:^|\/)consolidated[^/]*\.pth$|(?:^|\/)ckpt[^/]*\/(?:.*\/)?tensor[^/]*$/i;
/** The state of a training run, left beside the weights. */
const trainingState = /(?:^|\/)(?:optimizer|scheduler|scaler|rng_state|training_args)[^/]*$/i;
const neverWeights = /\.(?:jsonl?|parquet|arrow|csv|tsv|txt|md|pdf|mp4|mp3|wav|png|jpe?g|py|ipynb)$/i;

export function isWeightFile(file: File): boolean {
  const name = file.rfilename;
  if (trainingState.test(name)) return false;
  if (weightNames.test(name)) return true;
  return (file.lfs?.size ?? 0) > largeBytes && !neverWeights.test(name);
}

/** The name of a weight file's format: its extension, `ckpt` for tensors without one. */
export function weightFormat(file: File): string {
  const extension = /\.([a-z][a-z0-9_]*)$/i.exec(file.rfilename)?.[1];
  return extension === undefined ? 'ckpt' : extension.toLowerCase();
}

export function fileBytes(file: File): number | null {
  return file.lfs?.size ?? file.size ?? null;
}

const licenceName = /^(?:model[-_ ]?licen[cs]e|licen[cs]e|copying)[^/]*$/i;
const notReadable = /\.(?:pdf|docx?|html?|png)$/i;
const codeOnly = /code/i;
const modelOnly = /model/i;

/** Lower is better; null when the file is no licence text: a licence for the model stands before one for everything. */
function licenceRank(file: File): number | null {
  const name = file.rfilename;
  if (!licenceName.test(name) || notReadable.test(name) || codeOnly.test(name)) return null;
  if (modelOnly.test(name)) return 0;
  return /^licen[cs]e(?:\.(?:txt|md))?$/i.test(name) ? 1 : 2;
}

export function licenceFile<T extends File>(files: readonly T[]): T | null {
  let best: { readonly file: T; readonly rank: number } | null = null;
  for (const file of files) {
    const rank = licenceRank(file);
    if (rank !== null && (best === null || rank < best.rank)) best = { file, rank };
  }
  return best?.file ?? null;
}

export function isCodeFile(file: File): boolean {
  return /\.py$/i.test(file.rfilename);
}

export function isUsedFile(file: File): boolean {
  return isWeightFile(file) || isCodeFile(file) || licenceRank(file) !== null;
}
