// A recording on disk: SOURCE/TARGET/TIME.json|xml|html, what one target answered at one time.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer, Iso, Target } from '../types.ts';

export interface Recorded {
  readonly source: string;
  readonly address: string;
  readonly shape: string | null;
  readonly at: Iso;
  readonly file: string;
  readonly type: Answer['type'];
}

const types: readonly Answer['type'][] = ['json', 'xml', 'html'];

function folderOf(target: Target): string {
  const address = encodeURIComponent(target.address);
  return target.shape === null ? address : `${address}#${encodeURIComponent(target.shape)}`;
}

/** `2025-08-23T14:05:00.000Z` → `2025-08-23T140500.000Z`: a colon is no part of a file name everywhere. */
function nameOf(at: Iso): string {
  return at.replaceAll(':', '');
}

/** `2025-08-23T1405Z`, with or without seconds and fractions → ISO; null for another file name. */
export function timeOf(name: string): Iso | null {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}):?(\d{2}):?(\d{2}(?:\.\d+)?)?Z$/.exec(name);
  if (found === null) return null;
  const time = new Date(`${found[1]}T${found[2]}:${found[3]}:${found[4] ?? '00'}Z`);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

export async function writeRecorded(directory: string, target: Target, at: Iso, answer: Answer): Promise<void> {
  const folder = join(directory, target.source, folderOf(target));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${nameOf(at)}.${answer.type}`), answer.body);
}

/** Everything recorded, in the order of time. Files that are no recordings are named in `skipped`. */
export async function readRecording(
  directory: string,
): Promise<{ readonly recorded: readonly Recorded[]; readonly skipped: readonly string[] }> {
  const recorded: Recorded[] = [];
  const skipped: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const [source, folder, name, ...deeper] = file
      .slice(directory.length)
      .split(/[\\/]/)
      .filter((part) => part !== '');
    if (source === undefined || folder === undefined) continue;
    const cut = name?.lastIndexOf('.') ?? -1;
    const at = name === undefined || deeper.length > 0 || cut < 0 ? null : timeOf(name.slice(0, cut));
    const type = types.find((known) => name?.slice(cut + 1) === known);
    if (at === null || type === undefined) {
      if (name !== undefined) skipped.push(file);
      continue;
    }
    const [address = '', shape] = folder.split('#');
    recorded.push({
      source,
      address: decodeURIComponent(address),
      shape: shape === undefined ? null : decodeURIComponent(shape),
      at,
      file,
      type,
    });
  }
  recorded.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.file < other.file ? -1 : 1));
  return { recorded, skipped };
}

export async function readAnswer(recorded: Recorded, url: string): Promise<Answer> {
  return { type: recorded.type, body: await readFile(recorded.file, 'utf8'), url };
}
