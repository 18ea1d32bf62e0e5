// Text in columns of a terminal, where Hangul, Han, Kana and emoji take two columns.
import terminalWidth from 'string-width';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Most texts are plain ASCII, whose width is their length. */
function stringWidth(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : terminalWidth(text);
}

export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}

/** Breaks a word wider than the line between graphemes; a web address stays whole, so that it can be clicked. */
function pieces(word: string, columns: number): readonly string[] {
  if (stringWidth(word) <= columns || /^https?:\/\//.test(word)) return [word];
  const made: string[] = [];
  let piece = '';
  let width = 0;
  for (const { segment } of graphemes.segment(word)) {
    const next = stringWidth(segment);
    if (width + next > columns && piece !== '') {
      made.push(piece);
      piece = '';
      width = 0;
    }
    piece += segment;
    width += next;
  }
  return [...made, piece];
}

/** Lines of at most this many columns; line breaks in the text are kept. */
export function wrapped(text: string, columns: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    let width = 0;
    for (const piece of paragraph
      .trimEnd()
      .split(' ')
      .flatMap((word) => pieces(word, columns))) {
      const own = stringWidth(piece);
      if (line !== '' && width + 1 + own > columns) {
        lines.push(line.trimEnd());
        line = piece;
        width = own;
      } else {
        width = line === '' ? own : width + 1 + own;
        line = line === '' ? piece : `${line} ${piece}`;
      }
    }
    return [...lines, line];
  });
}

/** Least width of the last column, however little room the others leave. */
const leastColumns = 24;

/** A first cell wider than half the line gets a line of its own, so that the other columns stay readable. */
function isOutsized(row: readonly string[], columns: number): boolean {
  return row.length > 2 && stringWidth(row[0] ?? '') > columns / 2;
}

/**
 * Left-aligned columns with two spaces between. The last one is wrapped at `columns`, below itself; when the others leave it
 * too little room, it goes on lines of its own, and so does a first cell that takes more than half of the line.
 */
export function table(rows: readonly (readonly string[])[], columns: number = Number.POSITIVE_INFINITY): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const fits = (row: readonly string[], index: number): boolean =>
    index !== row.length - 1 && !(index === 0 && isOutsized(row, columns));
  const widths = Array.from({ length: count }, (_, index) =>
    Math.max(0, ...rows.map((row) => (fits(row, index) ? stringWidth(row[index] ?? '') : 0))),
  );
  return rows
    .flatMap((row) =>
      isOutsized(row, columns)
        ? [...wrapped(row[0] ?? '', columns), ...lines(['', ...row.slice(1)], widths, columns)]
        : lines(row, widths, columns),
    )
    .join('\n');
}

function lines(row: readonly string[], widths: readonly number[], columns: number): readonly string[] {
  const first = row
    .slice(0, -1)
    .map((cell, index) => `${padded(cell, widths[index] ?? 0)}  `)
    .join('');
  const last = row.at(-1) ?? '';
  const begin = stringWidth(first);
  if (begin + stringWidth(last) <= columns) return [`${first}${last}`.trimEnd()];
  const below = columns - begin < leastColumns;
  const indent = ' '.repeat(below ? 4 : begin);
  const [head = '', ...rest] = wrapped(last, Math.max(leastColumns, columns - indent.length));
  const start = below ? [first.trimEnd(), `${indent}${head}`] : [`${first}${head}`];
  return [...start.map((line) => line.trimEnd()), ...rest.map((line) => `${indent}${line}`.trimEnd())];
}
