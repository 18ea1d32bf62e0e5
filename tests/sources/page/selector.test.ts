// Selectors: they find what a usual engine finds, in time that grows with the page and the selector and with nothing else.
import { selectAll } from 'css-select';
import fc from 'fast-check';
import { DomHandler, Parser } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { findLinks } from '../../../src/sources/page/find.ts';
import { matching } from '../../../src/sources/page/matching.ts';
import { readSelector, selectorProblem } from '../../../src/sources/page/selector.ts';
import { type Element, type Node, readTree } from '../../../src/sources/page/tree.ts';

const url = 'https://lab.example/news';

/** The ids of what is found, in the order of the page. */
function found(html: string, selector: string): readonly string[] {
  const [page, selected] = [readTree(html), readSelector(selector)];
  if ('reason' in page || 'problem' in selected) throw new Error(JSON.stringify([page, selected]));
  const marks = matching(page.tree, selected.selector);
  return page.tree.elements.flatMap(({ attribs }, at) => (marks[at] === 1 ? [attribs.id ?? ''] : []));
}

/**
 * The same by a library that takes its time; null where it stumbles over its own optimisations, or where `:is()` stands within
 * `:has()`, of which it asks only what is inside the element.
 */
function expected(html: string, selector: string): readonly string[] | null {
  if (/:has\(.*:(?:is|not)\(/.test(selector)) return null;
  const handler = new DomHandler();
  new Parser(handler).end(html);
  try {
    return selectAll<Node, Element>(selector, handler.root).map(({ attribs }) => attribs.id ?? '');
  } catch {
    return null;
  }
}

const tag = fc.constantFrom('a', 'b', 'i', 'A');
const name = fc.constantFrom('x', 'y', 'xy');
const number = fc.constantFrom('odd', 'even', '2', '-n+2', '2n+1', ' 3n - 1 ', '0', '-2n+3');
const attribute = fc
  .tuple(fc.constantFrom('class', 'data-k', 'rel'), fc.constantFrom('=', '^=', '$=', '*=', '~=', '|=', '!='), name)
  .chain(([key, how, value]) => fc.constantFrom(`[${key}]`, `[${key}${how}"${value}"]`, `[${key}${how}"${value}" i]`));
const { list } = fc.letrec<{ list: string; chain: string; compound: string; part: string }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.oneof(
      name.map((one) => `.${one}`),
      attribute,
      fc.constantFrom(
        ':first-child',
        ':last-child',
        ':only-child',
        ':empty',
        ':root',
        ':first-of-type',
        ':last-of-type',
      ),
      fc
        .tuple(fc.constantFrom('nth-child', 'nth-last-child', 'nth-of-type', 'nth-last-of-type'), number)
        .map(([one, of]) => `:${one}(${of})`),
    ),
    fc.tuple(fc.constantFrom('is', 'not'), tie('list')).map(([one, of]) => `:${one}(${of})`),
    fc.tuple(fc.constantFrom('', '> '), tie('compound')).map(([how, of]) => `:has(${how}${of})`),
  ),
  compound: fc
    .tuple(fc.oneof(tag, fc.constant('*')), fc.array(tie('part'), { maxLength: 2 }))
    .map(([one, parts]) => one + parts.join('')),
  chain: fc
    .array(fc.tuple(fc.constantFrom(' ', ' > ', ' + ', ' ~ '), tie('compound')), { minLength: 1, maxLength: 4 })
    .map((steps) => steps.map(([how, of], index) => (index === 0 ? of : how + of)).join('')),
  list: fc.array(tie('chain'), { minLength: 1, maxLength: 2 }).map((chains) => chains.join(', ')),
}));
const page = fc
  .array(fc.tuple(fc.constantFrom('<a', '<b', '<i', '</a>', '</b>', '</i>', 'text', '<!-- -->'), name, name), {
    maxLength: 30,
  })
  .map((pieces) =>
    pieces
      .map(([piece, one, other], index) =>
        piece.startsWith('</') || !/^<[abi]/.test(piece)
          ? piece
          : `${piece} id="${index}" class="${one} ${other}" data-k="${one}-${other}" ${index % 3 === 0 ? `rel="${other.toUpperCase()}"` : ''}>`,
      )
      .join(''),
  );

