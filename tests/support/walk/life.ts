// The life of a worker, counted in steps: everything that leaves a trace is one, and after the last nothing works any more.
import type { Source } from '../../../src/sources/define.ts';
import type { Db } from '../../../src/store/define.ts';

export interface Life {
  /** Throws when the steps are used up, now and for ever. */
  readonly step: () => void;
  readonly over: () => boolean;
  readonly steps: () => number;
}

/** A worker that is killed before its step number `steps` (counted from 0); infinity lives to the end. */
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
      // To die before a mere question is to die before the next trace.
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
      // The look was made; nobody may ever learn what it saw.
      life.step();
      return answer;
    },
  };
}
