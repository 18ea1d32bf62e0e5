// A recording from before a field was kept: it is read as if nothing had been said.
import { expect, test } from 'vitest';
import { repositoryDocument } from '../../../src/sources/github/document.ts';

const about = { url: 'https://github.com/acme/grok', createdAt: null, pushedAt: null };
const old = { what: 'repository', there: true, name: 'acme/grok', about };

test('a repository is public, live and not archived unless that is said', () => {
  expect(repositoryDocument.parse(old)).toMatchObject({
    by: 'rest',
    server: 'https://github.com',
    about: { archived: false, disabled: false, visibility: 'public', description: null, stars: 0, forks: 0 },
  });
  const said = { ...about, archived: true, disabled: true, visibility: 'private', stars: 3, forks: 2 };
  expect(repositoryDocument.parse({ ...old, about: said }).about).toMatchObject(said);
});
