// Repairs a feed's text so that XML parsers accept it: finds its end, fixes `&`, quotes and nesting, gives elements their
// usual prefixes, escapes markup inside titles and summaries, and drops elements that are not read.
import { createNaming, entryNames, isLikeEntry, leaves, marked, type Naming, structure } from './names.ts';
import { attributesOf, type Piece, piecesOf } from './pieces.ts';

export interface Root {
  /** `rss`, `feed` or `rdf:RDF`; any other name as written. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface TidyFeed {
  readonly kind: 'feed';
  readonly root: Root;
  /** The document around its entries: everything before the first one, and everything after. */
  readonly head: string;
  readonly tail: string;
  readonly entries: readonly string[];
}

export type Tidied =
  | TidyFeed
  | { readonly kind: 'cut short' }
  | { readonly kind: 'too many' }
  /** It contains entries, but not where RSS or Atom puts them. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'other'; readonly root: Root | null };

export const entriesAtMost = 20_000;
/** The most characters kept of one leaf; more than anything needs. */
const leafAtMost = 50_000;
/** The most leaves of one entry, or of the document around the entries: a parser's tree is many times larger than its text. */
const leavesAtMost = 500;
const charactersAtMost = 200_000;
/** The most characters that repairs may add to one attribute. */
const escapesAtMost = 1_000;
/** Skips warnings that a program printed before the feed. A page around an Atom feed is skipped too, but no other page. */
const feedStart = /<\?xml\s|<(?:[\w-]+:)?(?:rss|feed|rdf)[\s>]/i;
const atomStart = /<feed\s[^<>]{0,300}?xmlns\s?=\s?["']http:\/\/www\.w3\.org\/2005\/Atom/;

/** Pure; one pass over the text. */
export function tidy(text: string): Tidied {
  const first = tidyFrom(text, 0);
  if (first.kind !== 'other') return first;
  const start = text.search(first.root?.name.toLowerCase() === 'html' ? atomStart : feedStart);
  return start <= 0 ? first : tidyFrom(text, start);
}

/** The leaf being read: collected as parts while it is plain text, taken verbatim once it contains markup. */
interface Leaf {
  readonly name: string;
  /** Null = a leaf that is not kept. */
  readonly tag: string | null;
  readonly from: number;
  readonly parts: string[];
  /** Total length of `parts`, in characters. */
  length: number;
  nested: number;
  markup: boolean;
}

function tidyFrom(text: string, from: number): Tidied {
  const builder = createBuilder();
  let root: Root | null = null;
  let naming: Naming | null = null;
  let leaf: Leaf | null = null;
  let holdsEntries = false;
  for (const piece of piecesOf(text, from)) {
    if (piece.kind === 'cut') break;
    if (piece.kind === 'text' || piece.kind === 'cdata') {
      if (leaf !== null) collect(leaf, piece, text);
      continue;
    }
    if (root === null && piece.kind === 'close') continue;
    naming ??= createNaming(piece.name);
    const name =
      piece.kind === 'close' ? naming.closed(piece.name) : naming.opened(piece.name, piece.inside, piece.empty);
    if (root === null && piece.kind === 'open') {
      root = { name, attributes: attributesOf(piece.inside) };
      if (!structure.has(root.name)) return { kind: 'other', root };
    }
    if (leaf !== null) {
      if (!isLeft(leaf, piece, name)) continue;
      builder.add(writtenLeaf(leaf, text.slice(leaf.from, piece.start)));
      const own = piece.kind === 'close' && leaf.name === name;
      leaf = null;
      if (own) continue;
    }
    holdsEntries ||= isLikeEntry(name);
    if (piece.kind === 'close') builder.close(name);
    else if (structure.has(name)) builder.open(name, writtenAttributes(piece.inside), piece.empty);
    else if (!piece.empty) leaf = leafOf(name, piece, builder.isFull());
    else if (leaves.has(name.toLowerCase())) builder.add(`<${name}${writtenAttributes(piece.inside)}/>`);
    if (builder.entries.length > entriesAtMost) return { kind: 'too many' };
    if (!builder.isDone() || leaf !== null || root === null) continue;
    const parts = builder.parts();
    return holdsEntries && parts.entries.length === 0 ? { kind: 'unread' } : { kind: 'feed', root, ...parts };
  }
  return root === null ? { kind: 'other', root } : { kind: 'cut short' };
}

/** Collects a leaf's text, up to the limit. */
function collect(
  leaf: Leaf,
  { kind, start, end }: { readonly kind: string; readonly start: number; readonly end: number },
  text: string,
): void {
  if (leaf.tag === null || leaf.markup || leaf.length > leafAtMost) return;
  const part =
    kind === 'cdata'
      ? cdata(text.slice(start + cdataOpen.length, end - cdataClose.length))
      : mended(text.slice(start, Math.min(end, start + leafAtMost)));
  leaf.parts.push(part);
  leaf.length += part.length;
}

const cdataOpen = '<![CDATA[';
const cdataClose = ']]>';
const cdata = (text: string): string => `${cdataOpen}${text.slice(0, leafAtMost)}${cdataClose}`;

/** Assembles the document: closes every element that was left open, and keeps each entry separately. */
function createBuilder() {
  const head: string[] = [];
  const tail: string[] = [];
  const entries: string[] = [];
  const stack: string[] = [];
  let entry: string[] | null = null;
  let leafCount = 0;
  let length = 0;

  const push = (part: string): void => {
    (entry ?? (entries.length === 0 ? head : tail)).push(part);
  };
  const isFull = (): boolean => leafCount >= leavesAtMost || length >= charactersAtMost;
  const add = (leaf: string): void => {
    if (leaf === '' || isFull()) return;
    leafCount += 1;
    length += leaf.length;
    push(leaf);
  };
  const close = (name: string): void => {
    if (!stack.includes(name)) return;
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      push(`</${top}>`);
      if (entry !== null && entryNames.has(top)) {
        entries.push(entry.join(''));
        entry = null;
        leafCount = 0;
        length = 0;
      }
      if (top === name) return;
    }
  };
  const open = (name: string, attributes: string, empty: boolean): void => {
    const isEntry = entryNames.has(name);
    if (isEntry) close(name);
    // Items directly under `rss`: add the `channel` that parsers require.
    if (name === 'item' && stack.length === 1 && stack[0] === 'rss') open('channel', '', false);
    // A structural element inside an entry, or a repeated one: skipped, because the parsers would read the wrong one.
    if (!isEntry && (entry !== null || stack.includes(name))) return;
    if (isEntry) {
      entry = [];
      leafCount = 0;
      length = 0;
    }
    stack.push(name);
    push(`<${name}${attributes}>`);
    if (empty) close(name);
  };
  return {
    add,
    close,
    open,
    isFull,
    entries,
    isDone: () => stack.length === 0 && head.length > 0,
    parts: () => ({ head: head.join(''), tail: tail.join(''), entries }),
  };
}

