// What a title or an address says, in the form that the stories need.
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
  /** The key under which a text with no known family may have opened the story; null when there is none. */
  readonly looseKey: string | null;
  /** What people call it: `Grok 2`. */
  readonly name: string | null;
  readonly version: string | null;
  /** The product line of the family: `vision`, `guard`, `large`; null = the main one. */
  readonly line: string | null;
  /** True: the lab's own account; false: another's; null: no account is named. */
  readonly official: boolean | null;
  readonly label: 'pledge' | 'release' | 'rumour' | 'unrelated';
  /** The time that a promise names. */
  readonly due: Window | null;
  /** It announces a delay, which moves an earlier promise. */
  readonly moved: boolean;
  /** Who promises: the lab, by the name people use. */
  readonly labName: string | null;
  /** The lab's time zone. */
  readonly zone: string;
  /** The registrable domain of the link that makes a promise; null = it has none; left out = not read. */
  readonly host?: string | null;
  /** Size and variant, as words: `32b instruct`; '' = the model as a whole; left out = not read. */
  readonly part?: string;
  /** Repositories in labs' own accounts that the text links to, as a reason to look at them; left out = none. */
  readonly repositories?: readonly LinkedRepository[];
  /** What the same text says about other models: one text can contain a release and a promise. */
  readonly also: readonly Reading[];
}

/** Reads an observation; `at` decides what "next week" means when the observation has no time of its own. */
export type ReadObservation = (observation: Observation, at: Iso) => Reading;

/** Whether the text is news of a model: that it is out, promised or rumoured. */
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
