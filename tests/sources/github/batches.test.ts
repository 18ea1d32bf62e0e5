// Batches of GraphQL: errors stay with the repository they hit, and the server's limits are kept.

import { describe, expect, it } from 'vitest';
import { saying } from '../../support/reasons.ts';
import { sha } from '../../support/sources/github/answers.ts';
import { addRepository, createHub, type Hub, push } from '../../support/sources/github/state.ts';
import { watch } from '../../support/sources/github/watch.ts';
import { lookAfter } from '../../support/sources/github/world.ts';

const names = Array.from({ length: 100 }, (_, index) => `acme/m${index}`);
const looks = names.map((one) => lookAfter(one));

function hubOf(list: readonly string[] = names): Hub {
  const hub = createHub();
  for (const one of list) addRepository(hub, one, { releases: [], tags: { v1: sha('1') } });
  return hub;
}

const count = (query: string) => query.match(/a\d+:repository\(/g)?.length ?? 0;
/** The batch sizes of the light looks. */
const sizes = (hub: Hub) => hub.queries.filter((one) => one.includes('...self')).map(count);

interface Envelope {
  readonly data: Record<string, unknown>;
  readonly errors?: readonly unknown[];
}

async function change(answer: () => Promise<Response>, edit: (envelope: Envelope) => unknown): Promise<Response> {
  const envelope = (await (await answer()).json()) as Envelope;
  return Response.json(edit(envelope));
}

describe('one repository', () => {
  it('that is missing never blanks the batch', async () => {
    const hub = hubOf(names.slice(1));
    const { results } = await watch(hub, 'ghp_x').poll(looks);
    expect(results.get('github:acme/m0')).toMatchObject({ kind: 'fresh', there: false, gone: ['repo'] });
    expect([...results.values()].filter((one) => one.kind === 'fresh' && one.there)).toHaveLength(99);
  });

  it('that is forbidden is broken, and alone', async () => {
    const hub = hubOf();
    hub.intercept = (_, answer) =>
      change(answer, ({ data }) => ({
        data: { ...data, a0: null },
        errors: [{ type: 'FORBIDDEN', path: ['a0'], message: 'Resource protected by organization SAML enforcement.' }],
      }));
    const { results } = await watch(hub, 'ghp_x').poll(looks.slice(0, 2));
    expect(results.get('github:acme/m0')).toMatchObject({ kind: 'broken', reason: saying(/SAML/) });
  });

  it('with a part that failed is later, never half a look', async () => {
    const hub = hubOf();
    hub.intercept = (_, answer, body) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, string> };
      const alias = `a${Object.values(variables).indexOf('m1') >> 1}`;
      const errors = [{ type: 'INTERNAL', path: [alias, 'tree'], message: 'Something went wrong' }];
      return query.includes('tree:')
        ? change(answer, ({ data }) => (alias in data ? { data, errors } : { data }))
        : answer();
    };
    const { results } = await watch(hub, 'ghp_x').poll(looks.slice(0, 2));
    expect(results.get('github:acme/m0')?.kind).toBe('fresh');
    expect(results.get('github:acme/m1')).toEqual({
      kind: 'later',
      reason: saying('api.github.test: Something went wrong'),
      afterMs: null,
    });
  });
});

describe('partial data', () => {
  it('is asked for again in halves, only what is missing', async () => {
    const hub = hubOf();
    let failed = false;
    hub.intercept = (_, answer) => {
      if (failed) return answer();
      failed = true;
      return change(answer, ({ data }) => ({
        data: Object.fromEntries(
          Object.entries(data).map(([alias, node]) => [alias, /^a[0-9]$/.test(alias) ? null : node]),
        ),
        errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded.' }],
      }));
    };
    const { results } = await watch(hub, 'ghp_x').poll(looks);
    expect(sizes(hub)).toEqual([100, 5, 5]);
    expect([...results.values()].every((one) => one.kind === 'fresh')).toBe(true);
  });

  it('that stays partial is later for what is missing', async () => {
    const hub = hubOf();
    hub.intercept = (_, answer, body) => {
      const { variables } = JSON.parse(body) as { variables: Record<string, string> };
      const alias = `a${Object.values(variables).indexOf('m7') >> 1}`;
      return change(answer, ({ data }) =>
        alias in data
          ? { data: { ...data, [alias]: null }, errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'exceeded' }] }
          : { data },
      );
    };
    const { results } = await watch(hub, 'ghp_x').poll(looks);
    expect(results.get('github:acme/m7')).toEqual({
      kind: 'later',
      reason: saying('api.github.test: exceeded'),
      afterMs: null,
    });
    expect([...results.values()].filter((one) => one.kind === 'fresh')).toHaveLength(99);
  });
});

