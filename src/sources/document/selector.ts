// CSS selectors: whether one can be used. Their engine is loaded where a page is watched.
import { createRequire } from 'node:module';

const selectorAtMost = 1_000;

export const cssSelect: () => typeof import('css-select') = () => createRequire(import.meta.url)('css-select');

/** What is wrong with a selector, in the words of the engine; null when nothing is. */
export function selectorProblem(selector: string): string | null {
  if (selector.length > selectorAtMost) return `it is longer than ${selectorAtMost} characters`;
  try {
    cssSelect().compile(selector);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
