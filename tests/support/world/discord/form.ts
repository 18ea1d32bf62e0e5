// Parts of a form that may be anything.
export type Form = Readonly<Record<string, unknown>>;

/** Null: not a text. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Characters as Discord counts them: code points. */
export function length(value: unknown): number {
  return Array.from(text(value) ?? '').length;
}

export function record(value: unknown): Form {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Form) : {};
}

export function list(value: unknown): readonly Form[] {
  return Array.isArray(value) ? value.map(record) : [];
}
