// Checks for JSON that this program stored itself. By hand, because a schema is ten times as slow and a look reads thousands.

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number';
export const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
export const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';
export const isNumberOrNull = (value: unknown): value is number | null => value === null || typeof value === 'number';

export function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

/** An object whose values all have the same type. */
export function isMapOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  if (!isFields(value)) return false;
  for (const name in value) if (!isItem(value[name])) return false;
  return true;
}

export const isPair = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && isText(value[0]) && isText(value[1]);
