// A page as a flat list of elements in document order, so that each question takes one walk over all of them.
import { DomHandler, Parser } from 'htmlparser2';
import type { LookReason } from '../../types/reasons/looks.ts';

type Dom = DomHandler['root'];
export type Node = Dom['children'][number];
export type Element = Extract<Node, { readonly attribs: unknown }>;

/** Elements are identified by their index in document order; -1 = none. */
export interface Tree {
  readonly elements: readonly Element[];
  readonly parents: Int32Array;
  /** The previous sibling element. */
  readonly previous: Int32Array;
  /** The first element after it that is not inside it. */
  readonly ends: Int32Array;
}

export type TreeReading = { readonly tree: Tree } | { readonly reason: LookReason };

/** Limits on elements and nesting depth. Real pages have thousands of elements and dozens of levels. */
const elementsAtMost = 50_000;
const depthAtMost = 1_000;
const pieceLength = 32_768;

const tooMany: TreeReading = { reason: { code: 'page.elements', params: { most: elementsAtMost } } };
const tooDeep: TreeReading = { reason: { code: 'page.depth', params: { most: depthAtMost } } };

export function readTree(html: string): TreeReading {
  if (tagsOf(html) > elementsAtMost) return tooMany;
  const dom = parsed(html);
  return dom === null ? tooDeep : flattened(dom);
}

/** The larger of opening and closing tags: a page of closing tags alone costs the parser as much. */
function tagsOf(html: string): number {
  let opening = 0;
  let closing = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
    if (html[at + 1] === '/') closing += 1;
    else opening += 1;
  }
  return Math.max(opening, closing);
}

/** Null when it is nested too deeply. The parser's time grows with the square of the depth, so it is stopped early. */
function parsed(html: string): Dom | null {
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

/** A step of the walk: entering an element (`node`), or leaving one (its index). */
type Step = { readonly node: Element; readonly parent: number } | { readonly left: number };

function flattened(dom: Dom): TreeReading {
  const elements: Element[] = [];
  const parents: number[] = [];
  const previous: number[] = [];
  const ends: number[] = [];
  const depths: number[] = [];
  const lastChild = new Map<number, number>();
  const stack: Step[] = [];
  const enter = (children: readonly Node[], parent: number): void => {
    for (const node of children.toReversed()) if (isElement(node)) stack.push({ node, parent });
  };
  enter(dom.children, -1);
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    if ('left' in step) {
      ends[step.left] = elements.length;
      continue;
    }
    const { node, parent } = step;
    const place = elements.length;
    const depth = (depths[parent] ?? 0) + 1;
    if (depth > depthAtMost) return tooDeep;
    elements.push(node);
    parents.push(parent);
    previous.push(lastChild.get(parent) ?? -1);
    ends.push(place + 1);
    depths.push(depth);
    lastChild.set(parent, place);
    if (node.children.length === 0) continue;
    stack.push({ left: place });
    enter(node.children, place);
  }
  return {
    tree: {
      elements,
      parents: Int32Array.from(parents),
      previous: Int32Array.from(previous),
      ends: Int32Array.from(ends),
    },
  };
}

export function isElement(node: Node): node is Element {
  return 'attribs' in node;
}
