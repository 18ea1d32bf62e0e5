// Users' regular expressions, run in linear time (RE2), compiled once as long as they are used.
import { RE2JS } from 're2js';
import type { Matcher } from '../types/change.ts';

export interface Expressions {
  /** Throws for an expression that the configuration would have refused. */
  readonly matcher: Matcher;
  /** Steps of the compiled program: each may be taken at each character of a text. */
  readonly sizeOf: (expression: string) => number;
}

/** More are compiled anew when they come back. */
const keptAtMost = 2_000;

export function createExpressions(): Expressions {
  const kept = new Map<string, RE2JS>();
  const compiled = (expression: string): RE2JS => {
    const program = kept.get(expression) ?? RE2JS.compile(expression);
    // The one used last stands last, so that the first is the one to go.
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
