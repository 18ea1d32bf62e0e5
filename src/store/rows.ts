// Typed access to columns, with an error that names the column when the type is wrong.
import type { Row, Statement, Value } from './define.ts';

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`column ${column}: expected text, found ${typeof value}`);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null || row[column] === undefined ? null : text(row, column);
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new Error(`column ${column}: expected a number, found ${typeof value}`);
  return value;
}

/** A JSON document written by this program; its shape is not checked. */
export function doc<T>(row: Row, column: string): T {
  return JSON.parse(text(row, column)) as T;
}

/** For documents that can be rebuilt, such as a cursor: a damaged one is read as null instead of failing. */
export function docIfWhole<T>(row: Row, column: string): T | null {
  const stored = textOrNull(row, column);
  if (stored === null) return null;
  try {
    return JSON.parse(stored) as T;
  } catch {
    return null;
  }
}

export function docOrNull<T>(row: Row, column: string): T | null {
  return textOrNull(row, column) === null ? null : doc<T>(row, column);
}

/** `$3, $4, $5` for `count` parameters, numbered from `first`. */
export function marks(count: number, first = 1): string {
  return Array.from({ length: count }, (_, index) => `$${first + index}`).join(', ');
}

/** A further condition on the channel, with its parameters numbered after `after`; empty for all channels. */
export function inChannels(channels: readonly string[] | null, after: number): string {
  return channels === null ? '' : ` AND channel IN (${marks(channels.length, after + 1)})`;
}

/** Splits a list into chunks small enough for one `IN (…)`. */
export function chunks<T>(list: readonly T[], size = 500): readonly (readonly T[])[] {
  const result: T[][] = [];
  for (let start = 0; start < list.length; start += size) result.push(list.slice(start, start + size));
  return result;
}

/** Small enough for every database's limit on parameters. */
const rowsTogether = 50;

/** One `INSERT` for many rows. Values are only serialised when it is executed: a sitemap may bring fifty thousand at once. */
export function manyRows<T>(
  insert: string,
  then: string,
  entries: readonly T[],
  valuesOf: (entry: T) => readonly Value[],
): readonly Statement[] {
  const [first] = entries;
  if (first === undefined) return [];
  const width = valuesOf(first).length;
  const sqlFor = (rows: number): string =>
    `${insert} VALUES ${Array.from({ length: rows }, (_, row) => `(${marks(width, 1 + row * width)})`).join(', ')} ${then}`;
  const full = sqlFor(rowsTogether);
  return chunks(entries, rowsTogether).map((part) => ({
    sql: part.length === rowsTogether ? full : sqlFor(part.length),
    get params() {
      return part.flatMap(valuesOf);
    },
  }));
}
