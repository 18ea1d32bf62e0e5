// Which files of a model repository are its licence, its code, its README; all else is said by what weights are.
import { isTelling } from '../weights/artefact.ts';
import { type RepositoryFile, roleOf } from '../weights/role.ts';
import { isReportFile } from './report.ts';

interface File {
  readonly rfilename: string;
  readonly size?: number | undefined;
  readonly lfs?: { readonly size: number } | null | undefined;
}

export function fileBytes(file: File): number | null {
  return file.lfs?.size ?? file.size ?? null;
}

export function repositoryFile(file: File): RepositoryFile {
  return { path: file.rfilename, bytes: fileBytes(file) };
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

export const isReadme = ({ rfilename }: File): boolean => rfilename === 'README.md';

/** In an answer that is cut down to it nothing is missing that a card is made from. */
export function isUsedFile(file: File): boolean {
  const path = file.rfilename;
  return (
    isTelling(path) ||
    isReadme(file) ||
    isReportFile(path) ||
    isCodeFile(file) ||
    licenceRank(file) !== null ||
    roleOf(repositoryFile(file), { library: null, configured: true }) !== null ||
    // What only its library makes a model: a zip of reinforcement learning, a pickle of scikit-learn.
    /\.(?:zip|pkl|pickle|joblib|skops|whl|mar|ftz|npy|tar)$/i.test(path)
  );
}
