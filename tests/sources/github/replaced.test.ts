// A name that belongs to another repository now, by GitHub's number.
import { describe, expect, it } from 'vitest';
import { readRepositoryCursor } from '../../../src/sources/github/cursor.ts';
import type { RepositoryDocument } from '../../../src/sources/github/document.ts';
import { readOwner } from '../../../src/sources/github/read-owner.ts';
import { readRepository } from '../../../src/sources/github/read-repository.ts';
import type { Fresh, Json } from '../../../src/types/core.ts';

const target = { id: 'github:acme/tiny', source: 'github', address: 'acme/tiny', shape: null };
const server = 'https://github.com';
const kept = { keys: 'test', validators: {}, restMs: null };

function documentOf(id: number | null, tags: readonly string[]): RepositoryDocument {
  const releases = tags.map((tag) => ({
    id: null,
    tag,
    name: null,
    url: `${server}/acme/tiny/releases/tag/${tag}`,
    publishedAt: '2026-01-01T00:00:00.000Z',
    prerelease: false,
    commit: null,
    text: null,
  }));
  return {
    what: 'repository',
    by: 'graphql',
    there: true,
    server,
    name: 'acme/tiny',
    id,
    about: {
      url: `${server}/acme/tiny`,
      description: null,
      createdAt: null,
      pushedAt: null,
      archived: false,
      disabled: false,
      visibility: 'public',
      stars: 0,
      forks: 0,
    },
    head: null,
    empty: false,
    licence: null,
    releases: { items: releases, whole: true, absent: [] },
    tags: null,
    pulls: null,
    dropped: 0,
  };
}

function look(before: Json, document: RepositoryDocument): Fresh {
  const result = readRepository(target, { before: readRepositoryCursor(before), document, kept }, 0);
  if (result.kind !== 'fresh') throw new Error(result.kind);
  return result;
}

describe('a repository', () => {
  const first = look(null, documentOf(7, ['v1', 'v2']));

  it('whose name is another one’s now is said to be that, and keeps nothing of it', () => {
    const other = look(first.cursor, documentOf(8, ['v2', 'v9']));
    expect(other.replaced).toEqual({ before: '7', after: '8' });
    expect(other.gone).toEqual([]);
    const releases = other.observations.filter(({ kind }) => kind === 'release');
    expect(releases.map(({ key, about }) => [key, about])).toEqual([
      ['release:v2', 'github:acme/tiny~8@v2'],
      ['release:v9', 'github:acme/tiny~8@v9'],
    ]);
    const later = look(other.cursor, documentOf(8, ['v10', 'v2', 'v9']));
    expect([later.replaced, later.observations.map(({ about }) => about)]).toEqual([
      undefined,
      ['github:acme/tiny~8@v10'],
    ]);
  });

  it('of which an older cursor knows no number only learns it, also while it is away', () => {
    const { id: _, successor: __, ...older } = first.cursor as Record<string, Json>;
    const learned = readRepository(
      target,
      { before: readRepositoryCursor(older), document: documentOf(8, ['v1', 'v2']), kept },
      0,
    );
    expect(learned).toMatchObject({ kind: 'same', cursor: { id: 8, successor: false } });
    const away = look(first.cursor, { ...documentOf(null, []), there: false, about: null, releases: null });
    expect(look(away.cursor, documentOf(7, ['v1', 'v2'])).replaced).toBeUndefined();
    expect(look(away.cursor, documentOf(9, ['v1'])).replaced).toEqual({ before: '7', after: '9' });
  });
});

describe('in an account', () => {
  const about = documentOf(7, []).about;
  const owner = { id: 'github:acme', source: 'github', address: 'acme', shape: null };
  const seen = (
    before: Parameters<typeof readOwner>[1]['before'],
    repositories: readonly (readonly [number, string])[],
  ) =>
    readOwner(
      owner,
      {
        before,
        document: {
          what: 'owner',
          by: 'graphql',
          there: true,
          repositories: repositories.map(([id, name]) => ({
            ...(about ?? expect.fail()),
            id,
            name,
            empty: null,
            pushedAt: `2026-01-01T00:00:${id % 60}`,
          })),
          whole: true,
          count: null,
          dropped: 0,
        },
        kept: { ...kept, route: 'orgs', server },
      },
      0,
    );

  it('the newcomer opens a story of its own, and two are never looked at under one name', () => {
    const first = seen(null, [[7, 'acme/tiny']]);
    if (first.kind !== 'fresh') throw new Error(first.kind);
    const cursor = first.cursor as unknown as Parameters<typeof readOwner>[1]['before'];
    const alone = seen(cursor, [[8, 'acme/tiny']]);
    expect(alone).toMatchObject({ observations: [{ key: 'repo:8', about: 'github:acme/tiny~8' }] });
    expect(alone.kind === 'fresh' && alone.found.map(({ target: { id } }) => id)).toEqual(['github:acme/tiny']);
    const both = seen(cursor, [
      [7, 'acme/tiny-old'],
      [8, 'acme/tiny'],
    ]);
    expect(both.kind === 'fresh' && both.found.map(({ mark }) => mark)).toEqual(['2026-01-01T00:00:7']);
  });
});
