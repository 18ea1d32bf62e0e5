// JSON feeds that are built to cost more than they say.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shapeOf } from '../../../src/sources/feed/json.ts';
import { parseFeedText } from '../../../src/sources/feed/parse.ts';
import { mentioning } from '../../support/reasons.ts';

const feedOf = (items: string): string => `{"version":"https://jsonfeed.org/version/1.1","title":"t","items":${items}}`;

test.each([
  ['nested without end', feedOf('['.repeat(100_000) + ']'.repeat(100_000)), 'nested without end'],
  ['only brackets', '['.repeat(100_000), 'nested without end'],
  ['numbers without end', feedOf(`[{"id":"1","tags":[${'1,'.repeat(500_000)}1]}]`), 'listed without end'],
  ['too many entries', feedOf(`[${'{"id":"1"},'.repeat(20_000)}{"id":"1"}]`), 'more than 20000 entries'],
  ['entries that are none', feedOf('[1, null, "x"]'), 'cannot be read'],
  ['cut short', feedOf('[{"id":"1","title":"a"}'), 'cut short'],
])('%s', async (_, text, reason) => {
  expect(await parseFeedText(text)).toEqual({ kind: 'broken', reason: mentioning(reason) });
});

test('marks inside strings do not count', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), fc.string(), (json, words) => {
      expect(shapeOf(json)).toBe('usual');
      const text = JSON.stringify({ words: `${words}${'[{,:'.repeat(200_000)}\\` });
      expect(shapeOf(text)).toBe('usual');
    }),
    { numRuns: 50 },
  );
});
