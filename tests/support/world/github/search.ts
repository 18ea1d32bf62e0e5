// GitHub's repository search, as far as discoveries use it: https://docs.github.com/en/rest/search/search#search-repositories

import type { GithubHosts } from './bodies.ts';
import { repoBody } from './bodies.ts';
import type { GithubState, RepoState } from './state.ts';

/** `word`, `stars:>500`, `created:>=2026-01-01`, `topic:llm` (here `#llm` in the description); null = refused. */
function term(text: string): ((repo: RepoState) => boolean) | null {
  const [, name, sign = '', value = ''] = /^([a-z]+):(>=|<=|>|<)?(\S+)$/.exec(text) ?? [];
  const compare = (left: number, right: number): boolean => {
    if (sign === '>') return left > right;
    if (sign === '>=') return left >= right;
    if (sign === '<') return left < right;
    return sign === '<=' ? left <= right : left === right;
  };
  switch (name) {
    case undefined:
      return (repo) => `${repo.owner.login}/${repo.name} ${repo.description ?? ''}`.includes(text);
    case 'stars':
      return (repo) => compare(repo.stars, Number(value));
    case 'created':
      return (repo) => compare(repo.createdAt, Date.parse(value));
    case 'topic':
      return (repo) => (repo.description ?? '').includes(`#${value}`);
    default:
      return null;
  }
}

export function search(state: GithubState, hosts: GithubHosts, query: URLSearchParams) {
  const terms = (query.get('q') ?? '')
    .split(/\s+/)
    .filter((one) => one !== '')
    .map(term);
  if (terms.length === 0 || terms.includes(null)) return { status: 422, body: { message: 'Validation Failed' } };
  const found = [...state.repos.values()]
    .filter((repo) => !repo.private && terms.every((one) => one?.(repo)))
    .toSorted((one, other) => other.stars - one.stars);
  const items = found.slice(0, Math.min(100, Number(query.get('per_page') ?? 30)));
  return {
    status: 200,
    body: {
      total_count: found.length,
      incomplete_results: false,
      items: items.map((repo) => ({ ...repoBody(hosts, repo, 'listed'), score: 1 })),
    },
  };
}
