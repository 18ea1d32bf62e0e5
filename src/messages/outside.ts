// Makes text from outside harmless for every medium: no control characters, no spoofing, no invisible markup.

// Whole escape sequences are removed first, so that their printable rest ("[31m", a window title) does not stay behind.
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

/** Controls except tab and line feed, bidirectional overrides, line separators, byte order marks and annotation marks. */
const invisible = /(?![\t\n])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff\ufff9-\ufffb]/gu;

export function withoutControls(text: string): string {
  return text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(sequences, '').replaceAll(invisible, '');
}

/** On one line: for names, titles and labels. */
export function oneLine(text: string): string {
  return withoutControls(text).replaceAll(/\s+/g, ' ').trim();
}

/** Keeps the lines as written. */
export function plainLines(text: string): string {
  return withoutControls(text).trim();
}

/** A web address that is safe to link, in normal form; null for anything else. */
export function webAddress(url: string): URL | null {
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return null;
  // `https://good.example@evil.example/` looks like one site and leads to another.
  return parsed.username === '' && parsed.password === '' ? parsed : null;
}
