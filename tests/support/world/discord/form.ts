// Accessors for parts of an unchecked form.
export type Form = Readonly<Record<string, unknown>>;

/** Null when the value is not a string. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The length in code points, as Discord counts. */
export function length(value: unknown): number {
  return Array.from(text(value) ?? '').length;
}

export function record(value: unknown): Form {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Form) : {};
}

export function list(value: unknown): readonly Form[] {
  return Array.isArray(value) ? value.map(record) : [];
}
