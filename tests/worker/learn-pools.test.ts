// Targets go to the pool that their source names, when a pool comes or goes.
import { expect, it } from 'vitest';
import type { Source } from '../../src/sources/define.ts';
import { pooledTargets } from '../../src/store/target-pools.ts';
import { learnPools, tryLearnPools } from '../../src/worker/learn-pools.ts';
import { stage } from '../support/worker.ts';

it('moves targets only when the source says so, and leaves them where they are while it does not know', async () => {
  const staged = await stage({
    sources: { huggingface: {}, github: {} },
    targets: ['huggingface:a/b', 'github:a/b', 'github:c/d'],
  });
  const { worker } = staged;
  const found = worker.sources.get('github');
  if (found === undefined) throw new Error('no source');
  let learned: Awaited<ReturnType<NonNullable<Source['learnPools']>>> = { moved: false, problem: null };
  let pool = 'github:one';
  const github: Source = { ...found, pool: () => pool, learnPools: () => Promise.resolve(learned) };
  const world = { ...worker, sources: new Map([...worker.sources, ['github', github] as const]) };
  const pools = async () => [...new Set((await pooledTargets(worker.db, 'github')).map((each) => each.pool))];
  const before = await pools();

  await learnPools(world, false);
  expect(await pools()).toEqual(before);
  await learnPools(world, true);
  expect(await pools()).toEqual(['github:one']);
  pool = 'github:two';
  learned = { moved: true, problem: { code: 'github.no-installation', params: { host: 'api.example' } } };
  await tryLearnPools(world);
  expect(await pools()).toEqual(['github:one']);
  expect(staged.logged.join()).toContain('not installed on any account');
  learned = { moved: true, problem: null };
  await tryLearnPools(world);
  expect(await pools()).toEqual(['github:two']);
  expect((await pooledTargets(worker.db, 'huggingface')).map((each) => each.pool)).toEqual(['huggingface']);

  const broken = {
    ...world,
    sources: new Map([['github', { ...github, learnPools: () => Promise.reject(new Error('away')) }]]),
  };
  await tryLearnPools(broken);
  expect(staged.logged.at(-1)).toContain('away');
});
