// Assigned changes → every watch's word on each of them.

import { isOfModel, unread } from '../stories/reading.ts';
import type { Observation, Watch } from '../types/core.ts';
import type { Assigned, AssignedChange, FreshLook } from './assign.ts';
import type { PipelineContext } from './context.ts';
import { type Judged, judge } from './filter.ts';
import { createRegexBudget, type SizeOf } from './regex-budget.ts';
import type { JudgedChange } from './scope-changes.ts';
import { isFiled } from './visibility.ts';

export interface JudgeContext extends PipelineContext {
  readonly sizeOf: SizeOf;
}

/** The watches on a look as they are judged in this pass: a guild's may have used up what its expressions may take. */
export type Judging = (look: FreshLook, subjects: () => readonly string[]) => readonly Watch[];

/** Each look is counted once, however many times it is judged. */
export function createJudging(sizeOf: SizeOf): Judging {
  const budgeted = createRegexBudget(sizeOf);
  const counted = new Map<string, readonly Watch[]>();
  return ({ row, watches }, subjects) => {
    const known = counted.get(row.target.id);
    if (known !== undefined) return known;
    const left = budgeted(watches, subjects());
    counted.set(row.target.id, left);
    return left;
  };
}

/** What every watch refuses keeps to itself: under its own address it is stored and explained, and moves no story. */
function apart(assigned: AssignedChange, verdicts: readonly Judged[]): AssignedChange {
  const { change, item } = assigned;
  const isRefused = verdicts.length > 0 && verdicts.every(({ refused }) => refused);
  if (!isRefused || item !== undefined) return assigned;
  return { ...assigned, storyKey: change.observation.about, spreadKey: null, reading: unread };
}

/** Whether it is worth a row. A baseline is explained by the item itself; ten thousand rows saying so would explain nothing more. */
export function explains({ reason }: Judged): boolean {
  return reason.code !== 'verdict.no-news' && reason.code !== 'verdict.baseline';
}

/** Every watch's word on every change of its target. */
export function judgeChanges(
  { changes: assigned }: Assigned,
  looks: readonly FreshLook[],
  context: JudgeContext,
  judging: Judging,
): readonly JudgedChange[] {
  const byTarget = Map.groupBy(assigned, ({ targetId }) => targetId);
  return looks.flatMap((look) => {
    const { row, watches, led = false } = look;
    const ofTarget = byTarget.get(row.target.id) ?? [];
    const changes = ofTarget.filter(({ beside }) => !beside).map(({ change }) => change);
    const models = new Set(
      ofTarget.filter(({ reading }) => isOfModel(reading)).map(({ change }) => change.observation),
    );
    const filtering = { matcher: context.matcher, isModel: (one: Observation) => models.has(one), lastAt: row.lastAt };
    const left = judging(look, () => ofTarget.map(({ change }) => change.observation.subject ?? ''));
    const verdicts = Map.groupBy(judge(changes, left, filtering), ({ change }) => change);
    const filed = isFiled(watches);
    return ofTarget.map((one) => {
      const said = verdicts.get(one.change) ?? [];
      return { assigned: apart(one, said), verdicts: said, filed, led };
    });
  });
}
