// Changes + watches → verdicts.
import { describe, expect, test } from 'vitest';
import { createExpressions } from '../../src/infra/regex.ts';
import { inEnglish } from '../../src/messages/reasons/en.ts';
import { judge } from '../../src/pipeline/filter.ts';
import type { Difference } from '../../src/types/change.ts';
import type { Observation, Watch } from '../../src/types/core.ts';
import { outcomeOf } from '../../src/types/reasons/verdicts.ts';
import { seen, watch } from '../support/pipeline.ts';
import { dayMs } from '../support/worker.ts';

const { matcher } = createExpressions();

function change(type: Difference['type'], observation: Observation, over: Partial<Difference> = {}): Difference {
  return { type, baseline: false, observation, previous: type === 'new' ? null : observation, quiet: null, ...over };
}

const context = {
  matcher,
  isModel: ({ title }: Observation) => title.includes('Grok'),
  lastAt: '2026-03-01T00:00:00.000Z',
};

function reason(difference: Difference, by: Watch = watch()): string {
  return judge([difference], [by], context)[0]?.reason.code ?? '';
}

const licence = seen('licence', { kind: 'licence', sort: 'trait', subject: null });
const rc = seen('v2-rc1', { facts: { prerelease: true } });

describe('what is news', () => {
  test.each<[string, Difference, string]>([
    ['a new release', change('new', seen('v1')), 'verdict.told'],
    ['a licence seen for the first time', change('new', licence), 'verdict.no-news'],
    ['another licence', change('edited', licence), 'verdict.told'],
    ['an edited title of a release', change('edited', seen('v1')), 'verdict.no-news'],
    ['a release that is gone', change('gone', seen('v1')), 'verdict.told'],
    ['weights that are gone', change('gone', seen('w', { kind: 'weights' })), 'verdict.told'],
    ['a licence that is gone with its repository', change('gone', licence), 'verdict.no-news'],
    ['moved facts', change('edited', licence, { quiet: 'noted' }), 'verdict.no-news'],
    ['an old item that slid into the window', change('new', seen('v0'), { quiet: 'old' }), 'verdict.before-window'],
    ['a prerelease', change('new', rc), 'verdict.prerelease'],
    ['the baseline', change('new', seen('v1'), { baseline: true }), 'verdict.baseline'],
  ])('%s', (_, difference, expected) => {
    expect(reason(difference)).toBe(expected);
  });

  test('a prerelease that became a release is told then', () => {
    const final = seen('v2-rc1', { fingerprint: 'final', facts: { prerelease: false } });
    expect(reason(change('edited', final, { previous: rc }))).toBe('verdict.told');
  });

  test('a tag that moved to another commit is told, one whose release came is not', () => {
    const tag = (commit: string): Observation => seen('tag:v1', { kind: 'tag', fingerprint: commit });
    expect(reason(change('edited', tag('b'), { previous: tag('a') }))).toBe('verdict.told');
    expect(reason(change('edited', tag('a'), { previous: tag('a') }))).toBe('verdict.no-news');
  });
});

