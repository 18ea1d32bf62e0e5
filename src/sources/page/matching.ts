// Finds the elements that a selector matches. Each test runs once per element, and each combinator is one walk over the
// page, so the work is elements × parts of the selector for any page and selector. Backtracking from each element, as
// usual engines do, can take time exponential in the selector.
import type { Combinator, Compound, Selector, Test } from './selector.ts';
import type { Element, Tree } from './tree.ts';

/** One mark per element, by index: 1 = matches. */
export type Marks = Uint8Array;

type Attribute = Extract<Test, { readonly kind: 'attribute' }>;
type Nth = Extract<Test, { readonly kind: 'nth' }>;

export function matching(tree: Tree, selector: Selector): Marks {
  const found = new Uint8Array(tree.elements.length);
  for (const chain of selector) unite(found, chainMarks(tree, chain));
  return found;
}

function unite(into: Marks, more: Marks): void {
  for (let at = 0; at < into.length; at += 1) into[at] = (into[at] ?? 0) | (more[at] ?? 0);
}

function meet(into: Marks, other: Marks): void {
  for (let at = 0; at < into.length; at += 1) into[at] = (into[at] ?? 0) & (other[at] ?? 0);
}

function chainMarks(tree: Tree, chain: readonly Compound[]): Marks {
  let marks = new Uint8Array(tree.elements.length);
  chain.forEach((compound, index) => {
    const here = compoundMarks(tree, compound);
    if (index > 0) meet(here, reached(tree, marks, compound.combinator));
    marks = here;
  });
  return marks;
}

function compoundMarks(tree: Tree, { tests }: Compound): Uint8Array<ArrayBuffer> {
  const marks = new Uint8Array(tree.elements.length).fill(1);
  for (const test of tests) {
    const holds = holdsOf(tree, test);
    tree.elements.forEach((element, at) => {
      if (marks[at] === 1 && !holds(element, at)) marks[at] = 0;
    });
  }
  return marks;
}

/** Elements in the given relation to a marked one. In document order the element related to is always decided first. */
function reached({ parents, previous }: Tree, from: Marks, combinator: Combinator): Marks {
  const marks = new Uint8Array(from.length);
  const beside = combinator === 'adjacent' || combinator === 'sibling' ? previous : parents;
  const goesOn = combinator === 'descendant' || combinator === 'sibling';
  for (let at = 0; at < marks.length; at += 1) {
    const other = beside[at] ?? -1;
    if (other >= 0) marks[at] = (from[other] ?? 0) | (goesOn ? (marks[other] ?? 0) : 0);
  }
  return marks;
}

/** The inverse: elements to which a marked one has the given relation, walked from the end. */
function reaching({ parents, previous }: Tree, to: Marks, combinator: Combinator): Marks {
  const marks = new Uint8Array(to.length);
  const beside = combinator === 'adjacent' || combinator === 'sibling' ? previous : parents;
  const goesOn = combinator === 'descendant' || combinator === 'sibling';
  for (let at = marks.length - 1; at >= 0; at -= 1) {
    const other = beside[at] ?? -1;
    if (other >= 0) marks[other] = (marks[other] ?? 0) | (to[at] ?? 0) | (goesOn ? (marks[at] ?? 0) : 0);
  }
  return marks;
}

/** Elements for which `:has()` the chain is true, evaluated from the chain's end. */
function having(tree: Tree, chain: readonly Compound[]): Marks {
  let marks: Marks | null = null;
  for (const compound of chain.toReversed()) {
    const here = compoundMarks(tree, compound);
    if (marks !== null) meet(here, marks);
    marks = reaching(tree, here, compound.combinator);
  }
  return marks ?? new Uint8Array(tree.elements.length);
}

type Holds = (element: Element, at: number) => boolean;

function holdsOf(tree: Tree, test: Test): Holds {
  const marked = (marks: Marks, as: 0 | 1): Holds => {
    return (_element, at) => marks[at] === as;
  };
  switch (test.kind) {
    case 'tag':
      return ({ name }) => name === test.name;
    case 'attribute':
      return (element) => compares(element, test);
    case 'empty':
      return ({ children }) =>
        children.every((child) => child.type === 'comment' || ('data' in child && child.data === ''));
    case 'root':
      return (_element, at) => tree.parents[at] === -1;
    case 'nth': {
      const numbers = numbered(tree, test);
      return (_element, at) => counts(numbers[at] ?? 0, test);
    }
    case 'is':
      return marked(matching(tree, test.selector), 1);
    case 'not':
      return marked(matching(tree, test.selector), 0);
    case 'has': {
      const has = new Uint8Array(tree.elements.length);
      for (const chain of test.selector) unite(has, having(tree, chain));
      return marked(has, 1);
    }
  }
}

/** The 1-based position of each element among its siblings. */
function numbered({ elements, parents }: Tree, { fromEnd, ofType }: Nth): Int32Array {
  const numbers = new Int32Array(elements.length);
  const seen = new Map<number, Map<string, number>>();
  const count = (at: number): void => {
    const parent = parents[at] ?? -1;
    const name = ofType ? (elements[at]?.name ?? '') : '';
    const siblings = seen.get(parent) ?? new Map<string, number>();
    const number = (siblings.get(name) ?? 0) + 1;
    siblings.set(name, number);
    seen.set(parent, siblings);
    numbers[at] = number;
  };
  if (fromEnd) for (let at = elements.length - 1; at >= 0; at -= 1) count(at);
  else for (let at = 0; at < elements.length; at += 1) count(at);
  return numbers;
}

function counts(number: number, { step, offset }: Nth): boolean {
  if (step === 0) return number === offset;
  const times = (number - offset) / step;
  return times >= 0 && Number.isInteger(times);
}

function compares(element: Element, { name, how, value, ignoreCase }: Attribute): boolean {
  if (!Object.hasOwn(element.attribs, name)) return how === 'not';
  if (how === 'exists') return true;
  const written = element.attribs[name] ?? '';
  const has = ignoreCase ? written.toLowerCase() : written;
  switch (how) {
    case 'equals':
      return has === value;
    case 'not':
      return has !== value;
    case 'start':
      return value !== '' && has.startsWith(value);
    case 'end':
      return value !== '' && has.endsWith(value);
    case 'any':
      return value !== '' && has.includes(value);
    case 'hyphen':
      return has === value || has.startsWith(`${value}-`);
    case 'element':
      return isWord(has, value);
  }
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13);
}

/** Whether a white-space separated list contains a word; checks each list entry at most once, so the time is linear. */
function isWord(list: string, word: string): boolean {
  if (word === '' || /\s/.test(word)) return false;
  for (let at = list.indexOf(word); at !== -1; ) {
    const end = at + word.length;
    const begins = at === 0 || isBlank(list, at - 1);
    if (begins && (end === list.length || isBlank(list, end))) return true;
    let next = end;
    while (next < list.length && !isBlank(list, next)) next += 1;
    at = list.indexOf(word, next);
  }
  return false;
}
