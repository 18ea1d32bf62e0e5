// How wide text stands in a terminal, and where it is broken into lines.

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const invisible = /^[\p{M}\p{Cf}\p{Cc}]+$/u;
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}|\ufe0f/u;

function graphemeWidth(grapheme: string): number {
  if (grapheme.length === 1 && grapheme >= ' ' && grapheme <= '~') return 1;
  if (invisible.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}

/** Columns: Hangul, Han, Kana and emoji take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** A word wider than the line is broken between graphemes; a web address never is, so that it can be clicked. */
function pieces(word: string, columns: number): readonly string[] {
  if (widthOf(word) <= columns || /^https?:\/\//.test(word)) return [word];
  const made: string[] = [];
  let piece = '';
  let width = 0;
  for (const { segment } of graphemes.segment(word)) {
    const next = graphemeWidth(segment);
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

/** Lines of at most so many columns; line breaks of the text stay. */
export function wrapped(text: string, columns: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const piece of paragraph
      .trimEnd()
      .split(' ')
      .flatMap((word) => pieces(word, columns))) {
      const joined = line === '' ? piece : `${line} ${piece}`;
      if (line !== '' && widthOf(joined) > columns) {
        lines.push(line.trimEnd());
        line = piece;
      } else {
        line = joined;
      }
    }
    return [...lines, line];
  });
}
