// Reads a file with thousands of watches a few entries at a time: YAML's syntax trees take a hundred times the text's size.
import { readDocument, type Written } from './document.ts';
import type { Variables } from './variables.ts';

const entriesAtOnce = 100;

/** The same result as `readDocument`; null when the file has no plain list under `watch`, or has problems to report. */
export function readInPieces(text: string, variables: Variables, lenient: readonly string[] = []): Written | null {
  const lines = text.split(/(?<=\n)/);
  const list = findList(lines);
  if (list === null) return null;
  const watch: unknown[] = [];
  for (let index = 0; index < list.starts.length; index += entriesAtOnce) {
    const piece = lines.slice(list.starts[index], list.starts[index + entriesAtOnce] ?? list.end);
    const { value, faults } = readDocument(piece.join(''), variables);
    if (faults.length > 0 || !Array.isArray(value)) return null;
    for (const entry of value) watch.push(entry);
  }
  const rest = readDocument([...lines.slice(0, list.key), ...lines.slice(list.end)].join(''), variables, lenient);
  const around = rest.value ?? {};
  if (rest.faults.length > 0 || typeof around !== 'object' || 'watch' in around) return null;

  let whole: Written | null = null;
  const inFull = () => {
    whole ??= readDocument(text, variables, lenient);
    return whole;
  };
  return {
    value: { ...around, watch },
    faults: [],
    place: (path, at) => inFull().place(path, at),
    source: (path) => inFull().source(path),
    spoilt: (path) => inFull().spoilt(path),
  };
}

/** Line numbers from 0: of the key `watch`, of each entry's first line, and of the first line after the list. */
function findList(
  lines: readonly string[],
): { readonly key: number; readonly starts: readonly number[]; readonly end: number } | null {
  const key = lines.findIndex((line) => /^watch:\s*(?:#.*)?$/.test(line));
  if (key === -1) return null;
  const after = lines.findIndex((line, index) => index > key && /^[^\s#-]/.test(line));
  const end = after === -1 ? lines.length : after;
  const body = lines.slice(key + 1, end);
  const indent = body.find((line) => /^ *- /.test(line))?.match(/^ */)?.[0];
  if (indent === undefined) return null;
  // Everything inside an entry is indented deeper, even the lines of a multi-line text.
  const starts = body.flatMap((line, index) => (line.startsWith(`${indent}- `) ? [key + 1 + index] : []));
  const first = starts[0] ?? end;
  const isBlankOrComment = (line: string) => /^\s*(?:#.*)?$/.test(line);
  const strays = lines.slice(key + 1, first).some((line) => !isBlankOrComment(line));
  const shallow = body.some((line) => !isBlankOrComment(line) && line.search(/[^ ]/) < indent.length);
  return strays || shallow ? null : { key, starts, end };
}
