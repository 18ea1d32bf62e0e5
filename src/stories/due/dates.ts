// Times in words: config/dates-*.yaml, validated and compiled to rules.
import { z } from 'zod';
import { compilePhrases, compileWhole, type Script } from '../phrases.ts';
import { parseTable } from '../table-text.ts';
import { readers, type Values } from './readers.ts';
import type { Rule } from './rules.ts';

const phrases = z.array(z.string().min(1));
const patternSchema = z.strictObject({
  means: z.string(),
  reads: z.string(),
  phrases: phrases.min(1),
  not: phrases.default([]),
  examples: phrases.min(1),
});
const fileSchema = z.strictObject({
  /** List → value → its spellings; the value `=` stands for the text that was found. */
  lists: z.record(z.string(), z.record(z.string(), phrases)),
  patterns: z.array(patternSchema).min(1),
});

export interface DatePattern {
  readonly means: string;
  readonly rule: Rule;
  readonly examples: readonly string[];
}

/** In the order in which they are tried. */
export type Dates = readonly DatePattern[];

/** The value of a list that a piece of text spells. */
type ValueOf = (list: string, text: string) => string;

function valuesIn(lists: z.infer<typeof fileSchema>['lists'], script: Script): ValueOf {
  const whole = new Map(
    Object.entries(lists).map(([list, values]) => [
      list,
      Object.entries(values).map(([value, written]) => ({
        value,
        isSpelt: compileWhole(written, script),
      })),
    ]),
  );
  return (list, text) => {
    const value = whole.get(list)?.find(({ isSpelt }) => isSpelt(text))?.value ?? '=';
    return value === '=' ? text : value;
  };
}

/** `glued`: see phrases.ts. Throws with every problem of the file, which is part of the program. */
export function readDates(yamlText: string, glued: boolean): Dates {
  const { lists, patterns } = fileSchema.parse(parseTable(yamlText));
  // Longest first, so that `초순` is not read as `초`.
  const flat = Object.fromEntries(
    Object.entries(lists).map(([list, values]) => [
      list,
      Object.values(values)
        .flat()
        .toSorted((one, other) => other.length - one.length),
    ]),
  );
  const script: Script = { glued, lists: flat, hyphens: true };
  const valueIn = valuesIn(lists, script);
  return patterns.map(({ means, reads, phrases: written, not, examples }): DatePattern => {
    const reader = readers[reads];
    if (reader === undefined) throw new Error(`\`${means}\`: nothing reads \`${reads}\``);
    const read: Rule['read'] = (groups, said) => {
      const found = Object.entries(groups).flatMap(([list, text]) =>
        text === undefined ? [] : [[list, valueIn(list, text.trim())] as const],
      );
      const values: Values = Object.fromEntries(found);
      return reader(values, said);
    };
    const rule: Rule = {
      phrases: written.map((phrase) => compilePhrases([phrase], script)),
      except: not.length === 0 ? null : compilePhrases(not, script),
      read,
    };
    return { means, examples, rule };
  });
}
