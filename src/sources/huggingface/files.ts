// Which files of a model repository are its licence, its code and its README; `weights/` classifies the others.
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

/** Lower is better: a licence for the model comes before one for everything. Null when the file is not a licence text. */
function licenceRank(file: File): number | null {
  const name = file.rfilename;
  if (!licenceName.test(name) || notReadable.test(name) || codeOnly.test(name)) return null;
  if (modelOnly.test(name)) return 0;
  return /^licen[cs]e(?:\.(?:txt|md))?$/i.test(name) ? 1 : 2;
}

const isLicenceOfCode = ({ rfilename }: File): boolean =>
  licenceName.test(rfilename) && !notReadable.test(rfilename) && codeOnly.test(rfilename);

/** Any file that the card's licence link may refer to. */
export const isNamedAsTerms = ({ rfilename }: File): boolean =>
  /licen[cs]e|copying|terms|agreement|legal/i.test(rfilename) && !notReadable.test(rfilename);

/** `model`: the licence that counts first; `further`: others that may count; `code`: one for the code only. */
export function licenceFiles<T extends File>(
  files: readonly T[],
): { readonly model: T | null; readonly further: readonly T[]; readonly code: T | null } {
  const ranked = files
    .flatMap((file) => {
      const rank = licenceRank(file);
      return rank === null ? [] : [{ file, rank }];
    })
    .toSorted((one, other) => one.rank - other.rank);
  const [first, ...further] = ranked.map(({ file }) => file);
  return { model: first ?? null, further, code: files.find(isLicenceOfCode) ?? null };
}

export const licenceFile = <T extends File>(files: readonly T[]): T | null => licenceFiles(files).model;

export function isCodeFile(file: File): boolean {
  return /\.py$/i.test(file.rfilename);
}

export const isReadme = ({ rfilename }: File): boolean => rfilename === 'README.md';

/** Files that a card is made from: an answer reduced to these is still complete. */
export function isUsedFile(file: File): boolean {
  const path = file.rfilename;
  return (
    isTelling(path) ||
    isReadme(file) ||
    isReportFile(path) ||
    isCodeFile(file) ||
    isNamedAsTerms(file) ||
    roleOf(repositoryFile(file), { library: null, configured: true }) !== null ||
    // Formats that only their library makes a model: a zip of reinforcement learning, a pickle of scikit-learn.
    /\.(?:zip|pkl|pickle|joblib|skops|whl|mar|ftz|npy|tar)$/i.test(path)
  );
}
