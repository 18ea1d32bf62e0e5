// Users' regular expressions, run in linear time (RE2), compiled once.
import { RE2JS } from 're2js';
import type { Matcher } from './judge.ts';

/** A matcher that remembers what it compiled. Throws for an expression that the configuration would have refused. */
export function createMatcher(): Matcher {
  const compiled = new Map<string, RE2JS>();
  return (expression) => {
    const known = compiled.get(expression) ?? RE2JS.compile(expression);
    compiled.set(expression, known);
    return (text) => known.matcher(text).find();
  };
}