/** `full`: the entry has reached its limits, so no more leaves are kept. */
const leafOf = (name: string, piece: Extract<Piece, { readonly kind: 'open' }>, full: boolean): Leaf => ({
  name,
  tag: !full && leaves.has(name.toLowerCase()) ? `<${name}${writtenAttributes(piece.inside)}>` : null,
  from: piece.end,
  parts: [],
  length: 0,
  nested: 0,
  markup: false,
});

/** Whether this tag ends the leaf: its closing tag or, where that is missing, a structural element or the next leaf. */
function isLeft(leaf: Leaf, piece: Piece, name: string): boolean {
  if (structure.has(name)) return true;
  if (piece.kind === 'close') {
    if (name !== leaf.name) return false;
    leaf.nested -= 1;
    return leaf.nested < 0;
  }
  if (leaf.tag !== null && !marked.has(leaf.name.toLowerCase()) && leaves.has(name.toLowerCase())) return true;
  leaf.markup = true;
  if (name === leaf.name && piece.kind === 'open' && !piece.empty) leaf.nested += 1;
  return false;
}

function writtenLeaf(leaf: Leaf, raw: string): string {
  if (leaf.tag === null) return '';
  const markup = (): string => `<![CDATA[${raw.slice(0, leafAtMost).replace(/<!\[CDATA\[|\]\]>/g, '')}]]>`;
  return `${leaf.tag}${leaf.markup ? markup() : shortened(leaf.parts.join(''))}</${leaf.name}>`;
}

function withoutBrackets(text: string): string {
  let end = text.length;
  while (text[end - 1] === ']') end -= 1;
  return text.slice(0, end);
}

/** Cuts a text that is too long, but never inside an entity or an open CDATA section. */
function shortened(text: string): string {
  if (text.length <= leafAtMost) return text;
  const cut = text.slice(0, leafAtMost);
  if (cut.lastIndexOf(cdataOpen) > cut.lastIndexOf(cdataClose)) return `${withoutBrackets(cut)}${cdataClose}`;
  const half = Math.max(...['&', '<'].map((mark) => cut.lastIndexOf(mark)));
  const whole = cut.includes(cut[half] === '&' ? ';' : '>', half);
  return half < leafAtMost - 51 || whole ? cut : cut.slice(0, half);
}

const writtenAttributes = (inside: string): string => written(attributesOf(inside));

const written = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => [name, mended(value).replaceAll('"', '&quot;'), value.length] as const)
    // No address has hundreds of bare ampersands, and parsers resolve entities one at a time, which is slow.
    .filter(([, whole, length]) => whole.length <= length + escapesAtMost)
    .map(([name, whole]) => ` ${name}="${whole}"`)
    .join('');

const xmlEntities = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

/** Escapes bare `&` and HTML entities (titles are decoded later) and removes references to invalid characters. */
function mended(text: string): string {
  const straight = text.includes('<') ? text.replaceAll('<', '&lt;') : text;
  if (!straight.includes('&')) return straight;
  return straight.replace(
    /&(?:#(\d{1,8});|#x([0-9a-f]{1,7});|([a-z][a-z0-9]{0,40});)?/gi,
    (all, decimal, hex, name) => {
      if (typeof name === 'string') return xmlEntities.has(name) ? all : `&amp;${name};`;
      if (decimal === undefined && hex === undefined) return '&amp;';
      const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
      return isCharacter(code) ? all : '';
    },
  );
}

const isCharacter = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code > 31 && code < 0xd800) ||
  (code > 0xdfff && code < 0xfffe) ||
  (code > 0xffff && code < 0x110000);
