// Continues telling news that was too much for one batch.

import type { Db, Statement } from '../store/define.ts';
import { fanoutContent, fanoutsIn, nextPart } from '../store/fanouts.ts';
import type { Iso } from '../types/core.ts';
import { iso } from '../types/time.ts';
import { composePart, type Fanout, type FanoutContext, type FanoutShare } from './fan-out.ts';

export interface Fanning {
  readonly db: Db;
  readonly now: () => number;
  readonly compose: (now: Iso) => FanoutContext;
  /** Statements that guard the lease, as in a pass. */
  readonly guard: () => readonly Statement[];
  readonly owed: () => void;
}

const attempts = 5;

interface ComposedPart {
  readonly part: number;
  readonly statements: readonly Statement[];
}

/** Finishes what one pass has left. The next part is composed while one is written, as each concerns other channels. */
async function finish(world: Fanning, id: string, content: Fanout, signal: AbortSignal): Promise<void> {
  const { db } = world;
  const compose = async (after?: number): Promise<ComposedPart | null> => {
    const part = await nextPart<FanoutShare>(db, id, after);
    if (part === null) return null;
    return { part: part.part, statements: await composePart(db, content, part, world.compose(iso(world.now()))) };
  };
  let conflicts = 0;
  let next = compose();
  try {
    while (!signal.aborted) {
      const composed = await next;
      if (composed === null) break;
      const writing = db.batch([...world.guard(), ...composed.statements]);
      next = compose(composed.part);
      // A failure is thrown where `next` is awaited; this only avoids an unhandled rejection until then.
      next.catch(() => undefined);
      if ((await writing) === 'done') {
        conflicts = 0;
        world.owed();
        continue;
      }
      conflicts += 1;
      if (conflicts >= attempts) throw new Error(`going on with what ${id} owes: conflicted ${attempts} times`);
      await next.catch(() => undefined);
      next = compose(composed.part - 1);
    }
  } finally {
    await next.catch(() => undefined);
  }
}

/** Finishes what these pools' passes have left, until nothing is left or the signal aborts. */
export async function finishFanouts(world: Fanning, pools: readonly string[], signal: AbortSignal): Promise<void> {
  for (const id of await fanoutsIn(world.db, [...new Set(pools)])) {
    if (signal.aborted) return;
    const content = await fanoutContent<Fanout>(world.db, id);
    if (content !== null) await finish(world, id, content, signal);
  }
}
