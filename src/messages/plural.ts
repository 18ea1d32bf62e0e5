// The plural forms of a text.

/** One text per plural category of the language (Intl.PluralRules); `{n}` is the number. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };
