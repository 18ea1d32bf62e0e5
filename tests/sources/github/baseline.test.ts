// First looks at GitHub repositories, and what an explicit baseline makes of the next ones.
import { describe, expect, it } from 'vitest';
import { later, licence, on, release, self, sha, tag, whole } from '../../support/sources/github/answers.ts';
import { createWorld, fresh, lines, lookAfter } from '../../support/sources/github/world.ts';

const name = 'acme/grok';

describe('a first look', () => {
  it('has the tags of releases in the order of the releases, which those of one second do not say', async () => {
    const world = createWorld();
    const at = '2025-08-20T08:00:00Z';
    world.prepare(
      whole(name, {
        releases: ['v3', 'v2', 'v10'].map((one) => release(name, one, at)),
        tags: ['v0', 'v10', 'v2', 'v3'].map((one) => tag(one, sha('1'))),
      }),
    );
    const keys = fresh(await world.look(name)).observations.map(({ key }) => key);
    expect(keys.filter((key) => key.startsWith('tag:'))).toEqual(['tag:v0', 'tag:v3', 'tag:v2', 'tag:v10']);
  });

  it('stores what is there, in four requests', async () => {
    const world = createWorld();
    world.prepare(
      whole(name, {
        releases: [
          release(name, 'v2', '2025-08-20T08:00:00Z', { prerelease: true, target_commitish: sha('c') }),
          release(name, 'v1', '2025-07-01T08:00:00Z'),
        ],
        tags: [tag('v2', sha('2')), tag('v1', sha('1')), tag('v0', sha('0'))],
      }),
    );
    const result = fresh(await world.look(name));
    expect(result).toMatchObject({ there: true, window: 'newest', gone: [], found: [], restMs: null });
    expect(lines(result)).toEqual([
      'repo = there',
      'code = pushed',
      `licence = Apache-2.0@${sha('a')}`,
      'state = live enabled public acme/grok',
      `tag:v2 = ${sha('2')}`,
      `tag:v1 = ${sha('1')}`,
      `tag:v0 = ${sha('0')}`,
      'release:v2 = prerelease v2 Model v2',
      'release:v1 = release v1 Model v1',
    ]);
    const by = new Map(result.observations.map((one) => [one.key, one]));
    expect(by.get('repo')).toMatchObject({
      about: 'github:acme/grok',
      sort: 'thing',
      title: 'acme/grok',
      url: 'https://github.com/acme/grok',
      text: 'Weights and code',
      facts: {
        createdAt: '2025-08-01T09:00:00.000Z',
        archived: false,
        visibility: 'public',
        stars: 10,
        forks: 2,
        empty: false,
      },
    });
    expect(by.get('licence')?.facts).toEqual({
      licence: 'Apache-2.0',
      revision: sha('a'),
      licenceText: 'Apache License',
      licenceTextUrl: 'https://github.com/acme/grok/blob/main/LICENSE',
    });
    expect(by.get('release:v2')).toMatchObject({
      kind: 'release',
      sort: 'thing',
      about: 'github:acme/grok@v2',
      subject: 'v2',
      title: 'Model v2',
      url: 'https://github.com/acme/grok/releases/tag/v2',
      publishedAt: '2025-08-20T08:00:00.000Z',
      text: 'Notes of v2',
      facts: { tag: 'v2', prerelease: true, commit: sha('c') },
    });
    expect(by.get('release:v1')?.facts).toEqual({ tag: 'v1', prerelease: false });
    // The tag of a release is told by the release; a bare one tells itself.
    expect(by.get('tag:v2')).toMatchObject({ sort: 'trait', about: 'github:acme/grok@v2' });
    expect(by.get('tag:v0')).toMatchObject({
      sort: 'thing',
      publishedAt: null,
      subject: 'v0',
      facts: { tag: 'v0', commit: sha('0') },
    });
    expect(by.get('tag:v0')?.url).toBe('https://github.com/acme/grok/releases/tag/v0');
    expect(world.asked).toHaveLength(4);
  });

  it('remembers up to 100 past releases', async () => {
    const world = createWorld();
    const many = Array.from({ length: 130 }, (_, index) =>
      release(name, `v${130 - index}`, new Date(1.75e12 - index * 1e8).toISOString()),
    );
    const next = (page: number) => ({
      link: `<https://api.github.test/x?page=${page + 1}>; rel="next", <https://api.github.test/x?page=5>; rel="last"`,
    });
    world.prepare([
      ...whole(name).filter((one) => one.on !== on.releases(name)),
      ...[1, 2, 3, 4].map((page) => ({
        on: on.releases(name, page),
        body: many.slice((page - 1) * 30, page * 30),
        headers: next(page),
      })),
    ]);
    const result = await world.look(name);
    expect(lines(result).filter((line) => line.startsWith('release:'))).toHaveLength(120);
  });

  it('leaves drafts out, shortens notes between characters, and survives an item it cannot read', async () => {
    const world = createWorld();
    world.prepare(
      whole(name, {
        releases: [
          release(name, 'v3', '2025-08-22T08:00:00Z', { draft: true, published_at: null }),
          { tag_name: 7 },
          release(name, 'v2', '2025-08-20T08:00:00Z', { body: `a${'🚀'.repeat(5_000)}`, name: '  ' }),
        ],
      }),
    );
    const result = fresh(await world.look(name));
    const releases = result.observations.filter((one) => one.kind === 'release');
    expect(releases.map((one) => [one.key, one.title])).toEqual([['release:v2', 'v2']]);
    expect(releases[0]?.text).toBe(`a${'🚀'.repeat(3_999)}`);
    expect(JSON.parse(result.answer?.body ?? '')).toMatchObject({ dropped: 1 });
  });
});

