// A GitHub App in place of a token: a pool per installation, and what becomes of its targets when one goes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openHttp } from '../../../src/infra/http/client.ts';
import type { Source } from '../../../src/sources/define.ts';
import { installationFor } from '../../../src/sources/github/installations.ts';
import { github } from '../../../src/sources/github/source.ts';
import type { Look, PollResult } from '../../../src/types/core.ts';
import { saying } from '../../support/reasons.ts';
import { lookAfter } from '../../support/sources/github/world.ts';
import type { AppControl } from '../../support/world/github/app.ts';
import { openWorld, type World } from '../../support/world/open.ts';

describe('which installation looks at what', () => {
  const installed = (count: number) =>
    Array.from({ length: count }, (_, id) => ({ id: id + 1, account: `a${id + 1}` }));
  const names = Array.from({ length: 10_000 }, (_, n) => `org${n % 700}/repo-${n}`);

  it('the owner’s own, which alone sees what is private there', () => {
    expect(installationFor('A3/Secret', installed(9))?.id).toBe(3);
    expect(installationFor('a3', installed(9))?.id).toBe(3);
    expect(installationFor('a3/x', [])).toBeNull();
  });

  it('all others are spread evenly, and only what one had moves when it goes', () => {
    const all = installed(10);
    const before = names.map((name) => installationFor(name, all)?.id ?? 0);
    const shares = Map.groupBy(before, (id) => id);
    for (const { id } of all) expect(shares.get(id)?.length).toBeGreaterThan(850);
    const left = all.filter(({ id }) => id !== 4);
    const moved = names.filter((name, at) => installationFor(name, left)?.id !== before[at]);
    expect(moved.length).toBe(shares.get(4)?.length);
  });
});

describe('a source with an App', () => {
  let world: World;
  let app: AppControl;
  let http: ReturnType<typeof openHttp>;
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    world = await openWorld({ now: () => Date.now() });
    app = world.github.app();
    http = openHttp({ userAgent: 'Landfall/test', allowPrivate: [], onStart: () => undefined });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await http.close();
    await world.close();
  });

  const open = (change: Readonly<Record<string, string>> = {}): Source =>
    github.open({
      http,
      addresses: {
        'github.apiUrl': world.github.api.url,
        'github.graphqlUrl': `${world.github.api.url}/graphql`,
        'github.serverUrl': world.github.web.url,
      },
      secrets: { GITHUB_APP_ID: app.id, GITHUB_APP_KEY: app.key, ...change },
    });
  const context = () => ({ now: world.now, signal: AbortSignal.timeout(20_000) });
  const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
  const names = ['acme/secret', ...Array.from({ length: 40 }, (_, n) => `o/r${n}`)];
  const looks: readonly Look[] = names.map((name) => lookAfter(name));
  const fill = (): void => {
    for (const name of names) world.github.repo(name, { private: name === 'acme/secret' }).release({ tag: 'v1' });
  };
  const kinds = (results: ReadonlyMap<string, PollResult>): readonly string[] => [
    ...new Set([...results.values()].map((one) => (one.kind === 'fresh' ? `fresh ${one.there}` : one.kind))),
  ];
  const pools = (source: Source): readonly string[] =>
    [...new Set(looks.map(({ target }) => source.pool(target)))].toSorted();

  it('looks by every installation, each with its own quota and token; the private one by its owner’s', async () => {
    const [acme, lab] = [app.install('acme'), app.install('Lab', { graphql: 12_500 })];
    fill();
    const source = open();
    expect(await source.learnPools?.(context())).toEqual({ moved: true, problem: null });
    expect(await source.learnPools?.(context())).toEqual({ moved: false, problem: null });
    expect(pools(source)).toEqual(['github:acme', 'github:lab']);
    expect(looks.slice(0, 1).map(({ target }) => source.pool(target))).toEqual(['github:acme']);
    const { results, spent } = await source.poll(looks, context());
    expect([results.size, kinds(results)]).toEqual([41, ['fresh true']]);
    const limits = new Set(spent.map(({ pool, limit }) => `${pool} ${limit}`));
    expect(limits).toEqual(new Set(['github:acme 5000', 'github:lab 12500']));
    expect([acme.tokens(), lab.tokens(), app.refusals]).toEqual([1, 1, []]);
    expect(acme.used().graphql).toBeGreaterThan(0);
    expect(lab.used().graphql).toBeGreaterThan(0);
    expect(world.unexpected()).toEqual([]);
  });

  it('renews a token before its hour is over', async () => {
    const acme = app.install('acme');
    fill();
    const source = open();
    await source.poll(looks, context());
    later(59.5 * 60_000);
    const { results } = await source.poll(looks, context());
    expect([kinds(results), acme.tokens(), app.refusals]).toEqual([['fresh true'], 2, []]);
  });

  it.each(['suspend', 'remove'] as const)('%s: that look comes later, and its targets move', async (how) => {
    const [acme, lab] = [app.install('acme'), app.install('lab')];
    fill();
    const source = open();
    await source.learnPools?.(context());
    await source.poll(looks, context());
    const had = looks.filter(({ target }) => source.pool(target) === 'github:lab').length;
    // octokit repeats what a token of its first seconds is refused.
    later(60_000);
    lab[how]();
    const { results } = await source.poll(looks, context());
    const refused = [...results.values()].filter((one) => one.kind === 'later');
    expect(refused).toHaveLength(had);
    expect(refused[0]).toMatchObject({ reason: saying(/uninstalled from lab/) });
    // At once by the others, and for good when the worker asks for the pools.
    expect(kinds((await source.poll(looks, context())).results)).toEqual(['fresh true']);
    expect(await source.learnPools?.(context())).toEqual({ moved: true, problem: null });
    expect(pools(source)).toEqual(['github:acme']);
    lab.resume();
    later(61 * 60_000);
    expect((await source.learnPools?.(context()))?.moved).toBe(how === 'suspend');
    expect(acme.tokens()).toBeGreaterThan(0);
  });

  it('that is installed nowhere, refused, or out of reach says so', async () => {
    fill();
    const nowhere = open();
    expect((await nowhere.learnPools?.(context()))?.problem).toEqual(saying(/not installed/));
    expect([...(await nowhere.poll(looks, context())).results.values()][0]).toMatchObject({ kind: 'broken' });
    app.install('acme');
    const other = open({ GITHUB_APP_ID: '99' });
    const [refused] = (await other.poll(looks, context())).results.values();
    expect(refused).toMatchObject({ kind: 'broken', reason: saying(/refused the GitHub App/) });
    world.github.api.faults.plan(/app\/installations/, { kind: 'answer', status: 503, body: {} });
    const [late] = (await open().poll(looks, context())).results.values();
    expect(late).toMatchObject({ kind: 'later', reason: saying(/503/) });
    later(61_000);
    expect(kinds((await nowhere.poll(looks, context())).results)).toEqual(['fresh true']);
  });
});
