// The whole pipeline on a database, with prepared answers, boxes as channels, and a worker that can be killed at any step.

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
  /** Failures of a source or channel that were postponed. */
  readonly errors: readonly string[];
  /** Updates the database to the plan, as at the start of a run. */
  readonly register: () => Promise<void>;
  /** Looks at these targets; without names, at all of the plan. */
  readonly look: (...names: readonly string[]) => Promise<PassReport>;
  /** Delivers as much as possible; returns the time of the next attempt. */
  readonly deliver: () => Promise<number | null>;
}

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** A new worker; with a life, it dies in the middle of its work when the steps are used up. */
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

/** A complete run: register, look and deliver. */
export async function run(setting: Setting, ...names: readonly string[]): Promise<Pipeline> {
  const pipeline = openPipeline(setting);
  await pipeline.register();
  await pipeline.look(...names);
  await pipeline.deliver();
  return pipeline;
}

export const later: PollResult = { kind: 'later', reason: because('busy'), afterMs: null };
