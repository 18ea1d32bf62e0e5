// Parses CSS selectors into a form that can be matched in linear time; unsupported parts are rejected by name.
import {
  type AttributeSelector,
  type PseudoSelector,
  parse,
  type Selector as Token,
  SelectorType as type,
} from 'css-what';

/** The relation of a compound to the one before it. */
export type Combinator = 'descendant' | 'child' | 'adjacent' | 'sibling';

export type Comparison = 'any' | 'element' | 'end' | 'equals' | 'exists' | 'hyphen' | 'not' | 'start';

export type Test =
  | { readonly kind: 'tag'; readonly name: string }
  | {
      readonly kind: 'attribute';
      readonly name: string;
      readonly how: Comparison;
      readonly value: string;
      readonly ignoreCase: boolean;
    }
  /** The (step·n + offset)th child. */
  | {
      readonly kind: 'nth';
      readonly step: number;
      readonly offset: number;
      readonly fromEnd: boolean;
      readonly ofType: boolean;
    }
  | { readonly kind: 'empty' | 'root' }
  | { readonly kind: 'is' | 'not' | 'has'; readonly selector: Selector };

export interface Compound {
  /** For the first compound it only matters within `:has()`. */
  readonly combinator: Combinator;
  readonly tests: readonly Test[];
}

/** Alternatives, each a chain of compounds. */
export type Selector = readonly (readonly Compound[])[];

export type SelectorReading = { readonly selector: Selector } | { readonly problem: string };

const selectorAtMost = 1_000;
/** The limit on names, attributes and pseudo-classes, as each is tested against every element of a page. */
const testsAtMost = 100;

class Refused extends Error {}

/** HTML compares the values of these without regard to case: https://html.spec.whatwg.org/multipage/semantics-other.html#case-sensitivity-of-selectors */
const caseless = new Set(['dir', 'hreflang', 'lang', 'media', 'method', 'rel', 'rev', 'target', 'type']);

const nths: Readonly<Record<string, { readonly fromEnd: boolean; readonly ofType: boolean }>> = {
  'nth-child': { fromEnd: false, ofType: false },
  'nth-last-child': { fromEnd: true, ofType: false },
  'nth-of-type': { fromEnd: false, ofType: true },
  'nth-last-of-type': { fromEnd: true, ofType: true },
};

/** The first child or the last one, of any type or of its own type. */
function first(fromEnd: boolean, ofType: boolean): Test {
  return { kind: 'nth', step: 0, offset: 1, fromEnd, ofType };
}

const plain: Readonly<Record<string, readonly Test[]>> = {
  'first-child': [first(false, false)],
  'last-child': [first(true, false)],
  'only-child': [first(false, false), first(true, false)],
  'first-of-type': [first(false, true)],
  'last-of-type': [first(true, true)],
  'only-of-type': [first(false, true), first(true, true)],
  empty: [{ kind: 'empty' }],
  root: [{ kind: 'root' }],
};

const listed: Readonly<Record<string, 'is' | 'not' | 'has'>> = {
  is: 'is',
  where: 'is',
  matches: 'is',
  not: 'not',
  has: 'has',
};

function nthOf({ name, data }: PseudoSelector): Test {
  const written = typeof data === 'string' ? data.replace(/\s+/g, '').toLowerCase() : '';
  const [step, offset] = { odd: [2, 1], even: [2, 0] }[written] ?? [];
  const kind = { kind: 'nth', fromEnd: nths[name]?.fromEnd === true, ofType: nths[name]?.ofType === true } as const;
  if (step !== undefined && offset !== undefined) return { ...kind, step, offset };
  const read = /^(?:([+-]?\d{0,6})n([+-]\d{1,6})?|([+-]?\d{1,6}))$/.exec(written);
  if (read === null) throw new Refused(`\`:${name}(${typeof data === 'string' ? data : ''})\` counts in no way I know`);
  const [, times, more, alone] = read;
  if (alone !== undefined) return { ...kind, step: 0, offset: Number(alone) };
  const signed = times === '' || times === '+' ? 1 : times === '-' ? -1 : Number(times);
  return { ...kind, step: signed, offset: Number(more ?? 0) };
}

