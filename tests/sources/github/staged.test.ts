// Repositories made public long after their last push: they stand on a far page, and are seen all the same.
import { describe, expect, it } from 'vitest';
import { addRepository, createHub, type Hub } from '../../support/sources/github/state.ts';
import { type Watcher, watch } from '../../support/sources/github/watch.ts';
import { fresh } from '../../support/sources/github/world.ts';

const hourMs = 3_600_000;
const day = (index: number) => new Date(Date.parse('2025-12-31T00:00:00Z') - index * 24 * hourMs).toISOString();

function hubOf(count: number): Hub {
  const hub = createHub();
  for (let index = 0; index < count; index++) addRepository(hub, `acme/r${index}`, { pushedAt: day(index) });
  addRepository(hub, 'acme/staged', { pushedAt: '2025-01-01T00:00:00Z', private: true });
  return hub;
}

function change(hub: Hub, name: string, fields: object): void {
  Object.assign(hub.repositories.get(name) ?? {}, fields);
}

async function countRequests(hub: Hub, look: () => ReturnType<Watcher['look']>) {
  hub.asked.length = 0;
  const result = await look();
  return { result, asked: [...hub.asked] };
}

describe.each([
  { way: 'GraphQL', token: 'ghp_x', rest: false },
  { way: 'REST', token: null, rest: true },
])('by $way', ({ token, rest }) => {
  it('one that is made public is seen when the first page has changed', async () => {
    const hub = hubOf(130);
    const watcher = watch(hub, token);
    const first = fresh(await watcher.look('acme'));
    expect(first.found).toHaveLength(130);
    hub.now += 60_000;
    change(hub, 'acme/staged', { private: false });
    change(hub, 'acme/r3', { pushedAt: '2026-01-10T11:00:00Z' });
    const second = fresh(await watcher.look('acme', first));
    expect(second.observations.map((one) => one.title)).toEqual(expect.arrayContaining(['acme/staged', 'acme/r3']));
    const { result, asked } = await countRequests(hub, () => watcher.look('acme', second));
    expect(result.kind).toBe('same');
    expect(asked.length).toBeLessThanOrEqual(rest ? 2 : 1);
  });

  it('so many new ones that they fill pages are all seen', async () => {
    const hub = hubOf(30);
    const watcher = watch(hub, token);
    const first = await watcher.look('acme');
    hub.now += 60_000;
    change(hub, 'acme/r0', { pushedAt: '2026-01-10T11:59:00Z' });
    for (let index = 0; index < 25; index++)
      addRepository(hub, `acme/n${index}`, {
        id: 500 + index,
        pushedAt: index < 15 ? '2026-01-10T11:00:00Z' : day(200),
      });
    const second = fresh(await watcher.look('acme', first));
    expect(second.found.filter(({ target }) => target.address.startsWith('acme/n'))).toHaveLength(25);
    expect((await watcher.look('acme', second)).kind).toBe('same');
  });

  it('one that is removed far behind is no longer there', async () => {
    const hub = hubOf(130);
    const watcher = watch(hub, token);
    const first = await watcher.look('acme');
    hub.now += 60_000;
    change(hub, 'acme/r120', { private: true });
    const second = fresh(await watcher.look('acme', first));
    expect(second.window).toBe('all');
    expect(second.observations).toHaveLength(129);
  });
});

it('over REST an unchanged first page is doubted once an hour', async () => {
  const hub = hubOf(130);
  hub.intercept = async (url, answer) => {
    const reply = await answer();
    return url.includes('/repos?') && !url.includes('&page=')
      ? new Response(await reply.text(), { headers: { ...Object.fromEntries(reply.headers), etag: '"first"' } })
      : reply;
  };
  const watcher = watch(hub, null);
  const first = await watcher.look('acme');
  const serve = hub.intercept;
  let unchanged = true;
  hub.intercept = (url, answer, body) =>
    unchanged && url.includes('/repos?') && !url.includes('&page=')
      ? Promise.resolve(new Response(null, { status: 304 }))
      : serve(url, answer, body);
  hub.now += hourMs / 2;
  const soon = await countRequests(hub, () => watcher.look('acme', first));
  expect([soon.result.kind, soon.asked.length]).toEqual(['same', 1]);
  hub.now += hourMs / 2;
  const counted = await countRequests(hub, () => watcher.look('acme', soon.result));
  expect([counted.result.kind, counted.asked.at(-1)]).toEqual(['same', 'GET /orgs/acme']);
  const again = await countRequests(hub, () => watcher.look('acme', counted.result));
  expect(again.asked).toHaveLength(1);

  change(hub, 'acme/staged', { private: false });
  hub.now += hourMs;
  const asking = watcher.look('acme', again.result);
  hub.intercept = (url, answer, body) => {
    // The page itself is the same for whoever asks for it without a validator.
    if (url.endsWith('/orgs/acme')) unchanged = false;
    return unchanged && url.includes('/repos?')
      ? Promise.resolve(new Response(null, { status: 304 }))
      : serve(url, answer, body);
  };
  expect(fresh(await asking).found.map(({ target }) => target.address)).toContain('acme/staged');
});
