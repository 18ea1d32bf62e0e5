// A worker's life counted in steps: everything that leaves a trace is a step, and after the last one nothing works any more.
import type { Source } from '../../../src/sources/define.ts';
import type { Db } from '../../../src/store/define.ts';

export interface Life {
  /** Throws once the steps are used up, from then on always. */
  readonly step: () => void;
  readonly over: () => boolean;
  readonly steps: () => number;
}

/** A worker that is killed before step number `steps` (counted from 0); with infinity it is never killed. */
export function openLife(steps: number): Life {
  let taken = 0;
  return {
    step: () => {
      if (taken >= steps) throw new Error('killed');
      taken += 1;
    },
    over: () => taken >= steps,
    steps: () => taken,
  };
}

export function mortalDb(db: Db, life: Life): Db {
  return {
    all: async (sql, params) => {
      // A mere query leaves no trace, so dying before it is the same as dying before the next step.
      if (life.over() || !sql.startsWith('SELECT')) life.step();
      return db.all(sql, params);
    },
    batch: async (statements) => {
      life.step();
      return db.batch(statements);
    },
    clock: db.clock,
    analyse: () => db.analyse(),
    close: () => db.close(),
  };
}

export function mortalSource(source: Source, life: Life): Source {
  return {
    ...source,
    poll: async (looks, context) => {
      const answer = await source.poll(looks, context);
      // The look was made, but its result may be lost.
      life.step();
      return answer;
    },
  };
}
