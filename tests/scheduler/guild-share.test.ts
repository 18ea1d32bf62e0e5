// What people in Discord add beside the file: it keeps to its guild's measure, and the file's targets keep their pace.
import { describe, expect, it } from 'vitest';
import { pacingWorld } from '../../src/app/open-worker.ts';
import { admitPreview } from '../../src/guilds/admit-preview.ts';
import { pass } from '../../src/pipeline/run.ts';
import { openPool } from '../../src/scheduler/pool.ts';
import { createPreviews } from '../../src/scheduler/previews.ts';
import type { Source } from '../../src/sources/define.ts';
import type { Quota } from '../../src/types/core.ts';
import { pipelineWorld } from '../../src/worker/context.ts';
import { fresh } from '../support/pipeline.ts';
import {
  addWatches,
  configOf,
  guildWatchOn,
  hourMs,
  type Staged,
  stage,
  targetOf,
  watchOn,
} from '../support/worker.ts';

const wakeMs = 30_000;
const plenty: Quota = { limit: 5_000, windowMs: hourMs, share: 0.2, peak: 1, hot: 60, batch: 100, worst: 4, lanes: 1 };

/** Wakes as the worker does, for so many hours; resolves to the times of the looks at each target, in minutes from now. */
async function watch(staged: Staged, hours: number, pool: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const world = pacingWorld({ ...staged.worker, random: () => 0.5 });
  const looks = new Map<string, number[]>();
  const start = staged.clock.now;
  for (; staged.clock.now < start + hours * hourMs; staged.clock.now += wakeMs) {
    for (let more = true; more; ) {
      more = false;
      const scene = await openPool(world, pool);
      const chosen = await scene.choose();
      for (const lane of ['hot', 'main'] as const) {
        if (chosen[lane].length === 0) continue;
        const pipeline = pipelineWorld(staged.worker, () => [], scene.pacing(lane));
        const { looked } = await pass(pipeline, chosen[lane], AbortSignal.timeout(60_000));
        for (const { row } of looked) {
          const minutes = (staged.clock.now - start) / 60_000;
          looks.set(row.target.id, [...(looks.get(row.target.id) ?? []), minutes]);
        }
        more = true;
        if (lane === 'hot') break;
      }
    }
  }
  return looks;
}

function total(looks: ReadonlyMap<string, readonly number[]>): number {
  return [...looks.values()].reduce((sum, list) => sum + list.length, 0);
}

/** Mean time between two looks, in minutes. */
function pace(looks: readonly number[] | undefined): number {
  const [first = 0, last = 0] = [looks?.[0], looks?.at(-1)];
  return (last - first) / ((looks?.length ?? 0) - 1);
}

const anonymous: Quota = { limit: 60, windowMs: hourMs, share: 1, peak: 1, hot: 0, batch: 1, worst: 4, lanes: 4 };

function longest(looks: readonly number[] | undefined): number {
  return Math.max(...(looks ?? []).slice(1).map((at, index) => at - (looks?.[index] ?? 0)));
}

/** Nothing ever changes, and each request costs so much. */
function still(quota: Quota, cost: number): Partial<Source> {
  return {
    quota: () => quota,
    poll: (looks) =>
      Promise.resolve({
        results: new Map(looks.map(({ target, cursor }) => [target.id, { kind: 'same', cursor, restMs: null }])),
        spent: [{ pool: 'github', cost, tookMs: 120 }],
      }),
  };
}

/** As GitHub takes without a token, one repository at a time. */
const dear: Partial<Source> = { ...still(anonymous, 3), batch: 1 };

describe('the looks of a guild', () => {
  it('are no more than it may, however much its organisations hold', async () => {
    const bot = { commands: true, watchesPerGuild: 50, looksPerHourPerGuild: 60 };
    const staged = await stage({ config: configOf({ bot }), sources: { github: { quota: () => plenty } } });
    const owners = ['github:a', 'github:b', 'github:c', 'github:d', 'github:e'];
    for (const owner of owners) {
      const found = Array.from({ length: 100 }, (_, index) => ({
        target: targetOf(`${owner}/${index}`),
        mark: null,
        whole: false,
      }));
      staged.answers.set(owner, fresh([], { found }));
    }
    await addWatches(
      staged,
      owners.map((owner) => guildWatchOn(owner)),
    );
    for (const hour of [1, 2, 3]) {
      const looks = total(await watch(staged, 1, 'github'));
      expect([hour, looks <= 66, looks > 30]).toEqual([hour, true, true]);
    }
  });

  it('come when they may: few watches are not slowed', async () => {
    const staged = await stage({ sources: { github: { quota: () => plenty } } });
    await addWatches(staged, [guildWatchOn('github:o/r')]);
    expect(pace((await watch(staged, 2, 'github')).get('github:o/r'))).toBeLessThan(1);
  });
});

