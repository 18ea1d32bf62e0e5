// What later looks see of the repository itself: its name, state and licence.
import { describe, expect, it } from 'vitest';
import type { PollResult } from '../../../src/types/core.ts';
import { later, licence, on, release, type Shape, self, sha, whole } from '../../support/sources/github/answers.ts';
import { createWorld, fresh, lines, type World } from '../../support/sources/github/world.ts';

const name = 'acme/grok';
const v1 = release(name, 'v1', '2025-07-01T08:00:00Z');

async function baseline(world: World, shape: Shape = {}): Promise<PollResult> {
  world.prepare(whole(name, shape));
  return await world.look(name);
}

describe('the repository itself', () => {
  it('that is renamed stays the same target, asked by its written name, which leads on', async () => {
    const world = createWorld();
    const first = await baseline(world);
    world.prepare(later(name, { self: self('other/grok-1') }));
    const renamed = fresh(await world.look(name, first));
    const state = renamed.observations.find((one) => one.key === 'state');
    expect(state).toMatchObject({
      fingerprint: 'live enabled public other/grok-1',
      facts: { renamedTo: 'other/grok-1' },
      about: 'github:acme/grok',
    });
    const moved = later('other/grok-1', { releases: [release('other/grok-1', 'v1', '2025-09-01T00:00:00Z')] }, '3');
    world.prepare(moved.map((one) => (one.on === on.self('other/grok-1') ? { ...one, on: on.self(name) } : one)));
    const told = fresh(await world.look(name, renamed));
    expect(told.observations.map((one) => [one.key, one.about])).toEqual([['release:v1', 'github:acme/grok@v1']]);
    const missing = { status: 404, body: { message: 'Not Found' } };
    world.prepare([{ on: on.self(name), ...missing }]);
    world.prepare(later('other/grok-1', {}).map((one) => ({ ...one, ...missing })));
    const gone = await world.look(name, told);
    expect(gone).toMatchObject({ there: false, gone: ['repo'] });
    world.prepare([{ on: on.self(name), status: 404, body: { message: 'Not Found' } }]);
    expect((await world.look(name, gone)).kind).toBe('same');
  });

  it.each([
    ['archived', { archived: true }, 'archived enabled public acme/grok'],
    ['private', { private: true, visibility: 'private' }, 'live enabled private acme/grok'],
    ['disabled', { disabled: true }, 'live disabled public acme/grok'],
  ])('that becomes %s', async (_, change, fingerprint) => {
    const world = createWorld();
    const first = await baseline(world);
    world.prepare(later(name, { self: self(name, change) }));
    expect(lines(await world.look(name, first))).toContain(`state = ${fingerprint}`);
  });

  it('with another licence identifier, or another text under the same one', async () => {
    const world = createWorld();
    const first = await baseline(world);
    const mit = { license: { key: 'mit', spdx_id: 'MIT' } };
    world.prepare([
      ...later(name, { self: self(name, mit) }),
      { on: on.licence(name), body: licence('MIT License', sha('b')), headers: { etag: '"mit"' } },
    ]);
    const second = fresh(await world.look(name, first));
    expect(lines(second)).toEqual([`licence = MIT@${sha('b')}`]);
    expect(second.observations[0]?.facts).toMatchObject({ licence: 'MIT', licenceText: 'MIT License' });

    const pushed = { ...mit, pushed_at: '2025-09-01T00:00:00Z' };
    world.prepare([
      ...later(name, { self: self(name, pushed) }),
      { on: on.licence(name), status: 304, wants: { 'if-none-match': '"mit"' } },
    ]);
    const third = await world.look(name, second);
    expect(third.kind).toBe('same');
    world.prepare([
      ...later(name, { self: self(name, { ...pushed, pushed_at: '2025-09-02T00:00:00Z' }) }),
      { on: on.licence(name), body: licence('MIT, but', sha('c')) },
    ]);
    expect(lines(await world.look(name, third))).toEqual([`licence = MIT@${sha('c')}`]);
  });

  it('that lost its licence file', async () => {
    const world = createWorld();
    const first = await baseline(world);
    world.prepare([
      ...later(name, { self: self(name, { license: null, pushed_at: '2025-09-01T00:00:00Z' }) }),
      { on: on.licence(name), status: 404, body: {} },
    ]);
    const second = fresh(await world.look(name, first));
    expect(lines(second)).toEqual(['licence = none@none']);
    expect(second.observations[0]?.facts.licence).toBeNull();
  });
});

it('validators are not used with another token, and no token is kept', async () => {
  const secret = 'ghp_canary0123456789';
  const world = createWorld({ GITHUB_TOKEN: secret });
  world.prepare([
    { on: 'POST /graphql', status: 404, body: {} },
    ...whole(name, { releases: [v1] }).map((one) => ({ ...one, wants: { authorization: `token ${secret}` } })),
  ]);
  const first = await world.look(name);
  expect(JSON.stringify(first)).not.toContain('canary');
  const other = createWorld({ GITHUB_TOKEN: 'ghp_another' });
  other.prepare([
    { on: 'POST /graphql', status: 404, body: {} },
    ...later(name, { self: self(name), releases: [v1], tags: [] }).map((one) => ({
      ...one,
      wants: { 'if-none-match': null },
    })),
  ]);
  expect((await other.look(name, first)).kind).toBe('same');
});