describe('a query', () => {
  it.each([502, 504])('that is killed (%i) is asked again in halves, and batches stay smaller', async (status) => {
    const hub = hubOf();
    const page = { status, headers: { 'content-type': 'text/html' } };
    hub.intercept = (_, answer, body) => (count(body) > 60 ? Promise.resolve(new Response('<html>', page)) : answer());
    const { results } = await watch(hub, 'ghp_x').poll(looks);
    expect([...results.values()].every((one) => one.kind === 'fresh')).toBe(true);
    expect(sizes(hub)).toEqual([50, 50]);
    // The work that follows is cut smaller too: a whole batch would hold 66 of these.
    expect(count(hub.queries[2] ?? '')).toBeLessThan(50);
  });

  it('that is always killed leaves everything for later, without hammering', async () => {
    const hub = hubOf();
    hub.intercept = () => Promise.resolve(new Response('', { status: 502 }));
    const { results } = await watch(hub, 'ghp_x').poll(looks);
    expect([...results.values()].every((one) => one.kind === 'later')).toBe(true);
    expect(hub.asked).toHaveLength(3);
  });

  it('that is slow makes the next batches smaller', async () => {
    const hub = hubOf();
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.poll(looks);
    hub.intercept = (_, answer) => {
      hub.now += 6_000;
      return answer();
    };
    const again = looks.map((look) => lookAfter(look.target.address, first.results.get(look.target.id)));
    hub.queries.length = 0;
    await watcher.poll(again);
    await watcher.poll(again);
    expect(sizes(hub)).toEqual([100, 70, 30]);
  });

  it('is never beside another one', async () => {
    const hub = hubOf();
    let open = 0;
    let most = 0;
    hub.intercept = async (_, answer) => {
      open += 1;
      most = Math.max(most, open);
      const reply = await answer();
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return reply;
    };
    const watcher = watch(hub, 'ghp_x');
    await Promise.all([watcher.poll(looks.slice(0, 30)), watcher.poll(looks.slice(30, 60))]);
    expect(most).toBe(1);
  });

  it('over the limit rests the pool until the reset', async () => {
    const hub = hubOf();
    const reset = String((hub.now + 600_000) / 1000);
    const headers = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    hub.intercept = () =>
      Promise.resolve(
        Response.json(
          { data: null, errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] },
          { headers },
        ),
      );
    const watcher = watch(hub, 'ghp_x');
    const { results, spent } = await watcher.poll(looks);
    expect([...results.values()].every((one) => one.kind === 'later' && one.afterMs === 601_000)).toBe(true);
    expect(spent).toMatchObject([{ left: 0, limit: 5_000 }]);
    await watcher.poll(looks);
    expect(hub.asked).toHaveLength(1);
  });

  it('under the secondary limit waits as long as it is told', async () => {
    const hub = hubOf();
    hub.intercept = () =>
      Promise.resolve(
        Response.json(
          { message: 'You have exceeded a secondary rate limit.' },
          { status: 403, headers: { 'retry-after': '90' } },
        ),
      );
    const { results, spent } = await watch(hub, 'ghp_x').poll(looks);
    expect(results.get('github:acme/m0')).toMatchObject({ kind: 'later', afterMs: 90_000 });
    expect(spent).toMatchObject([{ pauseMs: 90_000 }]);
    expect(hub.asked).toHaveLength(1);
  });

  it('carries names as variables, so that none can change what is asked', async () => {
    const hub = hubOf();
    await watch(hub, 'ghp_x').poll(looks.slice(0, 1));
    expect(hub.queries[0]).toMatch(
      /^query\(\$v0:String! \$v1:String!\)\{rateLimit\{[^}]+\} a0:repository\(owner:\$v0,name:\$v1\)/,
    );
  });
});

describe('what has moved in one look', () => {
  const many = Array.from({ length: 400 }, (_, index) => `acme/m${index}`);
  const lookedAt = async (hub: Hub) => {
    const watcher = watch(hub, 'ghp_x');
    const first = await watcher.poll(many.map((one) => lookAfter(one)));
    hub.queries.length = 0;
    return {
      again: () => watcher.poll(many.map((one) => lookAfter(one, first.results.get(`github:${one}`)))),
    };
  };
  const move = (hub: Hub, name: string) => {
    const repository = hub.repositories.get(name);
    if (repository === undefined) throw new Error(name);
    push(repository, '2025-08-02T00:00:00Z', {
      files: { 'README.md': '# Read me', LICENSE: `words of ${name}` },
      releases: [{ tag: 'v2', publishedAt: '2025-08-02T00:00:00Z', notes: 'All new.' }],
    });
  };

  it('is asked for together: one query of details and one of texts, whichever batches it was found in', async () => {
    const hub = hubOf(many);
    const { again } = await lookedAt(hub);
    const moved = many.filter((_, index) => index % 66 === 1).slice(0, 6);
    for (const name of moved) move(hub, name);
    const { results } = await again();
    expect(hub.queries.map(count)).toEqual([100, 100, 100, 100, 6, 6]);
    const news = [...results].flatMap(([id, one]) => (one.kind === 'fresh' && one.observations.length > 0 ? [id] : []));
    expect(news).toEqual(expect.arrayContaining(moved.map((one) => `github:${one}`)));
    for (const name of moved) expect(JSON.stringify(results.get(`github:${name}`))).toContain(`words of ${name}`);
  });

  it('is no longer held back once it fills a query, and no query is larger than the limit', async () => {
    const hub = hubOf(many);
    const { again } = await lookedAt(hub);
    for (const name of many) move(hub, name);
    const { results } = await again();
    const sizesOfAll = hub.queries.map(count);
    expect(Math.max(...sizesOfAll)).toBeLessThanOrEqual(100);
    // Details of the first batch are asked for before the last batch is looked at.
    const details = hub.queries.findIndex((one) => one.includes('tree:'));
    const last = hub.queries.findLastIndex((one) => one.includes('...self'));
    expect(details).toBeLessThan(last);
    expect([...results.values()].every((one) => one.kind === 'fresh')).toBe(true);
  });
});
