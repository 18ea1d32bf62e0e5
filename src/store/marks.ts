// Replaces the marks of parameters in a statement, and nothing that only looks like one inside a text or a comment.

const quotedOrMark = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\d+)/g;

/** `by` gets the position of the parameter, from 0. */
export function replaceMarks(sql: string, by: (index: number) => string): string {
  return sql.replace(quotedOrMark, (whole, mark: string | undefined) =>
    mark === undefined ? whole : by(Number(mark) - 1),
  );
}
