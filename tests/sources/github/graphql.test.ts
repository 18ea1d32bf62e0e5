// GitHub in batches: queries that fit the published schema, answers that say the same as REST.
import { describe, expect, it } from 'vitest';
import { sha } from '../../support/sources/github/answers.ts';
import { costOf } from '../../support/sources/github/graphql-server.ts';
import {
  addRepository,
  blob,
  createHub,
  type Hub,
  push,
  type StateRelease,
} from '../../support/sources/github/state.ts';
import { watch } from '../../support/sources/github/watch.ts';
import { fresh, lines, lookAfter, targetOf } from '../../support/sources/github/world.ts';

const name = 'acme/grok';
const release = (tag: string, at: string, change: Partial<StateRelease> = {}): StateRelease => ({
  tag,
  publishedAt: at,
  ...change,
});
const v1 = release('v1', '2025-07-01T00:00:00.000Z');
const v2 = release('v2', '2025-08-01T00:00:00.000Z');

function hubWith(change: Parameters<typeof addRepository>[2] = {}): Hub {
  const hub = createHub();
  addRepository(hub, name, { releases: [v1], tags: { v1: sha('1') }, ...change });
  return hub;
}

describe('a look by GraphQL', () => {
  it('says what a look by REST says', async () => {
    const hub = hubWith({
      releases: [v2, { ...v1, prerelease: true }],
      tags: { v2: sha('2'), v1: sha('1'), v0: sha('0') },
    });
    const graphql = fresh(await watch(hub, 'ghp_x').look(name));
    const rest = fresh(await watch(hub, null).look(name));
    const same = ({
      key,
      fingerprint,
      sort,
      about,
      url,
      title,
      publishedAt,
      subject,
    }: (typeof rest.observations)[number]) => ({
      key,
      fingerprint,
      sort,
      about,
      title,
      publishedAt,
      subject,
      url: key === 'licence' ? null : url,
    });
    expect(graphql.observations.map(same)).toEqual(rest.observations.map(same));
    expect(graphql.observations.find((one) => one.key === 'licence')).toMatchObject({
      url: `https://github.test/acme/grok/blob/${blob('acme/grok head')}/LICENSE`,
      facts: { licence: 'Apache-2.0', licenceText: 'Apache License', revision: blob('Apache License') },
    });
    expect(graphql.observations.find((one) => one.key === 'release:v2')).toMatchObject({
      text: 'Notes of v2',
      facts: { commit: sha('2') },
    });
  });

  it('costs one point for a hundred repositories that have not changed', async () => {
    const hub = createHub();
    const names = Array.from({ length: 100 }, (_, index) => `acme/m${index}`);
    for (const one of names) addRepository(hub, one, { releases: [v1], tags: { v1: sha('1') } });
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.poll(names.map((one) => lookAfter(one)));
    hub.asked.length = 0;
    hub.queries.length = 0;
    for (const one of hub.repositories.values()) one.stars += 1;
    const second = await watcher.poll(names.map((one) => lookAfter(one, first.results.get(targetOf(one).id))));
    expect([...second.results.values()].every((one) => one.kind === 'same')).toBe(true);
    expect(hub.asked).toEqual(['POST /graphql']);
    expect(hub.queries.map(costOf)).toEqual([1]);
    expect(second.spent).toEqual([
      expect.objectContaining({
        pool: 'github',
        cost: 1,
        left: 4_000,
        limit: 5_000,
        resetAt: '2026-01-10T13:00:00.000Z',
      }),
    ]);
  });

  it('lays the baseline of a hundred repositories for four points at most', async () => {
    const hub = createHub();
    const names = Array.from({ length: 100 }, (_, index) => `acme/m${index}`);
    const releases = Array.from({ length: 12 }, (_, index) =>
      release(`v${12 - index}`, new Date(1.7e12 - index * 1e9).toISOString()),
    );
    for (const one of names) addRepository(hub, one, { releases, tags: { v1: sha('1') } });
    const watcher = watch(hub, 'ghp_x');
    const { results, spent } = await watcher.poll(names.map((one) => lookAfter(one)));
    expect([...results.values()].every((one) => one.kind === 'fresh' && one.observations.length === 17)).toBe(true);
    expect(spent.reduce((sum, one) => sum + one.cost, 0)).toBeLessThanOrEqual(4);
  });

  it('changes nothing when the way of asking changes', async () => {
    const hub = hubWith({
      files: { COPYING: 'other text', LICENSE: 'Apache License' },
      tags: { v1: sha('1'), v0: sha('0') },
    });
    const anonymous = watch(hub, null);
    const withToken = watch(hub, 'ghp_x');
    const first = await anonymous.look(name);
    const second = await withToken.look(name, first);
    expect(second.kind).toBe('same');
    const third = await anonymous.look(name, second);
    expect(third.kind).toBe('same');
    push(
      addRepository(hub, name, { id: 1, releases: [v2, v1], tags: { v2: sha('2'), v1: sha('1'), v0: sha('0') } }),
      '2025-09-01T00:00:00Z',
    );
    expect(fresh(await withToken.look(name, third)).observations.map((one) => one.key)).toEqual([
      'tag:v2',
      'release:v2',
    ]);
  });

  it('goes to REST where GraphQL is not to be had, and does not ask again', async () => {
    const hub = hubWith();
    hub.graphql = false;
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look(name);
    expect(lines(first)).toContain('release:v1 = release v1 Model v1');
    await watcher.look(name, first);
    expect(hub.asked.filter((one) => one === 'POST /graphql')).toHaveLength(1);
  });
});

