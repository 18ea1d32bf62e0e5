// Text from outside, made harmless for every medium: no control characters, no spoofing, no markup that is not for people.

// Whole escape sequences first, so that their visible rest ("[31m", a window title) does not stay behind.
const esc = String.fromCharCode(0x1b);
const bel = String.fromCharCode(0x07);
const csi = String.fromCharCode(0x9b);
const osc = String.fromCharCode(0x9d);
const terminator = String.fromCharCode(0x9c);
const sequences = new RegExp(
  [
    `(?:${esc}[\\]PX^_]|${osc})[^${bel}${esc}${terminator}]{0,4096}(?:${bel}|${terminator}|${esc}\\\\)?`,
    `(?:${esc}\\[|${csi})[0-?]{0,64}[ -/]{0,8}[@-~]?`,
    `${esc}[ -/]{0,8}[0-~]?`,
  ].join('|'),
  'g',
);

/** Controls but for tab and line feed, bidirectional overrides, line separators, and the replacement of no character. */
const invisible = /(?![\t\n])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff\ufff9-\ufffb]/gu;

export function withoutControls(text: string): string {
  return text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(sequences, '').replaceAll(invisible, '');
}

/** One line: for names, titles, labels. */
export function oneLine(text: string): string {
  return withoutControls(text).replaceAll(/\s+/g, ' ').trim();
}

/** Lines as they are written. */
export function plainLines(text: string): string {
  return withoutControls(text).trim();
}

/** A web address that may be linked, in its normal form; null for anything else. */
export function webAddress(url: string): URL | null {
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return null;
  // `https://good.example@evil.example/` shows one place and leads to another.
  return parsed.username === '' && parsed.password === '' ? parsed : null;
}
