// Checks the nesting and size of a JSON text before it is parsed: deep or very long structures cost far more than their text.

export type JsonShape = 'usual' | 'too deep' | 'too many';

/** A JSON Feed is about six levels deep and has some twenty of the counted marks (`{`, `[`, `,`, `:`) per entry. */
const depthAtMost = 64;
const marksAtMost = 400_000;

/** One pass over the text, which need not be valid JSON. */
export function shapeOf(text: string): JsonShape {
  let depth = 0;
  let marks = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = endOfString(text, at + 1);
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        marks += 1;
        if (depth > depthAtMost) return 'too deep';
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
      case 0x2c: // ,
      case 0x3a: // :
        marks += 1;
        if (marks > marksAtMost) return 'too many';
        break;
      default:
    }
  }
  return 'usual';
}

/** Index of the closing quote; the text's length when there is none. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (at - slashes - 1 >= from && text.charCodeAt(at - slashes - 1) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
