// Replays recorded answers through the pipeline with its own clock: each answer at its time, with the turns due in between.

import { deliverAll } from '../../outbox/dispatcher.ts';
import { pass } from '../../pipeline/run.ts';
import { idlePacing } from '../../scheduler/pool.ts';
import type { Source } from '../../sources/define.ts';
import { nextOwedAt } from '../../store/deliveries.ts';
import { nextTurnAt } from '../../store/stories.ts';
import { targetsById } from '../../store/targets.ts';
import type { Iso, PollResult } from '../../types/core.ts';
import { iso } from '../../types/time.ts';
import { dispatcherWorld, pipelineWorld, type Worker } from '../context.ts';
import { turnStories } from '../due-stories.ts';
import { registerWatches } from '../register.ts';
import { type Recorded, readAnswer } from './recording.ts';

export interface ReplayClock {
  readonly now: () => number;
  readonly set: (ms: number) => void;
}

/** The recording's targets by id, as the sources parse their addresses. */
export type RecordedTargets = ReadonlyMap<string, readonly Recorded[]>;

/** A source that answers from the recording: the latest answer at this time, or that there is none. */
export function replaying(source: Source, targets: RecordedTargets): Source {
  return {
    ...source,
    poll: async (looks, { now }) => {
      const results = new Map<string, PollResult>();
      for (const look of looks) {
        const latest = targets.get(look.target.id)?.findLast((entry) => Date.parse(entry.at) <= now());
        const result: PollResult =
          latest === undefined
            ? { kind: 'later', reason: { code: 'look.unrecorded', params: {} }, afterMs: null }
            : await source.read(look, await readAnswer(latest), now());
        results.set(look.target.id, result);
      }
      return { results, spent: [] };
    },
  };
}

function earliest(...times: readonly (Iso | null | undefined)[]): Iso | null {
  const known = times.filter((time) => time !== null && time !== undefined);
  return known.length === 0 ? null : known.reduce((one, other) => (one < other ? one : other));
}

interface Playing {
  readonly targets: RecordedTargets;
  readonly clock: ReplayClock;
  readonly until: Iso;
}

/** Plays everything and returns the number of messages told. `until` limits the turns after the last recording. */
export async function play(worker: Worker, { targets, clock, until }: Playing, signal: AbortSignal): Promise<number> {
  let told = 0;
  const dispatcher = dispatcherWorld(worker, (_, outcome) => {
    if (outcome.kind === 'sent') told += 1;
  });
  const times = [...new Set([...targets.values()].flat().map((entry) => entry.at))].sort();
  const first = times[0];
  if (first === undefined) return 0;
  clock.set(Date.parse(first));
  await registerWatches(worker);
  let next = 0;
  while (!signal.aborted) {
    const recorded = times[next] ?? null;
    const at = earliest(recorded, await nextTurnAt(worker.db), await nextOwedAt(worker.db));
    if (at === null || (recorded === null && at > until)) break;
    clock.set(Math.max(clock.now(), Date.parse(at)));
    if (at === recorded) {
      next += 1;
      const ids = [...targets].filter(([, entries]) => entries.some((entry) => entry.at === at)).map(([id]) => id);
      const rows = [...(await targetsById(worker.db, ids)).values()];
      if (rows.length > 0)
        await pass(
          pipelineWorld(worker, () => [], idlePacing),
          rows,
          signal,
        );
    }
    await turnStories(worker);
    await deliverAll(dispatcher, signal);
    const owed = await nextOwedAt(worker.db);
    // A delivery that is due but cannot be sent would stop the clock.
    if (owed !== null && owed <= iso(clock.now()) && at !== recorded) break;
  }
  return told;
}
