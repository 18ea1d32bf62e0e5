// The packed formats in which a repository holds a loadable model, judged by its files, never by its name alone.
import { weightsOf } from '../weights/artefact.ts';
import type { RepositoryFile } from '../weights/role.ts';

export type PackedFormat = 'GGUF' | 'MLX' | 'AWQ' | 'GPTQ';

export const packedFormats: readonly PackedFormat[] = ['GGUF', 'MLX', 'AWQ', 'GPTQ'];

export interface PackedRepository {
  /** `owner/name`. */
  readonly id: string;
  readonly files: readonly RepositoryFile[];
  readonly library: string | null;
  readonly tags: readonly string[];
  /** `quant_method` in its configuration; null = it states none. */
  readonly method: string | null;
}

/** A smaller file is not a model, whatever its name: it is a placeholder or a pointer. */
const leastBytes = 1_000_000;

function holds(files: readonly RepositoryFile[], extension: RegExp): boolean {
  return files.some(({ path, bytes }) => extension.test(path) && (bytes === null || bytes >= leastBytes));
}

export function formatsIn({ id, files, library, tags, method }: PackedRepository): readonly PackedFormat[] {
  const relations = ['quantized'];
  const weights = weightsOf({ id, files, library, tags, relations }).files;
  const tensors = holds(weights, /\.(?:safetensors|npz|bin|pt)$/i);
  const said = (word: string): boolean => tags.some((tag) => tag.toLowerCase() === word);
  const packedBy = (word: string): boolean =>
    method === null ? said(word) : method.toLowerCase().replace(/[-_].*/, '') === word;
  const has: Readonly<Record<PackedFormat, boolean>> = {
    GGUF: holds(weights, /\.gguf$/i),
    MLX: tensors && (said('mlx') || /^mlx/i.test(library ?? '')),
    AWQ: tensors && packedBy('awq'),
    GPTQ: tensors && packedBy('gptq'),
  };
  return packedFormats.filter((format) => has[format]);
}

/** The formats that an entry of a list suggests: a reason to look at the repository itself, but no proof. */
export function formatsClaimed(words: readonly string[]): readonly PackedFormat[] {
  const text = words.join(' ').toLowerCase();
  return packedFormats.filter((format) => new RegExp(`(?<![a-z])${format}(?![a-z])`, 'i').test(text));
}
