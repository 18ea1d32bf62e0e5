// Whatever stands in the file or the environment, reading it answers: a configuration, or problems with a place.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { nearest } from '../../src/config/spelling.ts';
import { read } from '../support/config/kinds.ts';

const words = fc.constantFrom(
  'watch',
  'channels',
  'pledges',
  'github',
  'huggingface',
  'feed',
  'page',
  'on',
  'to',
  'match',
  'any',
  'discord',
  'terminal',
  'channel',
  'webhook',
  'mention',
  'who',
  'quiet',
  'timezone',
  'bot',
  'every',
  'include',
  '__proto__',
  'constructor',
  'toString',
);
const scalars = fc.oneof(
  words,
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, '(', '$' + '{A}', '$' + '{', 'a/b', '2025-02-30'),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    scalars,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(words, tie('tree'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

function expectPlaces(text: string): void {
  const reading = read(text);
  const said = 'problems' in reading ? reading.problems : reading.warnings;
  const lines = text.split(/\r\n|\r|\n/).length;
  if ('problems' in reading) expect(said.length).toBeGreaterThan(0);
  for (const { line, column, message } of said) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines + 1);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(message).not.toBe('');
  }
}

test('any data', () => {
  fc.assert(
    fc.property(fc.dictionary(words, tree), (data) => expectPlaces(stringify(data))),
    { numRuns: 300 },
  );
});

test('any text', () => {
  const piece = fc.oneof(
    words,
    fc.constantFrom(
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&a ',
      '*a',
      '#',
      '|',
      '\t',
      '? ',
      '!x ',
      '$' + '{A',
      '---\n',
      '%',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => expectPlaces(pieces.join(''))),
    { numRuns: 500 },
  );
});

test('a word with one slip in it is still found', () => {
  const known = ['huggingface', 'releases', 'timezone', 'prereleases', 'sitemap'];
  fc.assert(
    fc.property(fc.constantFrom(...known), fc.nat(), fc.constantFrom('drop', 'swap', 'double'), (word, seed, slip) => {
      const at = seed % (word.length - 1);
      const [a = '', b = ''] = [word[at], word[at + 1]];
      const middle = { drop: b, swap: b + a, double: a + a + b }[slip];
      expect(nearest(word.slice(0, at) + middle + word.slice(at + 2), known)).toBe(word);
    }),
  );
});
