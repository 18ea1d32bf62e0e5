// What people in Discord add beside the file: it keeps to its guild's measure, and the file's targets keep their pace.
import { describe, expect, it } from 'vitest';
import { openDesk } from '../../src/actions/pacing.ts';
import { beltWorld } from '../../src/actions/worker.ts';
import { pass } from '../../src/cycle.ts';
import { pacingWorld } from '../../src/house/open.ts';
import { insertTarget, newTargetRow } from '../../src/store/targets.ts';
import { saveWatch } from '../../src/store/watches.ts';
import type { Quota, Watch } from '../../src/types.ts';
import { fresh } from '../belt.ts';
import { configOf, hourMs, type Staged, stage, targetOf, watchOn } from './worker.ts';

const wakeMs = 30_000;
const plenty: Quota = { limit: 5_000, windowMs: hourMs, share: 0.2, peak: 1, hot: 60, batch: 100, worst: 4, lanes: 1 };

function guildWatch(id: string, guild = '1'): Watch {
  return { ...watchOn(id), id: `guild:${guild}:2:${id}`, origin: { by: 'guild', guild }, to: [`guild:${guild}:2`] };
}

async function add(staged: Staged, watches: readonly Watch[]): Promise<void> {
  const now = new Date(staged.clock.now).toISOString();
  const targets = watches.map(({ targetId }) => targetOf(targetId));
  await staged.worker.db.batch([
    ...targets.map((target) => insertTarget(newTargetRow(target, target.source, now))),
    ...watches.map((watch) => saveWatch(watch, now)),
  ]);
}

/** Wakes as the worker does, for so many hours; resolves to the times of the looks at each target, in minutes from now. */
async function watch(staged: Staged, hours: number, pool: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const world = pacingWorld({ ...staged.worker, random: () => 0.5 });
  const looks = new Map<string, number[]>();
  const start = staged.clock.now;
  for (; staged.clock.now < start + hours * hourMs; staged.clock.now += wakeMs) {
    for (let more = true; more; ) {
      more = false;
      const desk = await openDesk(world, pool);
      const chosen = await desk.choose();
      for (const lane of ['hot', 'main'] as const) {
        if (chosen[lane].length === 0) continue;
        const belt = beltWorld(staged.worker, () => [], desk.pacing(lane));
        const { looked } = await pass(belt, chosen[lane], AbortSignal.timeout(60_000));
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
    await add(
      staged,
      owners.map((owner) => guildWatch(owner)),
    );
    for (const hour of [1, 2, 3]) {
      const looks = total(await watch(staged, 1, 'github'));
      expect([hour, looks <= 66, looks > 30]).toEqual([hour, true, true]);
    }
  });

  it('come when they may: few watches are not slowed', async () => {
    const staged = await stage({ sources: { github: { quota: () => plenty } } });
    await add(staged, [guildWatch('github:o/r')]);
    expect(pace((await watch(staged, 2, 'github')).get('github:o/r'))).toBeLessThan(1);
  });
});

describe('what the file watches', () => {
  it('is not looked at more often than the file says because a guild watches it too', async () => {
    const staged = await stage({ sources: { github: { quota: () => plenty } }, targets: [] });
    const slow = { ...watchOn('github:o/r'), floorMs: 12 * hourMs };
    await add(staged, [slow, guildWatch('github:o/r')]);
    expect((await watch(staged, 23, 'github')).get('github:o/r')).toHaveLength(2);
  });
});