function pseudoOf(token: PseudoSelector): readonly Test[] {
  const { name, data } = token;
  const simple = Object.hasOwn(plain, name) ? plain[name] : undefined;
  if (simple !== undefined) return simple;
  if (Object.hasOwn(nths, name)) return [nthOf(token)];
  const list = Object.hasOwn(listed, name) ? listed[name] : undefined;
  if (list !== undefined && Array.isArray(data)) return [{ kind: list, selector: read(data, list === 'has') }];
  const known = [...Object.keys(plain), ...Object.keys(nths), 'is', 'where', 'not', 'has'].map((one) => `:${one}`);
  throw new Refused(`\`:${name}\` is not among what is known here (${known.join(', ')})`);
}

function attributeOf({ name, action, value, ignoreCase }: AttributeSelector): Test {
  const lowered = name.toLowerCase();
  const loose = ignoreCase === true || (ignoreCase === null && caseless.has(lowered));
  return {
    kind: 'attribute',
    name: lowered,
    how: action,
    value: loose ? value.toLowerCase() : value,
    ignoreCase: loose,
  };
}

function combinatorOf(token: Token): Combinator | null {
  switch (token.type) {
    case type.Descendant:
      return 'descendant';
    case type.Child:
      return 'child';
    case type.Adjacent:
      return 'adjacent';
    case type.Sibling:
      return 'sibling';
    case type.Parent:
    case type.ColumnCombinator:
      throw new Refused('of combinators only white space, `>`, `+` and `~` are known here');
    default:
      return null;
  }
}

function testsOf(token: Token): readonly Test[] {
  switch (token.type) {
    case type.Tag:
      return [{ kind: 'tag', name: token.name.toLowerCase() }];
    case type.Attribute:
      return [attributeOf(token)];
    case type.Pseudo:
      return pseudoOf(token);
    case type.PseudoElement:
      throw new Refused(`\`::${token.name}\` is no element of the page`);
    default:
      return [];
  }
}

/** `relative`: the chain may begin with a combinator, relative to the element that has the `:has()`. */
function chainOf(tokens: readonly Token[], relative: boolean): readonly Compound[] {
  const chain: Compound[] = [];
  let combinator: Combinator = 'descendant';
  let tests: Test[] = [];
  let filled = false;
  for (const [index, token] of tokens.entries()) {
    const next = combinatorOf(token);
    if (next === null) {
      tests.push(...testsOf(token));
      filled = true;
      continue;
    }
    if (filled) chain.push({ combinator, tests });
    else if (!relative || index > 0) throw new Refused('a combinator stands where an element should');
    combinator = next;
    tests = [];
    filled = false;
  }
  if (!filled) throw new Refused('it ends where an element should stand');
  return [...chain, { combinator, tests }];
}

function read(chains: readonly (readonly Token[])[], relative: boolean): Selector {
  return chains.map((tokens) => chainOf(tokens, relative));
}

function size(selector: Selector): number {
  const weight = (test: Test): number => ('selector' in test ? 1 + size(test.selector) : 1);
  return selector.flat().reduce(
    (sum, { tests }) =>
      sum +
      Math.max(
        1,
        tests.map(weight).reduce((all, one) => all + one, 0),
      ),
    0,
  );
}

export function readSelector(written: string): SelectorReading {
  if (written.length > selectorAtMost) return { problem: `it is longer than ${selectorAtMost} characters` };
  try {
    const selector = read(parse(written), false);
    return size(selector) > testsAtMost ? { problem: `it has more than ${testsAtMost} parts` } : { selector };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** What is wrong with a selector; null when it is valid. */
export function selectorProblem(written: string): string | null {
  const reading = readSelector(written);
  return 'problem' in reading ? reading.problem : null;
}