describe('the explicit baseline', () => {
  it('says that nothing is there, in one request, and only once', async () => {
    const world = createWorld();
    world.prepare([{ on: on.self(name), status: 404, body: { message: 'Not Found' } }]);
    const absent = await world.look(name);
    expect(absent).toMatchObject({ kind: 'fresh', there: false, observations: [], gone: ['repo'], window: 'newest' });
    world.prepare([{ on: on.self(name), status: 404, body: { message: 'Not Found' } }]);
    const still = await world.look(name, absent);
    expect(still.kind).toBe('same');
    world.prepare(whole(name, { releases: [release(name, 'v1', '2025-07-01T08:00:00Z')] }));
    const appeared = await world.look(name, still);
    expect(lines(appeared)).toEqual(expect.arrayContaining(['repo = there', 'release:v1 = release v1 Model v1']));
  });

  it.each([
    [451, { message: 'Repository access blocked' }],
    [410, {}],
    [403, { message: 'Repository access blocked', block: { reason: 'tos' } }],
  ])('takes %i for absent', async (status, body) => {
    const world = createWorld();
    world.prepare([{ on: on.self(name), status, body }]);
    expect(await world.look(name)).toMatchObject({ kind: 'fresh', there: false });
  });

  it('tells an empty repository from one whose size lags, and sees the first push', async () => {
    const world = createWorld();
    const hollow = { size: 0, license: null, pushed_at: '2025-08-01T09:00:00Z' };
    const conflict = { status: 409, body: { message: 'Git Repository is empty.' } };
    world.prepare([
      ...whole(name, { self: hollow }).filter((one) => one.on !== on.licence(name)),
      { on: on.commits(name), ...conflict },
    ]);
    const empty = await world.look(name);
    expect(lines(empty)).toEqual(['repo = there', 'code = none', 'state = live enabled public acme/grok']);

    // Stars came: still empty.
    world.prepare([
      ...later(name, { self: self(name, { ...hollow, stargazers_count: 99 }) }),
      { on: on.commits(name), ...conflict },
    ]);
    const starred = await world.look(name, empty);
    expect(starred.kind).toBe('same');

    world.prepare([
      ...later(name, { self: self(name, { size: 0, pushed_at: '2025-08-24T09:00:00Z' }) }, '3'),
      { on: on.commits(name), body: [{ sha: sha('f') }] },
      { on: on.licence(name), body: licence('Apache License', sha('a')) },
    ]);
    const pushed = await world.look(name, starred);
    expect(lines(pushed)).toEqual(['repo = there', 'code = pushed', `licence = Apache-2.0@${sha('a')}`]);

    world.prepare([
      ...later(name, { self: self(name, { size: 0, pushed_at: '2025-08-25T09:00:00Z' }) }, '4'),
      { on: on.licence(name), body: licence('Apache License', sha('a')) },
    ]);
    expect((await world.look(name, pushed)).kind).toBe('same');
  });

  it('is read from a recording as it was read from the network', async () => {
    const world = createWorld();
    world.prepare(
      whole(name, { releases: [release(name, 'v1', '2025-07-01T08:00:00Z')], tags: [tag('v1', sha('1'))] }),
    );
    const live = fresh(await world.look(name));
    if (!live.answer) throw new Error('no answer');
    const replayed = fresh(await world.source.read(lookAfter(name), live.answer, Date.parse('2026-01-10T12:00:00Z')));
    expect(replayed.observations).toEqual(live.observations);
    const again = await world.source.read(lookAfter(name, replayed), live.answer, Date.parse('2026-01-10T13:00:00Z'));
    expect(again.kind).toBe('same');
    expect(await world.source.read(lookAfter(name), { ...live.answer, body: '<html>' }, 0)).toMatchObject({
      kind: 'broken',
    });
  });
});