describe('what the file watches', () => {
  it('keeps its pace on a host where guilds watch fifty feeds', async () => {
    const staged = await stage({ targets: ['feed:https://a.test/file'] });
    const before = pace((await watch(staged, 6, 'feed')).get('feed:https://a.test/file'));
    await addWatches(
      staged,
      Array.from({ length: 50 }, (_, index) => guildWatchOn(`feed:https://a.test/${index}`)),
    );
    const looks = await watch(staged, 6, 'feed');
    const file = looks.get('feed:https://a.test/file');
    expect([before, pace(file)].map((minutes) => Math.round(minutes))).toEqual([15, 15]);
    expect(longest(file)).toBeLessThan(18);
    expect(Math.min(...[...looks.values()].map((list) => list.length))).toBeGreaterThan(2);
  });

  it('keeps nine tenths of its pace where it could use the whole quota', async () => {
    const staged = await stage({ sources: { github: dear }, targets: ['github:o/file'] });
    const before = pace((await watch(staged, 6, 'github')).get('github:o/file'));
    await addWatches(
      staged,
      Array.from({ length: 13 }, (_, index) => guildWatchOn(`github:o/${index}`)),
    );
    const looks = await watch(staged, 12, 'github');
    expect(pace(looks.get('github:o/file')) / before).toBeLessThan(1.2);
    expect(total(looks) - (looks.get('github:o/file')?.length ?? 0)).toBeGreaterThan(12);
  });

  it('is looked at as if it were alone where the quota is plenty', async () => {
    const source = still(plenty, 1);
    const files = Array.from({ length: 30 }, (_, index) => `github:o/f${index}`);
    const alone = await watch(await stage({ sources: { github: source }, targets: files }), 3, 'github');
    const staged = await stage({ sources: { github: source }, targets: files });
    await addWatches(
      staged,
      Array.from({ length: 40 }, (_, index) => guildWatchOn(`github:o/g${index}`)),
    );
    const together = await watch(staged, 3, 'github');
    for (const id of files) expect([id, pace(together.get(id))]).toEqual([id, pace(alone.get(id))]);
    expect(pace(together.get('github:o/g0'))).toBeLessThan(6);
  });

  it('pays for no preview: they end where the part of the guilds does', async () => {
    const staged = await stage({ sources: { github: dear }, targets: ['github:o/file'] });
    const { db, sources } = staged.worker;
    await watch(staged, 2, 'github');
    const previews = createPreviews();
    const scene = { db, sources, previews, now: () => staged.clock.now };
    const look = async (): Promise<boolean> => {
      const admitted = await admitPreview(scene, targetOf('github:x/y'));
      if ('refused' in admitted) return false;
      admitted.over([{ pool: 'github', cost: 3, tookMs: 100 }]);
      return true;
    };
    const answered = await Promise.all(Array.from({ length: 70 }, look));
    expect(answered.filter(Boolean)).toHaveLength(2);
    const world = pacingWorld(staged.worker, previews);
    await openPool(world, 'github');
    expect(previews.pending('github', staged.clock.now)).toBe(0);
    expect(await look()).toBe(false);
    staged.clock.now += 2 * hourMs;
    expect(await look()).toBe(true);
  });

  it('is not looked at more often than the file says because a guild watches it too', async () => {
    const staged = await stage({ sources: { github: { quota: () => plenty } }, targets: [] });
    const slow = { ...watchOn('github:o/r'), floorMs: 12 * hourMs };
    await addWatches(staged, [slow, guildWatchOn('github:o/r')]);
    expect((await watch(staged, 23, 'github')).get('github:o/r')).toHaveLength(2);
  });
});
