// Bodies in the complete form of GitHub's REST answers.
import {
  type CommitState,
  type GithubState,
  head,
  nodeId,
  type OwnerState,
  type ReleaseState,
  type RepoState,
  sha1,
  stamp,
} from './state.ts';

/** Addresses of this world's API and web site, without a trailing slash. */
export interface GithubHosts {
  readonly api: string;
  readonly web: string;
}

const OWNER_LINKS = {
  followers_url: '/followers',
  following_url: '/following{/other_user}',
  gists_url: '/gists{/gist_id}',
  starred_url: '/starred{/owner}{/repo}',
  subscriptions_url: '/subscriptions',
  organizations_url: '/orgs',
  repos_url: '/repos',
  events_url: '/events{/privacy}',
  received_events_url: '/received_events',
};

const REPO_LINKS = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
};

function links(base: string, paths: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(paths).map(([key, path]) => [key, `${base}${path}`]));
}

export function ownerBody(hosts: GithubHosts, owner: OwnerState): Record<string, unknown> {
  const url = `${hosts.api}/users/${owner.login}`;
  return {
    login: owner.login,
    id: owner.id,
    node_id: nodeId(owner.type === 'User' ? 'U' : 'O', owner.id),
    avatar_url: `${hosts.web}/avatars/u/${owner.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${hosts.web}/${owner.login}`,
    ...links(url, OWNER_LINKS),
    type: owner.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** `/orgs/{org}` and `/users/{user}`. */
export function accountBody(hosts: GithubHosts, owner: OwnerState, publicRepos: number): Record<string, unknown> {
  return {
    ...ownerBody(hosts, owner),
    name: owner.login,
    company: null,
    blog: '',
    location: null,
    email: null,
    bio: null,
    public_repos: publicRepos,
    public_gists: 0,
    followers: 100,
    following: 0,
    created_at: stamp(owner.createdAt),
    updated_at: stamp(owner.createdAt),
    ...(owner.type === 'Organization' ? { description: null, is_verified: true, has_organization_projects: true } : {}),
  };
}

export function licenceBody(hosts: GithubHosts, repo: RepoState): Record<string, unknown> | null {
  if (repo.licence === null) return null;
  const key = licenceKey(repo.licence.spdx);
  return {
    key,
    name: key === 'other' ? 'Other' : repo.licence.name,
    spdx_id: repo.licence.spdx,
    url: key === 'other' ? null : `${hosts.api}/licenses/${key}`,
    node_id: nodeId('L', key.length),
  };
}

export function licenceKey(spdx: string): string {
  return spdx === 'NOASSERTION' ? 'other' : spdx.toLowerCase();
}

/** `/repos/{owner}/{repo}`; listings leave out some fields of the single answer. */
export function repoBody(hosts: GithubHosts, repo: RepoState, form: 'full' | 'listed'): Record<string, unknown> {
  const fullName = `${repo.owner.login}/${repo.name}`;
  const url = `${hosts.api}/repos/${fullName}`;
  return {
    id: repo.id,
    node_id: nodeId('R', repo.id),
    name: repo.name,
    full_name: fullName,
    private: repo.private,
    owner: ownerBody(hosts, repo.owner),
    html_url: `${hosts.web}/${fullName}`,
    description: repo.description,
    fork: repo.fork,
    url,
    ...links(url, REPO_LINKS),
    created_at: stamp(repo.createdAt),
    updated_at: stamp(repo.updatedAt),
    pushed_at: stamp(repo.pushedAt ?? repo.createdAt),
    clone_url: `${hosts.web}/${fullName}.git`,
    homepage: null,
    size: repo.commits.length * 10,
    stargazers_count: repo.stars,
    watchers_count: repo.stars,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: repo.forks,
    mirror_url: null,
    archived: repo.archived,
    disabled: false,
    open_issues_count: 0,
    license: licenceBody(hosts, repo),
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repo.private ? 'private' : 'public',
    forks: repo.forks,
    open_issues: 0,
    watchers: repo.stars,
    default_branch: repo.defaultBranch,
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: true },
    ...(form === 'full' ? { temp_clone_token: null, network_count: repo.forks, subscribers_count: 1 } : {}),
    ...(form === 'full' && repo.owner.type === 'Organization' ? { organization: ownerBody(hosts, repo.owner) } : {}),
  };
}

export function releaseBody(hosts: GithubHosts, repo: RepoState, release: ReleaseState): Record<string, unknown> {
  const fullName = `${repo.owner.login}/${repo.name}`;
  const url = `${hosts.api}/repos/${fullName}/releases/${release.id}`;
  const author = ownerBody(hosts, repo.owner);
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${hosts.web}/${fullName}/releases/tag/${encodeURIComponent(release.tag)}`,
    id: release.id,
    author,
    node_id: nodeId('RE', release.id),
    tag_name: release.tag,
    target_commitish: repo.defaultBranch,
    name: release.name,
    draft: release.draft,
    immutable: false,
    prerelease: release.prerelease,
    created_at: stamp(release.createdAt),
    updated_at: stamp(release.updatedAt),
    published_at: release.draft ? null : stamp(release.publishedAt),
    assets: release.assets.map((asset) => ({
      url: `${hosts.api}/repos/${fullName}/releases/assets/${asset.id}`,
      id: asset.id,
      node_id: nodeId('RA', asset.id),
      name: asset.name,
      label: '',
      uploader: author,
      content_type: 'application/octet-stream',
      state: 'uploaded',
      size: asset.size,
      digest: `sha256:${sha1(asset.name)}${sha1(asset.name).slice(0, 24)}`,
      download_count: asset.downloads,
      created_at: stamp(release.createdAt),
      updated_at: stamp(release.createdAt),
      browser_download_url: `${hosts.web}/${fullName}/releases/download/${release.tag}/${asset.name}`,
    })),
    tarball_url: `${hosts.api}/repos/${fullName}/tarball/${release.tag}`,
    zipball_url: `${hosts.api}/repos/${fullName}/zipball/${release.tag}`,
    body: release.body,
  };
}

export function commitBody(hosts: GithubHosts, repo: RepoState, commit: CommitState): Record<string, unknown> {
  const fullName = `${repo.owner.login}/${repo.name}`;
  const who = { name: repo.owner.login, email: `${repo.owner.login}@example.org`, date: stamp(commit.at) };
  const url = `${hosts.api}/repos/${fullName}/commits/${commit.sha}`;
  return {
    sha: commit.sha,
    node_id: nodeId('C', repo.id),
    commit: {
      author: who,
      committer: who,
      message: commit.message,
      tree: { sha: treeSha(repo), url: `${hosts.api}/repos/${fullName}/git/trees/${treeSha(repo)}` },
      url: `${hosts.api}/repos/${fullName}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    url,
    html_url: `${hosts.web}/${fullName}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: ownerBody(hosts, repo.owner),
    committer: ownerBody(hosts, repo.owner),
    parents: [],
  };
}

export function treeSha(repo: RepoState): string {
  return sha1(`tree ${head(repo)?.sha ?? ''}`);
}

/** Git's own blob id. */
export function blobSha(text: string): string {
  return sha1(`blob ${Buffer.byteLength(text)}\0${text}`);
}

/** `/contents/{path}`, `/readme` and, with `license`, `/license`. */
export function contentBody(hosts: GithubHosts, repo: RepoState, path: string, text: string): Record<string, unknown> {
  const fullName = `${repo.owner.login}/${repo.name}`;
  const sha = blobSha(text);
  const url = `${hosts.api}/repos/${fullName}/contents/${path}?ref=${repo.defaultBranch}`;
  const git = `${hosts.api}/repos/${fullName}/git/blobs/${sha}`;
  const html = `${hosts.web}/${fullName}/blob/${repo.defaultBranch}/${path}`;
  return {
    name: path.split('/').at(-1),
    path,
    sha,
    size: Buffer.byteLength(text),
    url,
    html_url: html,
    git_url: git,
    download_url: `${hosts.web}/${fullName}/raw/${repo.defaultBranch}/${path}`,
    type: 'file',
    content: `${Buffer.from(text).toString('base64').replace(/.{60}/g, '$&\n')}\n`,
    encoding: 'base64',
    _links: { self: url, git, html },
  };
}

/** The number of public repositories of an owner, forks included. */
export function publicRepos(state: GithubState, owner: OwnerState): number {
  return [...state.repos.values()].filter((repo) => repo.owner.id === owner.id && !repo.private).length;
}
