// Operations on reasons that do not depend on the code.
import type { AnyReason, Params } from '../types/reasons/reason.ts';

/** Changes every text among the parameters, including those of nested reasons. */
export function mapTexts<R extends AnyReason>(reason: R, change: (text: string) => string): R {
  const params: Params = Object.fromEntries(
    Object.entries(reason.params).map(([name, value]) => [name, changed(value, change)]),
  );
  return { ...reason, params };
}

function changed(value: Params[string], change: (text: string) => string): Params[string] {
  if (typeof value === 'string') return change(value);
  return typeof value === 'number' ? value : mapTexts(value, change);
}
