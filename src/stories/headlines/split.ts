// Splits a headline into sentences, and newsletter titles that list several news items into those items.
import { hasHangul } from '../names/fold.ts';

export interface HeadlinePiece {
  readonly text: string;
  /** One of several items in the title of a newsletter, where a bare name announces nothing. */
  readonly item: boolean;
}

const worded = (part: string): boolean => /[\p{L}\p{N}]/u.test(part);

/** Pure. Empty for a text without a letter or digit. */
export function splitHeadline(text: string): readonly HeadlinePiece[] {
  const sentences = text.split(/(?<=[^.A-Z\d][.!?]["'”’)]?|\d[!?]+)\s+(?=[\p{Lu}"'“‘\uac00-\ud7a3])|\n+/u);
  return sentences.flatMap((sentence): readonly HeadlinePiece[] => {
    const items = newsletter(sentence);
    if (items !== null) return items.map((item) => ({ text: item, item: true }));
    const parts = hasHangul(sentence) ? sentence.split(/…|\.{2,}|⋯|; /) : sentence.split(/; | \| /);
    return parts
      .map((part) => part.trim())
      .filter(worded)
      .map((part) => ({ text: part, item: false }));
  });
}

/** "Deal closed 💰, a model arrives 🚀, a tool": items between emoji, or at least three capitalised phrases between commas. */
function newsletter(sentence: string): readonly string[] | null {
  const pictured = sentence
    .split(/\p{Extended_Pictographic}\ufe0f?[,;]?\s*/u)
    .map((part) => part.replace(/^[,;\s]+/, '').trim())
    .filter(worded);
  const pictures = sentence.match(/\p{Extended_Pictographic}\ufe0f?(?:\s*[,;]|\s*$)/gu) ?? [];
  if (pictures.length >= 2 && pictured.length >= 2) return pictured.flatMap((part) => part.split(/, (?=[\p{Lu}])/u));
  const listed = sentence.split(/, (?:and )?/);
  const phrased = listed.every((part) => /^[\p{Lu}\d"“‘'(a]/u.test(part) && /\S\s+\S/.test(part.trim()));
  return listed.length >= 3 && phrased && !listed[0]?.includes(': ') && !hasHangul(sentence) ? listed : null;
}
