// Files of labels as CSV (RFC 4180): a first line of column names, quoted cells may hold commas and line breaks.
export type Row = Readonly<Record<string, string>>;

export function readCsv(text: string): readonly Row[] {
  const [columns = [], ...lines] = cellsOf(text);
  return lines
    .filter((cells) => cells.some((cell) => cell !== ''))
    .map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])));
}

function cellsOf(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted, bare, end = ''] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    line.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === ',') continue;
    lines.push(line);
    line = [];
  }
  return lines;
}
