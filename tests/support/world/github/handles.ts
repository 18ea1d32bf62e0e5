// How tests change GitHub: `github.repo('o/r').release({ tag: 'v1' })`.
import {
  type AssetState,
  type GithubState,
  type LicenceState,
  type OwnerState,
  type ReleaseState,
  type RepoState,
  sha1,
  touch,
} from './state.ts';

export interface RepoSeed {
  readonly description?: string;
  readonly private?: boolean;
  readonly archived?: boolean;
  readonly fork?: boolean;
  readonly stars?: number;
  readonly forks?: number;
  readonly createdAt?: number;
  /** True = nothing was pushed yet. Default false: one commit with a README. */
  readonly empty?: boolean;
  readonly readme?: string;
  readonly licence?: LicenceSeed;
  readonly churning?: boolean;
  readonly lagMs?: number;
}

export interface ReleaseSeed {
  readonly tag: string;
  readonly name?: string | null;
  readonly body?: string;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
  /** Milliseconds since the epoch; default now. */
  readonly publishedAt?: number;
  readonly createdAt?: number;
  readonly assets?: readonly { readonly name: string; readonly size?: number; readonly downloads?: number }[];
  /** The tagged commit; default the newest. */
  readonly sha?: string;
}

export interface LicenceSeed {
  readonly spdx: string;
  readonly name?: string;
  readonly text?: string;
}

export interface RepoHandle {
  readonly id: number;
  /** The current `owner/name`. */
  readonly fullName: () => string;
  readonly state: RepoState;
  /** Publishes (or drafts) a release, and creates its tag; returns the release's id. */
  readonly release: (seed: ReleaseSeed) => number;
  readonly editRelease: (
    tag: string,
    change: Partial<Pick<ReleaseState, 'name' | 'body' | 'prerelease' | 'draft'>>,
  ) => void;
  /** Deletes the release; its tag stays. */
  readonly removeRelease: (tag: string) => void;
  /** Creates a tag, or moves an existing one. Without `sha`, to the newest commit. */
  readonly tag: (name: string, sha?: string, options?: { readonly annotated?: boolean; readonly at?: number }) => void;
  readonly removeTag: (name: string) => void;
  readonly licence: (seed: LicenceSeed | null) => void;
  /** Commits these files to the default branch; returns the commit's id. */
  readonly push: (message?: string, files?: Readonly<Record<string, string>>) => string;
  /** Opens a pull request; returns its number. */
  readonly pull: (title: string) => number;
  readonly closePull: (number: number, state: 'CLOSED' | 'MERGED') => void;
  readonly downloads: (more: number) => void;
  readonly archive: (archived?: boolean) => void;
  readonly makePrivate: (hidden?: boolean) => void;
  /** To another name, or `owner/name`; the old name redirects. */
  readonly rename: (to: string) => void;
  readonly remove: () => void;
}

/** The owner with this login, created if missing. */
export function ensureOwner(state: GithubState, login: string, type: OwnerState['type'] = 'Organization'): OwnerState {
  const known = state.owners.get(login.toLowerCase());
  if (known !== undefined) return known;
  const owner: OwnerState = { id: state.nextId(), login, type, createdAt: state.now() - 400 * 86_400_000 };
  state.owners.set(login.toLowerCase(), owner);
  return owner;
}

/** The repository with this name, created from the seed if missing. */
export function ensureRepo(state: GithubState, fullName: string, seed: RepoSeed = {}): RepoHandle {
  const known = state.repos.get(fullName.toLowerCase());
  if (known !== undefined) return handle(state, known);
  const [ownerName, name] = split(fullName);
  const createdAt = seed.createdAt ?? state.now() - 30 * 86_400_000;
  const repo: RepoState = {
    id: state.nextId(),
    pulls: [],
    owner: ensureOwner(state, ownerName),
    name,
    description: seed.description ?? null,
    createdAt,
    updatedAt: createdAt,
    modifiedAt: createdAt,
    pushedAt: null,
    defaultBranch: 'main',
    archived: seed.archived ?? false,
    private: seed.private ?? false,
    fork: seed.fork ?? false,
    stars: seed.stars ?? 12,
    forks: seed.forks ?? 3,
    licence: null,
    commits: [],
    files: new Map(),
    releases: [],
    tags: [],
    churning: seed.churning ?? false,
    lagMs: seed.lagMs ?? 0,
  };
  state.repos.set(fullName.toLowerCase(), repo);
  state.moved.delete(fullName.toLowerCase());
  state.byId.set(repo.id, repo);
  if (seed.empty !== true)
    commit(state, repo, 'Initial commit', { 'README.md': seed.readme ?? `# ${name}\n` }, createdAt);
  if (seed.licence !== undefined) setLicence(state, repo, seed.licence, createdAt);
  return handle(state, repo);
}

