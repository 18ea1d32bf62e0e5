import { describe, expect, test } from 'vitest';
import { readDates } from '../../../src/stories/due/dates.ts';
import { dueWindow } from '../../../src/stories/due/window.ts';
import { tables } from '../tables.ts';

const { english, korean } = tables.dates;
const patterns = [
  ...english.map((pattern) => ['English', pattern.means, pattern] as const),
  ...korean.map((pattern) => ['Korean', pattern.means, pattern] as const),
];

describe('the times of config/dates-*.yaml', () => {
  test.each(patterns)('%s, %s: its examples', (_, __, { examples }) => {
    for (const example of examples) {
      const [said = '', words = '', window = ''] = example.split(' | ');
      const found = dueWindow(words, said, tables.dates);
      const shown = found === null ? '-' : found.from === found.to ? found.from : `${found.from}..${found.to}`;
      expect(`${words} | ${shown}`).toBe(`${words} | ${window}`);
    }
  });

  test.each(patterns)('%s, %s: gets through a long text', (_, __, { rule: { phrases, except }, examples }) => {
    const words = (examples[0]?.split(' | ')[1] ?? 'x').toLowerCase();
    for (const text of [words, `${words} `, words.slice(0, 3)]) {
      const long = text.repeat(Math.ceil(20_000 / text.length));
      for (const pattern of phrases) expect(pattern.last(except?.masked(long) ?? long)).toBeTypeOf('number');
    }
  });

  test('a reader that is not there, a list that is not there and a list glued to a word are told', () => {
    const file = (reads: string, phrase: string): string =>
      `lists: { unit: { day: [day] } }\npatterns: [{ means: m, reads: ${reads}, phrases: ['${phrase}'], examples: [x] }]`;
    expect(() => readDates(file('nonsense', 'x'), false)).toThrow('nothing reads');
    expect(() => readDates(file('within', '{month} x'), false)).toThrow('no list of that name');
    expect(() => readDates(file('within', '{unit}ly'), false)).toThrow('stands by itself');
    expect(() => readDates('patterns: []', false)).toThrow();
  });

  test('a phrase is extended without code', () => {
    const dates = readDates(
      "lists: { n: { 14: [a fortnight] }, unit: { day: [hence] } }\npatterns: [{ means: m, reads: from-now, phrases: ['{n} {unit}'], examples: [x] }]",
      false,
    );
    expect(dueWindow('in a fortnight hence', '2026-06-10', { english: dates, korean: [] })).toEqual({
      from: '2026-06-24',
      to: '2026-06-24',
    });
  });
});