describe('what GraphQL leaves out', () => {
  const emptied = (part: 'a0' | 'tree') => async (_: string, answer: () => Promise<Response>, query: string) => {
    const reply = await answer();
    if (!query.includes(part === 'tree' ? 'tree:' : '...self')) return reply;
    const { data } = (await reply.json()) as { data: Record<string, Record<string, unknown> | null> };
    return Response.json({ data: part === 'tree' ? { a0: { ...data.a0, tree: null } } : { ...data, a0: null } });
  };

  it.each(['a0', 'tree'] as const)('without saying why (%s) is asked for by REST', async (part) => {
    const hub = hubWith();
    hub.intercept = (url, answer, query) => (query === '' ? answer() : emptied(part)(url, answer, query));
    const first = fresh(await watch(hub, 'ghp_x').look(name));
    expect(first.there).toBe(true);
    expect(lines(first)).toContain(`licence = Apache-2.0@${blob('Apache License')}`);
    expect(hub.asked).toContain('GET /repos/acme/grok');
  });

  it('because the token may not use it is asked for by REST', async () => {
    const hub = hubWith();
    const refusal = { message: 'Resource not accessible by personal access token' };
    hub.intercept = (_, answer, query) =>
      query === '' ? answer() : Promise.resolve(Response.json(refusal, { status: 403 }));
    expect(fresh(await watch(hub, 'ghp_x').look(name)).there).toBe(true);
  });
});

describe('an owner by GraphQL', () => {
  it('has its own repositories, page by page, and the same as by REST', async () => {
    const hub = createHub();
    for (let index = 0; index < 130; index++) {
      addRepository(hub, `acme/m${index}`, {
        pushedAt: new Date(1.75e12 - index * 1e6).toISOString(),
        fork: index === 3,
      });
    }
    const graphql = fresh(await watch(hub, 'ghp_x').look('acme'));
    const rest = fresh(await watch(hub, null).look('acme'));
    expect(graphql.window).toBe('all');
    expect(graphql.observations.map((one) => ({ ...one, facts: {} }))).toEqual(
      rest.observations.map((one) => ({ ...one, facts: {} })),
    );
    expect(graphql.found).toEqual(rest.found);
    expect(graphql.observations).toHaveLength(129);
  });

  it('shows a new repository in one light query, and is absent when it is', async () => {
    const hub = createHub();
    addRepository(hub, 'acme/old');
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.look('acme');
    hub.asked.length = 0;
    addRepository(hub, 'acme/new', { pushedAt: '2025-09-01T00:00:00Z' });
    const second = fresh(await watcher.look('acme', first));
    expect(second.found.map((one) => one.target.id)).toContain('github:acme/new');
    expect(hub.asked).toHaveLength(1);
    expect(await watcher.look('nobody')).toMatchObject({ kind: 'fresh', there: false });
  });
});
