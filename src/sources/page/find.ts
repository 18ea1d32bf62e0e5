// Finds links on a page: the elements that a CSS selector matches, the link in or around each, and its caption.
import type { LookReason } from '../../types/reasons/looks.ts';
import { baseOf, identityOf, linkOf } from '../document/links.ts';
import { folded } from '../document/text.ts';
import { titleOfLink } from '../document/title.ts';
import { type Marks, matching } from './matching.ts';
import { readSelector } from './selector.ts';
import { type Element, isElement, type Node, readTree, type Tree } from './tree.ts';

export interface FoundLink {
  /** Absolute, without tracking parameters. */
  readonly link: string;
  /** The normalised link, for comparison. */
  readonly same: string;
  readonly title: string;
}

export type FoundLinks =
  | { readonly kind: 'links'; readonly links: readonly FoundLink[]; readonly lang: string | null }
  /** The selector matches nothing; `links`: the number of links on the whole page. */
  | { readonly kind: 'nothing'; readonly links: number }
  | { readonly kind: 'no links' }
  | { readonly kind: 'unreadable'; readonly reason: LookReason };

/** More links than any news page has; each is stored, compared and judged. */
const linksAtMost = 5_000;
const titleAtMost = 300;
/** How much of an element is read for its caption: nodes, and characters before and after folding white space. */
const nodesOfText = 500;
const rawAtMost = 6_000;
const textAtMost = 600;
/** How many elements with the same link are tried for a better caption. */
const captionsOfLink = 5;
/** A longer base address would only make every link of the page long. */
const baseAtMost = 2_000;
/** Captions without information; another link to the same page may have a better one. */
const empty =
  /^(?:read (?:more|the (?:post|article|story))|learn more|more|view(?: more)?|continue reading|see more|자세히(?: 보기)?|더 ?보기|전문 보기)[\s.…>→»]*$/i;

/** Pure; links in the order of the page, without duplicates. */
export function findLinks(html: string, url: string, select: string): FoundLinks {
  if (!html.includes('<')) return { kind: 'unreadable', reason: { code: 'page.not-html', params: {} } };
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*>\s*)*<(?:rss|feed|rdf:RDF)[\s>]/.test(html.slice(0, 2_000)))
    return { kind: 'unreadable', reason: { code: 'page.feed', params: {} } };
  const selected = readSelector(select);
  if ('problem' in selected)
    return { kind: 'unreadable', reason: { code: 'page.select-unusable', params: { detail: selected.problem } } };
  const read = readTree(html);
  if ('reason' in read) return { kind: 'unreadable', reason: read.reason };
  const page = openPage(read.tree);
  const matched = matching(read.tree, selected.selector);
  if (!matched.includes(1)) return { kind: 'nothing', links: page.links };
  const links = collect(page, matched, url);
  if (links.length === 0) return { kind: 'no links' };
  if (links.length > linksAtMost)
    return { kind: 'unreadable', reason: { code: 'page.select-many', params: { most: linksAtMost } } };
  const lang = /^[a-z]{2,3}(?![a-z])/i.exec(page.lang)?.[0].toLowerCase() ?? null;
  return { kind: 'links', links, lang };
}

/** A page prepared for finding links and captions. The functions return an index into `tree.elements`; -1 = none. */
interface Page {
  readonly tree: Tree;
  readonly links: number;
  readonly lang: string;
  readonly base: string | undefined;
  /** The element itself if it is a link, else the link around it, else the first link in it. */
  readonly anchorOf: (at: number) => number;
  readonly headingIn: (at: number) => number;
  readonly imageIn: (at: number) => number;
}

