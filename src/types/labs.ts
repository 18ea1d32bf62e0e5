// What a configuration adds to the labs table.

/** A family as in config/labs.yaml; what is left out stays as it was or takes the table's default. */
export interface FamilyAddition {
  readonly id: string;
  readonly names?: readonly string[] | undefined;
  readonly called?: string | undefined;
  readonly unversioned?: boolean | undefined;
  readonly weights?: 'open' | 'mixed' | 'closed' | undefined;
  readonly closed?: readonly string[] | undefined;
  readonly tools?: readonly string[] | undefined;
  readonly words?: readonly string[] | undefined;
  readonly sizes?: readonly string[] | undefined;
  readonly lines?: readonly string[] | undefined;
  readonly letters?: readonly string[] | undefined;
  readonly suffixes?: readonly string[] | undefined;
  readonly needs?: 'nothing' | 'any' | 'version' | 'lab' | undefined;
  readonly not?: readonly string[] | undefined;
  readonly aliases?: Readonly<Record<string, string>> | undefined;
}

/** Lists are appended to those in the table; the zone, and a family with the same id, are replaced. */
export interface LabAddition {
  readonly names?: readonly string[] | undefined;
  readonly people?: readonly string[] | undefined;
  readonly zone?: string | undefined;
  readonly sites?: readonly string[] | undefined;
  readonly huggingface?: readonly string[] | undefined;
  readonly github?: readonly string[] | undefined;
  readonly modelscope?: readonly string[] | undefined;
  readonly formerly?: readonly string[] | undefined;
  readonly families?: readonly FamilyAddition[] | undefined;
}

/** By the lab's id. */
export type LabAdditions = Readonly<Record<string, LabAddition>>;

/** Looks up labs by the names that people use. */
export interface LabNames {
  /** The id itself when it is unknown. */
  readonly nameOf: (id: string) => string;
  /** The lab that a name, spelling, account or id means; null = none that is known. */
  readonly idOf: (written: string) => string | null;
}

/** Somebody vouches that an account is a lab's own: for everybody, or in one guild. */
export interface Vouch {
  readonly scope: 'file' | { readonly guild: string };
  /** `huggingface`, `github` or `modelscope`. */
  readonly source: string;
  readonly account: string;
  /** The lab's id. */
  readonly lab: string;
}
