// What later looks at a GitHub repository see, and what they leave alone.
import { describe, expect, it } from 'vitest';
import type { PollResult } from '../../../src/types/core.ts';
import { later, more, on, release, type Shape, self, sha, tag, whole } from '../../support/sources/github/answers.ts';
import { createWorld, fresh, lines, type World } from '../../support/sources/github/world.ts';

const name = 'acme/grok';
const v1 = release(name, 'v1', '2025-07-01T08:00:00Z');
const v2 = release(name, 'v2', '2025-08-20T08:00:00Z');
const v3 = release(name, 'v3', '2025-08-21T08:00:00Z');

async function baseline(world: World, shape: Shape = {}): Promise<PollResult> {
  world.prepare(whole(name, shape));
  return await world.look(name);
}

describe('an unchanged repository', () => {
  it('costs three conditional requests', async () => {
    const world = createWorld({ GITHUB_TOKEN: '' });
    const first = await baseline(world, { releases: [v1] });
    world.asked.length = 0;
    world.prepare(
      later(name, {}).map((one, index) => ({
        ...one,
        wants: { 'if-none-match': `W/"${['self', 'releases', 'tags'][index]}-1"` },
      })),
    );
    expect((await world.look(name, first)).kind).toBe('same');
    expect(world.asked).toHaveLength(3);
  });

  it('uses Last-Modified where there is no ETag', async () => {
    const world = createWorld();
    const stamp = 'Sat, 23 Aug 2025 10:00:00 GMT';
    world.prepare(whole(name).map((one) => ({ ...one, headers: { 'last-modified': stamp } })));
    const first = await world.look(name);
    world.prepare(
      later(name, {}).map((one) => ({ ...one, wants: { 'if-modified-since': stamp, 'if-none-match': null } })),
    );
    expect((await world.look(name, first)).kind).toBe('same');
  });

  it('stays the same when only downloads, stars and ETags move', async () => {
    const world = createWorld();
    const first = await baseline(world, { releases: [v1], tags: [tag('v1', sha('1'))] });
    const moved = { ...v1, assets: [{ name: 'weights.bin', download_count: 6_000 }] };
    world.prepare(
      later(name, { self: self(name, { stargazers_count: 12 }), releases: [moved], tags: [tag('v1', sha('1'))] }),
    );
    const second = await world.look(name, first);
    expect(second.kind).toBe('same');
    const mark = ['self', 'releases', 'tags'];
    world.prepare(
      later(name, {}).map((one, index) => ({ ...one, wants: { 'if-none-match': `W/"${mark[index]}-2"` } })),
    );
    expect((await world.look(name, second)).kind).toBe('same');
  });
});

