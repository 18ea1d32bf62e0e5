// Users' regular expressions, run in linear time (RE2); compiled ones are cached.
import { RE2JS } from 're2js';
import type { Matcher } from '../types/change.ts';

export interface Expressions {
  /** Throws for an expression that the configuration would have refused. */
  readonly matcher: Matcher;
  /** Number of steps in the compiled program, each of which may run at every character of a text. */
  readonly sizeOf: (expression: string) => number;
}

/** Beyond this many, the least recently used is dropped and compiled again when needed. */
const keptAtMost = 2_000;

export function createExpressions(): Expressions {
  const kept = new Map<string, RE2JS>();
  const compiled = (expression: string): RE2JS => {
    const program = kept.get(expression) ?? RE2JS.compile(expression);
    // Maps keep insertion order: re-inserting on use makes the first entry the least recently used.
    kept.delete(expression);
    kept.set(expression, program);
    for (const [oldest] of kept) {
      if (kept.size <= keptAtMost) break;
      kept.delete(oldest);
    }
    return program;
  };
  return {
    matcher: (expression) => {
      const program = compiled(expression);
      return (text) => program.matcher(text).find();
    },
    sizeOf: (expression) => compiled(expression).programSize(),
  };
}
