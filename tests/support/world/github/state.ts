// The state of GitHub in this world: owners, repositories, releases, tags. Tests change it through handles.
import { createHash } from 'node:crypto';

export interface OwnerState {
  readonly id: number;
  readonly login: string;
  readonly type: 'Organization' | 'User';
  readonly createdAt: number;
  /** Full names (stars) and logins (following), in the order of the lists. */
  readonly stars?: readonly string[];
  readonly following?: readonly string[];
}

export interface AssetState {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  downloads: number;
}

export interface ReleaseState {
  readonly id: number;
  tag: string;
  name: string | null;
  body: string;
  draft: boolean;
  prerelease: boolean;
  /** When the commit or draft was created, not published. Milliseconds since the epoch. */
  createdAt: number;
  publishedAt: number;
  updatedAt: number;
  /** For `Last-Modified`; advances by whole seconds, so that two changes within a second are visible. */
  modifiedAt: number;
  readonly assets: readonly AssetState[];
}

export interface TagState {
  readonly name: string;
  /** The commit. */
  sha: string;
  /** The tag object's own id; null for a lightweight tag. */
  object: string | null;
  at: number;
}

export interface LicenceState {
  readonly spdx: string;
  readonly name: string;
  readonly text: string;
}

export interface CommitState {
  readonly sha: string;
  readonly at: number;
  readonly message: string;
}

export interface PullState {
  readonly number: number;
  title: string;
  state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly createdAt: number;
}

export interface RepoState {
  /** Oldest first. */
  readonly pulls: PullState[];
  readonly id: number;
  owner: OwnerState;
  name: string;
  description: string | null;
  createdAt: number;
  updatedAt: number;
  /** For `Last-Modified`; never the same second twice. */
  modifiedAt: number;
  /** Null = nothing was ever pushed. */
  pushedAt: number | null;
  defaultBranch: string;
  archived: boolean;
  private: boolean;
  fork: boolean;
  stars: number;
  forks: number;
  licence: LicenceState | null;
  /** Newest first; none = an empty repository. */
  readonly commits: CommitState[];
  /** Text by path. */
  readonly files: Map<string, string>;
  readonly releases: ReleaseState[];
  readonly tags: TagState[];
  /** Download counts grow at every look, as for a popular repository. */
  churning: boolean;
  /** How long new releases stay hidden from all listings, in milliseconds. */
  lagMs: number;
}

export interface GithubState {
  readonly now: () => number;
  /** By lower-case login. */
  readonly owners: Map<string, OwnerState>;
  /** By lower-case `owner/name`. */
  readonly repos: Map<string, RepoState>;
  /** Old name in lower case → the repository's id. */
  readonly moved: Map<string, number>;
  readonly byId: Map<number, RepoState>;
  readonly nextId: () => number;
  /** A hash that is different every time. */
  readonly nextSha: (seed: string) => string;
}

export function createGithubState(now: () => number): GithubState {
  let id = 700_000_000;
  let commits = 0;
  const nextId = (): number => {
    id += 1;
    return id;
  };
  return {
    now,
    owners: new Map(),
    repos: new Map(),
    moved: new Map(),
    byId: new Map(),
    nextId,
    nextSha: (seed) => {
      commits += 1;
      return sha1(`${seed}#${commits}`);
    },
  };
}

export function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/**
 * The repository as the public sees it, or `viewer`, who also sees its own private ones; null = 404.
 * `moved`: the repository that an old name redirects to.
 */
export function findRepo(
  state: GithubState,
  owner: string,
  name: string,
  viewer?: string,
): { repo: RepoState } | { moved: RepoState } | null {
  const key = `${owner}/${name}`.toLowerCase();
  const repo = state.repos.get(key);
  if (repo !== undefined) return repo.private && repo.owner.login !== viewer ? null : { repo };
  const id = state.moved.get(key);
  const target = id === undefined ? undefined : state.byId.get(id);
  if (target === undefined || target.private) return null;
  return { moved: target };
}

/** The owner's public repositories, in order of creation. */
export function reposOf(state: GithubState, owner: OwnerState): readonly RepoState[] {
  return [...state.repos.values()].filter((repo) => repo.owner.id === owner.id && !repo.private);
}

/** Published releases that are visible in listings, newest first by creation, as GitHub sorts them. */
export function shownReleases(state: GithubState, repo: RepoState): readonly ReleaseState[] {
  return repo.releases
    .filter((release) => !release.draft && release.publishedAt + repo.lagMs <= state.now())
    .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id);
}

/** The answer of `/releases/latest`: the newest release that is not a prerelease. */
export function latestRelease(state: GithubState, repo: RepoState): ReleaseState | null {
  return shownReleases(state, repo).find((release) => !release.prerelease) ?? null;
}

/** To be called once per look at a list of releases. */
export function churn(repo: RepoState): void {
  if (!repo.churning) return;
  for (const release of repo.releases) for (const asset of release.assets) asset.downloads += 1;
}

export function head(repo: RepoState): CommitState | null {
  return repo.commits[0] ?? null;
}

/** Records a change of the repository, for `Last-Modified`. */
export function touch(repo: RepoState, at: number): number {
  repo.modifiedAt = Math.max(at, repo.modifiedAt + 1000);
  return repo.modifiedAt;
}

/** GitHub's times have a resolution of one second. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

export function nodeId(kind: string, id: number): string {
  return `${kind}_${Buffer.from(`landfall:${id}`).toString('base64url')}`;
}
