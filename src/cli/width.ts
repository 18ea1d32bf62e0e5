// How many columns a text takes in a terminal.

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const none = /\p{Mark}|[\u200b-\u200f\ufeff]/u;

export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += none.test(sign) ? 0 : wide.test(sign) ? 2 : 1;
  return width;
}
