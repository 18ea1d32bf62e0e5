// Organisations and users of GitHub: their repositories, by the set of their numbers.
import { describe, expect, it } from 'vitest';
import { account, more, on, self } from '../../support/sources/github/answers.ts';
import { createWorld, fresh } from '../../support/sources/github/world.ts';

const owned = (id: number, name: string, pushed: string, change: object = {}) =>
  self(`acme/${name}`, { id, pushed_at: pushed, ...change });
const grok = owned(1, 'grok', '2025-08-01T00:00:00Z');
const tools = owned(2, 'Tools', '2025-07-01T00:00:00Z');
const missing = { status: 404, body: { message: 'Not Found' } };
const hourMs = 3_600_000;

describe('an organisation', () => {
  it('has repositories that are seen and found; forks are not its own', async () => {
    const world = createWorld();
    world.prepare([
      { on: on.owned('orgs', 'acme'), body: [grok, owned(3, 'torch', '2025-07-15T00:00:00Z', { fork: true }), tools] },
    ]);
    const result = fresh(await world.look('acme'));
    expect(result).toMatchObject({ there: true, window: 'all', gone: [] });
    expect(result.observations.map((one) => [one.key, one.about, one.sort, one.publishedAt])).toEqual([
      ['repo:1', 'github:acme/grok', 'thing', null],
      ['repo:2', 'github:acme/tools', 'thing', null],
    ]);
    expect(result.found).toEqual([
      {
        target: { id: 'github:acme/grok', source: 'github', address: 'acme/grok', shape: null },
        mark: '2025-08-01T00:00:00.000Z',
        whole: false,
      },
      {
        target: { id: 'github:acme/tools', source: 'github', address: 'acme/Tools', shape: null },
        mark: '2025-07-01T00:00:00.000Z',
        whole: false,
      },
    ]);
  });

  it('is unchanged by 304, and by what does not matter', async () => {
    const world = createWorld();
    world.prepare([{ on: on.owned('orgs', 'acme'), body: [grok, tools], headers: { etag: '"1"' } }]);
    const first = await world.look('acme');
    world.prepare([{ on: on.owned('orgs', 'acme'), status: 304, wants: { 'if-none-match': '"1"' } }]);
    expect((await world.look('acme', first)).kind).toBe('same');
    world.prepare([{ on: on.owned('orgs', 'acme'), body: [{ ...grok, stargazers_count: 5_000 }, tools] }]);
    expect((await world.look('acme', first)).kind).toBe('same');
  });

  it('marks what was pushed to, and proves what is gone', async () => {
    const world = createWorld();
    world.prepare([{ on: on.owned('orgs', 'acme'), body: [grok, tools] }]);
    const first = await world.look('acme');
    world.prepare([
      {
        on: on.owned('orgs', 'acme'),
        body: [owned(4, 'grok-2', '2025-08-23T00:00:00Z'), { ...grok, pushed_at: '2025-08-22T00:00:00Z' }],
      },
    ]);
    const second = fresh(await world.look('acme', first));
    expect(second.window).toBe('all');
    expect(second.observations.map((one) => one.key)).toEqual(['repo:4', 'repo:1']);
    expect(second.found.map((one) => one.mark)).toEqual(['2025-08-23T00:00:00.000Z', '2025-08-22T00:00:00.000Z']);
  });

  it('with many repositories is read until the newest known push, and all of it once a day', async () => {
    const world = createWorld();
    const url = (page: number) => on.owned('orgs', 'acme', page);
    world.prepare([
      { on: url(1), body: [grok], headers: { ...more, etag: '"1"' } },
      { on: url(2), body: [tools] },
      account('orgs', 'acme', 2),
    ]);
    const first = fresh(await world.look('acme'));
    expect(first.window).toBe('all');

    world.pass(hourMs);
    const grok2 = owned(4, 'grok-2', '2025-08-23T00:00:00Z');
    world.prepare([
      { on: url(1), body: [grok2], headers: more },
      { on: url(2), body: [grok, tools], headers: more },
      account('orgs', 'acme', 3),
    ]);
    const second = fresh(await world.look('acme', first));
    expect(second.window).toBe('newest');
    expect(second.observations.map((one) => one.key)).toEqual(['repo:4']);

    // Whatever the numbers say, all pages are read anew every day.
    world.pass(24 * hourMs);
    const old = owned(5, 'old', '2024-01-01T00:00:00Z');
    world.prepare([
      { on: url(1), body: [grok2, grok], headers: more, wants: { 'if-none-match': null } },
      { on: url(2), body: [tools, old] },
      account('orgs', 'acme', 4),
    ]);
    const third = fresh(await world.look('acme', second));
    expect(third.window).toBe('all');
    expect(third.observations.map((one) => one.key)).toEqual(['repo:4', 'repo:1', 'repo:2', 'repo:5']);
  });

  it('with a renamed repository goes on with the target it was found as', async () => {
    const world = createWorld();
    world.prepare([{ on: on.owned('orgs', 'acme'), body: [grok, tools] }]);
    const first = await world.look('acme');
    world.prepare([{ on: on.owned('orgs', 'acme'), body: [{ ...grok, full_name: 'acme/grok-1' }, tools] }]);
    const second = fresh(await world.look('acme', first));
    expect(second.observations[0]).toMatchObject({ key: 'repo:1', title: 'acme/grok-1', about: 'github:acme/grok' });
    expect(second.found.map((one) => one.target.id)).toEqual(['github:acme/grok', 'github:acme/tools']);
    world.prepare([
      { on: on.owned('orgs', 'acme'), body: [{ ...grok, full_name: 'acme/grok-1', archived: true }, tools] },
    ]);
    const third = fresh(await world.look('acme', second));
    expect(third.found.map((one) => one.target.id)).toEqual(['github:acme/grok', 'github:acme/tools']);
  });

  it('may be a user, and is then asked for as one', async () => {
    const world = createWorld();
    world.prepare([
      { on: on.owned('orgs', 'acme'), ...missing },
      { on: on.owned('users', 'acme'), body: [grok] },
    ]);
    const first = await world.look('acme');
    expect(fresh(first).there).toBe(true);
    world.prepare([{ on: on.owned('users', 'acme'), body: [grok] }]);
    expect((await world.look('acme', first)).kind).toBe('same');
  });

  it('may not be there, or have nothing', async () => {
    const world = createWorld();
    world.prepare([
      { on: on.owned('orgs', 'acme'), ...missing },
      { on: on.owned('users', 'acme'), ...missing },
    ]);
    const absent = await world.look('acme');
    expect(absent).toMatchObject({ kind: 'fresh', there: false, observations: [] });
    world.prepare([
      { on: on.owned('orgs', 'acme'), ...missing },
      { on: on.owned('users', 'acme'), ...missing },
    ]);
    expect((await world.look('acme', absent)).kind).toBe('same');
    world.prepare([{ on: on.owned('orgs', 'acme'), body: [] }]);
    expect(await world.look('acme', absent)).toMatchObject({
      kind: 'fresh',
      there: true,
      observations: [],
      window: 'all',
    });
  });

  it('keeps its state when a page fails or holds an item that cannot be read', async () => {
    const world = createWorld();
    world.prepare([{ on: on.owned('orgs', 'acme'), body: [grok, tools] }]);
    const first = await world.look('acme');
    world.prepare([
      { on: on.owned('orgs', 'acme'), body: [grok], headers: more },
      { on: on.owned('orgs', 'acme', 2), status: 502 },
    ]);
    world.pass(25 * hourMs);
    expect((await world.look('acme', first)).kind).toBe('later');
    world.prepare([{ on: on.owned('orgs', 'acme'), body: [grok, { id: 'two' }] }]);
    expect((await world.look('acme', first)).kind).toBe('same');
    world.prepare([{ on: on.owned('orgs', 'acme'), body: { message: 'strange' } }]);
    expect((await world.look('acme', first)).kind).toBe('broken');
  });
});
