// What changes between two looks by GraphQL, and what it is asked for.
import { describe, expect, it } from 'vitest';
import { sha } from '../../support/sources/github/answers.ts';
import {
  addRepository,
  blob,
  createHub,
  type Hub,
  push,
  type StateRelease,
} from '../../support/sources/github/state.ts';
import { watch } from '../../support/sources/github/watch.ts';
import { fresh, lines } from '../../support/sources/github/world.ts';

const name = 'acme/grok';
const release = (tag: string, at: string, change: Partial<StateRelease> = {}): StateRelease => ({
  tag,
  publishedAt: at,
  ...change,
});
const v1 = release('v1', '2025-07-01T00:00:00.000Z');
const v2 = release('v2', '2025-08-01T00:00:00.000Z');

function hubWith(change: Parameters<typeof addRepository>[2] = {}): Hub {
  const hub = createHub();
  addRepository(hub, name, { releases: [v1], tags: { v1: sha('1') }, ...change });
  return hub;
}

describe('changes by GraphQL', () => {
  it('a new release comes with its notes, its tag and nothing else', async () => {
    const hub = hubWith();
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    Object.assign(hub.repositories.get(name) ?? {}, { releases: [{ ...v2, draft: true }, v1] });
    const draft = await watcher.look(name, first);
    expect(draft.kind).toBe('same');
    Object.assign(hub.repositories.get(name) ?? {}, { releases: [v2, v1], tags: { v2: sha('2'), v1: sha('1') } });
    const second = fresh(await watcher.look(name, draft));
    expect(second.observations).toMatchObject([
      { key: 'release:v2', text: 'Notes of v2', facts: { tag: 'v2', commit: sha('2') } },
    ]);
  });

  describe('a release that becomes public late, behind newer ones', () => {
    const newer = Array.from({ length: 40 }, (_, index) =>
      release(`n${40 - index}`, new Date(Date.parse('2025-08-01T00:00:00Z') - index * 3.6e6).toISOString()),
    );
    const late = (tag: string) => release(tag, '2025-08-20T00:00:00.000Z');
    const at = (place: number, ...more: readonly StateRelease[]) => [
      ...newer.slice(0, place),
      ...more,
      ...newer.slice(place),
    ];

    it.each([6, 20, 35, 40])('at place %s', async (place) => {
      const hub = hubWith({ releases: newer });
      const watcher = watch(hub, 'ghp_x');
      const first = await watcher.look(name);
      Object.assign(hub.repositories.get(name) ?? {}, { releases: at(place, late('old')) });
      const second = fresh(await watcher.look(name, first));
      expect(second.observations).toMatchObject([{ key: 'release:old', text: 'Notes of old' }]);
      expect(second.gone).toEqual([]);
      expect((await watcher.look(name, second)).kind).toBe('same');
    });

    it('beside a new one and one that is gone, so that the count stands still', async () => {
      const hub = hubWith({ releases: newer });
      const watcher = watch(hub, 'ghp_x');
      const first = await watcher.look(name);
      const releases = [
        release('n41', '2025-08-21T00:00:00.000Z'),
        ...at(20, late('old')).filter(({ tag }) => tag !== 'n38'),
      ];
      Object.assign(hub.repositories.get(name) ?? {}, { releases });
      const second = fresh(await watcher.look(name, first));
      expect(second.observations.map(({ key }) => key).toSorted()).toEqual(['release:n41', 'release:old']);
      expect(second.gone).toEqual(['release:n38']);
    });

    it('a draft of which the count knows, when it is called the latest', async () => {
      const hub = hubWith({ releases: at(20, { ...late('old'), draft: true }) });
      const watcher = watch(hub, 'ghp_x');
      const first = await watcher.look(name);
      Object.assign(hub.repositories.get(name) ?? {}, { releases: at(20, late('old')), latest: 'old' });
      const second = fresh(await watcher.look(name, first));
      expect(second.observations).toMatchObject([{ key: 'release:old' }]);
      expect((await watcher.look(name, second)).kind).toBe('same');
    });
  });

  it('a release whose tag was corrected stays the same release, and so it is for later looks', async () => {
    const named = (tag: string): StateRelease => ({ ...v2, id: 77, tag, name: 'Two' });
    const hub = hubWith({ releases: [named('2.0'), v1], tags: { '2.0': sha('2'), v1: sha('1') } });
    const watcher = watch(hub, 'ghp_x');
    const first = fresh(await watcher.look(name));
    Object.assign(hub.repositories.get(name) ?? {}, {
      releases: [named('v2.0'), v1],
      tags: { 'v2.0': sha('2'), v1: sha('1') },
      pushedAt: '2025-08-25T00:00:00Z',
    });
    const second = fresh(await watcher.look(name, first));
    const before = first.observations.find(({ key }) => key === 'release:2.0');
    expect(second.observations.filter(({ kind }) => kind === 'release')).toMatchObject([
      {
        key: 'release:2.0',
        about: before?.about,
        fingerprint: before?.fingerprint,
        subject: 'v2.0',
        facts: { tag: 'v2.0' },
      },
    ]);
    expect(second.gone).toEqual([]);
    expect(second.observations.filter(({ kind }) => kind === 'tag').every(({ sort }) => sort === 'trait')).toBe(true);
    expect((await watcher.look(name, second)).kind).toBe('same');
    Object.assign(hub.repositories.get(name) ?? {}, { releases: [v1] });
    expect(fresh(await watcher.look(name, second)).gone).toEqual(['release:2.0']);
  });

  it('a release after a long absence: all of them, page by page', async () => {
    const hub = hubWith();
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    const many = Array.from({ length: 45 }, (_, index) =>
      release(`n${45 - index}`, new Date(1.76e12 - index * 1e6).toISOString()),
    );
    Object.assign(hub.repositories.get(name) ?? {}, { releases: [...many, v1] });
    const second = fresh(await watcher.look(name, first));
    expect(second.observations).toHaveLength(45);
    expect(second.observations.every((one) => one.text?.startsWith('Notes of'))).toBe(true);
  });

  it.each([
    ['a promotion', { releases: [{ ...v1, prerelease: false }] }, ['release:v1 = release v1 Model v1'], []],
    ['a release that vanishes', { releases: [] }, [], ['release:v1']],
  ])('%s', async (_, change, observed, gone) => {
    const hub = hubWith({ releases: [{ ...v1, prerelease: true }] });
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    Object.assign(hub.repositories.get(name) ?? {}, change);
    const second = fresh(await watcher.look(name, first));
    expect(lines(second)).toEqual(observed);
    expect(second.gone).toEqual(gone);
  });

  it('a young release that vanishes is asked for by name first', async () => {
    const hub = hubWith();
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    const repository = addRepository(hub, name, { id: 1, releases: [v2, v1], tags: { v1: sha('1') } });
    const second = await watcher.look(name, first);
    repository.releases = [v1];
    hub.now += 60_000;
    expect(await watcher.look(name, second)).toMatchObject({ kind: 'fresh', gone: ['release:v2'] });
    expect(hub.queries.at(-1)).toContain('p0:release(tagName:');
  });

  it('a tag that moves, one that goes and a new one, in a repository with releases', async () => {
    const hub = hubWith({ tags: { v1: sha('1'), x: sha('3') } });
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    const repository = hub.repositories.get(name);
    if (!repository) throw new Error('no repository');
    push(repository, '2025-09-01T00:00:00Z', { tags: { v2: sha('2'), v1: sha('9') } });
    const second = fresh(await watcher.look(name, first));
    expect(second.observations.map((one) => [one.key, one.fingerprint, one.sort])).toEqual([
      ['tag:v2', sha('2'), 'thing'],
      ['tag:v1', sha('9'), 'trait'],
    ]);
    expect(second.gone).toEqual(['tag:x']);
  });

  it('tags that vanish by the dozen are asked for by name first', async () => {
    const hub = hubWith({ tags: { v1: sha('1'), a: sha('2'), b: sha('3'), c: sha('4') } });
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    const repository = hub.repositories.get(name);
    if (!repository) throw new Error('no repository');
    push(repository, '2025-09-01T00:00:00Z', { tags: { v1: sha('1') } });
    expect(fresh(await watcher.look(name, first)).gone).toEqual(['tag:a', 'tag:b', 'tag:c']);
    expect(hub.queries.filter((one) => one.includes('q2:ref(qualifiedName:'))).toHaveLength(1);
  });

  it('the first tag, then the first release of a repository that never had one', async () => {
    const hub = hubWith({ releases: [], tags: {} });
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    const repository = hub.repositories.get(name);
    if (!repository) throw new Error('no repository');
    repository.tags = { v1: sha('1') };
    const second = fresh(await watcher.look(name, first));
    expect(second.observations).toMatchObject([{ key: 'tag:v1', sort: 'thing', fingerprint: sha('1') }]);
    expect(hub.queries.at(-2)).toContain('...tags');
    repository.releases = [v1];
    const third = fresh(await watcher.look(name, second));
    expect(third.observations).toMatchObject([{ key: 'release:v1', text: 'Notes of v1' }]);
  });

  it('a first prerelease on an old tag is seen within four looks', async () => {
    const hub = hubWith({ releases: [] });
    const watcher = watch(hub, 'ghp_x');
    let last = await watcher.look(name);
    Object.assign(hub.repositories.get(name) ?? {}, { releases: [{ ...v1, prerelease: true }] });
    for (let index = 0; index < 4 && !('observations' in last && index > 0); index++)
      last = await watcher.look(name, last);
    expect(lines(last)).toEqual(['release:v1 = prerelease v1 Model v1']);
  });

  it('the first push, another licence text, another identifier', async () => {
    const hub = hubWith({ head: null, releases: [], tags: {}, files: {}, spdx: null });
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    expect(lines(first)).toEqual(['repo = there', 'code = none', 'state = live enabled public acme/grok']);
    const repository = hub.repositories.get(name);
    if (!repository) throw new Error('no repository');
    push(repository, '2025-09-01T00:00:00Z', { files: { 'LICENSE.md': 'own words' }, spdx: 'NOASSERTION' });
    const second = fresh(await watcher.look(name, first));
    expect(lines(second)).toEqual(['repo = there', 'code = pushed', `licence = NOASSERTION@${blob('own words')}`]);
    push(repository, '2025-09-02T00:00:00Z', { files: { 'LICENSE.md': 'other words' } });
    const third = fresh(await watcher.look(name, second));
    expect(third.observations).toMatchObject([
      { key: 'licence', facts: { licenceText: 'other words', licence: 'NOASSERTION' } },
    ]);
    push(repository, '2025-09-03T00:00:00Z', { spdx: 'MIT' });
    expect(lines(await watcher.look(name, third))).toEqual([`licence = MIT@${blob('other words')}`]);
  });

  it('a rename, an absence, a return', async () => {
    const hub = hubWith();
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    const repository = hub.repositories.get(name);
    if (!repository) throw new Error('no repository');
    hub.repositories.clear();
    hub.repositories.set('acme/grok-1', repository);
    hub.moved.set(name, 'acme/grok-1');
    repository.name = 'acme/grok-1';
    const renamed = fresh(await watcher.look(name, first));
    expect(renamed.observations.find((one) => one.key === 'state')?.facts.renamedTo).toBe('acme/grok-1');
    repository.private = true;
    const gone = await watcher.look(name, renamed);
    expect(gone).toMatchObject({ kind: 'fresh', there: false, gone: ['repo'] });
    repository.private = false;
    expect(lines(await watcher.look(name, gone))).toContain('repo = there');
  });
});
