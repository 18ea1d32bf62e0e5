// The verdict of every watch on every assigned change, in slices, so that other work gets its turn.

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
  /** Observations that tell the stories nothing new, with the reason; left out = none. */
  readonly surplus?: ReadonlyMap<Observation, VerdictReason>;
}

/** What judging needs of a fresh look. */
export interface JudgedLook {
  readonly id: string;
  /** When the last good look before it was made; null = it is the first. */
  readonly lastAt: Iso | null;
  /** Whether the file watches the target. */
  readonly filed: boolean;
  /** Nobody watches it: an entry links to it. */
  readonly led: boolean;
  readonly watches: readonly Watch[];
}

export function judgedLook({ row, watches, led = false }: FreshLook): JudgedLook {
  return { id: row.target.id, lastAt: row.lastAt, filed: isFiled(watches), led, watches };
}

/** A look's watches as judged in this pass: those of a guild that has used up its budget for expressions count as paused. */
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

/** A change that every watch refuses is stored and explained under its own address, and moves no story. */
export function setApart(judged: JudgedChange): JudgedChange {
  const { assigned, verdicts } = judged;
  const { change, item } = assigned;
  const isRefused = verdicts.length > 0 && verdicts.every(({ refused }) => refused);
  if (!isRefused || item !== undefined) return judged;
  return { ...judged, assigned: { ...assigned, storyKey: change.observation.about, spreadKey: null, reading: unread } };
}

/** Whether a verdict gets a row. A baseline does not: the item says so itself, and ten thousand rows would add nothing. */
export function explains({ reason }: Judged): boolean {
  return reason.code !== 'verdict.no-news' && reason.code !== 'verdict.baseline';
}

/** Milliseconds of judging until other work gets a turn; checked after every `watchesAtOnce` watches. */
const turnMs = 8;
const watchesAtOnce = 100;

/** The verdict of every watch on every change of its target. */
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
