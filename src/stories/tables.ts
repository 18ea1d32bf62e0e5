// The data that names and headlines are read with: the files of config/ that belong to the program.

import type { LabAdditions } from '../types/labs.ts';
import { type Cues, readCues } from './headlines/cues.ts';
import { type LabTable, readLabs } from './names/labs.ts';

/** The texts of config/labs.yaml, headlines-en.yaml and headlines-ko.yaml. */
export interface TableTexts {
  readonly labs: string;
  readonly english: string;
  readonly korean: string;
  /** What a configuration adds to the labs. */
  readonly added?: LabAdditions;
}

export interface Tables extends LabTable {
  readonly cues: { readonly english: Cues; readonly korean: Cues };
}

/** Throws with every problem of the first wrong file. */
export function readTables({ labs, english, korean, added = {} }: TableTexts): Tables {
  return { ...readLabs(labs, added), cues: { english: readCues(english, false), korean: readCues(korean, true) } };
}
