// Releases that vanish far behind the newest ones, and what is asked to prove it.
import { describe, expect, it } from 'vitest';
import { addRepository, createHub, type Hub } from '../../support/sources/github/state.ts';
import { watch } from '../../support/sources/github/watch.ts';
import { fresh } from '../../support/sources/github/world.ts';

const name = 'acme/grok';
const releases = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    tag: `v${count - index}`,
    publishedAt: new Date(1.76e12 - index * 1e7).toISOString(),
  }));

function publishedOf(number: number): string {
  return releases(150).find(({ tag }) => tag === `v${number}`)?.publishedAt ?? '';
}

function hubOf(count: number): Hub {
  const hub = createHub();
  addRepository(hub, name, { releases: releases(count) });
  return hub;
}

function without(hub: Hub, tags: readonly string[], added: readonly string[] = []): void {
  const repository = hub.repositories.get(name);
  if (!repository) throw new Error('no repository');
  const fresh = added.map((tag) => ({ tag, publishedAt: '2026-01-10T11:00:00Z' }));
  repository.releases = [...fresh, ...repository.releases.filter(({ tag }) => !tags.includes(tag))];
}

describe('a release behind the newest', () => {
  it.each([
    ['on a list that one page holds', 30, ['v9'], ['release:v9']],
    ['on a list of many pages', 150, ['v60'], ['release:v60']],
    ['with others', 150, ['v60', 'v61', 'v70', 'v71'], ['release:v71', 'release:v70', 'release:v61', 'release:v60']],
    ['with one of the newest', 30, ['v29', 'v9'], ['release:v29', 'release:v9']],
  ])('is told when it vanishes: %s', async (_, count, removed, gone) => {
    const hub = hubOf(count);
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    without(hub, removed);
    const second = fresh(await watcher.look(name, first));
    expect(second.gone).toEqual(gone);
    // What the page now reaches beyond the hundred that were remembered is past, and the house knows it by its time.
    expect(
      second.observations.every(({ publishedAt }) => count > 100 && (publishedAt ?? '') < publishedOf(count - 99)),
    ).toBe(true);
    hub.queries.length = 0;
    expect((await watcher.look(name, second)).kind).toBe('same');
    expect(hub.queries).toHaveLength(1);
  });

  it('is told beside a new one, which hides it from the number', async () => {
    const hub = hubOf(30);
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    without(hub, ['v9'], ['v31']);
    const second = fresh(await watcher.look(name, first));
    expect(second.gone).toEqual(['release:v9']);
    expect(second.observations).toMatchObject([{ key: 'release:v31', text: 'Notes of v31' }]);
  });

  it('is not looked for while the number is the same or grows', async () => {
    const hub = hubOf(150);
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    hub.queries.length = 0;
    expect((await watcher.look(name, first)).kind).toBe('same');
    expect(hub.queries).toHaveLength(1);
    without(hub, [], ['v151']);
    expect(fresh(await watcher.look(name, first)).gone).toEqual([]);
    expect(hub.queries.filter((one) => one.includes('releases(first:100'))).toEqual([]);
  });

  it('that nobody remembers is looked for once', async () => {
    const hub = hubOf(150);
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    without(hub, ['v2']);
    const second = await watcher.look(name, first);
    expect(second.kind).toBe('same');
    hub.queries.length = 0;
    await watcher.look(name, second);
    expect(hub.queries).toHaveLength(1);
  });
});
