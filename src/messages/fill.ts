// Fills the blanks in texts.

/** Fills `{name}` blanks in one pass, so that braces in the values stay as they are. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (blank, name: string) => values[name] ?? blank);
}
