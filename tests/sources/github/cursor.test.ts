// Cursors as they are stored: those of this version are checked by hand, older ones by the schema, damaged ones count as none.
import { expect, test } from 'vitest';
import { readOwnerCursor, readRepositoryCursor } from '../../../src/sources/github/cursor.ts';
import type { Json } from '../../../src/types/core.ts';

const list = { by: 'graphql', seen: 1, whole: true, items: [['v1', 'aaaa']], count: 1 };
const repository = {
  v: 1,
  there: true,
  id: 7,
  successor: false,
  name: null,
  keys: 'k',
  validators: { repo: '"1"' },
  pushedAt: '2025-08-01T00:00:00Z',
  head: 'abc',
  code: 'pushed',
  licence: { spdx: 'MIT', fingerprint: 'f', files: { graphql: 'oid' }, path: 'LICENSE' },
  prints: { repo: 'bbbb' },
  releases: list,
  ids: { v1: '1 2025' },
  aliases: {},
  tags: list,
  manyTags: false,
  unpinned: { v1: null },
  young: { 'release:v1': 5 },
  support: { m: { number: 3, merged: false, quiet: true } },
  looks: 4,
};
const owner = {
  v: 1,
  there: true,
  route: 'orgs',
  keys: 'k',
  validator: null,
  sweptAt: 5,
  latest: null,
  counted: { by: 'rest', count: 2, at: 9 },
  repositories: { 1: ['a/b', 'cccc'] },
};

/** Every value of the document, one at a time, replaced by what does not belong there, or taken out. */
function* damaged(value: Json): Generator<Json> {
  yield* [null, 7, 'x', true, [], {}, [7], { a: 7 }, ['a', 'b', 'c']];
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries())
      for (const other of damaged(one)) yield value.map((each, at) => (at === index ? other : each));
    return;
  }
  for (const [name, one] of Object.entries(value)) {
    if (name === 'v') continue;
    yield Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
    for (const other of damaged(one)) yield { ...value, [name]: other };
  }
}

test.each([
  ['a repository', repository, readRepositoryCursor],
  ['an owner', owner, readOwnerCursor],
] as const)('%s: read as it is; without a version as the schema reads it; damaged as none', (_, cursor, read) => {
  expect(read(cursor)).toBe(cursor);
  const { v: __, ...older } = cursor;
  expect(read(older)).toEqual(cursor);
  expect(read({ ...cursor, v: 2 })).toBeNull();
  for (const broken of damaged(cursor)) {
    const withoutVersion =
      typeof broken === 'object' && broken !== null && !Array.isArray(broken)
        ? Object.fromEntries(Object.entries(broken).filter(([name]) => name !== 'v'))
        : broken;
    expect(read(broken), JSON.stringify(broken)).toEqual(read(withoutVersion));
  }
});

test('an older cursor lacks what came later, and is completed', () => {
  const { v: _, id: __, successor: ___, ids: ____, aliases: _____, support: ______, ...old } = repository;
  expect(readRepositoryCursor(old)).toEqual({
    ...repository,
    id: null,
    successor: false,
    ids: {},
    aliases: {},
    support: null,
  });
});
