// A pool that another worker has: it is asked for again in a moment, since that worker may have been killed.
import { expect, it } from 'vitest';
import { pacingWorld } from '../../src/app/open-worker.ts';
import type { Worker } from '../../src/worker/context.ts';
import { createPoolRunner } from '../../src/worker/pool-runner.ts';
import { stage } from '../support/worker.ts';

async function runner(holds: Worker['holds']['hold']) {
  const staged = await stage();
  const waits: (() => void)[] = [];
  const asked: string[] = [];
  const worker: Worker = {
    ...staged.worker,
    holds: {
      ...staged.worker.holds,
      hold: (name) => {
        asked.push(name);
        return holds(name);
      },
    },
  };
  const nothing = (): void => undefined;
  const pools = createPoolRunner(
    {
      worker,
      pacing: pacingWorld(worker),
      looked: nothing,
      owed: nothing,
      rests: nothing,
      wait: (ms) => {
        expect(ms).toBeLessThan(5_000);
        return new Promise((resolve) => waits.push(resolve));
      },
    },
    new AbortController().signal,
  );
  return { staged, pools, waits, asked };
}

it('is asked for until it is free, by one wait at a time', async () => {
  let left = 2;
  const { staged, pools, waits, asked } = await runner(async (name) => {
    left -= 1;
    return left < 0 ? staged.worker.holds.hold(name) : null;
  });
  pools.start('github');
  await pools.idle();
  // A wake in between asks, too, and adds no wait of its own.
  pools.start('github');
  await pools.idle();
  expect([asked.length, waits.length]).toEqual([2, 1]);
  waits.shift()?.();
  await new Promise((resolve) => setImmediate(resolve));
  await pools.idle();
  expect(asked).toEqual(['pool:github', 'pool:github', 'pool:github']);
  expect(waits).toEqual([]);
});

it('is left alone where asking failed: the next wake asks', async () => {
  const { pools, waits, asked } = await runner(() => Promise.reject(new Error('the database is away')));
  pools.start('github');
  await pools.idle();
  expect([asked.length, waits.length]).toEqual([1, 0]);
});
