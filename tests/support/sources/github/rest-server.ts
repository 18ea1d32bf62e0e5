// Serves REST from the same state, page by page.
import { licence, release, self, tag } from './answers.ts';
import { blob, find, type Hub, type StateRepository } from './state.ts';

const missing = () => Response.json({ message: 'Not Found' }, { status: 404 });

function list(url: URL, items: readonly unknown[]): Response {
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const page = Number(url.searchParams.get('page') ?? 1);
  const body = items.slice((page - 1) * size, page * size);
  const link = page * size < items.length ? { link: `<${url.href}&page=${page + 1}>; rel="next"` } : {};
  return Response.json(body, { headers: link });
}

function showSelf(one: StateRepository) {
  return {
    ...self(one.name),
    id: one.id,
    html_url: `https://github.test/${one.name}`,
    pushed_at: one.pushedAt,
    created_at: '2025-08-01T00:00:00Z',
    size: one.head === null ? 0 : 12,
    archived: one.archived,
    fork: one.fork,
    stargazers_count: one.stars,
    forks_count: 1,
    license: one.spdx === null ? null : { key: one.spdx.toLowerCase(), spdx_id: one.spdx },
  };
}

function showReleases(one: StateRepository) {
  return one.releases
    .filter((item) => !item.draft)
    .map((item) => ({
      ...release(one.name, item.tag, item.publishedAt),
      name: item.name ?? `Model ${item.tag}`,
      prerelease: item.prerelease ?? false,
      html_url: `https://github.test/${one.name}/releases/tag/${item.tag}`,
      body: item.notes ?? `Notes of ${item.tag}`,
    }));
}

export function answerRest(hub: Hub, url: URL): Response {
  const [, root, owner = '', repo = '', part = '', ...rest] = url.pathname.split('/');
  if (root !== 'repos') {
    const own = [...hub.repositories.values()].filter((one) => one.name.startsWith(`${owner}/`) && !one.private);
    if (!hub.owners.has(owner)) return missing();
    if (repo === '') return Response.json({ login: owner, public_repos: own.length });
    return list(url, own.toSorted((left, right) => (left.pushedAt < right.pushedAt ? 1 : -1)).map(showSelf));
  }
  const one = find(hub, `${owner}/${repo}`);
  if (!one) return missing();
  switch (part) {
    case '':
      return Response.json(showSelf(one));
    case 'releases':
      if (rest[0] === 'tags') return one.releases.some((item) => item.tag === rest[1]) ? Response.json({}) : missing();
      return list(url, showReleases(one));
    case 'tags':
      return list(
        url,
        Object.entries(one.tags)
          .sort(([left], [right]) => (left < right ? 1 : -1))
          .map(([name, sha]) => tag(name, sha)),
      );
    case 'commits':
      return one.head === null
        ? Response.json({ message: 'Git Repository is empty.' }, { status: 409 })
        : Response.json([{ sha: one.head }]);
    case 'license': {
      const text = one.files.LICENSE;
      return text === undefined ? missing() : Response.json(licence(text, blob(text)));
    }
    default:
      throw new Error(`no such route: ${url.pathname}`);
  }
}
