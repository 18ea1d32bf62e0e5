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

function withoutControls(text: string): string {
  return text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(sequences, '').replaceAll(invisible, '');
}

/** One line: for names, titles, labels. */
export function oneLine(text: string): string {
  return withoutControls(text).replaceAll(/\s+/g, ' ').trim();
}

function withoutComments(text: string): string {
  let kept = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf('<!--', from);
    if (start === -1) return kept + text.slice(from);
    kept += text.slice(from, start);
    const end = text.indexOf('-->', start + 4);
    if (end === -1) return kept;
    from = end + 3;
  }
}

const readAtMost = 20_000;

const altAtMost = 300;
const targetAtMost = 1_000;

/** Where the bracket closes that opens here, on the same line and not too far; -1 when it does not. */
function closing(text: string, open: number, mark: string, most: number): number {
  const end = text.slice(open + 1, open + 2 + most).search(mark === ')' ? /[)\n]/ : /[\]\n]/);
  return end === -1 || text[open + 1 + end] === '\n' ? -1 : open + 1 + end;
}

/** Without `![image](address)`, `![image][name]`, and links around nothing. */
function withoutImages(text: string): string {
  let kept = '';
  let from = 0;
  for (let at = text.indexOf('['); at !== -1; at = text.indexOf('[', at + 1)) {
    if (at < from) continue;
    const image = at > from && text[at - 1] === '!';
    const label = closing(text, at, ']', altAtMost);
    if (label === -1 || !(image || text.slice(at + 1, label).trim() === '')) continue;
    const next = text[label + 1];
    const end =
      next === '('
        ? closing(text, label + 1, ')', targetAtMost)
        : next === '[' && image
          ? closing(text, label + 1, ']', 100)
          : -1;
    if (end === -1) continue;
    kept += text.slice(from, image ? at - 1 : at);
    from = end + 1;
  }
  return kept + text.slice(from);
}

/** Rules, the lines under headings, and those between the rows of a table. */
function isRule(line: string): boolean {
  const text = line.trim();
  return /^(?:=+|-{3,}|\*{3,}|_{3,})$/.test(text) || (text.includes('|') && /^[|:\s-]+$/.test(text));
}

/** Notes as paragraphs: without HTML comments, images, tags and badges; Markdown that people can read stays. */
export function paragraphs(text: string): string {
  // Twice: a badge is a link around an image.
  return withoutImages(withoutImages(withoutComments(withoutControls(text.slice(0, readAtMost)))))
    .replaceAll(/<\/?(?:br|p|div|li|tr|h[1-6]|details|summary|ul|ol|table|pre)(?:\s[^<>]{0,500})?\/?>/gi, '\n')
    .replaceAll(/<(?!https?:)\/?[a-z][^<>]{0,1000}>/gi, '')
    .split('\n')
    .map((line) => line.replaceAll('\t', '  ').trimEnd())
    .filter((line) => !isRule(line))
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** A web address that may be linked, in its normal form; null for anything else. */
export function webAddress(url: string): URL | null {
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return null;
  // `https://good.example@evil.example/` shows one place and leads to another.
  return parsed.username === '' && parsed.password === '' ? parsed : null;
}