describe('filters', () => {
  const aged = (publishedAt: string, facts: Observation['facts'] = {}): Difference =>
    change('new', seen('old', { kind: 'entry', publishedAt, facts }));
  const entry = (title: string, text: string | null = null): Difference =>
    change('new', seen(title, { kind: 'entry', title, subject: title, text }));
  test.each<[string, Difference, Watch, string]>([
    ['on', change('new', seen('v1')), watch({}, { on: ['licence'] }), 'verdict.not-in-on'],
    ['gone counts as state', change('gone', seen('v1')), watch({}, { on: ['state'] }), 'verdict.told'],
    ['include', change('new', seen('nightly')), watch({}, { include: '^v\\d' }), 'verdict.not-included'],
    ['exclude', change('new', seen('v1-nightly')), watch({}, { exclude: '-nightly' }), 'verdict.excluded'],
    [
      'include says nothing of what has no subject',
      change('edited', licence),
      watch({}, { include: '^v\\d' }),
      'verdict.told',
    ],
    [
      'match in the title',
      entry('Grok 2 오픈소스'),
      watch({}, { match: { any: ['오픈소스'], none: [] } }),
      'verdict.told',
    ],
    [
      'match in the text, whatever the case',
      entry('News', 'now OPEN-weight'),
      watch({}, { match: { any: ['open-weight'], none: [] } }),
      'verdict.told',
    ],
    ['no match', entry('News'), watch({}, { match: { any: ['open-weight'], none: [] } }), 'verdict.no-match'],
    [
      'none',
      entry('Careers: open source'),
      watch({}, { match: { any: ['open source'], none: ['careers'] } }),
      'verdict.matches-none',
    ],
    ['only models, and it is one', entry('Grok 9 is out'), watch({}, { only: 'models' }), 'verdict.told'],
    ['only models, and it is none', entry('A new office'), watch({}, { only: 'models' }), 'verdict.no-model'],
    ['maxAge', aged('2026-01-29T23:59:59Z'), watch({}, { maxAgeMs: 30 * dayMs }), 'verdict.too-old'],
    [
      'maxAge, counted from the last good look',
      aged('2026-01-30T00:00:00Z'),
      watch({}, { maxAgeMs: 30 * dayMs }),
      'verdict.told',
    ],
    ['maxAge of what says no time', entry('News'), watch({}, { maxAgeMs: 30 * dayMs }), 'verdict.told'],
    [
      'maxAge of what was only updated',
      aged('2020-01-01T00:00:00Z', { dated: 'updated' }),
      watch({}, { maxAgeMs: dayMs }),
      'verdict.told',
    ],
    [
      'maxAge at a first look that tells the newest',
      aged('2020-01-01T00:00:00Z'),
      watch({ since: null, firstRun: 'latest' }, { maxAgeMs: dayMs }),
      'verdict.told',
    ],
    ['paused', change('new', seen('v1')), watch({ paused: true }), 'verdict.paused'],
    ['prereleases wanted', change('new', rc), watch({}, { prereleases: true }), 'verdict.told'],
  ])('%s', (_, difference, by, expected) => {
    expect(reason(difference, by)).toBe(expected);
  });
});

test.each<[Difference, Watch, string]>([
  [change('new', seen('nightly')), watch({}, { include: '^v\\d' }), 'not told: `include` does not match it (^v\\d)'],
  [
    change('new', seen('v1')),
    watch({}, { on: ['licence', 'state'] }),
    'not told: `on` does not ask for `release` (licence, state)',
  ],
  [
    change('new', seen('v1-x')),
    watch({}, { exclude: `-x${'|y'.repeat(100)}` }),
    `not told: \`exclude\` matches it (-x${'|y'.repeat(39)}…)`,
  ],
])('names what it was judged by', (difference, by, words) => {
  const [judged] = judge([difference], [by], context);
  expect(judged && inEnglish(outcomeOf(judged, false))).toBe(words);
});

describe('a watch on a target that is known already', () => {
  test('tells nothing of its own first look', () => {
    expect(reason(change('new', seen('v1')), watch({ since: null }))).toBe('verdict.first-look');
  });

  test('with firstRun: latest tells the newest thing that passes its filters, and only that', () => {
    const changes = [1, 3, 2].map((month) =>
      change('new', seen(`v${month}`, { publishedAt: `2025-0${month}-01T00:00:00.000Z` }), { baseline: true }),
    );
    const verdicts = judge(
      [...changes, change('new', rc, { baseline: true })],
      [watch({ since: null, firstRun: 'latest' })],
      context,
    );
    expect(verdicts.filter(({ told }) => told).map((verdict) => verdict.change.observation.key)).toEqual(['v3']);
  });
});

test('an entry that a filter does not want is refused, whatever kind of change it is; an artefact never is', () => {
  const by = watch({}, { match: { any: ['Grok'], none: [] }, include: 'Grok' });
  const refused = (difference: Difference, of: Watch = by) => judge([difference], [of], context)[0]?.refused;
  const news = seen('News', { kind: 'entry', title: 'News' });
  expect(refused(change('new', news))).toBe(true);
  expect(refused(change('new', news, { baseline: true }))).toBe(true);
  expect(refused(change('edited', news))).toBe(true);
  expect(refused(change('new', seen('Grok', { kind: 'link', title: 'Grok' })))).toBe(false);
  expect(refused(change('new', seen('v1')))).toBe(false);
  expect(refused(change('new', news), watch({ ...by, paused: true }, by.filters))).toBe(false);
});
