// Whether the title of a pull request says that a program gains support for a model. Pure; the file's text is an argument.
import { z } from 'zod';
import { parseTable } from './table-text.ts';

const words = z.array(z.string().min(1)).min(1);
const schema = z.strictObject({
  gains: words,
  models: words,
  silent: z.array(words).min(1),
  yes: z.array(z.string()),
  no: z.array(z.string()),
});

export interface SupportCues {
  /** `named`: the words of the title that name the model. */
  readonly gains: (title: string, named: string) => boolean;
  readonly examples: { readonly yes: readonly string[]; readonly no: readonly string[] };
}

const titleAtMost = 300;
const labelsAtMost = 6;

/** Splits a title: `[Model][VLM] feat: …` has the labels `model`, `vlm` and `feat`. */
function partsOf(title: string): { readonly labels: readonly string[]; readonly rest: string } {
  const labels: string[] = [];
  let rest = title
    .slice(0, titleAtMost)
    .toLowerCase()
    .replaceAll(/[`"'“”‘’]/g, '')
    .trim();
  for (let found = labelOf(rest); found !== null && labels.length < labelsAtMost; found = labelOf(rest)) {
    labels.push(found.label.trim());
    rest = rest.slice(found.length).trim();
  }
  return { labels, rest };
}

/** A label is in brackets, or is one or two words before a colon. */
function labelOf(text: string): { readonly label: string; readonly length: number } | null {
  const bracketed = /^\[([^\]]{1,40})\]\s*:?/.exec(text) ?? /^\(([^)]{1,40})\)\s*:?/.exec(text);
  const plain = /^([a-z][a-z/-]{0,20}(?: [a-z]{1,12})?)(?:\([^)]{1,40}\))?!?\s?:(?=\s)/.exec(text);
  const found = bracketed ?? plain;
  return found === null ? null : { label: found[1] ?? '', length: found[0].length };
}

interface Words {
  readonly whole: ReadonlySet<string>;
  readonly beginnings: readonly string[];
}

function wordsOf(list: readonly string[]): Words {
  const beginnings = list.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1));
  return { whole: new Set(list.filter((word) => !word.endsWith('*'))), beginnings };
}

const mostWords = 3;

/** Every run of one, two or three words. */
function runsIn(text: string): readonly string[] {
  const all = text.split(/[\s,;:()[\]{}|&+!?]+/).filter((word) => word !== '');
  return all.flatMap((_, index) =>
    Array.from({ length: mostWords }, (__, more) => all.slice(index, index + more + 1).join(' ')),
  );
}

function holds(runs: readonly string[], { whole, beginnings }: Words): boolean {
  return runs.some((run) => whole.has(run) || beginnings.some((beginning) => run.startsWith(beginning)));
}

/** Throws when the file is wrong, because it is part of the program. */
export function readSupport(text: string): SupportCues {
  const { gains, models, silent, yes, no } = schema.parse(parseTable(text));
  const adding = wordsOf(gains);
  const labelled = wordsOf(models);
  const otherwise = wordsOf(silent.flat());
  return {
    gains: (title, named) => {
      const { labels, rest } = partsOf(title);
      const spoken = rest.replaceAll(named.toLowerCase(), ' ');
      if (holds([...labels.flatMap(runsIn), ...runsIn(spoken)], otherwise)) return false;
      if (holds(runsIn(spoken), adding)) return true;
      // The title is nothing but the model's name after a label that says what it is.
      const bare = spoken.replaceAll(/[^\p{L}\p{N}]+/gu, '') === '';
      return bare && (holds(labels, labelled) || labels.some((label) => named.toLowerCase().includes(label)));
    },
    examples: { yes, no },
  };
}