function handle(state: GithubState, repo: RepoState): RepoHandle {
  const releaseOf = (tag: string): ReleaseState => {
    const found = repo.releases.find((release) => release.tag === tag);
    if (found === undefined) throw new Error(`${repo.name} has no release ${tag}`);
    return found;
  };
  const update = (): void => {
    repo.updatedAt = state.now();
    touch(repo, repo.updatedAt);
  };
  const setTag: RepoHandle['tag'] = (name, sha, options = {}) => {
    const at = options.at ?? state.now();
    const target = sha ?? repo.commits[0]?.sha ?? commit(state, repo, 'Tagged', {}, at);
    const object = options.annotated === true ? sha1(`tag ${name} ${target} ${at}`) : null;
    const known = repo.tags.find((tag) => tag.name === name);
    if (known === undefined) repo.tags.push({ name, sha: target, object, at });
    else Object.assign(known, { sha: target, object, at });
    repo.pushedAt = state.now();
  };
  return {
    id: repo.id,
    state: repo,
    fullName: () => `${repo.owner.login}/${repo.name}`,
    release: (seed) => {
      const publishedAt = seed.publishedAt ?? state.now();
      const id = state.nextId();
      const assets: readonly AssetState[] = (seed.assets ?? []).map((asset) => ({
        id: state.nextId(),
        name: asset.name,
        size: asset.size ?? 1_048_576,
        downloads: asset.downloads ?? 0,
      }));
      if (seed.draft !== true && !repo.tags.some((tag) => tag.name === seed.tag)) {
        setTag(seed.tag, seed.sha, { at: publishedAt });
      }
      repo.releases.push({
        id,
        tag: seed.tag,
        name: seed.name === undefined ? seed.tag : seed.name,
        body: seed.body ?? '',
        draft: seed.draft ?? false,
        prerelease: seed.prerelease ?? false,
        createdAt: seed.createdAt ?? publishedAt,
        publishedAt,
        updatedAt: publishedAt,
        modifiedAt: touch(repo, publishedAt),
        assets,
      });
      return id;
    },
    editRelease: (tag, change) => {
      const release = releaseOf(tag);
      if (release.draft && change.draft === false) release.publishedAt = state.now();
      Object.assign(release, change, { updatedAt: state.now(), modifiedAt: touch(repo, state.now()) });
    },
    removeRelease: (tag) => {
      repo.releases.splice(repo.releases.indexOf(releaseOf(tag)), 1);
    },
    tag: setTag,
    removeTag: (name) => {
      const at = repo.tags.findIndex((tag) => tag.name === name);
      if (at >= 0) repo.tags.splice(at, 1);
      repo.pushedAt = state.now();
    },
    licence: (seed) => {
      setLicence(state, repo, seed, state.now());
    },
    push: (message = 'Update', files = {}) => commit(state, repo, message, files, state.now()),
    pull: (title) => {
      const number = 1_000 + repo.pulls.length;
      repo.pulls.push({ number, title, state: 'OPEN', createdAt: state.now() });
      return number;
    },
    closePull: (number, to) => {
      const pull = repo.pulls.find((one) => one.number === number);
      if (pull === undefined) throw new Error(`no pull request ${number}`);
      pull.state = to;
    },
    downloads: (more) => {
      for (const release of repo.releases) for (const asset of release.assets) asset.downloads += more;
    },
    archive: (archived = true) => {
      repo.archived = archived;
      update();
    },
    makePrivate: (hidden = true) => {
      repo.private = hidden;
      update();
    },
    rename: (to) => {
      const [ownerName, name] = to.includes('/') ? split(to) : [repo.owner.login, to];
      const former = `${repo.owner.login}/${repo.name}`.toLowerCase();
      state.repos.delete(former);
      state.moved.set(former, repo.id);
      repo.owner = ensureOwner(state, ownerName);
      repo.name = name;
      update();
      state.repos.set(`${ownerName}/${name}`.toLowerCase(), repo);
      state.moved.delete(`${ownerName}/${name}`.toLowerCase());
    },
    remove: () => {
      state.repos.delete(`${repo.owner.login}/${repo.name}`.toLowerCase());
      state.byId.delete(repo.id);
    },
  };
}

function commit(
  state: GithubState,
  repo: RepoState,
  message: string,
  files: Readonly<Record<string, string>>,
  at: number,
): string {
  for (const [path, text] of Object.entries(files)) repo.files.set(path, text);
  const sha = state.nextSha(`${repo.id} ${message}`);
  repo.commits.unshift({ sha, at, message });
  repo.pushedAt = at;
  repo.updatedAt = at;
  touch(repo, at);
  return sha;
}

function setLicence(state: GithubState, repo: RepoState, seed: LicenceSeed | null, at: number): void {
  const licence: LicenceState | null =
    seed === null ? null : { spdx: seed.spdx, name: seed.name ?? seed.spdx, text: seed.text ?? `${seed.spdx}\n` };
  repo.licence = licence;
  if (licence === null) repo.files.delete('LICENSE');
  commit(state, repo, 'Licence', licence === null ? {} : { LICENSE: licence.text }, at);
}

function split(fullName: string): [string, string] {
  const [owner, name, more] = fullName.split('/');
  if (owner === undefined || name === undefined || more !== undefined) throw new Error(`not owner/name: ${fullName}`);
  return [owner, name];
}
