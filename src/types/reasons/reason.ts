// What a reason is: a code and what fills its words. Code compares codes; only people read the words.

/** Values for the blanks of the words; a reason among them is put into words itself. */
export type Params = Readonly<Record<string, string | number | AnyReason>>;

/** A reason as it is stored and shown: any code, also one that an earlier or a later version wrote. */
export interface AnyReason {
  readonly code: string;
  readonly params: Params;
}

/** The union over a room's table of codes: `{ code, params }`, each code with its own parameters. */
export type ReasonOf<Codes> = {
  readonly [Code in keyof Codes & string]: { readonly code: Code; readonly params: Codes[Code] };
}[keyof Codes & string];

/** A code that says it all. */
export type None = Readonly<Record<never, never>>;
