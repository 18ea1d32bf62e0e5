// Splits a text into XML tokens in one pass, without ever failing: text, CDATA, opening and closing tags.
// Comments, processing instructions and the DOCTYPE are skipped, so their entities are never expanded.

export type Piece =
  | { readonly kind: 'text'; readonly start: number; readonly end: number }
  | { readonly kind: 'cdata'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'open';
      readonly start: number;
      readonly end: number;
      readonly name: string;
      /** The attributes, as written. */
      readonly inside: string;
      readonly empty: boolean;
    }
  | { readonly kind: 'close'; readonly start: number; readonly end: number; readonly name: string }
  /** The text ends within a token. */
  | { readonly kind: 'cut' };

const namePattern = /[A-Za-z_][^\s/>="'<]*/y;
const cut: Piece = { kind: 'cut' };

export function* piecesOf(text: string, from: number): Generator<Piece> {
  let at = from;
  const starts = /<(?=[A-Za-z_/!?])/g;
  while (at < text.length) {
    // A `<` that does not start a tag is text.
    starts.lastIndex = at;
    const next = starts.exec(text)?.index ?? -1;
    const end = next === -1 ? text.length : next;
    if (end > at) yield { kind: 'text', start: at, end };
    if (next === -1) return;
    const skipped = skippedTo(text, next);
    if (skipped === null) return yield cut;
    if (skipped > next) {
      at = skipped;
      continue;
    }
    const piece = tagAt(text, next);
    yield piece;
    if (piece.kind === 'cut') return;
    at = piece.end;
  }
}

/** The end of a comment, instruction or DOCTYPE that starts at `at`; `at` when none does; null when it never ends. */
function skippedTo(text: string, at: number): number | null {
  if (text.startsWith('<!--', at)) return after(text, '-->', at + 4);
  if (text.startsWith('<?xml ', at)) return after(text, '>', at);
  if (text.startsWith('<?', at)) return after(text, '?>', at);
  if (!text.startsWith('<!', at) || text.startsWith('<![CDATA[', at)) return at;
  const end = text.indexOf('>', at);
  const subset = text.indexOf('[', at);
  if (subset === -1 || end === -1 || end < subset) return end === -1 ? null : end + 1;
  const close = /\]\s*>/g;
  close.lastIndex = subset;
  return close.test(text) ? close.lastIndex : null;
}

function after(text: string, mark: string, from: number): number | null {
  const found = text.indexOf(mark, from);
  return found === -1 ? null : found + mark.length;
}

function tagAt(text: string, start: number): Piece {
  if (text.startsWith('<![CDATA[', start)) {
    const end = after(text, ']]>', start + 9);
    return end === null ? cut : { kind: 'cdata', start, end };
  }
  const closing = text[start + 1] === '/';
  namePattern.lastIndex = start + (closing ? 2 : 1);
  const name = namePattern.exec(text)?.[0];
  if (name === undefined) return { kind: 'text', start, end: start + 1 };
  const from = namePattern.lastIndex;
  const end = closing ? text.indexOf('>', from) : tagEnd(text, from);
  // Only the very last `>` is missing, so the document is complete.
  if (closing && end === -1 && text.slice(from).trim() === '') return { kind: 'close', start, end: text.length, name };
  if (end === -1) return cut;
  if (closing) return { kind: 'close', start, end: end + 1, name };
  const empty = text[end - 1] === '/';
  return { kind: 'open', start, end: end + 1, name, inside: text.slice(from, empty ? end - 1 : end), empty };
}

/** The `>` that ends a tag, ignoring those in quoted values. A quote that does not follow a `=` is a mistake and is ignored. */
function tagEnd(text: string, from: number): number {
  const mark = />|=\s{0,20}(["'])/g;
  mark.lastIndex = from;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const quote = found[1];
    if (quote === undefined) return found.index;
    const close = text.indexOf(quote, mark.lastIndex);
    if (close === -1) return -1;
    mark.lastIndex = close + 1;
  }
  return -1;
}

const attributesAtMost = 200;
/** How many characters of one tag are read, and of one value are kept: no real name or address is longer. */
const insideAtMost = 20_000;
const valueAtMost = 4_000;
const nameStart = /[A-Za-z_]/;
const nameEnd = /[^\w.:-]/g;
const bareEnd = /[\s>"']/g;

/** Values as written, with their entities. Of two with the same name the first counts; a value that is too long is dropped. */
export function attributesOf(inside: string): Readonly<Record<string, string>> {
  const text = inside.slice(0, insideAtMost);
  if (!text.includes('=')) return {};
  const attributes = new Map<string, string>();
  let at = 0;
  const until = (mark: RegExp): string => {
    mark.lastIndex = at;
    const from = at;
    at = mark.exec(text)?.index ?? text.length;
    return text.slice(from, at);
  };
  const skipBlanks = (): void => {
    while (at < text.length && isBlank(text.charCodeAt(at))) at += 1;
  };
  while (at < text.length && attributes.size < attributesAtMost) {
    if (!nameStart.test(text.charAt(at)) || !isBetween(text.charCodeAt(at - 1))) {
      at += 1;
      continue;
    }
    const name = until(nameEnd);
    skipBlanks();
    if (text[at] !== '=') continue;
    at += 1;
    skipBlanks();
    const quote = text[at];
    const close = quote === '"' || quote === "'" ? text.indexOf(quote, at + 1) : -1;
    const value = close === -1 ? until(bareEnd) : text.slice(at + 1, close);
    if (close !== -1) at = close + 1;
    if (!attributes.has(name) && value.length <= valueAtMost) attributes.set(name, value);
  }
  return Object.fromEntries(attributes);
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** Where an attribute may begin: after a blank or a quote, or at the very start. */
const isBetween = (code: number): boolean => Number.isNaN(code) || isBlank(code) || code === 34 || code === 39;

/** Decodes an attribute's value; only XML's own entities can occur in an address. */
export const attributeText = (value: string | undefined): string | undefined =>
  value
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
