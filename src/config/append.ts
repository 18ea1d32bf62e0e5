// Adds entries to the `watch` list of a file's text: everything else, comments included, stays as it is.
import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';

type Value = Readonly<Record<string, unknown>>;

/** Lines of one entry, the first beginning with its dash, without indentation. */
export type EntryText = { readonly value: Value; readonly lines: readonly string[] };

const endOfLine = (text: string, from: number): number => {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at + 1;
};

/** Skips the comments that are indented like the list: they belong to the entries above them. */
function afterComments(text: string, from: number, least: number): number {
  let end = from;
  for (let at = from; at < text.length; at = endOfLine(text, at)) {
    const line = text.slice(at, endOfLine(text, at));
    if (line.trim() === '') continue;
    const indent = line.search(/\S/);
    if (line[indent] !== '#' || indent === 0 || indent < least) break;
    end = endOfLine(text, at);
  }
  return end;
}

function inserted(text: string, at: number, entries: readonly EntryText[], indent: number): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text.slice(0, at);
  const gap = before === '' || before.endsWith('\n') ? '' : newline;
  const lines = entries.flatMap((entry) => entry.lines).map((line) => `${' '.repeat(indent)}${line}${newline}`);
  return `${before}${gap}${lines.join('')}${text.slice(at)}`;
}

/** `at`: the end of the last item; in an empty list, the position just before the closing bracket. */
function intoFlow(text: string, at: number, entries: readonly EntryText[], isFirst: boolean): string {
  const written = entries.map(({ value }) => JSON.stringify(value)).join(', ');
  return `${text.slice(0, at)}${isFirst ? '' : ', '}${written}${text.slice(at)}`;
}

function endOf(node: unknown): number | null {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
  return Array.isArray(range) && typeof range[1] === 'number' ? range[1] : null;
}

function listOf(root: YAMLMap) {
  return root.items.find(({ key }) => isScalar(key) && key.value === 'watch');
}

/** Starts a `watch` list at the end of a file that has none. */
function begun(text: string, entries: readonly EntryText[]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' ? '' : text.endsWith('\n') ? newline : `${newline}${newline}`;
  const whole = `${text}${gap}watch:${newline}`;
  return inserted(whole, whole.length, entries, 2);
}

/** The new text; null where the list is written in a way that cannot be extended safely. */
export function withWatches(text: string, entries: readonly EntryText[]): string | null {
  if (entries.length === 0) return text;
  const { contents, errors } = parseDocument(text);
  if (errors.length > 0) return null;
  if (contents === null || (isScalar(contents) && contents.value === null)) return begun(text, entries);
  if (!isMap(contents) || contents.flow === true) return null;
  const pair = listOf(contents);
  if (pair === undefined) return begun(text, entries);
  const { key, value } = pair;
  if (isSeq(value)) {
    const begin = value.range?.[0];
    const [last] = value.items.slice(-1);
    const end = endOf(last ?? value);
    if (begin === undefined || end === null) return null;
    if (value.flow === true) return intoFlow(text, last === undefined ? end - 1 : end, entries, last === undefined);
    const indent = begin - (text.lastIndexOf('\n', begin - 1) + 1);
    const stop = text[end - 1] === '\n' ? end : endOfLine(text, end);
    return inserted(text, afterComments(text, stop, indent), entries, indent);
  }
  const isEmpty = value === null || (isScalar(value) && value.value === null && value.source === '');
  const at = isScalar(key) ? key.range?.[1] : undefined;
  if (!isEmpty || at === undefined) return null;
  return inserted(text, afterComments(text, endOfLine(text, at), 1), entries, 2);
}
