// Groups files that belong together: the shards of one copy in one format and precision.
import { shardPatterns } from './formats.ts';
import { nameParts, precisionOf, type RepositoryFile } from './role.ts';

export interface WeightSet {
  /** '' = the repository's root. */
  readonly folder: string;
  /** The file name without shard number, precision and extension, in lower case. */
  readonly stem: string;
  readonly format: string;
  /** From the file's name; null = not given there. */
  readonly precision: string | null;
  readonly files: number;
  /** Null where the size of any of the files is not known. */
  readonly bytes: number | null;
}

interface Piece {
  readonly set: Omit<WeightSet, 'files' | 'bytes'>;
  readonly total: string;
  readonly bytes: number | null;
}

const packagePattern = /^((?:[^/]+\/)*)([^/]+)\.(?:mlpackage|mlmodelc)\//i;

/** The name of a file's format: mostly its extension. */
export function formatOf(path: string): string {
  if (packagePattern.test(path)) return 'coreml';
  if (/\.onnx[_.]data(?:[_.]\d+)?$/i.test(path)) return 'onnx';
  if (/\.data-\d+-of-\d+$/i.test(path)) return 'tensorflow';
  const { base, extension } = nameParts(path);
  if (/^openvino_/i.test(base)) return 'openvino';
  if (extension === 'mlmodel') return 'coreml';
  return extension === '' ? 'ckpt' : extension;
}

/** The stem without its shard marks, and the total number of shards ('' = not given). */
function whole(stem: string): { readonly stem: string; readonly total: string } {
  let total = '';
  let rest = stem;
  for (const pattern of shardPatterns) {
    rest = rest.replace(pattern, (...found: readonly unknown[]) => {
      const count = found[1];
      if (typeof count === 'string' && /^\d+$/.test(count)) total = count;
      return '';
    });
  }
  return { stem: rest, total };
}

function pieceOf({ path, bytes }: RepositoryFile): Piece {
  const format = formatOf(path);
  const [, above = '', name] = packagePattern.exec(path) ?? [];
  const parts = nameParts(path);
  const plain = name ?? parts.stem.replace(/\.onnx(?:[_.]data(?:_\d+)?)?$/i, '');
  const { stem, total } = whole(format === 'ckpt' && parts.extension === '' ? 'tensor' : plain);
  const precision = precisionOf(stem) ?? (format === 'gguf' ? precisionOf(parts.folder) : null);
  const folder = name === undefined ? parts.folder : above.replace(/\/$/, '');
  return {
    set: {
      // Quantisations often have folders of their own; their precision already tells them apart.
      folder: format === 'gguf' ? '' : folder,
      stem: withoutPrecision(stem, precision).toLowerCase(),
      format,
      precision,
    },
    total,
    bytes,
  };
}

function withoutPrecision(stem: string, precision: string | null): string {
  const at = precision === null ? -1 : stem.toLowerCase().lastIndexOf(precision);
  const rest = precision === null || at === -1 ? stem : stem.slice(0, at) + stem.slice(at + precision.length);
  return rest.replace(/^[-_. ]+|(?<![-_. ])[-_. ]+$/g, '').replace(/[-_. ]{2,}/g, '-');
}

/** In the order of the files. */
export function setsOf(files: readonly RepositoryFile[]): readonly WeightSet[] {
  const groups = Map.groupBy(files.map(pieceOf), ({ set, total }) => JSON.stringify([set, total]));
  return [...groups.values()].flatMap((pieces) => {
    const [first] = pieces;
    if (first === undefined) return [];
    const known = pieces.every(({ bytes }) => bytes !== null);
    const bytes = known ? pieces.reduce((sum, piece) => sum + (piece.bytes ?? 0), 0) : null;
    return [{ ...first.set, files: pieces.length, bytes }];
  });
}