function openPage(tree: Tree): Page {
  const { elements, parents, ends } = tree;
  const around = new Int32Array(elements.length);
  elements.forEach((element, at) => {
    around[at] = attribute(element, 'href') === undefined ? (around[parents[at] ?? -1] ?? -1) : at;
  });
  const among = (holds: (element: Element) => boolean): readonly number[] =>
    elements.flatMap((element, at) => (holds(element) ? [at] : []));
  const firstIn = (places: readonly number[]) => (at: number) => {
    let low = 0;
    for (let high = places.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((places[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    const place = places[low] ?? elements.length;
    return place < (ends[at] ?? 0) ? place : -1;
  };
  const links = among((element) => element.name === 'a' && attribute(element, 'href') !== undefined);
  const linkIn = firstIn(links);
  const base = elements.find((element) => element.name === 'base' && attribute(element, 'href') !== undefined);
  const html = elements.find(({ name }) => name === 'html');
  return {
    tree,
    links: links.length,
    lang: attribute(html, 'lang') ?? '',
    base: attribute(base, 'href'),
    anchorOf: (at) => {
      const outer = around[at] ?? -1;
      return outer === -1 ? linkIn(at) : outer;
    },
    headingIn: firstIn(among(({ name }) => /^h[1-6]$/.test(name))),
    imageIn: firstIn(among((element) => element.name === 'img' && attribute(element, 'alt') !== undefined)),
  };
}

interface Named extends FoundLink {
  /** Quality of the caption: 0 is best. */
  readonly rank: number;
}

/** Stops one above the limit, which is enough to report that there are too many. */
function collect(page: Page, matched: Marks, url: string): readonly FoundLink[] {
  const base = baseOf((page.base ?? '').length > baseAtMost ? undefined : page.base, url);
  const links = new Map<string, Named>();
  const anchors = new Map<number, { readonly link: string; readonly same: string; tries: number } | null>();
  for (let at = matched.indexOf(1); at !== -1 && links.size <= linksAtMost; at = matched.indexOf(1, at + 1)) {
    const place = page.anchorOf(at);
    const known = anchors.get(place);
    const anchor = known === undefined ? linkAt(page, place, base) : known;
    if (known === undefined) anchors.set(place, anchor);
    if (anchor === null) continue;
    const { link, same } = anchor;
    const before = links.get(same);
    anchor.tries += 1;
    if (before !== undefined && (before.rank === 0 || anchor.tries > captionsOfLink)) continue;
    const caption = captionOf(page, at, place);
    if (before === undefined)
      links.set(same, { link, same, title: caption?.text ?? titleOfLink(link), rank: caption?.rank ?? 9 });
    else if (caption !== null && caption.rank < before.rank)
      links.set(same, { ...before, title: caption.text, rank: caption.rank });
  }
  return [...links.values()].map(({ link, same, title }) => ({ link, same, title }));
}

function linkAt({ tree }: Page, place: number, base: string) {
  const href = linkOf(attribute(tree.elements[place], 'href') ?? '', base);
  if (href === null) return null;
  const link = wholePage(href, base);
  return { link, same: identityOf(link), tries: 0 };
}

/** Drops the fragment of a link to another page; keeps one on this page, and `#/` or `#!` routes of client-side rendering. */
function wholePage(link: string, base: string): string {
  const url = new URL(link);
  if (/^#[!/]/.test(url.hash) || url.href.split('#')[0] === base.split('#')[0]) return link;
  url.hash = '';
  return url.href;
}

/** The best caption: a heading, else the text, else a title, label or alternative text; null when none says anything. */
function captionOf(page: Page, at: number, place: number): { readonly text: string; readonly rank: number } | null {
  const { elements } = page.tree;
  const inside = page.headingIn(at);
  const heading = elements[inside === -1 ? page.headingIn(place) : inside];
  const anchor = elements[place];
  const candidates = [
    heading === undefined ? '' : textOf(heading),
    anchor === undefined ? '' : textOf(anchor),
    attribute(anchor, 'title') ?? '',
    attribute(anchor, 'aria-label') ?? '',
    attribute(elements[page.imageIn(place)], 'alt') ?? '',
  ].map((text) => folded(text.slice(0, textAtMost)));
  const rank = candidates.findIndex((text) => text !== '' && !empty.test(text));
  return rank === -1 ? null : { text: cut(candidates[rank] ?? ''), rank };
}

const cut = (text: string): string =>
  text.length <= titleAtMost ? text : `${text.slice(0, titleAtMost - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;

/** The beginning of its text; a loop, since recursion could overflow the stack. */
function textOf(element: Element): string {
  const parts: string[] = [];
  let length = 0;
  let raw = 0;
  let nodes = 0;
  const stack: Node[] = element.children.slice(0, nodesOfText).reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    nodes += 1;
    if (nodes > nodesOfText || raw > rawAtMost || length > textAtMost) break;
    if (node.type === 'text' && 'data' in node) {
      const part = node.data.slice(0, rawAtMost);
      const text = part.replace(/\s+/g, ' ');
      parts.push(text);
      length += text.length;
      raw += part.length;
    } else if (isElement(node) && !/^(?:script|style|template|svg|noscript)$/.test(node.name)) {
      parts.push(' ');
      stack.push(...node.children.slice(0, nodesOfText - nodes).reverse());
    }
  }
  return parts.join('');
}

const attribute = (element: Element | undefined, name: string): string | undefined => element?.attribs[name];
