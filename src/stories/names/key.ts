// The key that tells one story of a model from another, and the name that the story goes by.
import type { Identity } from './identify.ts';
import type { Family, LabTable } from './labs.ts';
import { lines } from './words.ts';

type Named = Pick<Identity, 'lab' | 'family' | 'version' | 'size' | 'variant'>;

const wordsOf = ({ variant }: Named): readonly string[] => (variant === null ? [] : variant.split('+'));

/** The family's own lines (Mistral Small), then those that every family may have (guard, vision, coder), without doubles. */
function linesOf(name: Named, family: Family): readonly string[] {
  const words = wordsOf(name);
  const general = words.filter((word) => !family.lines.includes(word)).flatMap((word) => lines.get(word) ?? []);
  // GLM-4.5V: the letter behind the version says what the word says elsewhere.
  if (name.version?.endsWith('v') === true) general.push('vision');
  return [...new Set([...words.filter((word) => family.lines.includes(word)), ...general])].toSorted();
}

/** The product lines of a name, sorted and joined by `+`; null for the family's main line. */
export function lineOf(name: Named, labs: LabTable): string | null {
  const family = labs.families.get(name.family ?? '');
  const found = family === undefined ? [] : linesOf(name, family);
  return found.length === 0 ? null : found.join('+');
}

/**
 * `lab/family/version/line` without the parts that are missing, such as `xai/grok/2`, `openai/gpt-oss`,
 * `meta/llama/4/guard`. Size, instruct, base or chat, date and format join one story; aliases act here (Grok 2.5 is
 * Grok 2), and 2.0 is 2. Null when it does not say which model it is: no family, a program (Grok Build), or the bare
 * name of a family that has versions.
 */
export function storyKeyOf(name: Named, labs: LabTable): string | null {
  const family = labs.families.get(name.family ?? '');
  if (family === undefined || wordsOf(name).some((word) => family.tools.includes(word))) return null;
  const line = lineOf(name, labs);
  if (name.version === null && name.size === null && line === null && !family.unversioned) return null;
  const version = name.version?.replace(/(?<=\d)(?:\.0)+$/, '') ?? null;
  const known = version === null ? null : (family.aliases[version] ?? version);
  return [family.lab, family.id, known, line].filter((part) => part !== null).join('/');
}

/** As people call it: `Grok 2`, `Mistral Large 3`, `DeepSeek V4`, `Llama 4 Guard`; null without a family. */
export function displayName(name: Named, labs: LabTable): string | null {
  const family = labs.families.get(name.family ?? '');
  if (family === undefined) return null;
  const found = linesOf(name, family);
  const own = found.filter((line) => family.lines.includes(line));
  const other = found.filter(
    (line) => !own.includes(line) && !(line === 'vision' && name.version?.endsWith('v') === true),
  );
  const version = name.version?.replace(/^[a-z]|(?<=\d)v$/g, (letter) => letter.toUpperCase());
  return [family.called, ...own.map(capital), ...(version === undefined ? [] : [version]), ...other.map(capital)].join(
    ' ',
  );
}

const capital = (word: string): string =>
  /^(?:ocr|3d|xs|[a-z])$/.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
