// Finds links on a page: what a CSS selector matches, the link in or around it, and the words that name it.
import { DomHandler, Parser } from 'htmlparser2';
import { baseOf, identityOf, linkOf } from './links.ts';
import { cssSelect } from './selector.ts';
import { folded } from './text.ts';
import { titleOfLink } from './title.ts';

const { selectAll, selectOne } = cssSelect();

export interface FoundLink {
  /** Absolute, without tracking. */
  readonly link: string;
  /** Its form for comparison. */
  readonly same: string;
  readonly title: string;
}

export type Finding =
  | { readonly kind: 'links'; readonly links: readonly FoundLink[]; readonly lang: string | null }
  /** The selector matches nothing; `links`: how many there are on the page at all. */
  | { readonly kind: 'nothing'; readonly links: number }
  | { readonly kind: 'no links' }
  | { readonly kind: 'unreadable'; readonly reason: string };

type Dom = DomHandler['root'];
type Node = Dom['children'][number];
type Element = Extract<Node, { readonly attribs: unknown }>;

/** What one page may cost: elements, and depth of nesting. Real pages have some thousands and some dozens. */
const elementsAtMost = 50_000;
const depthAtMost = 1_000;
const pieceLength = 32_768;
const titleAtMost = 300;
/** Captions that say nothing; another link to the same page says it better. */
const empty =
  /^(?:read (?:more|the (?:post|article|story))|learn more|more|view(?: more)?|continue reading|see more|자세히(?: 보기)?|더 ?보기|전문 보기)[\s.…>→»]*$/i;

/** Pure; links in the order of the page, each once. */
export function findLinks(html: string, url: string, selector: string): Finding {
  if (!html.includes('<')) return { kind: 'unreadable', reason: 'what came is not HTML' };
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*>\s*)*<(?:rss|feed|rdf:RDF)[\s>]/.test(html.slice(0, 2_000)))
    return { kind: 'unreadable', reason: 'this is a feed, not a page; write `feed:` instead of `page:`' };
  const size = sizeOf(html);
  if (size > elementsAtMost) return { kind: 'unreadable', reason: `the page has more than ${elementsAtMost} elements` };
  const dom = treeOf(html);
  if (dom === null || isTooDeep(dom))
    return { kind: 'unreadable', reason: `the elements of the page are nested more than ${depthAtMost} deep` };
  const base = baseOf(attribute(first('base[href]', dom), 'href'), url);
  const matched: readonly Element[] = selectAll<Node, Element>(selector, dom);
  if (matched.length === 0) return { kind: 'nothing', links: selectAll<Node, Element>('a[href]', dom).length };
  const links = collect(matched, base);
  if (links.length === 0) return { kind: 'no links' };
  const lang = /^[a-z]{2,3}(?![a-z])/i.exec(attribute(first('html', dom), 'lang') ?? '')?.[0].toLowerCase() ?? null;
  return { kind: 'links', links, lang };
}

/** Null when it is nested too deep: the parser's work grows with the square of the depth, so it is stopped on the way. */
function treeOf(html: string): Dom | null {
  const handler = new DomHandler();
  const parser = new Parser(handler);
  for (let at = 0; at < html.length; at += pieceLength) {
    parser.write(html.slice(at, at + pieceLength));
    let depth = 0;
    for (let node: Node | null = handler.root; node !== null; node = 'lastChild' in node ? node.lastChild : null)
      depth += 1;
    if (depth > depthAtMost) return null;
  }
  parser.end();
  return handler.root;
}

function collect(matched: readonly Element[], base: string): readonly FoundLink[] {
  const links = new Map<string, FoundLink & { readonly rank: number }>();
  for (const element of matched) {
    const anchor = anchorOf(element);
    const href = linkOf(attribute(anchor, 'href') ?? '', base);
    if (href === null || anchor === null) continue;
    const link = wholePage(href, base);
    const same = identityOf(link);
    const before = links.get(same);
    const caption = captionOf(element, anchor);
    if (before === undefined)
      links.set(same, { link, same, title: caption?.text ?? titleOfLink(link), rank: caption?.rank ?? 9 });
    else if (caption !== null && caption.rank < before.rank)
      links.set(same, { ...before, title: caption.text, rank: caption.rank });
  }
  return [...links.values()].map(({ link, same, title }) => ({ link, same, title }));
}

/** A place on another page is that page; a place on this page, and the routes of pages built in the browser, are their own. */
function wholePage(link: string, base: string): string {
  const url = new URL(link);
  if (/^#[!/]/.test(url.hash) || url.href.split('#')[0] === base.split('#')[0]) return link;
  url.hash = '';
  return url.href;
}

/** The element itself, the link it stands in, or the first link in it. */
function anchorOf(element: Element): Element | null {
  for (let node: Element | null = element; node !== null; node = parentOf(node)) if (isLink(node)) return node;
  return first('a[href]', element);
}

const isLink = (element: Element): boolean => attribute(element, 'href') !== undefined;

function parentOf(element: Element): Element | null {
  const { parent } = element;
  return parent !== null && isElement(parent) ? parent : null;
}

/** A heading in it, else its text, else what it is called for those who cannot see it; null when all say nothing. */
function captionOf(element: Element, anchor: Element): { readonly text: string; readonly rank: number } | null {
  const heading = first(headings, element) ?? first(headings, anchor);
  const candidates = [
    heading === null ? '' : textOf(heading),
    textOf(anchor),
    attribute(anchor, 'title') ?? '',
    attribute(anchor, 'aria-label') ?? '',
    attribute(first('img[alt]', anchor), 'alt') ?? '',
  ].map(folded);
  const rank = candidates.findIndex((text) => text !== '' && !empty.test(text));
  return rank === -1 ? null : { text: cut(candidates[rank] ?? ''), rank };
}

const headings = 'h1, h2, h3, h4, h5, h6';

const cut = (text: string): string =>
  text.length <= titleAtMost ? text : `${text.slice(0, titleAtMost - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;

function textOf(element: Element): string {
  const parts: string[] = [];
  walk(element.children, (node) => {
    if (node.type === 'text' && 'data' in node) parts.push(node.data);
    else if (isElement(node)) {
      if (/^(?:script|style|template|svg|noscript)$/.test(node.name)) return false;
      parts.push(' ');
    }
    return true;
  });
  return parts.join('');
}

/** Every node in the order of the document, without recursion; `enter` says whether to go inside. */
function walk(nodes: readonly Node[], enter: (node: Node, depth: number) => boolean): void {
  const stack = nodes.map((node) => ({ node, depth: 1 })).reverse();
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (!enter(top.node, top.depth) || !('children' in top.node)) continue;
    for (const child of top.node.children.toReversed()) stack.push({ node: child, depth: top.depth + 1 });
  }
}

function isTooDeep(dom: Dom): boolean {
  let deepest = 0;
  walk(dom.children, (_node, depth) => {
    deepest = Math.max(deepest, depth);
    return depth <= depthAtMost;
  });
  return deepest > depthAtMost;
}

function sizeOf(html: string): number {
  let count = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) if (html[at + 1] !== '/') count += 1;
  return count;
}

const first = (selector: string, within: Dom | Element): Element | null => selectOne<Node, Element>(selector, within);

const isElement = (node: Node): node is Element => 'attribs' in node;

const attribute = (element: Element | null, name: string): string | undefined => element?.attribs[name];
