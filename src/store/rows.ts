// Reading columns out of rows, with an error that names the column when the database holds something else.
import type { Row } from './define.ts';

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

/** A JSON document that this program wrote itself; its shape is the writer's promise. */
export function doc<T>(row: Row, column: string): T {
  return JSON.parse(text(row, column)) as T;
}

export function docOrNull<T>(row: Row, column: string): T | null {
  return textOrNull(row, column) === null ? null : doc<T>(row, column);
}

/** `$3, $4, $5` for `count` parameters from `first` on. */
export function marks(count: number, first = 1): string {
  return Array.from({ length: count }, (_, index) => `$${first + index}`).join(', ');
}

/** Lists in chunks small enough for one `IN (…)`. */
export function chunks<T>(list: readonly T[], size = 500): readonly (readonly T[])[] {
  const result: T[][] = [];
  for (let start = 0; start < list.length; start += size) result.push(list.slice(start, start + size));
  return result;
}
