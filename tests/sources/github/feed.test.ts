// Without a token and without requests left: what the Atom feeds of the web site can and cannot say.
import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../src/sources/github/feed.ts';
import { sha } from '../../support/sources/github/answers.ts';
import { addRepository, createHub, type Hub } from '../../support/sources/github/state.ts';
import { watch } from '../../support/sources/github/watch.ts';
import { fresh, lines } from '../../support/sources/github/world.ts';

const name = 'acme/grok';
const v1 = { tag: 'v1', publishedAt: '2025-07-01T00:00:00Z' };
const hourMs = 3_600_000;

function hubWith(): Hub {
  const hub = createHub();
  addRepository(hub, name, { releases: [v1], tags: { v1: sha('1'), 'a/b': sha('0') } });
  return hub;
}

/** From now on the API refuses: the hour's requests are spent. */
function exhaust(hub: Hub): void {
  const reset = String((hub.now + hourMs) / 1000);
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-limit': '60', 'x-ratelimit-reset': reset };
  hub.intercept = (url, answer) =>
    url.startsWith('https://api.')
      ? Promise.resolve(Response.json({ message: 'API rate limit exceeded' }, { status: 403, headers }))
      : answer();
}

describe('with no requests left', () => {
  it('a repository that has not changed is the same, for a quarter of an hour', async () => {
    const hub = hubWith();
    const watcher = watch(hub, null);
    const first = await watcher.look(name);
    exhaust(hub);
    expect(await watcher.look(name, first)).toMatchObject({ kind: 'same', restMs: 900_000 });
  });

  it('a new tag is seen once, and REST later neither doubles it nor calls it moved', async () => {
    const hub = hubWith();
    const watcher = watch(hub, null);
    const first = await watcher.look(name);
    exhaust(hub);
    const repository = addRepository(hub, name, {
      id: 1,
      releases: [{ tag: 'v2', publishedAt: '2026-01-10T11:00:00Z', name: 'Two & more' }, v1],
      tags: { v2: sha('2'), v1: sha('1'), 'a/b': sha('0') },
    });
    const second = fresh(await watcher.look(name, first));
    expect(second.observations).toMatchObject([{ key: 'tag:v2', sort: 'thing', about: 'github:acme/grok@v2' }]);
    expect(second.gone).toEqual([]);
    const again = await watcher.look(name, second);
    expect(again.kind).toBe('same');

    hub.intercept = null;
    hub.now += 2 * hourMs;
    const third = fresh(await watcher.look(name, again));
    expect(third.observations.map((one) => [one.key, one.fingerprint, one.about])).toEqual([
      ['tag:v2', second.observations[0]?.fingerprint, 'github:acme/grok@v2'],
      ['release:v2', 'release v2 Two & more', 'github:acme/grok@v2'],
    ]);
    repository.tags = { ...repository.tags, v2: sha('9') };
    expect(lines(await watcher.look(name, third))).toEqual([`tag:v2 = ${sha('9')}`]);
  });

  it('what has no baseline yet waits, and so do owners', async () => {
    const hub = hubWith();
    const watcher = watch(hub, null);
    exhaust(hub);
    expect(await watcher.look(name)).toMatchObject({ kind: 'later', afterMs: hourMs + 1_000 });
    expect(await watcher.look('acme')).toMatchObject({ kind: 'later' });
    expect(hub.asked.filter((one) => one.endsWith('.atom'))).toEqual([]);
  });

  it('a feed that fails, or is cut short, leaves everything as it was', async () => {
    const hub = hubWith();
    const watcher = watch(hub, null);
    const first = await watcher.look(name);
    exhaust(hub);
    const api = hub.intercept;
    hub.intercept = async (url, answer, body) =>
      url.endsWith('tags.atom')
        ? new Response((await (await answer()).text()).slice(0, -20))
        : ((await api?.(url, answer, body)) ?? answer());
    expect(await watcher.look(name, first)).toMatchObject({ kind: 'later' });
    hub.intercept = async (url, answer, body) =>
      url.endsWith('.atom') ? new Response('', { status: 429 }) : ((await api?.(url, answer, body)) ?? answer());
    hub.asked.length = 0;
    expect(await watcher.look(name, first)).toMatchObject({ kind: 'later' });
    expect(await watcher.look(name, first)).toMatchObject({ kind: 'later' });
    expect(hub.asked.filter((one) => one.endsWith('.atom'))).toHaveLength(1);
  });
});

it('a token is never helped out by feeds', async () => {
  const hub = hubWith();
  hub.graphql = false;
  const watcher = watch(hub, 'ghp_x');
  const first = await watcher.look(name);
  exhaust(hub);
  expect(await watcher.look(name, first)).toMatchObject({ kind: 'later' });
  expect(hub.asked.some((one) => one.endsWith('.atom'))).toBe(false);
});

it('a feed is read by the ids of its entries', () => {
  const entry = (tag: string) =>
    `<entry><id>tag:github.com,2008:Repository/7/${tag}</id><title>x</title><content type="html">&lt;id&gt;no&lt;/id&gt;</content></entry>`;
  const head =
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:github.com,2008:https://github.com/acme/grok/releases</id>';
  expect(readFeed(`${head}${entry('v1&amp;2')}${entry('models/a')}</feed>`)).toEqual(['v1&2', 'models/a']);
  expect(readFeed(`${head}</feed>`)).toEqual([]);
  expect(readFeed(`${head}${entry('v1')}`)).toBeNull();
  expect(readFeed('<html><body>Sign in</body></html>')).toBeNull();
});
