// What a title or an address says, as the stories need it.
import type { Iso, Observation } from '../types/core.ts';
import type { LinkedRepository } from './names/links.ts';
import type { Window } from './pledges.ts';

export interface Reading {
  readonly lab: string | null;
  /** `lab/family`; null when no family was read. */
  readonly family: string | null;
  /**
   * `model:lab/family/version…`: one key for one model; `model:~/name` for a model of no listed family; null when the name
   * does not say which model it is.
   */
  readonly key: string | null;
  /** The key under which a text that knew no family may have opened its story; null when it has none. */
  readonly looseKey: string | null;
  /** How people call it: `Grok 2`. */
  readonly name: string | null;
  readonly version: string | null;
  /** The product line of the family: `vision`, `guard`, `large`; null = the main one. */
  readonly line: string | null;
  /** True: the lab's own account; false: another's; null: no account is named. */
  readonly official: boolean | null;
  readonly label: 'pledge' | 'release' | 'rumour' | 'unrelated';
  /** What a promise names as its time. */
  readonly due: Window | null;
  /** A delay: it moves what was promised before. */
  readonly moved: boolean;
  /** Who is said to promise: the lab, as people call it. */
  readonly labName: string | null;
  /** The lab's time zone. */
  readonly zone: string;
  /** The registrable domain of the link under which a promise is made; null = it has none; left out = not asked. */
  readonly host?: string | null;
  /** Size and variant, as words: `32b instruct`; '' = the model as a whole; left out = not asked. */
  readonly part?: string;
  /** Repositories in labs' own accounts that the words lead to: a reason to look at them; left out = none. */
  readonly repositories?: readonly LinkedRepository[];
  /** What the same words say of other models: one text can hold a release and a promise. */
  readonly also: readonly Reading[];
}

/** Reads an observation; `at` decides what "next week" means when the observation has no time of its own. */
export type ReadObservation = (observation: Observation, at: Iso) => Reading;

/** Whether words tell of a model: that it is out, promised or rumoured. */
export function isOfModel({ label }: Reading): boolean {
  return label !== 'unrelated';
}

export const unread: Reading = {
  lab: null,
  family: null,
  key: null,
  looseKey: null,
  name: null,
  version: null,
  line: null,
  official: null,
  label: 'unrelated',
  due: null,
  moved: false,
  labName: null,
  zone: 'UTC',
  also: [],
};
