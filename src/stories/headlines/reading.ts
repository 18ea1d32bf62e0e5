// What one clause of a headline says, in terms that do not depend on its language.
import { type CueName, type Cues, type FoundCues, findCues, findLast } from './cues.ts';

/**
 * pledge: says without a hedge that a model will be opened, or that a lab which opens its models will bring one out.
 * release: an open model is out. rumour: guessed, leaked, asked for, reported by others, or withdrawn. unrelated: all else,
 * including closed launches, tools, papers, derivatives, and how widely a model is used.
 */
export type Label = 'pledge' | 'release' | 'rumour' | 'unrelated';

export interface HeadlineReading {
  readonly has: (cue: CueName) => boolean;
  /** Offset where a cue begins; -1 = not found. */
  readonly at: (cue: CueName) => number;
  /** Offset where a model is named; -1 = nowhere. */
  readonly named: number;
  /** Offset of the words that say it has happened; -1 = nowhere. */
  readonly done: number;
  /** Offset of the words that say it will happen; -1 = nowhere. */
  readonly planned: number;
  /** Something is released or announced, or guessed to be; it is not merely mentioned. */
  readonly act: boolean;
  /** An explanation, opinion or business deal: no event, whatever its verb. */
  readonly commentary: boolean;
}

const reader = (found: FoundCues): Pick<HeadlineReading, 'has' | 'at'> => ({
  has: (cue) => found.has(cue),
  at: (cue) => found.get(cue) ?? -1,
});

/** What follows is background, not what the clause reports. */
const afterwards = /(?<=\w) after /;

/** `clause`: folded, with its names masked. */
export function readEnglish(clause: string, cues: Cues): HeadlineReading {
  const found = findCues(cues, clause);
  const { has, at } = reader(found);
  const after = clause.search(afterwards);
  const done = after >= 0 && at('done') > after ? -1 : at('done');
  const dated = has('soon') && !has('past') && done < 0 && (has('announced') || has('comes'));
  const scheduled = has('scheduled') || dated;
  return {
    has,
    at,
    named: clause.indexOf('@model'),
    done: scheduled ? -1 : done,
    planned: scheduled ? 0 : at('plan'),
    act: has('announced') || has('done') || (has('hedged') && has('comes')),
    commentary: has('commentary'),
  };
}

/** The end of a Korean clause decides: a plan or guess that comes before a finished verb has come true. */
export function readKorean(clause: string, cues: Cues): HeadlineReading {
  const found = findCues(cues, clause);
  const { has, at } = reader(found);
  const last = (name: CueName): number => {
    const cue = cues.find((one) => one.name === name);
    return cue === undefined ? -1 : findLast(cue, clause);
  };
  const finished = last('done');
  const planned = last('plan');
  const later = planned > finished ? planned : -1;
  const named = later === -1 && !has('hedged') && !has('delayed') ? at('nominal') : -1;
  return {
    has,
    at,
    named: clause.indexOf('@model'),
    done: finished >= 0 ? finished : named,
    planned: later,
    act: finished >= 0 || has('nominal') || (has('hedged') && has('comes')),
    commentary: has('commentary'),
  };
}