describe('releases', () => {
  it('are all seen, not only the newest', async () => {
    const world = createWorld();
    const first = await baseline(world, { releases: [v1] });
    world.prepare(later(name, { releases: [v3, v2, v1] }));
    expect(lines(await world.look(name, first))).toEqual([
      'release:v3 = release v3 Model v3',
      'release:v2 = release v2 Model v2',
    ]);
  });

  it('are paged until a known one is met', async () => {
    const world = createWorld();
    const first = await baseline(world, { releases: [v1] });
    const page = Array.from({ length: 30 }, (_, index) => release(name, `v9.${30 - index}`, '2025-09-01T00:00:00Z'));
    world.prepare([
      { on: on.self(name), status: 304 },
      { on: on.tags(name), status: 304 },
      { on: on.releases(name), body: page, headers: more },
      { on: on.releases(name, 2), body: [v2, v1], headers: more },
    ]);
    expect(lines(await world.look(name, first))).toHaveLength(31);
  });

  it('that are promoted or renamed are edits; notes and drafts are not', async () => {
    const world = createWorld();
    const first = await baseline(world, { releases: [{ ...v2, prerelease: true }, v1] });
    world.prepare(later(name, { releases: [{ ...v3, draft: true }, v2, { ...v1, body: 'typo mended' }] }));
    expect(lines(await world.look(name, first))).toEqual(['release:v2 = release v2 Model v2']);
  });

  it('that vanish are gone when the list shows it', async () => {
    const world = createWorld();
    const first = await baseline(world, { releases: [v3, v2, v1] });
    world.prepare(later(name, { releases: [v3, v1] }));
    const second = fresh(await world.look(name, first));
    expect(second).toMatchObject({ there: true, observations: [], gone: ['release:v2'] });
    // The list is whole, so the last one is proved gone as well.
    world.prepare(later(name, { releases: [v3] }, '3'));
    expect(await world.look(name, second)).toMatchObject({ gone: ['release:v1'] });
  });

  it('that only slid out of a first page are not gone', async () => {
    const world = createWorld();
    const first = await baseline(world, { releases: [v2, v1] });
    const next = release(name, 'v4', '2025-09-01T00:00:00Z');
    world.prepare(
      later(name, { releases: [next, v3, v2] }).map((one) =>
        one.on === on.releases(name) ? { ...one, headers: more } : one,
      ),
    );
    expect(await world.look(name, first)).toMatchObject({ gone: [] });
  });

  it('that a lagging replica hides again are asked for by name', async () => {
    const world = createWorld();
    const first = await baseline(world, { releases: [v1] });
    world.prepare(later(name, { releases: [v2, v1] }));
    const seen = await world.look(name, first);
    world.pass(60_000);
    world.prepare([...later(name, { releases: [v1] }, '3'), { on: `GET /repos/${name}/releases/tags/v2`, body: v2 }]);
    const hidden = await world.look(name, seen);
    expect(hidden.kind).toBe('same');
    // It was not settled, so the next look asks anew.
    world.prepare([
      ...later(name, { releases: [v1] }, '3').map((one) =>
        one.on === on.releases(name) ? { ...one, wants: { 'if-none-match': null } } : one,
      ),
      { on: `GET /repos/${name}/releases/tags/v2`, status: 404, body: { message: 'Not Found' } },
    ]);
    expect(await world.look(name, hidden)).toMatchObject({ kind: 'fresh', gone: ['release:v2'] });
  });

  it('that vanish by the dozen are asked for by name, too', async () => {
    const world = createWorld();
    const first = await baseline(world, { releases: [v3, v2, v1] });
    const ask = (tag: string) => `GET /repos/${name}/releases/tags/${tag}`;
    world.prepare([
      ...later(name, { releases: [] }),
      { on: ask('v3'), body: v3 },
      { on: ask('v2'), status: 404, body: {} },
      { on: ask('v1'), status: 502 },
    ]);
    expect(await world.look(name, first)).toMatchObject({ kind: 'fresh', gone: ['release:v2'] });
  });

  it('are not called gone by a list with an item that cannot be read', async () => {
    const world = createWorld();
    const first = await baseline(world, { releases: [v2, v1] });
    world.prepare(later(name, { releases: [v2, { tag_name: null }] }));
    expect((await world.look(name, first)).kind).toBe('same');
  });
});

describe('tags', () => {
  it('without a release are things; their commit is their fingerprint', async () => {
    const world = createWorld();
    const first = await baseline(world, { tags: [tag('v1', sha('1'))] });
    world.prepare(later(name, { tags: [tag('v2', sha('2')), tag('v1', sha('9'))] }));
    const result = fresh(await world.look(name, first));
    expect(lines(result)).toEqual([`tag:v2 = ${sha('2')}`, `tag:v1 = ${sha('9')}`]);
    expect(result.observations[0]?.sort).toBe('thing');
  });

  it('with a release tell only that they moved', async () => {
    const world = createWorld();
    const first = await baseline(world, { releases: [v1], tags: [tag('v1', sha('1'))] });
    world.prepare(later(name, { releases: [v2, v1], tags: [tag('v2', sha('2')), tag('v1', sha('8'))] }));
    const result = fresh(await world.look(name, first));
    expect(result.observations.map((one) => [one.key, one.sort, one.about])).toEqual([
      ['tag:v2', 'trait', 'github:acme/grok@v2'],
      ['tag:v1', 'trait', 'github:acme/grok@v1'],
      ['release:v2', 'thing', 'github:acme/grok@v2'],
    ]);
  });

  it('are no news when their release goes, and gone when they go', async () => {
    const world = createWorld();
    const first = await baseline(world, { releases: [v1], tags: [tag('v1', sha('1'))] });
    world.prepare(later(name, { releases: [] }));
    const second = await world.look(name, first);
    expect(second).toMatchObject({ kind: 'fresh', observations: [], gone: ['release:v1'] });
    world.prepare(later(name, { tags: [] }, '3'));
    expect(await world.look(name, second)).toMatchObject({ observations: [], gone: ['tag:v1'] });
  });

  it('that slide into the first page of many are old', async () => {
    const world = createWorld();
    const names = Array.from({ length: 101 }, (_, index) => tag(`v${999 - index}`, sha('1')));
    const paged = (items: readonly unknown[]) => ({
      on: on.tags(name),
      body: items,
      headers: { ...more, etag: '"t"' },
    });
    world.prepare([...whole(name).filter((one) => one.on !== on.tags(name)), paged(names.slice(0, 100))]);
    const first = await world.look(name);
    world.prepare([
      { on: on.self(name), status: 304 },
      { on: on.releases(name), status: 304 },
      paged(names.slice(1, 101)),
    ]);
    const second = fresh(await world.look(name, first));
    expect(second.observations.map((one) => [one.key, one.sort])).toEqual([['tag:v899', 'trait']]);
  });
});
