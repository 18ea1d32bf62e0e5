// Quota pools may come and go while the worker runs; then targets move to the pool that their source now names.
import { errorText } from '../infra/log.ts';
import type { Source } from '../sources/define.ts';
import type { Statement } from '../store/define.ts';
import { chunks } from '../store/rows.ts';
import { moveToPool, pooledTargets } from '../store/target-pools.ts';
import type { Worker } from './context.ts';

/** The longest wait for a service's answer about its pools, in milliseconds. */
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

/** `anew`: compare all targets even if the pools have not changed, as the configuration may have. */
export async function learnPools(world: PoolWorld, anew: boolean): Promise<void> {
  for (const source of world.sources.values()) {
    if (source.learnPools === undefined) continue;
    const { moved, problem } = await source.learnPools({ now: world.now, signal: AbortSignal.timeout(patienceMs) });
    if (problem !== null) world.log.warn(`quota pools: ${world.inEnglish(problem)}`);
    // If the pools cannot be learned, targets stay where they are.
    else if (moved || anew) await move(world, source);
  }
}

/** The same, but a failure (of the database, say) is only logged. */
export async function tryLearnPools(world: PoolWorld): Promise<void> {
  await learnPools(world, false).catch((error: unknown) => world.log.error(`quota pools: ${errorText(error)}`));
}
