// Limits, failures and refusals of GitHub: never read as "nothing there", never a part of a look.

import { describe, expect, it } from 'vitest';
import { createGate } from '../../../src/sources/github/gate.ts';
import { saying } from '../../support/reasons.ts';
import { later, on, release, self, whole } from '../../support/sources/github/answers.ts';
import { createWorld, lookAfter, type Prepared } from '../../support/sources/github/world.ts';

const name = 'acme/grok';
const missing = { status: 404, body: { message: 'Not Found' } };
/** Ten minutes after the stand-in's noon. */
const reset = String(Date.parse('2026-01-10T12:10:00Z') / 1000);

describe('a refusal', () => {
  it.each<[string, Omit<Prepared, 'on'>, object]>([
    [
      '500',
      { status: 500, body: '<html>Unicorn</html>' },
      { kind: 'later', reason: saying('api.github.test answered 500'), afterMs: null },
    ],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '30' } }, { kind: 'later', afterMs: 30_000 }],
    ['429', { status: 429, body: {} }, { kind: 'later', afterMs: 60_000 }],
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '7' } }, { kind: 'later', afterMs: 7_000 }],
    [
      'an exhausted limit',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } },
      { kind: 'later', afterMs: 601_000 },
    ],
    [
      'the secondary limit',
      { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } },
      { kind: 'later', afterMs: 60_000 },
    ],
    [
      'a broken line',
      { fails: 'ECONNRESET' },
      { kind: 'later', reason: saying('api.github.test: ECONNRESET'), afterMs: null },
    ],
    [
      'an answer that is cut short',
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"id":7001,"full_na' },
      { kind: 'later', reason: saying('api.github.test: the answer was cut short') },
    ],
    [
      'another refusal',
      { status: 403, body: { message: 'Resource protected by organization SAML enforcement.' } },
      { kind: 'broken' },
    ],
    ['a token that is wanted', { status: 401, body: { message: 'Requires authentication' } }, { kind: 'broken' }],
    ['a page instead of an answer', { status: 200, body: '<html>Sign in</html>' }, { kind: 'broken' }],
  ])('%s', async (_, answer, expected) => {
    const world = createWorld();
    world.prepare(whole(name, { releases: [release(name, 'v1', '2025-07-01T08:00:00Z')] }));
    const before = await world.look(name);
    // Any part that fails makes the whole look fail: a part of the truth would be taken for all of it.
    for (const part of ['self', 'releases', 'tags'] as const) {
      world.pass(3_600_000);
      const parts = later(name, { self: self(name, { archived: true }) });
      const headers =
        answer.headers?.['x-ratelimit-reset'] === undefined
          ? {}
          : {
              headers: {
                ...answer.headers,
                'x-ratelimit-reset': String(
                  (Date.parse('2026-01-10T12:10:00Z') + 3_600_000 * (['self', 'releases', 'tags'].indexOf(part) + 1)) /
                    1000,
                ),
              },
            };
      world.prepare(parts.map((one) => (one.on === on[part](name) ? { on: one.on, ...answer, ...headers } : one)));
      expect(await world.look(name, before)).toMatchObject(expected);
    }
  });

  it('of the token names the variable, not the token', async () => {
    const world = createWorld({ GITHUB_TOKEN: 'ghp_canary' });
    const refused = { status: 401, body: { message: 'Bad credentials' } };
    world.prepare([{ on: 'POST /graphql', ...refused }]);
    const result = await world.look(name);
    expect(result).toEqual({ kind: 'broken', reason: saying('api.github.test refused the token (GITHUB_TOKEN)') });
  });

  it('of the whole pool stops the looks behind it, and is told to the schedule', async () => {
    const world = createWorld();
    const limits = { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    world.prepare([{ on: on.self(name), status: 403, headers: limits, body: { message: 'API rate limit exceeded' } }]);
    const refused = await world.poll([lookAfter(name)]);
    expect(refused.spent).toEqual([
      { pool: 'github', cost: 1, left: 0, limit: 60, resetAt: '2026-01-10T12:10:00.000Z', tookMs: 0, pauseMs: 601_000 },
    ]);
    world.pass(60_000);
    const next = await world.poll([lookAfter('acme/other')]);
    expect(next.results.get('github:acme/other')).toMatchObject({ kind: 'later', afterMs: 541_000 });
    expect(next.spent).toEqual([]);
    world.pass(541_000);
    world.prepare([{ on: on.self('acme/other'), ...missing }]);
    expect(await world.look('acme/other')).toMatchObject({ kind: 'fresh', there: false });
  });

  it('is not waited for: the last request that was left is still answered', async () => {
    const world = createWorld();
    const limits = { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    world.prepare([{ on: on.self(name), ...missing, headers: limits }]);
    const { results, spent } = await world.poll([lookAfter(name)]);
    expect(results.get('github:acme/grok')).toMatchObject({ kind: 'fresh', there: false });
    expect(spent[0]).not.toHaveProperty('pauseMs');
    expect((await world.look(name)).kind).toBe('later');
  });

  it('leaves other targets alone', async () => {
    const world = createWorld();
    world.prepare([
      { on: on.self(name), status: 502 },
      { on: on.self('acme/other'), ...missing, headers: { 'x-poll-interval': '90' } },
    ]);
    const { results } = await world.poll([lookAfter(name), lookAfter('acme/other')]);
    expect(results.get('github:acme/grok')?.kind).toBe('later');
    expect(results.get('github:acme/other')?.kind).toBe('fresh');
  });
});

describe('the secondary limits', () => {
  it('keep at most 25 requests under way', async () => {
    const world = createWorld({ GITHUB_TOKEN: 'ghp_x' });
    const names = Array.from({ length: 100 }, (_, index) => `acme/m${index}`);
    world.prepare([{ on: 'POST /graphql', ...missing }, ...names.map((one) => ({ on: on.self(one), ...missing }))]);
    await world.poll(names.map((one) => lookAfter(one)));
    expect(world.mostAtOnce()).toBe(25);
  });

  it('keep any minute under 900 requests, without waiting', async () => {
    const gate = createGate({ atOnce: 25, perMinute: 900 });
    let now = 0;
    const enter = async () => {
      const entry = await gate.enter(() => now);
      if (entry.kind === 'in') gate.leave();
      return entry;
    };
    for (let index = 0; index < 900; index++) {
      now = index * 10;
      expect(await enter()).toEqual({ kind: 'in' });
    }
    expect(await enter()).toEqual({ kind: 'shut', afterMs: 60_000 - 8_990 });
    now = 60_000;
    expect(await enter()).toEqual({ kind: 'in' });
    expect(await enter()).toEqual({ kind: 'shut', afterMs: 10 });
  });

  it('hand a place to the one who waits longest', async () => {
    const gate = createGate({ atOnce: 1, perMinute: 900 });
    const now = () => 0;
    await gate.enter(now);
    const order: string[] = [];
    const enter = async (who: string) => {
      await gate.enter(now);
      order.push(who);
    };
    const both = [enter('first'), enter('second')];
    gate.leave();
    const late = enter('late');
    await both[0];
    expect(order).toEqual(['first']);
    gate.leave();
    await both[1];
    gate.leave();
    await late;
    expect(order).toEqual(['first', 'second', 'late']);
  });
});
