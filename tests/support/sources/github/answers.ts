// Answers in the shape of GitHub's REST API, written by hand.
import type { Prepared } from './world.ts';

export const sha = (digit: string): string => digit.repeat(40).slice(0, 40);

export const self = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id: 7_001,
  node_id: 'R_kgDOBOOKEEP',
  name: name.split('/')[1],
  full_name: name,
  private: false,
  visibility: 'public',
  html_url: `https://github.com/${name}`,
  description: 'Weights and code',
  fork: false,
  created_at: '2025-08-01T09:00:00Z',
  updated_at: '2025-08-23T10:00:00Z',
  pushed_at: '2025-08-23T10:00:00Z',
  size: 120,
  stargazers_count: 10,
  forks_count: 2,
  archived: false,
  disabled: false,
  license: { key: 'apache-2.0', name: 'Apache License 2.0', spdx_id: 'Apache-2.0' },
  ...more,
});

export const release = (
  name: string,
  tag: string,
  published: string,
  more: Readonly<Record<string, unknown>> = {},
) => ({
  id: 9_000,
  tag_name: tag,
  target_commitish: 'main',
  name: `Model ${tag}`,
  html_url: `https://github.com/${name}/releases/tag/${tag}`,
  draft: false,
  prerelease: false,
  created_at: published,
  published_at: published,
  assets: [{ name: 'weights.bin', download_count: 5 }],
  body: `Notes of ${tag}`,
  ...more,
});

export const tag = (name: string, commit: string) => ({
  name,
  commit: { sha: commit, url: 'https://api.github.test/c' },
});

export const licence = (text: string, blob: string) => ({
  name: 'LICENSE',
  path: 'LICENSE',
  sha: blob,
  size: text.length,
  html_url: 'https://github.com/acme/grok/blob/main/LICENSE',
  encoding: 'base64',
  content: Buffer.from(text).toString('base64'),
  license: { key: 'apache-2.0', spdx_id: 'Apache-2.0' },
});

const path = (name: string) => `GET /repos/${name}`;
export const on = {
  self: path,
  releases: (name: string, page = 1) => `${path(name)}/releases?per_page=30${page === 1 ? '' : `&page=${page}`}`,
  tags: (name: string, page = 1) => `${path(name)}/tags?per_page=100${page === 1 ? '' : `&page=${page}`}`,
  licence: (name: string) => `${path(name)}/license`,
  commits: (name: string) => `${path(name)}/commits?per_page=1`,
  owned: (kind: 'orgs' | 'users', login: string, page = 1) =>
    `GET /${kind}/${login}/repos?per_page=100&sort=pushed&direction=desc${page === 1 ? '' : `&page=${page}`}`,
};

export const account = (kind: 'orgs' | 'users', login: string, count: number) => ({
  on: `GET /${kind}/${login}`,
  body: { login, id: 5, public_repos: count },
});

export const more = { link: '<https://api.github.test/next>; rel="next"' };

export interface Shape {
  readonly self?: Readonly<Record<string, unknown>>;
  readonly releases?: readonly unknown[];
  readonly tags?: readonly unknown[];
}

/** All answers for a first look at a repository with code. */
export function whole(name: string, shape: Shape = {}, mark = '1'): readonly Prepared[] {
  return [
    { on: on.self(name), body: self(name, shape.self), headers: { etag: `W/"self-${mark}"` } },
    { on: on.releases(name), body: shape.releases ?? [], headers: { etag: `W/"releases-${mark}"` } },
    { on: on.tags(name), body: shape.tags ?? [], headers: { etag: `W/"tags-${mark}"` } },
    { on: on.licence(name), body: licence('Apache License', sha('a')), headers: { etag: `"licence-${mark}"` } },
  ];
}

export type Part = 'self' | 'releases' | 'tags';

/** The answers for a later look at a known repository; a part that is not given is unchanged. */
export function later(name: string, parts: Partial<Record<Part, unknown>>, mark = '2'): readonly Prepared[] {
  return (['self', 'releases', 'tags'] as const).map((part) =>
    parts[part] === undefined
      ? { on: on[part](name), status: 304 }
      : { on: on[part](name), body: parts[part], headers: { etag: `W/"${part}-${mark}"` } },
  );
}
