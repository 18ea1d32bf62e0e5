// Puts reasons into words: the text of the code, with its blanks filled in.
import type { AnyReason } from '../../types/reasons/reason.ts';
import { fill } from '../fill.ts';

/** An unknown code (written by another version) is shown as it is. */
export function wordsOf({ code, params }: AnyReason, texts: Readonly<Record<string, string>>): string {
  const text = Object.hasOwn(texts, code) ? texts[code] : undefined;
  if (text === undefined) return code;
  const values = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'object' ? wordsOf(value, texts) : String(value),
  ]);
  return fill(text, Object.fromEntries(values));
}
