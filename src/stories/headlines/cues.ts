// The cues in the words of a clause: config/headlines-*.yaml, validated and compiled.
import { z } from 'zod';
import { compilePhrases, type Phrases } from '../phrases.ts';
import { parseTable } from '../table-text.ts';

const cueNames = [
  'openness',
  'model',
  'title',
  'done',
  'nominal',
  'announced',
  'past',
  'plan',
  'soon',
  'scheduled',
  'comes',
  'delayed',
  'hedged',
  'sighted',
  'asked',
  'wished',
  'lapsed',
  'withdrawn',
  'denied',
  'commentary',
  'aside',
  'tool',
  'opens-tool',
  'opens-other',
  'hosted',
  'spread',
  'derivative',
  'nobody',
] as const;

export type CueName = (typeof cueNames)[number];

const phrases = z.array(z.string().min(1));
const cueSchema = z.strictObject({
  means: z.string(),
  phrases: phrases.min(1),
  not: phrases.default([]),
  yes: phrases.min(1),
  no: phrases.default([]),
});
const fileSchema = z.strictObject({
  lists: z.record(z.string(), phrases).default({}),
  cues: z.partialRecord(z.enum(cueNames), cueSchema),
});

export interface Cue {
  readonly name: CueName;
  readonly find: Phrases;
  /** Look-alikes, which are masked before `find` searches. */
  readonly not: Phrases | null;
  readonly yes: readonly string[];
  readonly no: readonly string[];
}

export type Cues = readonly Cue[];

/** Cue → the offset where it begins in a text; cues that were not found are missing. */
export type FoundCues = ReadonlyMap<CueName, number>;

/** `glued`: see phrases.ts. Throws with every problem of the file, which is part of the program. */
export function readCues(yamlText: string, glued: boolean): Cues {
  const { lists, cues } = fileSchema.parse(parseTable(yamlText));
  return cueNames.flatMap((name): Cue[] => {
    const cue = cues[name];
    if (cue === undefined) return [];
    const script = { glued, lists };
    return [
      {
        name,
        find: compilePhrases(cue.phrases, script),
        not: cue.not.length === 0 ? null : compilePhrases(cue.not, script),
        yes: cue.yes,
        no: cue.no,
      },
    ];
  });
}

/** Offset of the first match in a folded text without quotation marks; -1 = not found. */
export function findCue({ find, not }: Cue, text: string): number {
  return find.first(not?.masked(text) ?? text);
}

export function isFound(cues: Cues, name: CueName, text: string): boolean {
  const cue = cues.find((one) => one.name === name);
  return cue !== undefined && findCue(cue, text) >= 0;
}

/** Offset of the last match; -1 = not found. */
export function findLast({ find, not }: Cue, text: string): number {
  return find.last(not?.masked(text) ?? text);
}

export function findCues(cues: Cues, text: string): FoundCues {
  return new Map(cues.map((cue) => [cue.name, findCue(cue, text)] as const).filter(([, at]) => at >= 0));
}
