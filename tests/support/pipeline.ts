// Values for tests of the pipeline: observations, watches and fresh answers, of which a test only states what it needs.
import type { Fresh, Observation, Watch } from '../../src/types/core.ts';

export function seen(key: string, over: Partial<Observation> = {}): Observation {
  return {
    targetId: 'github:o/r',
    key,
    fingerprint: 'there',
    kind: 'release',
    sort: 'thing',
    about: `github:o/r@${key}`,
    subject: key,
    title: key,
    url: `https://github.com/o/r/releases/tag/${key}`,
    publishedAt: null,
    lang: null,
    text: null,
    facts: {},
    ...over,
  };
}

export function fresh(observations: readonly Observation[], over: Partial<Fresh> = {}): Fresh {
  return {
    kind: 'fresh',
    there: true,
    observations,
    cursor: null,
    gone: [],
    window: 'newest',
    found: [],
    answer: null,
    restMs: null,
    ...over,
  };
}

export function watch(over: Partial<Watch> = {}, filters: Partial<Watch['filters']> = {}): Watch {
  return {
    id: 'file:github:o/r',
    targetId: 'github:o/r',
    origin: { by: 'file' },
    to: ['releases'],
    weight: 1,
    floorMs: null,
    firstRun: 'quiet',
    paused: false,
    since: '2026-01-01T00:00:00.000Z',
    ...over,
    filters: { on: null, prereleases: false, include: null, exclude: null, match: null, ...filters },
  };
}
