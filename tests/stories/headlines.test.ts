import { describe, expect, test } from 'vitest';
import { readHeadline } from '../../src/stories/headlines/headline.ts';
import { macroF1 } from '../support/stories/scores.ts';
import { coming } from './headlines-coming.ts';
import { english } from './headlines-english.ts';
import { further } from './headlines-further.ts';
import { korean } from './headlines-korean.ts';
import { later } from './headlines-later.ts';
import { press } from './headlines-press.ts';
import { pressKorean } from './headlines-press-korean.ts';
import { unseen } from './headlines-unseen.ts';
import { tables as labs } from './tables.ts';

const labelOf = (text: string): string => readHeadline(text, labs).label;

describe('the label of a headline', () => {
  test.each([...english])('%s: %s', (label, text) => {
    expect(labelOf(text)).toBe(label);
  });

  test.each([...korean])('%s: %s', (label, text) => {
    expect(labelOf(text)).toBe(label);
  });

  // Not every one of these can be told from the words alone; the share that is told right must not fall.
  test.each([
    ['further', further, 0.97],
    ['later', later, 0.97],
    ['unseen', unseen, 0.9],
    ['press', [...press, ...coming], 0.97],
    ['Korean press', pressKorean, 0.97],
  ] as const)('the %s ones reach their macro F1', (_, cases, least) => {
    const pairs = cases.map(([label, text]) => [label, labelOf(text)] as const);
    const wrong = pairs.flatMap(([label, said], index) =>
      label === said ? [] : `${said}, not ${label}: ${cases[index]?.[1]}`,
    );
    expect(macroF1(pairs), wrong.join('\n')).toBeGreaterThanOrEqual(least);
  });
});

describe('several facts in one text', () => {
  const post =
    'The Grok 2.5 model, which was our best model last year, is now open source. Grok 3 will be made open source in about 6 months.';

  test('an opening and a promise are two clauses, and the opening names the text', () => {
    const { label, clauses } = readHeadline(post, labs);
    expect(label).toBe('release');
    expect(clauses.map((clause) => clause.label)).toEqual(['release', 'pledge']);
    expect(clauses.map((clause) => clause.mentions.models[0]?.chain.version)).toEqual(['2.5', '3']);
  });

  test('a delay is said to move what was promised; a promise is not', () => {
    expect(readHeadline('OpenAI delays its open-weight model to late summer', labs).moved).toBe(true);
    expect(readHeadline('xAI, 그록 3 오픈소스 공개 또 연기…“내년 초 목표”', labs).moved).toBe(true);
    expect(readHeadline('OpenAI will release its open-weight model this summer', labs).moved).toBe(false);
  });

  test('a version number, an initial or a domain ends no clause', () => {
    expect(readHeadline('Z.ai releases GLM 4.6 under MIT', labs).clauses).toHaveLength(1);
    expect(readHeadline('A.X 4.0 weights released', labs).clauses).toHaveLength(1);
  });

  test('nothing in, nothing out', () => {
    expect(readHeadline('', labs)).toMatchObject({ label: 'unrelated', clauses: [] });
    expect(readHeadline('⚡ !!! …', labs).label).toBe('unrelated');
  });
});
