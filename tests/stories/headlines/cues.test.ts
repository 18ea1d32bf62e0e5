import { describe, expect, test } from 'vitest';
import { type Cue, findCue, readCues } from '../../../src/stories/headlines/cues.ts';
import { tables } from '../tables.ts';

const cues = [
  ...tables.cues.english.map((cue) => ['English', cue.name, cue] as const),
  ...tables.cues.korean.map((cue) => ['Korean', cue.name, cue] as const),
];
const found = (cue: Cue, text: string): boolean => findCue(cue, text.toLowerCase()) >= 0;

describe('the cues of config/headlines-*.yaml', () => {
  test.each(cues)('%s, %s: is found in its examples, and not in what looks alike', (_, __, cue) => {
    expect(cue.yes.filter((text) => !found(cue, text))).toEqual([]);
    expect(cue.no.filter((text) => found(cue, text))).toEqual([]);
  });

  test('a file of another shape, a list that is not there and a phrase of nothing are told', () => {
    const file = (phrase: string): string =>
      `lists: { a: [<b>], b: [<a>] }\ncues: { done: { means: m, phrases: ['${phrase}'], yes: [x] } }`;
    expect(() => readCues(file('<nowhere> x'), false)).toThrow('no list of that name');
    expect(() => readCues(file('<a>'), false)).toThrow('circle');
    expect(() => readCues(file('..'), false)).toThrow('at least one word');
    expect(() => readCues('cues: { nonsense: { means: m, phrases: [x], yes: [x] } }', false)).toThrow();
  });

  test('a phrase is extended without code', () => {
    const [cue] = readCues("cues: { done: { means: m, phrases: ['sets free|loose the? model(s)'], yes: [x] } }", false);
    expect(
      ['sets free the models', 'sets loose model', 'sets-free model'].map((text) => cue && found(cue, text)),
    ).toEqual([true, true, false]);
  });

  test.each(cues)('%s, %s: gets through a long text of its own words', (_, __, cue) => {
    const words = [...cue.yes, ...cue.no].join(' ').toLowerCase();
    for (const text of [words, `${words} `, words.replace(/\s/g, ''), words.slice(0, 2)])
      expect(findCue(cue, text.repeat(Math.ceil(20_000 / Math.max(1, text.length))))).toBeTypeOf('number');
  });
});
