// The whole pipeline on a database, with answers to look at, boxes that messages are put into, and a life that can end at any step.

import { assemble } from '../../../src/app/open-worker.ts';
import { deliverAll } from '../../../src/outbox/dispatcher.ts';
import type { OutboxTarget } from '../../../src/outbox/target.ts';
import { type PassReport, pass } from '../../../src/pipeline/run.ts';
import { idlePacing } from '../../../src/scheduler/pool.ts';
import type { Db } from '../../../src/store/define.ts';
import { targetsById } from '../../../src/store/targets.ts';
import type { PollResult } from '../../../src/types/core.ts';
import { dispatcherWorld, pipelineWorld, type Worker } from '../../../src/worker/context.ts';
import { registerWatches } from '../../../src/worker/register.ts';
import { because } from '../reasons.ts';
import { type Answers, sourceOf } from './answers.ts';
import { type Box, channelOf } from './box.ts';
import { configOf, type Plan } from './config.ts';
import { type Life, mortalDb, mortalSource } from './life.ts';

export interface Setting {
  readonly db: Db;
  readonly answers: Answers;
  readonly boxes: Readonly<Record<string, Box>>;
  readonly plan: Plan;
  readonly now: () => number;
  readonly life?: Life;
}

export interface Pipeline {
  readonly worker: Worker;
  /** What went wrong in a source or a channel and was put off. */
  readonly errors: readonly string[];
  /** Brings the database in line with the plan, as at the start of a run. */
  readonly register: () => Promise<void>;
  /** Looks at these targets, all of the plan when none is named. */
  readonly look: (...names: readonly string[]) => Promise<PassReport>;
  /** Empties the outbox as far as it goes; the time of the next try comes back. */
  readonly deliver: () => Promise<number | null>;
}

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** A worker that begins: with a life, it dies in the middle of whatever it does when its steps are used up. */
export function openPipeline(setting: Setting): Pipeline {
  const { answers, boxes, plan, now, life } = setting;
  const errors: string[] = [];
  const db = life === undefined ? setting.db : mortalDb(setting.db, life);
  const source = life === undefined ? sourceOf(answers) : mortalSource(sourceOf(answers), life);
  const outboxTargets = Object.entries(boxes).map(
    ([name, box]): OutboxTarget => ({
      name,
      address: name,
      channel: channelOf(box, now, life),
      style: () => ({ locale: 'en', timezone: 'UTC', silent: false, mention: [] }),
    }),
  );
  const log = { ...quiet, error: (text: string) => errors.push(text) };
  const config = configOf(plan, Object.keys(boxes));
  const worker = assemble(config, db, { sources: new Map([['answers', source]]), outboxTargets, now, log, keep: null });
  const dispatcher = dispatcherWorld(worker, () => undefined);
  const signal = new AbortController().signal;
  return {
    worker,
    errors,
    register: () => registerWatches(worker),
    look: async (...names) => {
      const ids = names.length === 0 ? config.targets.map(({ id }) => id) : names.map((name) => `answers:${name}`);
      const stored = await targetsById(db, ids);
      const rows = ids.map((id) => stored.get(id)).filter((row) => row !== undefined);
      return pass(
        pipelineWorld(worker, () => [], idlePacing),
        rows,
        signal,
      );
    },
    deliver: () => deliverAll(dispatcher, signal),
  };
}

/** Starts, looks and delivers: a run from its beginning to its end. */
export async function run(setting: Setting, ...names: readonly string[]): Promise<Pipeline> {
  const pipeline = openPipeline(setting);
  await pipeline.register();
  await pipeline.look(...names);
  await pipeline.deliver();
  return pipeline;
}

export const later: PollResult = { kind: 'later', reason: because('busy'), afterMs: null };
