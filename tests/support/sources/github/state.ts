// A small GitHub with repositories: the state behind its REST, GraphQL and feed answers.
import { createHash } from 'node:crypto';

export interface StateRelease {
  readonly tag: string;
  readonly name?: string;
  readonly id?: number;
  readonly publishedAt: string;
  readonly prerelease?: boolean;
  readonly draft?: boolean;
  readonly notes?: string;
}

export interface StateRepository {
  id: number;
  name: string;
  pushedAt: string;
  head: string | null;
  /** Path → text. */
  files: Readonly<Record<string, string>>;
  /** Newest first. */
  releases: readonly StateRelease[];
  /** The tag of the release marked as latest; null = the newest. */
  latest: string | null;
  /** Name → commit, the newest commit first. */
  tags: Readonly<Record<string, string>>;
  archived: boolean;
  private: boolean;
  fork: boolean;
  spdx: string | null;
  stars: number;
}

export interface Hub {
  readonly repositories: Map<string, StateRepository>;
  readonly owners: Set<string>;
  /** Old name → new name. */
  readonly moved: Map<string, string>;
  readonly asked: string[];
  readonly queries: string[];
  /** Changes or replaces an answer before it is returned. */
  intercept: ((url: string, answer: () => Promise<Response>, query: string) => Promise<Response>) | null;
  graphql: boolean;
  now: number;
}

export const blob = (text: string): string => createHash('sha1').update(text).digest('hex');

export function addRepository(hub: Hub, name: string, change: Partial<StateRepository> = {}): StateRepository {
  const repository: StateRepository = {
    id: hub.repositories.size + 1,
    name,
    pushedAt: '2025-08-01T00:00:00Z',
    head: blob(`${name} head`),
    files: { 'README.md': '# Read me', LICENSE: 'Apache License', src: '' },
    releases: [],
    latest: null,
    tags: {},
    archived: false,
    private: false,
    fork: false,
    spdx: 'Apache-2.0',
    stars: 3,
    ...change,
  };
  hub.repositories.set(name.toLowerCase(), repository);
  hub.owners.add(name.split('/')[0] ?? '');
  return repository;
}

/** A push with a new commit, changing everything that a push changes. */
export function push(repository: StateRepository, at: string, change: Partial<StateRepository> = {}): void {
  Object.assign(repository, { head: blob(`${repository.name} ${at}`), pushedAt: at }, change);
}

export function find(hub: Hub, name: string): StateRepository | null {
  const key = name.toLowerCase();
  const repository = hub.repositories.get(hub.moved.get(key) ?? key);
  return repository && !repository.private ? repository : null;
}

export function createHub(): Hub {
  return {
    repositories: new Map(),
    owners: new Set(),
    moved: new Map(),
    asked: [],
    queries: [],
    intercept: null,
    graphql: true,
    now: Date.parse('2026-01-10T12:00:00Z'),
  };
}
