// Changes + watches → verdicts.
import { describe, expect, test } from 'vitest';
import { createExpressions } from '../../src/infra/regex.ts';
import { judge } from '../../src/pipeline/filter.ts';
import type { Difference } from '../../src/types/change.ts';
import type { Observation, Watch } from '../../src/types/core.ts';
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
  return judge([difference], [by], context)[0]?.reason ?? '';
}

const licence = seen('licence', { kind: 'licence', sort: 'trait', subject: null });
const rc = seen('v2-rc1', { facts: { prerelease: true } });

describe('what is news', () => {
  test.each<[string, Difference, string]>([
    ['a new release', change('new', seen('v1')), 'told'],
    ['a licence seen for the first time', change('new', licence), 'no news in itself'],
    ['another licence', change('edited', licence), 'told'],
    ['an edited title of a release', change('edited', seen('v1')), 'no news in itself'],
    ['a release that is gone', change('gone', seen('v1')), 'told'],
    ['weights that are gone', change('gone', seen('w', { kind: 'weights' })), 'told'],
    ['a licence that is gone with its repository', change('gone', licence), 'no news in itself'],
    ['moved facts', change('edited', licence, { quiet: 'noted' }), 'no news in itself'],
    ['an old item that slid into the window', change('new', seen('v0'), { quiet: 'old' }), 'before the window'],
    ['a prerelease', change('new', rc), 'prerelease'],
    ['the baseline', change('new', seen('v1'), { baseline: true }), 'baseline'],
  ])('%s', (_, difference, expected) => {
    expect(reason(difference)).toBe(expected);
  });

  test('a prerelease that became a release is told then', () => {
    const final = seen('v2-rc1', { fingerprint: 'final', facts: { prerelease: false } });
    expect(reason(change('edited', final, { previous: rc }))).toBe('told');
  });

  test('a tag that moved to another commit is told, one whose release came is not', () => {
    const tag = (commit: string): Observation => seen('tag:v1', { kind: 'tag', fingerprint: commit });
    expect(reason(change('edited', tag('b'), { previous: tag('a') }))).toBe('told');
    expect(reason(change('edited', tag('a'), { previous: tag('a') }))).toBe('no news in itself');
  });
});

describe('filters', () => {
  const aged = (publishedAt: string, facts: Observation['facts'] = {}): Difference =>
    change('new', seen('old', { kind: 'entry', publishedAt, facts }));
  const entry = (title: string, text: string | null = null): Difference =>
    change('new', seen(title, { kind: 'entry', title, subject: title, text }));
  test.each<[string, Difference, Watch, string]>([
    ['on', change('new', seen('v1')), watch({}, { on: ['licence'] }), 'not in on'],
    ['gone counts as state', change('gone', seen('v1')), watch({}, { on: ['state'] }), 'told'],
    ['include', change('new', seen('nightly')), watch({}, { include: '^v\\d' }), 'not included'],
    ['exclude', change('new', seen('v1-nightly')), watch({}, { exclude: '-nightly' }), 'excluded'],
    ['include says nothing of what has no subject', change('edited', licence), watch({}, { include: '^v\\d' }), 'told'],
    ['match in the title', entry('Grok 2 오픈소스'), watch({}, { match: { any: ['오픈소스'], none: [] } }), 'told'],
    [
      'match in the text, whatever the case',
      entry('News', 'now OPEN-weight'),
      watch({}, { match: { any: ['open-weight'], none: [] } }),
      'told',
    ],
    ['no match', entry('News'), watch({}, { match: { any: ['open-weight'], none: [] } }), 'no match'],
    [
      'none',
      entry('Careers: open source'),
      watch({}, { match: { any: ['open source'], none: ['careers'] } }),
      'matches none',
    ],
    ['only models, and it is one', entry('Grok 9 is out'), watch({}, { only: 'models' }), 'told'],
    ['only models, and it is none', entry('A new office'), watch({}, { only: 'models' }), 'no model'],
    ['maxAge', aged('2026-01-29T23:59:59Z'), watch({}, { maxAgeMs: 30 * dayMs }), 'too old'],
    [
      'maxAge, counted from the last good look',
      aged('2026-01-30T00:00:00Z'),
      watch({}, { maxAgeMs: 30 * dayMs }),
      'told',
    ],
    ['maxAge of what says no time', entry('News'), watch({}, { maxAgeMs: 30 * dayMs }), 'told'],
    [
      'maxAge of what was only updated',
      aged('2020-01-01T00:00:00Z', { dated: 'updated' }),
      watch({}, { maxAgeMs: dayMs }),
      'told',
    ],
    [
      'maxAge at a first look that tells the newest',
      aged('2020-01-01T00:00:00Z'),
      watch({ since: null, firstRun: 'latest' }, { maxAgeMs: dayMs }),
      'told',
    ],
    ['paused', change('new', seen('v1')), watch({ paused: true }), 'paused'],
    ['prereleases wanted', change('new', rc), watch({}, { prereleases: true }), 'told'],
  ])('%s', (_, difference, by, expected) => {
    expect(reason(difference, by)).toBe(expected);
  });
});

describe('a watch on a target that is known already', () => {
  test('tells nothing of its own first look', () => {
    expect(reason(change('new', seen('v1')), watch({ since: null }))).toBe('first look of this watch');
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
