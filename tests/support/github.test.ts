// Checks that the stand-in's GitHub behaves like what is known of the real one.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from './world/open.ts';

let world: World;
let at = 0;
beforeEach(async () => {
  at = Date.parse('2026-03-02T10:00:00Z');
  world = await openWorld({ now: () => at });
});
afterEach(() => world.close());

interface Body {
  readonly [key: string]: unknown;
}

const rest = (path: string, headers: Record<string, string> = {}, token: string | null = world.github.token) =>
  fetch(`${world.github.api.url}${path}`, {
    redirect: 'manual',
    headers: {
      'user-agent': 'Landfall/test',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });

const left = (response: Response): number => Number(response.headers.get('x-ratelimit-remaining'));

async function graphql(
  query: string,
  token: string | null = world.github.token,
): Promise<{ status: number; body: { data: Record<string, Body | null>; errors?: Body[] } }> {
  const response = await fetch(`${world.github.api.url}/graphql`, {
    method: 'POST',
    headers: { 'user-agent': 'Landfall/test', ...(token === null ? {} : { authorization: `bearer ${token}` }) },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: (await response.json()) as never };
}

describe('REST', () => {
  it('moves the ETag of releases with downloads, not their Last-Modified', async () => {
    const repo = world.github.repo('xai-org/grok-1');
    repo.release({ tag: 'v1', assets: [{ name: 'a.bin' }], publishedAt: at - 5000 });
    const list = await rest('/repos/xai-org/grok-1/releases');
    const latest = await rest('/repos/xai-org/grok-1/releases/latest');
    const etag = latest.headers.get('etag') ?? '';
    const modified = latest.headers.get('last-modified') ?? '';
    expect(list.headers.get('last-modified')).toBeNull();
    expect(
      (await rest('/repos/xai-org/grok-1/releases', { 'if-none-match': list.headers.get('etag') ?? '' })).status,
    ).toBe(304);
    repo.downloads(3);
    expect(
      (await rest('/repos/xai-org/grok-1/releases', { 'if-none-match': list.headers.get('etag') ?? '' })).status,
    ).toBe(200);
    // By itself the date counts; together with a stale ETag it is ignored.
    expect((await rest('/repos/xai-org/grok-1/releases/latest', { 'if-modified-since': modified })).status).toBe(304);
    const both = { 'if-modified-since': modified, 'if-none-match': etag };
    expect((await rest('/repos/xai-org/grok-1/releases/latest', both)).status).toBe(200);
    repo.release({ tag: 'v2' });
    expect((await rest('/repos/xai-org/grok-1/releases/latest', { 'if-modified-since': modified })).status).toBe(200);
  });

  it('binds the ETag to the token', async () => {
    world.github.repo('xai-org/grok-1');
    world.github.limits.addToken('other');
    const etag = (await rest('/repos/xai-org/grok-1')).headers.get('etag') ?? '';
    expect((await rest('/repos/xai-org/grok-1', { 'if-none-match': etag }, 'other')).status).toBe(200);
    expect((await rest('/repos/xai-org/grok-1', { 'if-none-match': etag })).status).toBe(304);
  });

  it('takes nothing for a 304 with a token, and one without', async () => {
    world.github.repo('xai-org/grok-1');
    for (const [token, cost] of [
      [world.github.token, 0],
      [null, 1],
    ] as const) {
      const first = await rest('/repos/xai-org/grok-1', {}, token);
      const second = await rest('/repos/xai-org/grok-1', { 'if-none-match': first.headers.get('etag') ?? '' }, token);
      expect(second.status).toBe(304);
      expect(left(first) - left(second)).toBe(cost);
    }
  });

  it('refuses over the hourly limit until the window ends', async () => {
    world.github.repo('xai-org/grok-1');
    world.github.limits.settings.anonymous = 1;
    expect((await rest('/repos/xai-org/grok-1', {}, null)).status).toBe(200);
    const refused = await rest('/repos/xai-org/grok-1', {}, null);
    expect([refused.status, left(refused)]).toEqual([403, 0]);
    expect(((await refused.json()) as Body).message).toMatch(/^API rate limit exceeded for 127\.0\.0\.1/);
    at += 3_600_000;
    expect((await rest('/repos/xai-org/grok-1', {}, null)).status).toBe(200);
  });

  it('refuses over the secondary limits', async () => {
    world.github.repo('xai-org/grok-1');
    world.github.limits.settings.restPerMinute = 2;
    const statuses: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await rest('/repos/xai-org/grok-1')).status);
    expect(statuses).toEqual([200, 200, 403]);
    at += 60_001;
    expect((await rest('/repos/xai-org/grok-1')).status).toBe(200);
    world.github.limits.settings.restPerMinute = 900;
    world.github.limits.settings.concurrent = 2;
    world.latency(20);
    const many = await Promise.all([1, 2, 3].map(() => rest('/rate_limit')));
    expect(many.filter((one) => one.headers.get('retry-after') === '60')).toHaveLength(1);
  });

  it('knows empty, missing, private and renamed repositories', async () => {
    const empty = world.github.repo('xai-org/empty', { empty: true });
    expect((await rest('/repos/xai-org/empty/commits')).status).toBe(409);
    empty.push();
    expect((await rest('/repos/xai-org/empty/commits')).status).toBe(200);
    expect((await rest('/repos/xai-org/none')).status).toBe(404);
    empty.rename('full');
    const moved = await rest('/repos/xai-org/empty/releases?per_page=5');
    expect([moved.status, moved.headers.get('location')]).toEqual([
      301,
      `${world.github.api.url}/repositories/${empty.id}/releases?per_page=5`,
    ]);
    expect((await rest(`/repositories/${empty.id}/releases`)).status).toBe(200);
    empty.makePrivate();
    expect((await rest('/repos/xai-org/full')).status).toBe(404);
    expect((await rest('/repos/xai-org/full', {}, 'wrong')).status).toBe(401);
  });

  it('pages listings by Link, newest first, without drafts and what is not replicated yet', async () => {
    const repo = world.github.repo('xai-org/grok-1', { lagMs: 90_000 });
    for (let n = 1; n <= 5; n += 1) repo.release({ tag: `v${n}`, publishedAt: at - 1_000_000 + n * 1000 });
    repo.release({ tag: 'draft', draft: true });
    repo.release({ tag: 'v6' });
    const tags = async (path: string) => {
      const response = await rest(path);
      const body = (await response.json()) as { tag_name: string }[];
      return {
        tags: body.map((one) => one.tag_name),
        next: /<[^>]*?(\/repositories[^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1],
      };
    };
    const first = await tags('/repos/xai-org/grok-1/releases?per_page=3');
    expect(first.tags).toEqual(['v5', 'v4', 'v3']);
    expect(await tags(first.next ?? '')).toEqual({ tags: ['v2', 'v1'], next: undefined });
    at += 90_000;
    expect((await tags('/repos/xai-org/grok-1/releases?per_page=1')).tags).toEqual(['v6']);
  });
});

describe('GraphQL', () => {
  const alias = (name: string, n: number) =>
    `r${n}: repository(owner: "xai-org", name: "${name}") { nameWithOwner pushedAt isEmpty licenseInfo { spdxId } defaultBranchRef { target { oid } } latestRelease { tagName } releases(first: 3, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { databaseId tagName publishedAt isPrerelease } } }`;

  it('costs one point for a hundred repositories, and isolates the missing one', async () => {
    for (let n = 0; n < 99; n += 1)
      world.github.repo(`xai-org/m${n}`, { licence: { spdx: 'MIT' } }).release({ tag: `v${n}` });
    const aliases = Array.from({ length: 100 }, (_, n) => alias(`m${n}`, n));
    const { status, body } = await graphql(`{ rateLimit { cost remaining nodeCount } ${aliases.join('\n')} }`);
    expect(status).toBe(200);
    expect(body.data.rateLimit).toEqual({ cost: 1, remaining: 4999, nodeCount: 300 });
    expect(body.data.r7).toMatchObject({
      nameWithOwner: 'xai-org/m7',
      licenseInfo: { spdxId: 'MIT' },
      latestRelease: { tagName: 'v7' },
    });
    expect(body.data.r99).toBeNull();
    expect(body.errors).toMatchObject([
      { type: 'NOT_FOUND', path: ['r99'], message: "Could not resolve to a Repository with the name 'xai-org/m99'." },
    ]);
    expect(world.unexpected()).toEqual([]);
  });

  it('counts nested connections and refuses those without bounds', async () => {
    world.github.repo('xai-org/a');
    const nested =
      '{ rateLimit { cost } organization(login: "xai-org") { repositories(first: 100) { nodes { releases(first: 5) { nodes { tagName } } refs(refPrefix: "refs/tags/", first: 5) { nodes { name } } } } } }';
    expect((await graphql(nested)).body.data.rateLimit).toEqual({ cost: 2 });
    const open = await graphql('{ organization(login: "xai-org") { repositories { nodes { name } } } }');
    expect(open.body.errors?.[0]?.type).toBe('MISSING_PAGINATION_BOUNDARIES');
    const wide = await graphql('{ organization(login: "xai-org") { repositories(first: 101) { nodes { name } } } }');
    expect(wide.body.errors?.[0]?.type).toBe('EXCESSIVE_PAGINATION');
    const wrong = await graphql('{ repository(owner: "xai-org", name: "a") { nonsense } }');
    expect(wrong.body.errors?.[0]?.message).toMatch(/Cannot query field "nonsense"/);
  });

  it('follows renames, shows tags and moved commits, and finds files', async () => {
    const repo = world.github.repo('xai-org/old', { readme: '# hi' });
    repo.tag('v1', 'a'.repeat(40));
    repo.rename('new');
    const look = async () =>
      (
        await graphql(
          '{ repository(owner: "xai-org", name: "old") { nameWithOwner readme: object(expression: "HEAD:README.md") { ... on Blob { oid text } } refs(refPrefix: "refs/tags/", first: 5) { totalCount nodes { name target { oid } } } } }',
        )
      ).body.data.repository;
    expect(await look()).toMatchObject({
      nameWithOwner: 'xai-org/new',
      readme: { text: '# hi' },
      refs: { totalCount: 1, nodes: [{ name: 'v1', target: { oid: 'a'.repeat(40) } }] },
    });
    repo.tag('v1', 'b'.repeat(40));
    expect(await look()).toMatchObject({ refs: { nodes: [{ target: { oid: 'b'.repeat(40) } }] } });
  });

  it('wants a token, kills slow queries at double price, and breaks off on demand', async () => {
    world.github.repo('xai-org/a');
    world.github.repo('xai-org/b');
    expect((await graphql('{ viewer { login } }', null)).status).toBe(401);
    world.github.graphql.kill = 1;
    const query = `{ ${alias('a', 0)} ${alias('b', 1)} }`;
    expect((await graphql(query)).status).toBe(502);
    const { body } = await graphql('{ rateLimit { used } }');
    expect(body.data.rateLimit).toEqual({ used: 3 });
    world.github.graphql.exhaust = { times: 1, after: 1 };
    const partial = (await graphql(query)).body;
    expect([partial.data.r0?.nameWithOwner, partial.data.r1]).toEqual(['xai-org/a', null]);
    expect(partial.errors).toMatchObject([{ type: 'RESOURCE_LIMITS_EXCEEDED', path: ['r1'] }]);
  });

  it('says so when this world has no answer for a field of the schema', async () => {
    world.github.repo('xai-org/a');
    await graphql('{ repository(owner: "xai-org", name: "a") { hasIssuesEnabled } }');
    expect(world.unexpected()).toEqual(['GitHub API: GraphQL Repository.hasIssuesEnabled']);
  });
});

it('serves Atom with bare tags among the releases', async () => {
  const repo = world.github.repo('xai-org/grok-1');
  repo.release({ tag: 'v1', name: 'One & only', body: 'notes' });
  repo.tag('bare');
  const url = `${world.github.web.url}/xai-org/grok-1/releases.atom`;
  const first = await fetch(url);
  const text = await first.text();
  expect(text).toContain(`<id>tag:github.com,2008:Repository/${repo.id}/bare</id>`);
  expect(text).toContain('<title>One &amp; only</title>');
  expect((await fetch(url, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })).status).toBe(304);
});
