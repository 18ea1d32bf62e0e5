// Expressions of people in Discord: which are too much at once, and what becomes of a guild that has had its share of a pass.

import { describe, expect, it } from 'vitest';
import { createExpressions } from '../../src/infra/regex.ts';
import { createRegexBudget, excessOf } from '../../src/pipeline/regex-budget.ts';
import { watch } from '../support/pipeline.ts';
import { mentioning } from '../support/reasons.ts';

const { matcher, sizeOf } = createExpressions();

describe('an expression', () => {
  it.each([
    String.raw`^v\d+(\.\d+){0,3}$`,
    '(?i)(?:open[- ]?(?:weights?|source)|오픈소스|공개|가중치|released?|launch(?:es|ed)?|grok|llama|qwen|mistral)',
    '-nightly',
  ])('%s may be used', (expression) => {
    expect(excessOf('include', expression, sizeOf)).toBeNull();
  });

  it.each([
    ['(?:.?){1000}', 'repeats'],
    ['(?:.?){1000}'.repeat(60), 'longer than 500'],
    ['(?:.?){100}'.repeat(40), 'repeats'],
    ['(?:(?:a?){30}){30}', 'repeats'],
    [String.raw`\pL{9}\pN{9}`.repeat(38), 'repeats'],
    ['x{9999}'.repeat(60), 'repeats'],
  ])('%s may not', (expression, why) => {
    expect(excessOf('include', expression, sizeOf)).toEqual(mentioning(why));
  });

  it('that was thrown out is compiled anew', () => {
    expect(matcher('^x0$')('x0')).toBe(true);
    for (let index = 0; index < 3_000; index += 1) expect(matcher(`^x${index}$`)(`x${index}`)).toBe(true);
    expect(matcher('^x0$')('x1')).toBe(false);
  });
});

describe('in one pass', () => {
  const filters = { include: '(?:.?){40}x?$' };
  const mine = watch({ id: 'a', origin: { by: 'guild', guild: '1' } }, filters);
  const many = Array.from({ length: 1_000 }, () => 'x'.repeat(200));

  it('a guild that has had its share says nothing more; others and the file go on', () => {
    const budgeted = createRegexBudget(sizeOf);
    const theirs = watch({ id: 'b', origin: { by: 'guild', guild: '2' } }, filters);
    const file = watch({ id: 'c' }, filters);
    expect(budgeted([mine, file, theirs], many).map(({ paused }) => paused)).toEqual([false, false, false]);
    expect(budgeted([mine, file, theirs], ['few']).map(({ paused }) => paused)).toEqual([false, false, false]);
    expect(budgeted([mine, file], many).map(({ paused }) => paused)).toEqual([true, false]);
    expect(budgeted([watch({ origin: { by: 'guild', guild: '1' } })], many).map(({ paused }) => paused)).toEqual([
      false,
    ]);
  });
});
