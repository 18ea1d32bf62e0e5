// The routes of GitHub's REST API that this world supports, all for reading.
import { type Params, param } from '../routes.ts';
import type { Ask } from '../service.ts';
import {
  accountBody,
  blobSha,
  commitBody,
  contentBody,
  licenceBody,
  ownerBody,
  publicRepos,
  releaseBody,
  repoBody,
  treeSha,
} from './bodies.ts';
import { type Found, type GithubContext, NOT_FOUND } from './found.ts';
import { search } from './search.ts';
import {
  churn,
  findRepo,
  head,
  latestRelease,
  nodeId,
  type OwnerState,
  type RepoState,
  reposOf,
  shownReleases,
} from './state.ts';

type Route = (ask: Ask, params: Params, context: GithubContext) => Found | null;
type InRepo = (repo: RepoState, ask: Ask, params: Params, context: GithubContext) => Found | null;

/** Registers a route under `/repos/:owner/:repo` and under `/repositories/:id`, which redirects and links use. */
function inRepo(tail: string, answer: InRepo): Record<string, Route> {
  return {
    [`GET /repos/:owner/:repo${tail}`]: (ask, params, context) => {
      const found = findRepo(context.state, param(params, 'owner'), param(params, 'repo'));
      if (found === null) return NOT_FOUND;
      if ('repo' in found) return answer(found.repo, ask, params, context);
      const rest = ask.path.split('/').slice(4).join('/');
      const query = ask.query.size === 0 ? '' : `?${ask.query.toString()}`;
      const url = `${context.hosts.api}/repositories/${found.moved.id}${rest === '' ? '' : `/${rest}`}${query}`;
      const docs = 'https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects';
      return { status: 301, location: url, body: { message: 'Moved Permanently', url, documentation_url: docs } };
    },
    [`GET /repositories/:id${tail}`]: (ask, params, context) => {
      const repo = context.state.byId.get(Number(param(params, 'id')));
      return repo === undefined || repo.private ? NOT_FOUND : answer(repo, ask, params, context);
    },
  };
}

/** The raw text if that media type is requested, else JSON. */
function file(repo: RepoState, ask: Ask, context: GithubContext, path: string, more: object = {}): Found {
  const text = repo.files.get(path);
  if (text === undefined) return NOT_FOUND;
  const modified = repo.modifiedAt;
  if (/\braw\b/.test(ask.headers.accept ?? '')) {
    return { status: 200, body: text, type: 'application/vnd.github.raw; charset=utf-8', modified };
  }
  return { status: 200, body: { ...contentBody(context.hosts, repo, path, text), ...more }, modified };
}

function list(repo: RepoState, tail: string, items: readonly unknown[]): Found {
  return { status: 200, body: null, list: { items, canonical: `/repositories/${repo.id}${tail}` } };
}

function sortedRepos(ask: Ask, context: GithubContext, owner: OwnerState, fallback: string): readonly unknown[] {
  const sort = ask.query.get('sort') ?? fallback;
  const down = (ask.query.get('direction') ?? (sort === 'full_name' ? 'asc' : 'desc')) === 'desc';
  const value = (repo: RepoState): number | string => {
    if (sort === 'created') return repo.createdAt;
    if (sort === 'pushed') return repo.pushedAt ?? repo.createdAt;
    if (sort === 'updated') return repo.updatedAt;
    return repo.name.toLowerCase();
  };
  const order = (a: RepoState, b: RepoState): number =>
    value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : a.id - b.id;
  const sorted = reposOf(context.state, owner).toSorted((a, b) => (down ? order(b, a) : order(a, b)));
  return sorted.map((repo) => repoBody(context.hosts, repo, 'listed'));
}

function ofOwner(
  paths: readonly string[],
  answer: (owner: OwnerState, ask: Ask, context: GithubContext) => Found,
): Record<string, Route> {
  const route: Route = (ask, params, context) => {
    const login = params.login;
    const owner =
      login === undefined
        ? [...context.state.owners.values()].find((one) => one.id === Number(params.id))
        : context.state.owners.get(login.toLowerCase());
    if (owner === undefined) return NOT_FOUND;
    // `/orgs` only knows organisations, `/users` both.
    if (ask.path.startsWith('/org') && owner.type !== 'Organization') return NOT_FOUND;
    return answer(owner, ask, context);
  };
  return Object.fromEntries(paths.map((path) => [`GET ${path}`, route]));
}

