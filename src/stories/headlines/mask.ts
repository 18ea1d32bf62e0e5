// Masks names, so that the cues read `@lab releases @model`, whichever lab and model it is.
import type { LabTable } from '../names/labs.ts';
import type { Mention, Mentions } from '../names/mentions.ts';

const markOf = ({ sort }: Mention): string => (sort === 'closed' || sort === 'tool' ? `@${sort}` : '@model');

/** `text`: folded. Removes quotation marks around words; apostrophes stay. */
export function maskNames(text: string, { models }: Mentions, table: LabTable): string {
  let masked = '';
  let at = 0;
  for (const model of models.toSorted((one, other) => one.start - other.start)) {
    if (model.start < at) continue;
    const [mark, end] = marked(text, model);
    masked += `${text.slice(at, model.start)}${mark}`;
    at = end;
  }
  masked += text.slice(at);
  return masked
    .replace(table.labNames, (name, ...rest: readonly (string | number)[]) =>
      masked[Number(rest.findLast((one) => typeof one === 'number')) - 1] === '@' && !name.includes(' ')
        ? name
        : '@lab',
    )
    .replace(/(?<![a-z0-9])['"]|['"](?![a-z0-9])/g, '')
    .replace(/\p{Extended_Pictographic}|\ufe0f|\u200d/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** A name shared by lab and family is masked as the lab, unless a version or variant word stands right beside it. */
function marked(text: string, model: Mention): readonly [string, number] {
  const { family, start, end, exact } = model;
  const words = text.slice(start, end).split(' ');
  if (family.brand && !exact) return ['@lab', end];
  const known = new Set([...model.chain.words, ...family.vocabulary]);
  const between = words.slice(1, -1).some((word) => /^[\p{L}-]{2,}$/u.test(word) && !known.has(word));
  if (!family.brand || !between) return [markOf(model), end];
  return [`@lab ${words.slice(1, -1).join(' ')} ${markOf(model)}`, end];
}
