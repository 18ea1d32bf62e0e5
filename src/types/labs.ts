// What a configuration adds to the table of laboratories.

/** As a family of config/labs.yaml; what is left out stays as it was, or takes the table's default. */
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

/** Lists are added to what the table has of a lab; its zone, and a family of the same id, are replaced. */
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

/** By the id of the lab. */
export type LabAdditions = Readonly<Record<string, LabAddition>>;

/** Laboratories by the names that people know. */
export interface LabNames {
  /** The id itself when nobody knows it. */
  readonly nameOf: (id: string) => string;
  /** Whom a name, a spelling, an account or an id means; null = nobody who is known. */
  readonly idOf: (written: string) => string | null;
}

/** An account that is a lab's own, as somebody says: for all, or in one Discord server. */
export interface Vouch {
  readonly scope: 'file' | { readonly guild: string };
  /** `huggingface`, `github` or `modelscope`. */
  readonly source: string;
  readonly account: string;
  /** By its id. */
  readonly lab: string;
}
