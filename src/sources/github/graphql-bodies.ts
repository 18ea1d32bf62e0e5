// The GraphQL fields and fragments that are asked for, and parsing of the answers: only the fields used.
import { z } from 'zod';
import { readSpdx } from './bodies.ts';
import { type About, type OwnedRepository, type Pull, type Release, readTime, shorten, type Tag } from './document.ts';

const releaseFields = 'databaseId tagName name isPrerelease isDraft publishedAt url';
const aboutFields =
  'databaseId nameWithOwner url description createdAt pushedAt isArchived isDisabled visibility isEmpty stargazerCount forkCount';

/** Fragments of the light look: one connection per repository; the other fields are free of charge. */
export const lookFragments = {
  self: `fragment self on Repository{${aboutFields} licenseInfo{key spdxId} latestRelease{tagName} defaultBranchRef{target{oid}}}`,
  releases: `fragment releases on Repository{releases(first:5,orderBy:{field:CREATED_AT,direction:DESC}){totalCount nodes{${releaseFields}} pageInfo{hasNextPage endCursor}}}`,
  tags: 'fragment tags on Repository{refs(refPrefix:"refs/tags/",first:10,orderBy:{field:TAG_COMMIT_DATE,direction:DESC}){nodes{...tag} pageInfo{hasNextPage endCursor}}}',
  pulls: `fragment pulls on Repository{pullRequests(first:100,orderBy:{field:CREATED_AT,direction:DESC}){nodes{...pull}}}`,
  pull: 'fragment pull on PullRequest{number title url state createdAt}',
  tag: 'fragment tag on Ref{name target{oid ...on Tag{target{oid}}}}',
  owned: `fragment owned on Repository{${aboutFields}}`,
} as const;

export const fullRelease = `${releaseFields} description tagCommit{oid}`;

/** `after` is the name of a variable. Notes are long, so they are not asked for at a first look. */
export function releasesPage(after: string | null, withNotes: boolean): string {
  const from = after === null ? '' : `,after:${after}`;
  const fields = withNotes ? fullRelease : releaseFields;
  const size = withNotes ? 30 : 100;
  return `releases(first:${size},orderBy:{field:CREATED_AT,direction:DESC}${from}){nodes{${fields}} pageInfo{hasNextPage endCursor}}`;
}

export function tagsPage(after: string | null): string {
  const from = after === null ? '' : `,after:${after}`;
  return `refs(refPrefix:"refs/tags/",first:100,orderBy:{field:TAG_COMMIT_DATE,direction:DESC}${from}){nodes{...tag} pageInfo{hasNextPage endCursor}}`;
}

const oid = z.object({ oid: z.string() });
const page = { pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }) };

const releaseNode = z.object({
  databaseId: z.number().nullish(),
  tagName: z.string().min(1),
  name: z.string().nullish(),
  isPrerelease: z.boolean(),
  isDraft: z.boolean(),
  publishedAt: z.string().nullish(),
  url: z.string(),
  description: z.string().nullish(),
  tagCommit: oid.nullish(),
});
const tagNode = z.object({
  name: z.string().min(1),
  target: z.object({ oid: z.string(), target: oid.nullish() }).nullish(),
});

const aboutNode = z.object({
  databaseId: z.number().nullish(),
  nameWithOwner: z.string(),
  url: z.string(),
  description: z.string().nullish(),
  createdAt: z.string().nullish(),
  pushedAt: z.string().nullish(),
  isArchived: z.boolean(),
  isDisabled: z.boolean(),
  visibility: z.string(),
  isEmpty: z.boolean(),
  stargazerCount: z.number(),
  forkCount: z.number(),
});

const items = z.array(z.unknown()).nullish();
const listNode = z.object({ nodes: items, totalCount: z.number().nullish(), ...page });

export const repositoryNode = aboutNode.extend({
  licenseInfo: z.object({ key: z.string().nullish(), spdxId: z.string().nullish() }).nullish(),
  latestRelease: z.object({ tagName: z.string() }).nullish(),
  defaultBranchRef: z.object({ target: oid.nullish() }).nullish(),
  releases: listNode.nullish(),
  refs: listNode.nullish(),
  pullRequests: z.object({ nodes: items }).nullish(),
});
export type RepositoryNode = z.infer<typeof repositoryNode>;

