import { expect, test } from 'vitest';
import { compilePhrases, compileWhole, mostRead } from '../../src/stories/phrases.ts';

const written = ['now open', 'open(s|ed)'];
const phrases = compilePhrases(written, { glued: false, lists: {} });
const isOne = compileWhole(written, { glued: false, lists: {} });

test('phrases are found first, last and all, masked, and known as the whole of a text', () => {
  const text = 'it is now open, and was opened';
  expect([phrases.first(text), phrases.last(text), phrases.first('closed'), phrases.last('closed')]).toEqual([
    6, 24, -1, -1,
  ]);
  expect(phrases.all(text).map(([found]) => found)).toEqual(['now open', 'opened']);
  expect(phrases.masked(text)).toBe('it is ········, and was ······');
  expect(['opens', 'it opens'].map(isOne)).toEqual([true, false]);
});

test('no more is read than the beginning of a text', () => {
  const late = `${'-'.repeat(mostRead)} now open`;
  expect([phrases.first(late), phrases.last(late), phrases.all(late), isOne(late)]).toEqual([-1, -1, [], false]);
  expect(phrases.masked(late)).toBe('-'.repeat(mostRead));
  expect(phrases.masked(late.slice(5)).length).toBe(mostRead);
});
