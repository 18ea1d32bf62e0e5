// The result of a look whose target does not exist (yet, or any more).
import type { Fresh, Json, RecordedAnswer } from '../types/core.ts';

/** `gone`: the keys of the observations known from earlier looks. */
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
