// What every database takes as a parameter, so that one that is lenient does not hide what another refuses.
import type { Value } from './define.ts';

/** Half a surrogate pair becomes U+FFFD; a NUL character (PostgreSQL stores none) or a number that is none is an error. */
export function bindable(value: Value, index: number): Value {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`parameter ${index + 1} is ${value}`);
  if (typeof value !== 'string') return value;
  if (value.includes('\0')) throw new Error(`parameter ${index + 1} holds a NUL character`);
  return value.toWellFormed();
}
