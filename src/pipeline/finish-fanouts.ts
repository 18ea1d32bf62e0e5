// Goes on with news that one batch could not make owed to all.

import type { Db, Statement } from '../store/define.ts';
import { fanoutContent, fanoutsIn, nextPart } from '../store/fanouts.ts';
import type { Iso } from '../types/core.ts';
import { iso } from '../types/time.ts';
import { composePart, type Fanout, type FanoutContext, type FanoutShare } from './fan-out.ts';

export interface Fanning {
  readonly db: Db;
  readonly now: () => number;
  readonly compose: (now: Iso) => FanoutContext;
  /** As in a pass. */
  readonly guard: () => readonly Statement[];
  readonly owed: () => void;
}

const foldings = 5;

/** What these pools' passes have left, part by part, until nothing is left or the signal aborts. */
export async function finishFanouts(world: Fanning, pools: readonly string[], signal: AbortSignal): Promise<void> {
  for (const id of await fanoutsIn(world.db, [...new Set(pools)])) {
    const content = await fanoutContent<Fanout>(world.db, id);
    let conflicts = 0;
    while (content !== null && !signal.aborted) {
      const part = await nextPart<FanoutShare>(world.db, id);
      if (part === null) break;
      const statements = await composePart(world.db, content, part, world.compose(iso(world.now())));
      if ((await world.db.batch([...world.guard(), ...statements])) === 'done') {
        conflicts = 0;
        world.owed();
        continue;
      }
      conflicts += 1;
      if (conflicts >= foldings) throw new Error(`going on with what ${id} owes: conflicted ${foldings} times`);
    }
  }
}
