// Answers GraphQL by GitHub's published schema; a query that does not fit it fails the test.
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
  visit,
} from 'graphql';
import { blob, find, type Hub, type StateRelease, type StateRepository } from './state.ts';

let published: GraphQLSchema | null = null;

export function schema(): GraphQLSchema {
  // The package's entry also loads a large JSON copy of the schema, so the file is read directly.
  const file = new URL('../../../../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url);
  published ??= buildSchema(readFileSync(file, 'utf8'), { assumeValid: true });
  return published;
}

interface Paging {
  readonly first: number;
  readonly after?: string | null;
}

function connection<T>(all: readonly T[], { first, after }: Paging) {
  if (!(first >= 1 && first <= 100)) throw new GraphQLError('first must be between 1 and 100');
  const start = after ? Number(after) : 0;
  const end = start + first;
  return {
    nodes: all.slice(start, end),
    totalCount: all.length,
    pageInfo: { hasNextPage: end < all.length, endCursor: String(end) },
  };
}

const commit = (oid: string) => ({ __typename: 'Commit', oid });

function showRelease(repository: StateRepository, one: StateRelease) {
  const sha = repository.tags[one.tag];
  return {
    databaseId: one.id ?? null,
    tagName: one.tag,
    name: one.name ?? `Model ${one.tag}`,
    isPrerelease: one.prerelease ?? false,
    isDraft: one.draft ?? false,
    publishedAt: one.publishedAt,
    url: `https://github.test/${repository.name}/releases/tag/${one.tag}`,
    description: one.notes ?? `Notes of ${one.tag}`,
    tagCommit: sha === undefined ? null : commit(sha),
  };
}

export function showRepository(repository: StateRepository) {
  const releases = repository.releases.map((one) => showRelease(repository, one));
  // An annotated tag points to a tag object, which points to the commit; here every second tag is annotated.
  const tags = Object.entries(repository.tags).map(([name, oid], index) => ({
    name,
    target: index % 2 === 0 ? commit(oid) : { __typename: 'Tag', oid: blob(`tag object ${name}`), target: commit(oid) },
  }));
  const tree = {
    __typename: 'Tree',
    entries: Object.entries(repository.files).map(([name, text]) => ({
      name,
      type: text === '' ? 'tree' : 'blob',
      oid: blob(text),
    })),
  };
  const byOid = new Map(Object.values(repository.files).map((text) => [blob(text), { __typename: 'Blob', text }]));
  return {
    databaseId: repository.id,
    nameWithOwner: repository.name,
    url: `https://github.test/${repository.name}`,
    description: 'Weights and code',
    createdAt: '2025-08-01T00:00:00Z',
    pushedAt: repository.pushedAt,
    isArchived: repository.archived,
    isDisabled: false,
    isFork: repository.fork,
    visibility: repository.private ? 'PRIVATE' : 'PUBLIC',
    isEmpty: repository.head === null,
    stargazerCount: repository.stars,
    forkCount: 1,
    licenseInfo: repository.spdx === null ? null : { key: repository.spdx.toLowerCase(), spdxId: repository.spdx },
    latestRelease:
      releases.find((one) =>
        repository.latest === null ? !one.isPrerelease && !one.isDraft : one.tagName === repository.latest,
      ) ?? null,
    defaultBranchRef: repository.head === null ? null : { target: commit(repository.head) },
    releases: (paging: Paging) => connection(releases, paging),
    refs: (paging: Paging) => connection(tags, paging),
    release: ({ tagName }: { tagName: string }) => releases.find((one) => one.tagName === tagName) ?? null,
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      tags.find((one) => `refs/tags/${one.name}` === qualifiedName) ?? null,
    object: ({ oid, expression }: { oid?: string; expression?: string }) =>
      expression === 'HEAD:' ? tree : (byOid.get(oid ?? '') ?? null),
  };
}

/** GitHub's formula: the number of connections in a query, divided by a hundred, at least one point. */
export function costOf(query: string): number {
  const document = parse(query);
  const inFragment = new Map<string, number>();
  let top = 0;
  for (const definition of document.definitions) {
    let count = 0;
    visit(definition, {
      Field: (field) => {
        if (field.arguments?.some((argument) => argument.name.value === 'first')) count += 1;
      },
    });
    if (definition.kind === 'FragmentDefinition') inFragment.set(definition.name.value, count);
    else top = count;
  }
  for (const [, name = ''] of query.matchAll(/\.\.\.(\w+)/g)) top += inFragment.get(name) ?? 0;
  return Math.max(1, Math.round(top / 100));
}

export async function answerGraphql(hub: Hub, body: string): Promise<Response> {
  const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, string> };
  hub.queries.push(query);
  const document = parse(query);
  const wrong = validate(schema(), document, specifiedRules);
  if (wrong.length > 0) throw new Error(`not a query of GitHub: ${wrong.map((one) => one.message).join('; ')}`);
  const result = await execute({
    schema: schema(),
    document,
    variableValues: variables,
    rootValue: {
      rateLimit: { cost: costOf(query), limit: 5_000, remaining: 4_000, resetAt: '2026-01-10T13:00:00Z' },
      repository: ({ owner, name }: { owner: string; name: string }) => {
        const repository = find(hub, `${owner}/${name}`);
        if (repository) return showRepository(repository);
        throw new GraphQLError(`Could not resolve to a Repository with the name '${owner}/${name}'.`, {
          extensions: { type: 'NOT_FOUND' },
        });
      },
      repositoryOwner: ({ login }: { login: string }) => {
        if (!hub.owners.has(login)) return null;
        const own = [...hub.repositories.values()]
          .filter((one) => one.name.startsWith(`${login}/`) && !one.private)
          .toSorted((left, right) => (left.pushedAt < right.pushedAt ? 1 : -1));
        return {
          __typename: 'Organization',
          login,
          repositories: (asked: Paging & { isFork?: boolean }) =>
            connection(
              own.filter((one) => asked.isFork === undefined || one.fork === asked.isFork).map(showRepository),
              asked,
            ),
        };
      },
    },
  });
  const errors = result.errors?.map((one) => ({ type: one.extensions.type, message: one.message, path: one.path }));
  return Response.json(errors ? { data: result.data, errors } : { data: result.data });
}
