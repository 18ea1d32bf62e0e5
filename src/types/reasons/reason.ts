// What a reason is: a code with the parameters of its text. Code compares codes; only people read the texts.

/** Values for the blanks of the text; a reason among them is put into words too. */
export type Params = Readonly<Record<string, string | number | AnyReason>>;

/** A reason as it is stored and shown: any code, including those of earlier and later versions. */
export interface AnyReason {
  readonly code: string;
  readonly params: Params;
}

/** The union over a table of codes: `{ code, params }`, each code with its own parameters. */
export type ReasonOf<Codes> = {
  readonly [Code in keyof Codes & string]: { readonly code: Code; readonly params: Codes[Code] };
}[keyof Codes & string];

/** The parameters of a code that needs none. */
export type None = Readonly<Record<never, never>>;