export const listsNode = z.object({ releases: listNode.nullish(), refs: listNode.nullish() });
export const treeNode = z.object({
  entries: z.array(z.object({ name: z.string(), type: z.string(), oid: z.string() })).nullish(),
});
export const blobNode = z.object({ object: z.object({ text: z.string().nullish() }).nullish() });

export const guessNode = z.object({ oid: z.string(), text: z.string().nullish() });

export const ownerNode = z.object({
  repositories: listNode,
});

export interface NodePage<T> {
  readonly items: readonly T[];
  readonly dropped: number;
  readonly whole: boolean;
  readonly after: string | null;
  /** The total over all pages; null = not in the answer. */
  readonly count: number | null;
}

function readPage<N, T>(
  list: z.infer<typeof listNode>,
  node: z.ZodType<N>,
  read: (one: N) => readonly T[],
): NodePage<T> {
  const parsed = (list.nodes ?? []).map((one) => node.safeParse(one));
  const good = parsed.flatMap((one) => (one.success ? [one.data] : []));
  return {
    items: good.flatMap(read),
    dropped: parsed.length - good.length,
    whole: !list.pageInfo.hasNextPage,
    after: list.pageInfo.endCursor ?? null,
    count: list.totalCount ?? null,
  };
}

function readReleaseNode(node: z.infer<typeof releaseNode>): Release {
  return {
    id: node.databaseId ?? null,
    tag: node.tagName,
    name: node.name?.trim() || null,
    url: node.url,
    publishedAt: readTime(node.publishedAt),
    prerelease: node.isPrerelease,
    commit: node.tagCommit?.oid ?? null,
    text: shorten(node.description),
  };
}

type ListNode = z.infer<typeof listNode>;

export function readReleases(list: ListNode): NodePage<Release> {
  return readPage(list, releaseNode, (node) => (node.isDraft ? [] : [readReleaseNode(node)]));
}

const pullNode = z.object({
  number: z.int().positive(),
  title: z.string(),
  url: z.string(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  createdAt: z.string().nullish(),
});
const pullStates = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const;

/** The pull requests that can be read; others are dropped. */
export function readPulls(nodes: readonly unknown[]): readonly Pull[] {
  return nodes.flatMap((node): readonly Pull[] => {
    const read = pullNode.safeParse(node).data;
    if (read === undefined) return [];
    const { number, title, url, state, createdAt } = read;
    return [{ number, title, url, state: pullStates[state], createdAt: readTime(createdAt) }];
  });
}

/** Null for a missing release or a draft. */
export function readRelease(node: unknown): Release | null {
  const read = releaseNode.safeParse(node).data;
  return read && !read.isDraft ? readReleaseNode(read) : null;
}

export function readTags(list: ListNode): NodePage<Tag> {
  return readPage(list, tagNode, ({ name, target }) => [{ name, commit: target?.target?.oid ?? target?.oid ?? null }]);
}

export function readOwned(list: ListNode): NodePage<OwnedRepository> {
  return readPage(list, aboutNode, (node) =>
    node.databaseId == null
      ? []
      : [{ ...readAboutNode(node), id: node.databaseId, name: node.nameWithOwner, empty: node.isEmpty }],
  );
}

export function readAboutNode(node: z.infer<typeof aboutNode>): About {
  return {
    url: node.url,
    description: node.description ?? null,
    createdAt: readTime(node.createdAt),
    pushedAt: readTime(node.pushedAt),
    archived: node.isArchived,
    disabled: node.isDisabled,
    visibility: node.visibility.toUpperCase() === 'PUBLIC' ? 'public' : 'private',
    stars: node.stargazerCount,
    forks: node.forkCount,
  };
}

export function readLicenceId(node: RepositoryNode): string | null {
  return readSpdx(node.licenseInfo && { key: node.licenseInfo.key, spdx_id: node.licenseInfo.spdxId });
}

const licenceNames = [
  /^licen[cs]e$/i,
  /^licen[cs]e\.(md|txt|rst)$/i,
  /^copying(\.(md|txt))?$/i,
  /^(un)?licen[cs]e[^/]*$/i,
];

/** The licence file among the files at the root; the plainest name wins. */
export function pickLicence(
  entries: readonly { readonly name: string; readonly type: string; readonly oid: string }[],
) {
  const files = entries.filter((one) => one.type === 'blob');
  for (const form of licenceNames) {
    const found = files.find((one) => form.test(one.name));
    if (found) return found;
  }
  return null;
}
