// Quota pools may come and go while the worker runs: targets go to the pool that their source names now.
import { errorText } from '../infra/log.ts';
import type { Source } from '../sources/define.ts';
import type { Statement } from '../store/define.ts';
import { chunks } from '../store/rows.ts';
import { moveToPool, pooledTargets } from '../store/target-pools.ts';
import type { Worker } from './context.ts';

/** The longest wait for a service that is asked which pools there are, in milliseconds. */
const patienceMs = 10_000;
const statementsAtOnce = 20;

type PoolWorld = Pick<Worker, 'db' | 'sources' | 'now' | 'log' | 'inEnglish'>;

async function move({ db }: PoolWorld, source: Source): Promise<void> {
  const moving = new Map<string, string[]>();
  for (const { target, pool } of await pooledTargets(db, source.kind)) {
    const wanted = source.pool(target);
    if (wanted === pool) continue;
    const ids = moving.get(wanted) ?? [];
    ids.push(target.id);
    moving.set(wanted, ids);
  }
  const statements: readonly Statement[] = [...moving].flatMap(([pool, ids]) =>
    chunks(ids).map((part) => moveToPool(part, pool)),
  );
  for (const part of chunks(statements, statementsAtOnce)) await db.batch(part);
}

/** `anew`: also compares pools that have not changed, as after a start with another configuration. */
export async function learnPools(world: PoolWorld, anew: boolean): Promise<void> {
  for (const source of world.sources.values()) {
    if (source.learnPools === undefined) continue;
    const { moved, problem } = await source.learnPools({ now: world.now, signal: AbortSignal.timeout(patienceMs) });
    if (problem !== null) world.log.warn(`quota pools: ${world.inEnglish(problem)}`);
    // Of what is not known now, the pools stay as they were.
    else if (moved || anew) await move(world, source);
  }
}

/** The same, for whom a database or a service that is away is no reason to stop. */
export async function tryLearnPools(world: PoolWorld): Promise<void> {
  await learnPools(world, false).catch((error: unknown) => world.log.error(`quota pools: ${errorText(error)}`));
}
