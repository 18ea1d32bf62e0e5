// A long watch list read in pieces: the same answer, or none.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readDocument } from '../../src/config/document.ts';
import { readInPieces } from '../../src/config/pieces.ts';
import { openVariables } from '../../src/config/variables.ts';
import { bad, good } from '../support/config/kinds.ts';

const variables = openVariables({ KEY: 'value' }, () => '');

const texts = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom('- a', '#', ' ', '\n', '  - b: c', 'watch:', ': ', '|', "'", '"', '$' + '{KEY}'), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
);
const entries = fc.array(
  fc.dictionary(fc.constantFrom('github', 'feed', 'on', 'match'), fc.oneof(texts, fc.array(texts)), {
    noNullPrototype: true,
  }),
  {
    minLength: 1,
    maxLength: 250,
  },
);

describe('reading in pieces', () => {
  test('gives what reading in one gives', () => {
    fc.assert(
      fc.property(entries, texts, fc.boolean(), fc.constantFrom(0, 40, 80), (watch, model, indentSeq, lineWidth) => {
        const text = stringify({ locale: 'en', watch, pledges: [{ model }] }, { indentSeq, lineWidth });
        const pieces = readInPieces(text, variables);
        const whole = readDocument(text, variables);
        if (pieces !== null) expect(pieces.value).toEqual(whole.value);
        // Only what has something to report is left to the reading in one.
        else expect(whole.faults.length > 0 || text.includes('watch: ')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['no list', 'locale: en\n'],
    ['a list in one line', 'watch: [{ github: a }]\n'],
    ['an empty list', 'watch:\n# - github: a\n'],
    ['something before the first entry', 'watch:\n  github: a\n  - github: b\n'],
    ['an entry further out', 'watch:\n    - github: a\n  - github: b\n'],
    ['a missing variable', `watch:\n  - github: $${'{NONE}'}\n`],
    ['two lists', 'watch:\n  - github: a\n"watch":\n  - github: b\n'],
    ['an alias into another section', 'bot: &b { commands: true }\nwatch:\n  - github: a\n    match: *b\n'],
  ])('leaves %s to the reading in one', (_name, text) => {
    expect(readInPieces(text, variables)).toBeNull();
  });
});

const long = (mistake: string) => {
  const many = Array.from({ length: 4_000 }, (_, index) => `  - github: owner${index}/repository\n    # a note\n`);
  return `locale: en\nwatch:\n${many.join('')}${mistake}bot: { commands: true }\n`;
};

test('a long list has all its watches', () => {
  const config = good(long('\n  - feed: https://a.example\n    match:\n      any: [x]\n'));
  expect(config.watches).toHaveLength(4_001);
  expect(config.watches[3_999]?.id).toBe('file:github:owner3999/repository');
  expect(config.bot.commands).toBe(true);
});

test('a mistake in a long list is at its line', () => {
  expect(bad(long('  - githb: a/b\n'))).toEqual(['8003:5 unknown source `githb` | did you mean `github`?']);
  expect(bad(long('  - github: "a\n'))[0]).toMatch(/^800\d:\d+ YAML: /);
});
