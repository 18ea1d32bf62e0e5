// Looks at targets without a database: nothing is known before, and nothing is stored.
import { type Looked, pollAll } from '../pipeline/poll.ts';
import type { Source } from '../sources/define.ts';
import { newTargetRow } from '../store/targets.ts';
import type { Kind, PollResult, Target } from '../types/core.ts';
import { iso } from '../types/time.ts';

export interface LookOnceDeps {
  readonly sources: ReadonlyMap<string, Source>;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Called with the number of targets done. */
  readonly progress?: (done: number) => void;
}

const poolsAtOnce = 16;

/** The result for each target, by its id; several pools are looked at concurrently. */
export async function lookOnce(
  { sources, now, signal, progress }: LookOnceDeps,
  targets: readonly Target[],
  wants: ReadonlyMap<string, readonly Kind[]> = new Map(),
): Promise<ReadonlyMap<string, PollResult>> {
  const at = iso(now());
  const rows = targets.map((target) => ({
    row: newTargetRow(target, sources.get(target.source)?.pool(target) ?? target.source, at),
    isNew: true,
  }));
  const pools = [...Map.groupBy(rows, ({ row }) => row.pool).values()];
  const looked: Looked[] = [];
  const world = {
    sources,
    context: { now, signal },
    at,
    wanted: () => Promise.resolve(wants),
    onError: () => undefined,
  };
  const next = async (): Promise<void> => {
    for (let pool = pools.shift(); pool !== undefined && !signal.aborted; pool = pools.shift()) {
      looked.push(...(await pollAll(pool, world)).looked);
      progress?.(looked.length);
    }
  };
  await Promise.all(Array.from({ length: poolsAtOnce }, next));
  return new Map(looked.map(({ row, result }) => [row.target.id, result]));
}
