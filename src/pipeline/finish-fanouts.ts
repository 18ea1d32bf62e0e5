// Continues telling news that was too much for one batch.

import { errorText } from '../infra/log.ts';
import type { Db, Statement } from '../store/define.ts';
import { fanoutContent, fanoutsIn, nextPart, setPartAside } from '../store/fanouts.ts';
import type { Iso } from '../types/core.ts';
import { hourMs, iso, minuteMs } from '../types/time.ts';
import { composePart, type Fanout, type FanoutContext, type FanoutShare } from './fan-out.ts';

export interface Fanning {
  readonly db: Db;
  readonly now: () => number;
  readonly compose: (now: Iso) => FanoutContext;
  /** Statements that guard the lease, as in a pass. */
  readonly guard: () => readonly Statement[];
  readonly owed: () => void;
  /** Told of a part that failed and was set aside. */
  readonly onError?: (error: unknown, what: string) => void;
}

const attempts = 5;
/** A part that failed is tried again after a minute, then after twice as long each time, up to six hours. */
const againMs = minuteMs;
const longestMs = 6 * hourMs;

interface ComposedPart {
  readonly part: number;
  readonly fails: number;
  /** Or why it could not be composed. */
  readonly result: readonly Statement[] | { readonly error: unknown };
}

/** Throws only where the database failed: then nothing could be set aside either. */
async function setAside(world: Fanning, fanout: string, { part, fails }: ComposedPart, error: unknown): Promise<void> {
  const until = iso(world.now() + Math.min(longestMs, againMs * 2 ** Math.min(fails, 20)));
  await world.db.batch([...world.guard(), setPartAside({ fanout, part }, until, errorText(error))]);
  world.onError?.(error, `making part ${part} of news owed (${fanout}), set aside until ${until}`);
}

/** Finishes what one pass has left. The next part is composed while one is written, as each concerns other channels. */
async function finish(world: Fanning, id: string, content: Fanout, signal: AbortSignal): Promise<void> {
  const { db } = world;
  const compose = async (after = -1): Promise<ComposedPart | null> => {
    const now = iso(world.now());
    const part = await nextPart<FanoutShare>(db, id, { after, now });
    if (part === null) return null;
    const result = await composePart(db, content, part, world.compose(now)).catch((error: unknown) => ({ error }));
    return { part: part.part, fails: part.fails, result };
  };
  let conflicts = 0;
  let next = compose();
  try {
    while (!signal.aborted) {
      const composed = await next;
      if (composed === null) break;
      const { part, result } = composed;
      const writing =
        'error' in result
          ? Promise.resolve(result)
          : db.batch([...world.guard(), ...result]).catch((error: unknown) => ({ error }));
      next = compose(part);
      // A failure is thrown where `next` is awaited; this only avoids an unhandled rejection until then.
      next.catch(() => undefined);
      const wrote = await writing;
      if (wrote === 'done') {
        conflicts = 0;
        world.owed();
        continue;
      }
      if (wrote !== 'conflict') {
        await setAside(world, id, composed, wrote.error);
        continue;
      }
      conflicts += 1;
      if (conflicts >= attempts) throw new Error(`going on with what ${id} owes: conflicted ${attempts} times`);
      await next.catch(() => undefined);
      next = compose(part - 1);
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
