// How far a repository spread: one request each time, paid by the quota, and none that says more than it is asked.
import { expect, test } from 'vitest';
import { createWorld, targetOf } from '../../support/sources/github/world.ts';

const context = { now: () => Date.parse('2026-01-10T12:00:00Z'), signal: new AbortController().signal };
const on = 'GET /repos/acme/one';
const body = { id: 7, full_name: 'acme/one', private: false, stargazers_count: 1_234, forks_count: 56 };

test.each([{}, { GITHUB_TOKEN: 'token' }])(
  'stars and forks are one request and one point, with and without a token',
  async (secrets) => {
    const world = createWorld(secrets);
    world.prepare([
      { on, body },
      { on, body: { ...body, stargazers_count: 1_300 } },
    ]);
    const first = await world.source.spread?.(targetOf('acme/one'), context);
    const second = await world.source.spread?.(targetOf('acme/one'), context);
    expect([first?.measures, second?.measures]).toEqual([
      { stars: 1_234, forks: 56 },
      { stars: 1_300, forks: 56 },
    ]);
    expect(world.asked).toEqual([on, on]);
    expect(first?.spent.map(({ cost }) => cost)).toEqual([1]);
  },
);

test.each([
  ['private', { on, body: { ...body, private: true } }],
  ['gone', { on, status: 404, body: { message: 'Not Found' } }],
  ['odd', { on, body: { ...body, stargazers_count: 'many' } }],
  ['failing', { on, status: 502, body: {} }],
])('%s: nothing is counted, and nothing else is asked', async (_, answer) => {
  const world = createWorld();
  world.prepare([answer]);
  const { measures } = (await world.source.spread?.(targetOf('acme/one'), context)) ?? {};
  expect(measures).toBeNull();
  expect(world.asked).toEqual([on]);
});
