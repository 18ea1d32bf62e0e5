// The values that all databases accept as parameters, so that a lenient one does not hide errors in another.
import type { Value } from './define.ts';

/** Lone surrogates become U+FFFD; a NUL character (PostgreSQL cannot store it) or a number that is not finite is an error. */
export function bindable(value: Value, index: number): Value {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`parameter ${index + 1} is ${value}`);
  if (typeof value !== 'string') return value;
  if (value.includes('\0')) throw new Error(`parameter ${index + 1} holds a NUL character`);
  return value.toWellFormed();
}
