// Without a token: sixty requests an hour are spent on looks that can be finished, and on nothing else.

import { describe, expect, it } from 'vitest';
import { createReserve } from '../../../src/sources/github/reserve.ts';
import { saying } from '../../support/reasons.ts';
import { sha } from '../../support/sources/github/answers.ts';
import { addRepository, createHub, type Hub } from '../../support/sources/github/state.ts';
import { watch } from '../../support/sources/github/watch.ts';
import { lookAfter } from '../../support/sources/github/world.ts';

const hourMs = 3_600_000;
const limit = 60;

/** Counts requests to the API as GitHub does, and refuses those over the limit. */
function hubOf(count: number): Hub {
  const hub = createHub();
  for (let index = 0; index < count; index++)
    addRepository(hub, `acme/m${index}`, {
      releases: [{ tag: 'v1', publishedAt: '2025-07-01T00:00:00Z' }],
      tags: { v1: sha('1') },
    });
  const window = { resetAt: 0, left: 0 };
  hub.intercept = async (url, answer) => {
    if (!url.startsWith('https://api.')) return await answer();
    if (hub.now >= window.resetAt) Object.assign(window, { resetAt: hub.now + hourMs, left: limit });
    const refused = window.left === 0;
    window.left -= refused ? 0 : 1;
    const headers = {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(window.left),
      'x-ratelimit-reset': String(window.resetAt / 1000),
    };
    if (refused) return Response.json({ message: 'API rate limit exceeded' }, { status: 403, headers });
    const reply = await answer();
    return new Response(await reply.text(), {
      status: reply.status,
      headers: { ...Object.fromEntries(reply.headers), ...headers },
    });
  };
  return hub;
}

const looksAt = (count: number) => Array.from({ length: count }, (_, index) => lookAfter(`acme/m${index}`));
const count = (results: ReadonlyMap<string, { readonly kind: string }>, kind: string) =>
  [...results.values()].filter((one) => one.kind === kind).length;

describe('without a token', () => {
  it.each([
    [10, 10, 40],
    [18, 15, 60],
    [25, 15, 60],
    [100, 15, 60],
  ])('of %i repositories %i are looked at to the end', async (all, finished, requests) => {
    const hub = hubOf(all);
    const { results, spent } = await watch(hub, null).poll(looksAt(all));
    expect([count(results, 'fresh'), count(results, 'later')]).toEqual([finished, all - finished]);
    expect(hub.asked).toHaveLength(requests);
    expect(spent.some(({ pauseMs }) => pauseMs !== undefined)).toBe(false);
    if (all === finished) return;
    expect([...results.values()].find(({ kind }) => kind === 'later')).toEqual({
      kind: 'later',
      reason: saying(
        'api.github.test: without GITHUB_TOKEN 0 of 60 requests are left until 2026-01-10T13:00:00.000Z, too few for this look',
      ),
      afterMs: hourMs + 1_000,
    });
  });

  it('those without a baseline come first, and known ones turn to their feeds', async () => {
    const hub = hubOf(25);
    const watcher = watch(hub, null);
    const first = await watcher.poll(looksAt(25));
    hub.now += hourMs + 2_000;
    hub.asked.length = 0;
    const again = looksAt(25).map(({ target }) => lookAfter(target.address, first.results.get(target.id) ?? null));
    const second = await watcher.poll(again);
    // Ten first looks of four requests, six known ones of three; the feeds answer for the other nine.
    expect([count(second.results, 'fresh'), count(second.results, 'same')]).toEqual([10, 15]);
    expect(hub.asked.filter((one) => one.endsWith('releases.atom'))).toHaveLength(9);
    expect(hub.asked.filter((one) => !one.endsWith('.atom'))).toHaveLength(58);
  });
});

describe('what is left', () => {
  const reset = '2026-01-10T13:00:00.000Z';
  const now = () => Date.parse('2026-01-10T12:00:00Z');

  it('is learned by one look before others begin', async () => {
    const reserve = createReserve('api.github.test');
    const one = await reserve.take(4, now);
    let begun = false;
    const two = reserve.take(4, now).then((reservation) => {
      begun = true;
      return reservation;
    });
    await Promise.resolve();
    expect(begun).toBe(false);
    reserve.hear({ left: 7, limit, resetAt: reset });
    if (one.kind !== 'reserved') throw new Error('refused');
    one.used();
    expect(await two).toMatchObject({ kind: 'reserved' });
  });

  it('is the smallest number heard in a window, and unknown after it', async () => {
    const reserve = createReserve('api.github.test');
    reserve.hear({ left: 3, limit, resetAt: reset });
    reserve.hear({ left: 9, limit, resetAt: reset });
    expect(await reserve.take(4, now)).toMatchObject({ kind: 'later', afterMs: hourMs + 1_000 });
    expect(await reserve.take(4, () => now() + hourMs + 1_000)).toMatchObject({ kind: 'reserved' });
  });

  it('is no matter where the server states no limit', async () => {
    const reserve = createReserve('api.github.test');
    reserve.hear({});
    for (let index = 0; index < 100; index++) expect(await reserve.take(4, now)).toMatchObject({ kind: 'reserved' });
  });
});