export const GITHUB_ROUTES: Readonly<Record<string, Route>> = {
  'GET /search/repositories': (ask, _params, { state, hosts }) => search(state, hosts, ask.query),
  ...ofOwner(['/orgs/:login', '/users/:login', '/organizations/:id', '/user/:id'], (owner, _ask, { state, hosts }) => ({
    status: 200,
    body: accountBody(hosts, owner, publicRepos(state, owner)),
    modified: owner.createdAt,
  })),
  ...ofOwner(['/orgs/:login/repos', '/organizations/:id/repos'], (owner, ask, context) => ({
    status: 200,
    body: null,
    list: { items: sortedRepos(ask, context, owner, 'created'), canonical: `/organizations/${owner.id}/repos` },
  })),
  ...ofOwner(['/users/:login/repos', '/user/:id/repos'], (owner, ask, context) => ({
    status: 200,
    body: null,
    list: { items: sortedRepos(ask, context, owner, 'full_name'), canonical: `/user/${owner.id}/repos` },
  })),
  ...ofOwner(['/users/:login/starred'], ({ id, stars = [] }, _ask, { state, hosts }) => ({
    status: 200,
    body: null,
    list: {
      items: stars.flatMap((name) => {
        const repo = state.repos.get(name.toLowerCase());
        return repo === undefined ? [] : [repoBody(hosts, repo, 'listed')];
      }),
      canonical: `/user/${id}/starred`,
    },
  })),
  ...ofOwner(['/users/:login/following'], ({ id, following = [] }, _ask, { state, hosts }) => ({
    status: 200,
    body: null,
    list: {
      items: following.flatMap((login) => {
        const owner = state.owners.get(login.toLowerCase());
        return owner === undefined ? [] : [accountBody(hosts, owner, publicRepos(state, owner))];
      }),
      canonical: `/user/${id}/following`,
    },
  })),
  ...inRepo('', (repo, _ask, _params, { hosts }) => ({
    status: 200,
    body: repoBody(hosts, repo, 'full'),
    modified: repo.modifiedAt,
  })),
  ...inRepo('/releases', (repo, _ask, _params, context) => {
    churn(repo);
    const shown = shownReleases(context.state, repo);
    return list(
      repo,
      '/releases',
      shown.map((release) => releaseBody(context.hosts, repo, release)),
    );
  }),
  ...inRepo('/releases/latest', (repo, _ask, _params, { state, hosts }) => {
    churn(repo);
    const release = latestRelease(state, repo);
    if (release === null) return NOT_FOUND;
    return {
      status: 200,
      body: releaseBody(hosts, repo, release),
      modified: release.modifiedAt,
    };
  }),
  ...inRepo('/releases/tags/*tag', (repo, _ask, params, { state, hosts }) => {
    const release = shownReleases(state, repo).find((one) => one.tag === param(params, 'tag'));
    return release === undefined ? NOT_FOUND : { status: 200, body: releaseBody(hosts, repo, release) };
  }),
  ...inRepo('/releases/:release', (repo, _ask, params, { state, hosts }) => {
    const release = shownReleases(state, repo).find((one) => one.id === Number(param(params, 'release')));
    return release === undefined ? NOT_FOUND : { status: 200, body: releaseBody(hosts, repo, release) };
  }),
  ...inRepo('/tags', (repo, _ask, _params, context) => {
    const base = `${context.hosts.api}/repos/${repo.owner.login}/${repo.name}`;
    // Sorted by name in descending order: nothing in the answer gives a time.
    const sorted = repo.tags.toSorted((a, b) => (a.name < b.name ? 1 : -1));
    const items = sorted.map((tag) => ({
      name: tag.name,
      zipball_url: `${base}/zipball/refs/tags/${tag.name}`,
      tarball_url: `${base}/tarball/refs/tags/${tag.name}`,
      commit: { sha: tag.sha, url: `${base}/commits/${tag.sha}` },
      node_id: nodeId('REF', repo.id),
    }));
    return list(repo, '/tags', items);
  }),
  ...inRepo('/git/ref/tags/*tag', (repo, _ask, params, { hosts }) => {
    const tag = repo.tags.find((one) => one.name === param(params, 'tag'));
    if (tag === undefined) return NOT_FOUND;
    const base = `${hosts.api}/repos/${repo.owner.login}/${repo.name}/git`;
    const type = tag.object === null ? 'commit' : 'tag';
    const sha = tag.object ?? tag.sha;
    const object = { sha, type, url: `${base}/${type}s/${sha}` };
    return {
      status: 200,
      body: {
        ref: `refs/tags/${tag.name}`,
        node_id: nodeId('REF', repo.id),
        url: `${base}/refs/tags/${tag.name}`,
        object,
      },
    };
  }),
  ...inRepo('/license', (repo, ask, _params, context) =>
    repo.licence === null
      ? NOT_FOUND
      : file(repo, ask, context, 'LICENSE', { license: licenceBody(context.hosts, repo) }),
  ),
  ...inRepo('/readme', (repo, ask, _params, context) => file(repo, ask, context, 'README.md')),
  ...inRepo('/contents/*path', (repo, ask, params, context) => file(repo, ask, context, param(params, 'path'))),
  ...inRepo('/git/trees/:sha', (repo, _ask, _params, { hosts }) => {
    if (head(repo) === null) return { status: 409, body: { message: 'Git Repository is empty.', status: '409' } };
    const base = `${hosts.api}/repos/${repo.owner.login}/${repo.name}/git`;
    const tree = [...repo.files].map(([path, text]) => {
      const sha = blobSha(text);
      return { path, mode: '100644', type: 'blob', sha, size: Buffer.byteLength(text), url: `${base}/blobs/${sha}` };
    });
    return { status: 200, body: { sha: treeSha(repo), url: `${base}/trees/${treeSha(repo)}`, tree, truncated: false } };
  }),
  ...inRepo('/commits', (repo, _ask, _params, context) => {
    const newest = head(repo);
    if (newest === null) {
      const docs = 'https://docs.github.com/rest/commits/commits#list-commits';
      return { status: 409, body: { message: 'Git Repository is empty.', documentation_url: docs, status: '409' } };
    }
    const items = repo.commits.map((commit) => commitBody(context.hosts, repo, commit));
    return { ...list(repo, '/commits', items), modified: newest.at };
  }),
  ...inRepo('/commits/:ref', (repo, _ask, params, { hosts }) => {
    const ref = param(params, 'ref');
    const commit =
      ref === repo.defaultBranch || ref === 'HEAD' ? head(repo) : repo.commits.find((one) => one.sha === ref);
    if (commit === null || commit === undefined) {
      return { status: 422, body: { message: `No commit found for SHA: ${ref}`, status: '422' } };
    }
    return { status: 200, body: commitBody(hosts, repo, commit), modified: commit.at };
  }),
  ...inRepo('/languages', () => ({ status: 200, body: {} })),
  ...inRepo('/contributors', (repo, _ask, _params, context) =>
    list(repo, '/contributors', [{ ...ownerBody(context.hosts, repo.owner), contributions: repo.commits.length }]),
  ),
};