test('finds what a usual engine finds', () => {
  fc.assert(
    fc.property(page, list, (html, selector) => {
      fc.pre(selectorProblem(selector) === null);
      const usual = expected(html, selector);
      fc.pre(usual !== null);
      expect(found(html, selector), selector).toEqual(usual);
    }),
    { numRuns: 1_500 },
  );
});

test.each([
  ['section > article:has(time) a[href]', ['2']],
  [':is(section, nav) a:not(.more, [rel~=nofollow])', ['2', '5']],
  ['#s article:has(+ article) a', ['2']],
  ['article:has(~ :is(*)) > a', ['2']],
  ['article:nth-child(n) > a', ['2', '4']],
  ['a[href$=".HTML" i]', ['4']],
  ['a:nth-last-child(1), nav *', ['2', '4', '5']],
])('%s', (selector, ids) => {
  const html =
    '<section id=s><article><time></time><a id=2 href=/2>two</a></article><article><a id=4 class=more href=/4.html>four</a></article></section><nav><a id=5 href=/5>five</a></nav>';
  expect(found(html, selector)).toEqual(ids);
});

describe('what is not known is refused by name', () => {
  test.each([
    ['a:hover', '`:hover` is not among what is known here (:first-child'],
    ['a::before', '`::before` is no element'],
    ['a:contains("x")', '`:contains` is not among'],
    ['a:nth-child(2 of .x)', 'counts in no way'],
    ['td || a', '`>`, `+` and `~`'],
    ['a <', ''],
    ['> a', 'combinator'],
    ['a >', ''],
    [':toString', 'is not among'],
    [`a${',a'.repeat(200)}`, 'more than 100 parts'],
    [`a:not(${'b,'.repeat(100)}b)`, 'more than 100 parts'],
  ])('%s', (selector, problem) => {
    expect(selectorProblem(selector)).toContain(problem);
  });
});

/** With an engine that backtracks, or asks the whole page of each element, each of these runs for minutes. */
describe('hostile pages and selectors are over at once', () => {
  const nested = `<section>${'<div>'.repeat(150)}<a href="/1">x</a>`;
  const deep = `${'<div>'.repeat(900)}${'<i></i>'.repeat(48_000)}`;
  const siblings = '<p></p>'.repeat(40_000);
  const anchors = Array.from({ length: 900 }, (_, index) => `<a href="/${index}">`).join('');
  const hard = (part: string, joint = ' '): string => Array.from({ length: 60 }, () => part).join(joint);

  test.each([
    ['nested blocks', nested, 'section div div div div div div div div b', 'nothing'],
    ['nested blocks, a long chain', deep, `${hard('div')} b`, 'nothing'],
    ['counted siblings', siblings, 'p:nth-last-child(odd) a', 'nothing'],
    [
      'counted siblings, many times',
      siblings,
      hard('p:nth-of-type(2n+1)', '~')
        .slice(0, 950)
        .replace(/[~:(+n]*[^)]*$/, ''),
      'no links',
    ],
    ['siblings of siblings', siblings, `${hard('p', ' ~ ')} ~ b`, 'nothing'],
    ['has in has', deep, `${'div:has('.repeat(45)}b${')'.repeat(45)}`, 'nothing'],
    ['each element searched for a link', deep, '*', 'no links'],
    ['one link around everything', `<a href="/1">${'<i></i>'.repeat(45_000)}`, 'i', 'links'],
    ['links around links', `${anchors}${'<i>more</i>'.repeat(40_000)}`, 'a, i', 'links'],
    ['white space around links', `${anchors}${'<i></i>          '.repeat(40_000)}`, 'a', 'links'],
    [
      'a long list of words',
      `<a class="${'ab '.repeat(1_500_000)}" href="/1">`,
      hard('[class~="aba"]', ','),
      'nothing',
    ],
    ['a long value', `<a class="${'a'.repeat(4_500_000)}" href="/1">`, `[class*="b${'a'.repeat(900)}"]`, 'nothing'],
    ['a long base', `<base href="/${'a'.repeat(4_000_000)}">${'<a href=x>'.repeat(900)}`, 'a', 'links'],
    ['elements that were never opened', '</p>'.repeat(1_000_000), 'p', 'unreadable'],
    [
      'too many links',
      Array.from({ length: 6_000 }, (_, index) => `<a href=/${index}>x</a>`).join(''),
      'a',
      'unreadable',
    ],
  ])('%s', (_what, html, selector, kind) => {
    expect(findLinks(html, url, selector).kind).toBe(kind);
  });
});
