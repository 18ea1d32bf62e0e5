// Known + seen → changes.
import { describe, expect, test } from 'vitest';
import { diff } from '../../src/pipeline/diff.ts';
import type { Difference, Known } from '../../src/types/change.ts';
import type { Observation } from '../../src/types/core.ts';
import { fresh, seen } from '../support/pipeline.ts';

const begun = '2026-01-01T00:00:00.000Z';

function known(...observations: readonly Observation[]): ReadonlyMap<string, Known> {
  return new Map(observations.map((observation) => [observation.key, { observation, goneAt: null }]));
}

function told(differences: readonly Difference[]): readonly string[] {
  return differences.map(
    ({ type, observation, quiet }) => `${type} ${observation.key}${quiet === null ? '' : ` (${quiet})`}`,
  );
}

function day(number: number): string {
  return new Date(Date.UTC(2026, 0, number)).toISOString();
}

describe('the first look', () => {
  test('is a baseline, whatever it saw', () => {
    const differences = diff(new Map(), null, fresh([seen('v1'), seen('v2')]));
    expect(differences.map(({ baseline }) => baseline)).toEqual([true, true]);
  });

  test('after "not there" or "empty", what comes is new', () => {
    const [first] = diff(new Map(), begun, fresh([seen('v1')]));
    expect(first).toMatchObject({ type: 'new', baseline: false, quiet: null });
  });
});

describe('a window of the newest', () => {
  test('every item between two looks is new', () => {
    const now = fresh([seen('v4'), seen('v3'), seen('v2'), seen('v1')]);
    expect(told(diff(known(seen('v1')), begun, now))).toEqual(['new v4', 'new v3', 'new v2']);
  });

  test('what is not in the window is not gone', () => {
    expect(diff(known(seen('v1'), seen('v2')), begun, fresh([seen('v2')]))).toEqual([]);
  });

  test('an item that slides back in at the old end is old', () => {
    const before = known(seen('v2', { publishedAt: day(2) }), seen('v3', { publishedAt: day(3) }));
    const now = fresh([seen('v2', { publishedAt: day(2) }), seen('v1', { publishedAt: day(1) })]);
    expect(told(diff(before, begun, now))).toEqual(['new v1 (old)']);
  });

  test('the same in a window that has its oldest item first', () => {
    const before = known(seen('v2', { publishedAt: day(2) }), seen('v3', { publishedAt: day(3) }));
    const now = fresh([1, 2, 3].map((number) => seen(`v${number}`, { publishedAt: day(number) })));
    expect(told(diff(before, begun, now))).toEqual(['new v1 (old)']);
  });

  test('an item with an old date at the new end is new: a date alone proves nothing', () => {
    const before = known(seen('v2', { publishedAt: day(2) }));
    const now = fresh([
      seen('backport', { publishedAt: day(1) }),
      seen('v2', { publishedAt: day(2) }),
      seen('v2b', { publishedAt: day(2) }),
    ]);
    expect(told(diff(before, begun, now))).toContain('new backport');
  });

  test('an item without a time of publication is new wherever it stands', () => {
    const before = known(seen('v2', { publishedAt: day(2) }));
    expect(told(diff(before, begun, fresh([seen('v2', { publishedAt: day(2) }), seen('v1')])))).toEqual(['new v1']);
  });
});

describe('what is gone', () => {
  test('in a window of all, what is missing', () => {
    expect(told(diff(known(seen('a'), seen('b')), begun, fresh([seen('a')], { window: 'all' })))).toEqual(['gone b']);
  });

  test('by name, and only what was known', () => {
    const now = fresh([], { there: false, gone: ['repo', 'never seen'] });
    expect(told(diff(known(seen('repo'), seen('v1')), begun, now))).toEqual(['gone repo']);
  });

  test('an absent target in a window of all does not take its items with it', () => {
    expect(told(diff(known(seen('v1')), begun, fresh([], { there: false, window: 'all' })))).toEqual([]);
  });

  test('comes back as new, with what it was', () => {
    const before = new Map([['repo', { observation: seen('repo'), goneAt: day(1) }]]);
    expect(diff(before, begun, fresh([seen('repo')]))[0]).toMatchObject({
      type: 'new',
      previous: { key: 'repo' },
      quiet: null,
    });
  });
});

describe('what is edited', () => {
  test('another fingerprint is an edit, with what it was', () => {
    const [change] = diff(
      known(seen('licence', { fingerprint: 'mit' })),
      begun,
      fresh([seen('licence', { fingerprint: 'apache-2.0' })]),
    );
    expect(change).toMatchObject({ type: 'edited', previous: { fingerprint: 'mit' }, quiet: null });
  });

  test('moved facts are noted, moved counts are not even that', () => {
    const before = known(seen('repo', { facts: { stars: 1, files: 3 } }));
    expect(told(diff(before, begun, fresh([seen('repo', { facts: { stars: 9, files: 3 } })])))).toEqual([]);
    expect(told(diff(before, begun, fresh([seen('repo', { facts: { stars: 9, files: 4 } })])))).toEqual([
      'edited repo (noted)',
    ]);
  });

  test('the same answer twice changes nothing, in any order of its facts', () => {
    const before = known(seen('m', { facts: { files: 3, bytes: 4 } }));
    expect(diff(before, begun, fresh([seen('m', { facts: { bytes: 4, files: 3 } })]))).toEqual([]);
  });
});
