// Assigned changes → every watch's word on each of them, some watches at a time so that others get their turn.

import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { isOfModel, unread } from '../stories/reading.ts';
import type { Difference } from '../types/change.ts';
import type { Iso, Observation, Watch } from '../types/core.ts';
import type { VerdictReason } from '../types/reasons/verdicts.ts';
import type { Assigned, FreshLook } from './assign.ts';
import type { PipelineContext } from './context.ts';
import { type Judged, judge } from './filter.ts';
import { createRegexBudget, type SizeOf } from './regex-budget.ts';
import type { JudgedChange } from './scope-changes.ts';
import { isFiled } from './visibility.ts';

export interface JudgeContext extends PipelineContext {
  readonly sizeOf: SizeOf;
  /** What the stories know already, and why it is not told; left out = nothing. */
  readonly surplus?: ReadonlyMap<Observation, VerdictReason>;
}

/** A fresh look at a target, as far as it is judged. */
export interface JudgedLook {
  readonly id: string;
  /** When the last good look before it was made; null = it is the first. */
  readonly lastAt: Iso | null;
  /** Whether the file looks there. */
  readonly filed: boolean;
  /** Nobody watches it: an entry led there. */
  readonly led: boolean;
  readonly watches: readonly Watch[];
}

export function judgedLook({ row, watches, led = false }: FreshLook): JudgedLook {
  return { id: row.target.id, lastAt: row.lastAt, filed: isFiled(watches), led, watches };
}

/** The watches on a look as they are judged in this pass: a guild's may have used up what its expressions may take. */
export type Judging = (look: Pick<JudgedLook, 'id' | 'watches'>, subjects: () => readonly string[]) => readonly Watch[];

/** Each look is counted once, however many times it is judged. */
export function createJudging(sizeOf: SizeOf): Judging {
  const budgeted = createRegexBudget(sizeOf);
  const counted = new Map<string, readonly Watch[]>();
  return ({ id, watches }, subjects) => {
    const known = counted.get(id);
    if (known !== undefined) return known;
    const left = budgeted(watches, subjects());
    counted.set(id, left);
    return left;
  };
}

/** What every watch refuses keeps to itself: under its own address it is stored and explained, and moves no story. */
export function setApart(judged: JudgedChange): JudgedChange {
  const { assigned, verdicts } = judged;
  const { change, item } = assigned;
  const isRefused = verdicts.length > 0 && verdicts.every(({ refused }) => refused);
  if (!isRefused || item !== undefined) return judged;
  return { ...judged, assigned: { ...assigned, storyKey: change.observation.about, spreadKey: null, reading: unread } };
}

/** Whether it is worth a row. A baseline is explained by the item itself; ten thousand rows saying so would explain nothing more. */
export function explains({ reason }: Judged): boolean {
  return reason.code !== 'verdict.no-news' && reason.code !== 'verdict.baseline';
}

/** How long it may go on before whoever else has something to do gets a turn, in milliseconds; asked after so many watches. */
const turnMs = 8;
const watchesAtOnce = 100;

/** Every watch's word on every change of its target. */
export async function judgeChanges(
  { changes: assigned }: Pick<Assigned, 'changes'>,
  looks: readonly JudgedLook[],
  context: JudgeContext,
  judging: Judging,
): Promise<readonly JudgedChange[]> {
  const byTarget = Map.groupBy(assigned, ({ targetId }) => targetId);
  const result: JudgedChange[] = [];
  let until = performance.now() + turnMs;
  for (const look of looks) {
    const { id, lastAt, filed, led } = look;
    const ofTarget = byTarget.get(id) ?? [];
    if (ofTarget.length === 0) continue;
    const changes = ofTarget.filter(({ beside }) => !beside).map(({ change }) => change);
    const models = new Set(
      ofTarget.filter(({ reading }) => isOfModel(reading)).map(({ change }) => change.observation),
    );
    const filtering = {
      matcher: context.matcher,
      isModel: (one: Observation) => models.has(one),
      surplus: (one: Observation) => context.surplus?.get(one) ?? null,
      lastAt,
    };
    const left = judging(look, () => ofTarget.map(({ change }) => change.observation.subject ?? ''));
    const verdicts = new Map<Difference, Judged[]>(changes.map((change) => [change, []]));
    for (let start = 0; start < left.length; start += watchesAtOnce) {
      for (const verdict of judge(changes, left.slice(start, start + watchesAtOnce), filtering))
        verdicts.get(verdict.change)?.push(verdict);
      if (performance.now() < until) continue;
      await turnOfTheLoop();
      until = performance.now() + turnMs;
    }
    for (const one of ofTarget) result.push({ assigned: one, verdicts: verdicts.get(one.change) ?? [], filed, led });
  }
  return result;
}
