// Builds the statements of the openness card, each with its evidence.
import type { Facts, Iso } from '../../types/core.ts';
import type { Evidence, Fact } from '../../types/story.ts';

export type FactBuilder = ReturnType<typeof factBuilder>;

/** `looked.url`: the page that was looked at, cited when a statement has no better evidence. */
export function factBuilder(facts: Facts, looked: { readonly url: string; readonly at: Iso }) {
  const because = (field: string, url = looked.url): Evidence => ({
    url,
    field,
    ...(facts.revision === undefined ? {} : { revision: facts.revision }),
    at: looked.at,
  });
  const unknown = (field: string): Fact<never> => ({ value: 'unknown', how: 'unknown', because: because(field) });
  const observed = <T>(value: T, field: string, url?: string): Fact<T> => ({
    value,
    how: 'observed',
    because: because(field, url),
  });
  return {
    because,
    unknown,
    observed,
    declared: <T>(value: T, field: string, url?: string): Fact<T> => ({
      value,
      how: 'declared',
      because: because(field, url),
    }),
    derived: <T>(value: T, evidence: Evidence): Fact<T> => ({ value, how: 'derived', because: evidence }),
    /** A value that was not seen is unknown. */
    seen: <T>(value: T | undefined, field: string, url?: string): Fact<T> =>
      value === undefined ? unknown(field) : observed(value, field, url),
  };
}
