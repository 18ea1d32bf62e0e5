// What a look says when nothing stands at its address.
import type { Fresh, Json, RecordedAnswer } from '../types/core.ts';

/** `gone`: keys of what was known there. */
export function nothingThere(answer: RecordedAnswer, cursor: Json, gone: readonly string[]): Fresh {
  return {
    kind: 'fresh',
    there: false,
    observations: [],
    cursor,
    gone,
    window: 'newest',
    found: [],
    answer,
    restMs: null,
  };
}
