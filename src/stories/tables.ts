// The data for reading names and headlines: the files of config/ that belong to the program.

import type { LabAdditions } from '../types/labs.ts';
import { readDates } from './due/dates.ts';
import type { DateTables } from './due/window.ts';
import { type Cues, readCues } from './headlines/cues.ts';
import { type LabTable, readLabs } from './names/labs.ts';
import { readSupport, type SupportCues } from './support.ts';

/** The texts of config/labs.yaml, headlines-*.yaml, dates-*.yaml and support.yaml. */
export interface TableTexts {
  readonly labs: string;
  readonly english: string;
  readonly korean: string;
  readonly datesEnglish: string;
  readonly datesKorean: string;
  readonly support: string;
  /** What the configuration adds to the labs table. */
  readonly added?: LabAdditions;
}

export interface Tables extends LabTable {
  /** Cues in titles of pull requests; read when the first one comes. */
  readonly support: SupportCues;
  readonly cues: { readonly english: Cues; readonly korean: Cues };
  readonly dates: DateTables;
}

function once<T>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * Throws with every problem of a wrong file. The cues of a language are read and compiled at its first headline, because
 * looks at repositories alone never need them.
 */
export function readTables({
  labs,
  english,
  korean,
  datesEnglish,
  datesKorean,
  support,
  added = {},
}: TableTexts): Tables {
  const englishCues = once(() => readCues(english, false));
  const supportCues = once(() => readSupport(support));
  const koreanCues = once(() => readCues(korean, true));
  const cues: Tables['cues'] = {
    get english() {
      return englishCues();
    },
    get korean() {
      return koreanCues();
    },
  };
  const englishDates = once(() => readDates(datesEnglish, false));
  const koreanDates = once(() => readDates(datesKorean, true));
  const dates: Tables['dates'] = {
    get english() {
      return englishDates();
    },
    get korean() {
      return koreanDates();
    },
  };
  return {
    ...readLabs(labs, added),
    cues,
    dates,
    get support() {
      return supportCues();
    },
  };
}
