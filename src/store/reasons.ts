// Reasons as stored: JSON, or plain words from before reasons had codes.
import type { AnyReason } from '../types/reasons/reason.ts';
import type { Row } from './define.ts';
import { textOrNull } from './rows.ts';

function isReason(value: unknown): value is AnyReason {
  if (typeof value !== 'object' || value === null || !('code' in value) || !('params' in value)) return false;
  if (typeof value.code !== 'string' || typeof value.params !== 'object' || value.params === null) return false;
  return Object.values(value.params).every(
    (param) => typeof param === 'string' || typeof param === 'number' || isReason(param),
  );
}

export function reasonText(reason: AnyReason): string {
  return JSON.stringify({ code: reason.code, params: reason.params });
}

export function readReason(text: string): AnyReason {
  try {
    const value: unknown = JSON.parse(text);
    if (isReason(value)) return value;
  } catch {
    // Plain words.
  }
  return { code: 'words', params: { text } };
}

export function reasonOrNull(row: Row, column: string): AnyReason | null {
  const text = textOrNull(row, column);
  return text === null ? null : readReason(text);
}
