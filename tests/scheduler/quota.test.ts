// What pools may spend, beside what their sources really spend.
import { describe, expect, it } from 'vitest';
import { openHttp } from '../../src/infra/http/client.ts';
import { allowance, openBudget, spend, standing } from '../../src/scheduler/policy/budget.ts';
import { sources } from '../../src/sources/index.ts';
import type { Quota } from '../../src/types/core.ts';
import { addRepository, createHub } from '../support/sources/github/state.ts';
import { watch } from '../support/sources/github/watch.ts';
import { lookAfter } from '../support/sources/github/world.ts';
import { lookAt, playHub } from '../support/sources/huggingface/hub.ts';
import { noon } from '../support/worker.ts';

function quotaOf(
  kind: string,
  secrets: Readonly<Record<string, string>>,
  shares: Readonly<Record<string, number>> = {},
): Quota {
  const source = sources.find((one) => one.kind === kind);
  const opened = source?.open({
    http: openHttp({ userAgent: 'test', allowPrivate: [] }),
    addresses: {},
    secrets,
    shares,
  });
  const quota = opened?.quota?.(kind, 1);
  if (quota === undefined) throw new Error(`${kind} states no quota`);
  return quota;
}

const minuteMs = 60_000;

describe('a pool', () => {
  it.each([
    ['github', { GITHUB_TOKEN: 'ghp_x' }, 2_760, 60 * minuteMs],
    ['github', {}, 60, 60 * minuteMs],
    ['huggingface', {}, 250, 5 * minuteMs],
    ['huggingface', { HF_TOKEN: 'hf_x' }, 500, 5 * minuteMs],
  ])('of %s with %j may spend %d in a window', (kind, secrets, cap, windowMs) => {
    const quota = quotaOf(kind, secrets);
    expect(standing(openBudget(quota, noon), quota, noon).cap).toBe(cap);
    expect(quota.windowMs).toBe(windowMs);
  });

  it('of GitHub takes its share on average, twice that in an hour that quiet ones saved for, and no more than is left', () => {
    const quota = { ...quotaOf('github', { GITHUB_TOKEN: 'ghp_x' }, { github: 0.1 }), hot: 0 };
    expect(standing(openBudget(quota, noon), quota, noon).cap).toBe(1_000);
    let budget = openBudget(quota, noon);
    const perHour: number[] = [];
    for (let hour = 0; hour < 24 * 14; hour += 1) {
      let cost = 0;
      for (let second = 0; second < 3_600; second += 60) {
        const now = noon + (hour * 3_600 + second) * 1_000;
        const { main } = allowance(budget, quota, now);
        if (main === 0) continue;
        const looks = main / quota.batch;
        budget = spend(budget, quota, {
          lane: 'main',
          spent: [{ pool: 'github', cost: looks, tookMs: 100 }],
          looks: main,
          now,
        });
        cost += looks;
      }
      perHour.push(cost);
    }
    expect(Math.max(...perHour)).toBeLessThanOrEqual(1_000);
    expect(Math.max(...perHour)).toBeGreaterThan(900);
    const total = perHour.reduce((sum, cost) => sum + cost, 0);
    // The savings that a new pool begins with are half a week's.
    expect(total / (24 * 17.5)).toBeLessThanOrEqual(500);
    const told = { left: 40, resetAt: new Date(noon + 60 * minuteMs).toISOString() };
    const short = spend(openBudget(quota, noon), quota, {
      lane: 'main',
      spent: [{ pool: 'github', cost: 1, tookMs: 100, ...told }],
      looks: 100,
      now: noon,
    });
    expect(allowance(short, quota, noon + 1_000).main / quota.batch).toBeLessThanOrEqual(40 / quota.worst);
  });

  it.each(sources.map((source) => [source.kind, source] as const))(
    'of %s has a floor that its kind allows',
    (kind, source) => {
      const own: Readonly<Record<string, number>> = {
        github: 30_000,
        huggingface: 30_000,
        modelscope: minuteMs,
        discover: 10 * minuteMs,
      };
      expect(source.floorMs).toBe(own[kind] ?? 15 * minuteMs);
    },
  );
});

describe('a look that finds nothing new', () => {
  it.each([
    ['with a token', 'ghp_x', 100, 1],
    ['without', null, 1, 3],
  ])('costs no more than its batch may on GitHub, %s', async (_, token, looks, cost) => {
    const hub = createHub();
    const names = Array.from({ length: looks }, (_, index) => `acme/m${index}`);
    for (const name of names) addRepository(hub, name);
    const watcher = watch(hub, token);
    const first = await watcher.poll(names.map((name) => lookAfter(name)));
    const again = await watcher.poll(names.map((name) => lookAfter(name, first.results.get(`github:${name}`) ?? null)));
    expect([...again.results.values()].every(({ kind }) => kind === 'same')).toBe(true);
    const spent = again.spent.reduce((sum, one) => sum + one.cost, 0);
    const quota = quotaOf('github', token === null ? {} : { GITHUB_TOKEN: token });
    expect(quota.batch).toBe(looks);
    expect(spent).toBe(cost);
    expect(spent).toBeLessThanOrEqual(quota.worst);
  });

  it('costs one request on Hugging Face; the first look at a model with many data sets no more than it may', async () => {
    const datasets = Array.from({ length: 25 }, (_, index) => `acme/d${index}`);
    const model = {
      id: 'acme/one',
      sha: 'f1',
      cardData: { datasets },
      tags: datasets.map((name) => `dataset:${name}`),
      siblings: [],
    };
    const hub = playHub({
      '/api/models/acme/one': [
        { body: model, headers: { etag: '"1"' }, url: 'https://huggingface.co/api/models/acme/one?blobs=true' },
        { status: 304 },
      ],
      ...Object.fromEntries(
        datasets
          .slice(0, 12)
          .map((name) => [`/api/datasets/${name}`, [{ body: { gated: false, cardData: { license: 'odc-by' } } }]]),
      ),
    });
    const look = lookAt('acme/one');
    const first = await hub.poll(look);
    const result = first.results.get(look.target.id);
    const again = await hub.poll({ ...look, cursor: result?.kind === 'fresh' ? result.cursor : null });
    const { worst } = quotaOf('huggingface', {});
    expect(first.spent.reduce((sum, one) => sum + one.cost, 0)).toBe(13);
    expect(worst).toBeGreaterThanOrEqual(13);
    expect(again.spent.reduce((sum, one) => sum + one.cost, 0)).toBe(1);
  });
});
