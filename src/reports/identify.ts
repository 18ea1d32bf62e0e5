// The answer of `landfall identify` and the bot: what the name engine reads in a text.
import { type Identity, identify } from '../stories/names/identify.ts';
import type { Tables } from '../stories/tables.ts';

/** Supplied by the composition root: the program's tables, and all of standard input. */
export interface IdentifyWorld {
  readonly labs: () => Tables;
  readonly readInput: () => Promise<string>;
}

export interface Identified extends Identity {
  readonly text: string;
}

/** Reads each line of `input` that is not blank; `at` as in `identify`. */
export function identifyLines(input: string, labs: Tables, at: string): readonly Identified[] {
  return input
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((text) => ({ text, ...identify(text, { labs, at }) }));
}

/** A day, a month (its first day) or a moment; null for anything else. */
export function readAt(written: string): string | null {
  const day = /^(20\d\d)-(\d\d)(?:-(\d\d))?$/.exec(written);
  if (day === null)
    return /^20\d\d-\d\d-\d\dT/.test(written) && !Number.isNaN(Date.parse(written))
      ? new Date(written).toISOString()
      : null;
  const full = `${day[1]}-${day[2]}-${day[3] ?? '01'}`;
  const at = Date.parse(full);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== full ? null : full;
}
