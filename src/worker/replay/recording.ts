// Recordings on disk: SOURCE/TARGET/TIME.json|xml|html contains the answer of one target at one time.
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Iso, RecordedAnswer, Target } from '../../types/core.ts';

export interface Recorded {
  readonly source: string;
  readonly address: string;
  readonly shape: string | null;
  readonly at: Iso;
  readonly file: string;
  readonly type: RecordedAnswer['type'];
}

const types: readonly RecordedAnswer['type'][] = ['json', 'xml', 'html'];

/** File systems limit a name to 255 bytes, and a page's selector may be longer. */
const longestName = 200;

/** Encodes a text with characters that all file systems accept: Windows does not allow `*`. */
function nameable(text: string): string {
  return encodeURIComponent(text).replaceAll('*', '%2A');
}

/** The path of a target's folder, split into as many levels as its name needs. */
function foldersOf(target: Target): readonly string[] {
  const address = nameable(target.address);
  const name = target.shape === null ? address : `${address}#${nameable(target.shape)}`;
  const parts = Array.from({ length: Math.ceil(name.length / longestName) }, (_, index) =>
    name.slice(index * longestName, (index + 1) * longestName),
  );
  // `.` and `..` have a special meaning, so the dots are encoded.
  return parts.map((part) => (/^\.+$/.test(part) ? part.replaceAll('.', '%2E') : part));
}

function targetIn(folders: readonly string[]): Pick<Recorded, 'address' | 'shape'> | null {
  const [address = '', shape] = folders.join('').split('#');
  try {
    return { address: decodeURIComponent(address), shape: shape === undefined ? null : decodeURIComponent(shape) };
  } catch {
    return null;
  }
}

/** `2025-08-23T14:05:00.000Z` → `2025-08-23T140500.000Z`: not all file systems allow a colon. */
function nameOf(at: Iso): string {
  return at.replaceAll(':', '');
}

/** `2025-08-23T1405Z`, with or without seconds and fractions → ISO; null for any other file name. */
export function timeOf(name: string): Iso | null {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}):?(\d{2}):?(\d{2}(?:\.\d+)?)?Z$/.exec(name);
  if (found === null) return null;
  const time = new Date(`${found[1]}T${found[2]}:${found[3]}:${found[4] ?? '00'}Z`);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** The file with the address where a document was read, if not the target's: relative links are resolved against it. */
const placeOf = (file: string): string => file.replace(/\.[a-z]+$/, '.url');

/** Writes atomically: a truncated file would be replayed as a broken answer. */
async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text, { mode: 0o600 });
  await rename(`${file}.part`, file);
}

export async function writeRecorded(directory: string, target: Target, at: Iso, answer: RecordedAnswer): Promise<void> {
  const folder = join(directory, target.source, ...foldersOf(target));
  const file = join(folder, `${nameOf(at)}.${answer.type}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (URL.canParse(target.address) && answer.url !== target.address) await writeWhole(placeOf(file), answer.url);
  await writeWhole(file, answer.body);
}

/** Everything recorded, in chronological order. `skipped` lists files that are not recordings. */
export async function readRecording(
  directory: string,
): Promise<{ readonly recorded: readonly Recorded[]; readonly skipped: readonly string[] }> {
  const recorded: Recorded[] = [];
  const skipped: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath, entry.name);
    const [source, ...folders] = relative(directory, entry.parentPath).split(sep);
    if (!entry.isFile() || source === undefined || folders.length === 0) continue;
    const cut = entry.name.lastIndexOf('.');
    const ending = entry.name.slice(cut + 1);
    const at = timeOf(entry.name.slice(0, Math.max(0, cut)));
    const type = types.find((known) => ending === known);
    const target = targetIn(folders);
    if (at !== null && type !== undefined && target !== null) recorded.push({ source, ...target, at, file, type });
    else if (at === null || ending !== 'url') skipped.push(file);
  }
  recorded.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.file < other.file ? -1 : 1));
  return { recorded, skipped };
}

/** Reads a recorded answer as its source returned it. */
export async function readAnswer({ file, type, address }: Recorded): Promise<RecordedAnswer> {
  const url = URL.canParse(address) ? await readFile(placeOf(file), 'utf8').catch(() => address) : address;
  return { type, body: await readFile(file, 'utf8'), url };
}
