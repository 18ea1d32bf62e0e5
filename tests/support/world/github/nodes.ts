// GraphQL objects on the same state as REST: fields are values, or functions of the arguments.
import { blobSha, type GithubHosts, licenceKey, treeSha } from './bodies.ts';
import { connection, type Node, type Ordered, ordered, type PageArguments } from './connection.ts';
import {
  type CommitState,
  churn,
  type GithubState,
  head,
  latestRelease,
  nodeId,
  type OwnerState,
  type PullState,
  type ReleaseState,
  type RepoState,
  reposOf,
  shownReleases,
  stamp,
  type TagState,
} from './state.ts';

export function createNodes(state: GithubState, hosts: GithubHosts) {
  const commit = (repo: RepoState, one: Pick<CommitState, 'sha'> & Partial<CommitState>): Node => ({
    __typename: 'Commit',
    id: nodeId('C', repo.id),
    oid: one.sha,
    abbreviatedOid: one.sha.slice(0, 7),
    committedDate: stamp(one.at ?? repo.createdAt),
    authoredDate: stamp(one.at ?? repo.createdAt),
    messageHeadline: one.message ?? '',
    message: one.message ?? '',
    url: `${page(repo)}/commit/${one.sha}`,
    commitUrl: `${page(repo)}/commit/${one.sha}`,
  });
  const commitOf = (repo: RepoState, sha: string): Node =>
    commit(repo, repo.commits.find((one) => one.sha === sha) ?? { sha });
  const page = (repo: RepoState): string => `${hosts.web}/${repo.owner.login}/${repo.name}`;

  const blob = (repo: RepoState, text: string): Node => {
    const byteSize = Buffer.byteLength(text);
    return {
      __typename: 'Blob',
      id: nodeId('B', repo.id),
      oid: blobSha(text),
      text,
      byteSize,
      isBinary: false,
      isTruncated: false,
    };
  };
  /** The direct entries of a folder; null when it does not exist. */
  const tree = (repo: RepoState, folder: string): Node | null => {
    const prefix = folder === '' ? '' : `${folder}/`;
    const inside = [...repo.files].filter(([path]) => path.startsWith(prefix));
    if (inside.length === 0) return null;
    const entries = new Map<string, Node>();
    for (const [path, text] of inside) {
      const [name = '', ...deeper] = path.slice(prefix.length).split('/');
      const type = deeper.length === 0 ? 'blob' : 'tree';
      const mode = deeper.length === 0 ? 0o100644 : 0o040000;
      entries.set(name, {
        name,
        path: prefix + name,
        type,
        mode,
        oid: type === 'blob' ? blobSha(text) : treeSha(repo),
      });
    }
    return { __typename: 'Tree', id: nodeId('T', repo.id), oid: treeSha(repo), entries: [...entries.values()] };
  };

  const tagRef = (repo: RepoState, tag: TagState): Node => ({
    __typename: 'Ref',
    id: nodeId('REF', repo.id),
    name: tag.name,
    prefix: 'refs/tags/',
    target: () => {
      const target = commitOf(repo, tag.sha);
      if (tag.object === null) return target;
      const tagger = { name: repo.owner.login, date: stamp(tag.at) };
      return {
        __typename: 'Tag',
        id: nodeId('TA', repo.id),
        oid: tag.object,
        name: tag.name,
        message: '',
        tagger,
        target,
      };
    },
  });

  const release = (repo: RepoState, one: ReleaseState): Node => ({
    __typename: 'Release',
    id: nodeId('RE', one.id),
    databaseId: one.id,
    name: one.name,
    tagName: one.tag,
    description: one.body,
    isDraft: one.draft,
    isPrerelease: one.prerelease,
    isLatest: () => latestRelease(state, repo)?.id === one.id,
    immutable: false,
    createdAt: stamp(one.createdAt),
    publishedAt: stamp(one.publishedAt),
    updatedAt: stamp(one.updatedAt),
    url: `${page(repo)}/releases/tag/${encodeURIComponent(one.tag)}`,
    resourcePath: `/${repo.owner.login}/${repo.name}/releases/tag/${one.tag}`,
    author: () => ({ ...owner(repo.owner), __typename: 'User' }),
    tag: () => {
      const tag = repo.tags.find((known) => known.name === one.tag);
      return tag === undefined ? null : tagRef(repo, tag);
    },
    tagCommit: () => {
      const tag = repo.tags.find((known) => known.name === one.tag);
      return tag === undefined ? null : commitOf(repo, tag.sha);
    },
    releaseAssets: (args: PageArguments) =>
      connection(one.assets, args, (asset) => ({
        id: nodeId('RA', asset.id),
        name: asset.name,
        size: asset.size,
        downloadCount: asset.downloads,
      })),
  });

  const pullRequest = (repo: RepoState, one: PullState): Node => ({
    __typename: 'PullRequest',
    id: nodeId('PR', one.number),
    number: one.number,
    title: one.title,
    state: one.state,
    url: `${page(repo)}/pull/${one.number}`,
    createdAt: stamp(one.createdAt),
    merged: one.state === 'MERGED',
  });

  const repository = (repo: RepoState): Node => ({
    __typename: 'Repository',
    id: nodeId('R', repo.id),
    databaseId: repo.id,
    name: repo.name,
    nameWithOwner: `${repo.owner.login}/${repo.name}`,
    owner: () => owner(repo.owner),
    url: page(repo),
    description: repo.description,
    homepageUrl: null,
    createdAt: stamp(repo.createdAt),
    updatedAt: stamp(repo.updatedAt),
    pushedAt: repo.pushedAt === null ? null : stamp(repo.pushedAt),
    archivedAt: repo.archived ? stamp(repo.updatedAt) : null,
    isArchived: repo.archived,
    isDisabled: false,
    isEmpty: repo.commits.length === 0,
    isFork: repo.fork,
    isLocked: false,
    isMirror: false,
    isPrivate: repo.private,
    isTemplate: false,
    visibility: repo.private ? 'PRIVATE' : 'PUBLIC',
    stargazerCount: repo.stars,
    forkCount: repo.forks,
    diskUsage: 10,
    primaryLanguage: null,
    parent: null,
    licenseInfo:
      repo.licence === null
        ? null
        : {
            id: nodeId('L', 1),
            key: licenceKey(repo.licence.spdx),
            name: licenceKey(repo.licence.spdx) === 'other' ? 'Other' : repo.licence.name,
            spdxId: repo.licence.spdx,
            nickname: null,
            url: `${hosts.web}/licenses/${licenceKey(repo.licence.spdx)}`,
          },
    defaultBranchRef: () => {
      const newest = head(repo);
      if (newest === null) return null;
      return {
        __typename: 'Ref',
        id: nodeId('REF', repo.id),
        name: repo.defaultBranch,
        prefix: 'refs/heads/',
        target: commit(repo, newest),
      };
    },
    latestRelease: () => {
      const latest = latestRelease(state, repo);
      return latest === null ? null : release(repo, latest);
    },
    release: ({ tagName }: { tagName: string }) => {
      const found = shownReleases(state, repo).find((one) => one.tag === tagName);
      return found === undefined ? null : release(repo, found);
    },
    releases: (args: Ordered) => {
      churn(repo);
      const items = ordered(shownReleases(state, repo), args.orderBy, (one, field) =>
        field === 'NAME' ? (one.name ?? '') : one.createdAt,
      );
      return connection(items, args, (one) => release(repo, one));
    },
    pullRequests: (args: Ordered) =>
      connection(
        ordered(repo.pulls, args.orderBy, (one) => one.createdAt * 1e4 + one.number),
        args,
        (one) => pullRequest(repo, one),
      ),
    pullRequest: ({ number }: { number: number }) => {
      const found = repo.pulls.find((one) => one.number === number);
      return found === undefined ? null : pullRequest(repo, found);
    },
    ref: ({ qualifiedName }: { qualifiedName: string }) => {
      const found = repo.tags.find((tag) => `refs/tags/${tag.name}` === qualifiedName);
      return found === undefined ? null : tagRef(repo, found);
    },
    refs: (args: Ordered & { refPrefix: string; query?: string | null }) => {
      const tags = args.refPrefix === 'refs/tags/' ? repo.tags.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : [];
      const asked = args.query == null ? tags : tags.filter((tag) => tag.name.includes(args.query ?? ''));
      const items = ordered(asked, args.orderBy, (tag, field) => (field === 'ALPHABETICAL' ? tag.name : tag.at));
      return connection(items, args, (tag) => tagRef(repo, tag));
    },
    object: (args: { expression?: string | null; oid?: string | null }) => objectIn(repo, args),
  });

  const objectIn = (
    repo: RepoState,
    { expression, oid }: { expression?: string | null; oid?: string | null },
  ): Node | null => {
    if (oid != null) {
      const file = [...repo.files.values()].find((text) => blobSha(text) === oid);
      if (file !== undefined) return blob(repo, file);
      return repo.commits.some((one) => one.sha === oid) ? commitOf(repo, oid) : null;
    }
    const [rev = '', path] = (expression ?? '').split(/:(.*)/);
    const newest = head(repo);
    const at = rev === 'HEAD' || rev === repo.defaultBranch ? newest : repo.commits.find((one) => one.sha === rev);
    if (at == null) return null;
    if (path === undefined) return commit(repo, at);
    const file = repo.files.get(path);
    return file === undefined ? tree(repo, path) : blob(repo, file);
  };

  const owner = (one: OwnerState): Node => ({
    __typename: one.type,
    id: nodeId(one.type === 'User' ? 'U' : 'O', one.id),
    databaseId: one.id,
    login: one.login,
    name: one.login,
    url: `${hosts.web}/${one.login}`,
    createdAt: stamp(one.createdAt),
    description: null,
    avatarUrl: () => `${hosts.web}/avatars/u/${one.id}?v=4`,
    repository: ({ name }: { name: string }) => {
      const found = state.repos.get(`${one.login}/${name}`.toLowerCase());
      return found === undefined || found.private ? null : repository(found);
    },
    repositories: (
      args: Ordered & { isFork?: boolean | null; isArchived?: boolean | null; privacy?: string | null },
    ) => {
      const items = reposOf(state, one).filter(
        (repo) =>
          (args.isFork == null || repo.fork === args.isFork) &&
          (args.isArchived == null || repo.archived === args.isArchived) &&
          args.privacy !== 'PRIVATE',
      );
      const by = (repo: RepoState, field: string): number | string => {
        if (field === 'NAME') return repo.name.toLowerCase();
        if (field === 'STARGAZERS') return repo.stars;
        if (field === 'PUSHED_AT') return repo.pushedAt ?? 0;
        return field === 'UPDATED_AT' ? repo.updatedAt : repo.createdAt;
      };
      return connection(ordered(items, args.orderBy, by), args, repository);
    },
  });

  return { repository, owner };
}
