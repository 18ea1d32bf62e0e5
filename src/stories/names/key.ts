// The key that identifies the story of a model.
import type { Product } from './product.ts';
import { lines } from './words.ts';

/**
 * `lab/family/version/words` without the parts that are missing, such as `xai/grok/2`, `openai/gpt-oss`,
 * `meta/llama/4/guard`. Names that differ only in size, tuning, date or format share a key; any other word makes it another
 * model. Aliases apply here (Grok 2.5 is Grok 2), and 2.0 is 2. Null when it is not clear which model is meant: no family,
 * a program (Grok Build), or the bare name of a family that has versions.
 */
export function storyKeyOf(product: Product | null): string | null {
  if (product?.name == null) return null;
  const { family, words } = product;
  if (words.some((word) => family.tools.includes(word))) return null;
  const version = product.version?.replace(/(?<=\d)(?:\.0){1,9}$/, '') ?? null;
  const known = version === null ? null : (family.aliases[version] ?? version);
  const line = words.length === 0 ? null : words.join('+');
  return [family.lab, family.id, known, line].filter((part) => part !== null).join('/');
}

/**
 * The product line within which versions are compared, as sorted words joined by `+`: lines of the family (Mistral Small),
 * and lines of any family (guard, vision, coder). Null for the main line. Coarser than the key: Scout and Maverick share one.
 */
export function lineOf(product: Product | null): string | null {
  if (product === null) return null;
  const { family, words, version } = product;
  const general = words.filter((word) => !family.lines.includes(word)).flatMap((word) => lines.get(word) ?? []);
  // GLM-4.5V: the letter after the version means the same as the word `vision`.
  if (version?.endsWith('v') === true) general.push('vision');
  const found = new Set([...words.filter((word) => family.lines.includes(word)), ...general]);
  return found.size === 0 ? null : [...found].toSorted().join('+');
}
