// What of a card does not fit a wish; what is not known always does.
import { expect, it } from 'vitest';
import { misfitOf } from '../../src/stories/where.ts';
import type { Where } from '../../src/types/core.ts';
import type { Openness } from '../../src/types/story.ts';

const fact = (value: unknown) => ({ value, how: 'observed', because: { url: '', at: '' } });
const card = (more: Readonly<Record<string, unknown>>): Openness => {
  const all = {
    commercialUse: 'unknown',
    bytes: 'unknown',
    smallestDownload: 'unknown',
    task: 'unknown',
    verdict: 'unknown',
  };
  return Object.fromEntries(Object.entries({ ...all, ...more }).map(([name, value]) => [name, fact(value)])) as never;
};
const free = 'open weights, free licence';

it.each<[Readonly<Record<string, unknown>>, Where, string | null]>([
  [{ commercialUse: 'yes' }, { commercial: ['yes'] }, null],
  [{ commercialUse: 'conditional: under 700M users' }, { commercial: ['yes'] }, 'verdict.where-commercial'],
  [{ commercialUse: 'conditional: under 700M users' }, { commercial: ['yes', 'conditional'] }, null],
  [{}, { commercial: ['yes'], maxBytes: 1, tasks: ['x'], verdict: ['gated'] }, null],
  [{ bytes: 60e9 }, { maxBytes: 40e9 }, 'verdict.where-size'],
  [{ bytes: 60e9, smallestDownload: 18e9 }, { maxBytes: 40e9 }, null],
  [{ bytes: 40e9 }, { maxBytes: 40e9 }, null],
  [{ task: 'text-to-image' }, { tasks: ['text-generation'] }, 'verdict.where-task'],
  [{ verdict: free }, { verdict: ['open weights', 'free licence'] }, null],
  [{ verdict: free }, { verdict: [free] }, null],
  [{ verdict: 'open weights, limited' }, { verdict: ['open weights', 'free licence'] }, 'verdict.where-verdict'],
  [{ verdict: 'open weights, limited' }, { verdict: ['open weights'] }, null],
  [{ verdict: 'open-data model' }, { verdict: ['open weights', 'free licence'] }, null],
  [{ verdict: 'gated' }, { verdict: ['open weights'] }, 'verdict.where-verdict'],
])('%j beside %j: %s', (facts, where, code) => {
  expect(misfitOf(card(facts), where)?.code ?? null).toBe(code);
});

it('keeps nothing back where there is no card', () => {
  expect(misfitOf(null, { commercial: ['yes'] })).toBeNull();
});
