// Plain text: white space folded, control characters removed; and digests of texts.
import { createHash, hash } from 'node:crypto';

/** Bytes 0x80–0x9F decoded as Latin-1 are really the quotes and dashes of Windows-1252. */
const windows = new TextDecoder('windows-1252');
const mended = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (char) => windows.decode(Uint8Array.of(char.charCodeAt(0))));

/** Text on one line, without what cannot be shown (controls, lone surrogates, the replacement character). */
export function folded(text: string): string {
  return mended(text)
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}|[\u200b\u2060\ufeff\ufffd]|\p{Noncharacter_Code_Point}/gu, '')
    .trim();
}

/** Share of Hangul among a text's letters, 0 to 1; all characters from U+00C0 on count as letters. */
export function hangulShare(text: string): number {
  let letters = 0;
  let hangul = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isHangul = (code >= 0xac00 && code <= 0xd7a3) || (code >= 0x3130 && code <= 0x318f);
    if (isHangul) hangul += 1;
    if (isHangul || ((code | 0x20) - 0x61) >>> 0 < 26 || code > 0xbf) letters += 1;
  }
  return hangul === 0 ? 0 : hangul / letters;
}

/** Joins two slices into a new string: a plain slice would keep the whole original in memory. */
const short = (hexadecimal: string): string => [hexadecimal.slice(0, 8), hexadecimal.slice(8, 16)].join('');

/** 16 hexadecimal digits of SHA-256; for comparison, not for security. */
export const digest = (text: string): string => short(hash('sha256', text, 'hex'));

/** The same digest, computed piece by piece for a text that is never built as a whole. */
export function createDigest(): { readonly add: (part: string) => void; readonly digest: () => string } {
  const parts = createHash('sha256');
  return {
    add: (part) => {
      parts.update(part);
    },
    digest: () => short(parts.digest('hex')),
  };
}
