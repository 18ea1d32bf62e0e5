// Replaces the parameter marks in a statement, but nothing that looks like one within a string or comment.

const quotedOrMark = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\d+)/g;

/** `by` is called with the parameter's 0-based index. */
export function replaceMarks(sql: string, by: (index: number) => string): string {
  return sql.replace(quotedOrMark, (whole, mark: string | undefined) =>
    mark === undefined ? whole : by(Number(mark) - 1),
  );
}
