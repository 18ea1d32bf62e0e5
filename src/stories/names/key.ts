// The key that tells one story of a model from another.
import type { Product } from './product.ts';
import { lines } from './words.ts';

/**
 * `lab/family/version/words` without the parts that are missing, such as `xai/grok/2`, `openai/gpt-oss`,
 * `meta/llama/4/guard`. Only size, tuning, date and format join one story: every other word is another model. Aliases
 * act here (Grok 2.5 is Grok 2), and 2.0 is 2. Null when it does not say which model it is: no family, a program (Grok
 * Build), or the bare name of a family that has versions.
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
 * The product line that a model is older or newer in, sorted words joined by `+`: the family's own (Mistral Small), and those
 * that any family may have (guard, vision, coder). Null for the main line. Coarser than the key: Scout and Maverick are of one.
 */
export function lineOf(product: Product | null): string | null {
  if (product === null) return null;
  const { family, words, version } = product;
  const general = words.filter((word) => !family.lines.includes(word)).flatMap((word) => lines.get(word) ?? []);
  // GLM-4.5V: the letter behind the version says what the word says elsewhere.
  if (version?.endsWith('v') === true) general.push('vision');
  const found = new Set([...words.filter((word) => family.lines.includes(word)), ...general]);
  return found.size === 0 ? null : [...found].toSorted().join('+');
}
