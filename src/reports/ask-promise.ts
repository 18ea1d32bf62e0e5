// Confirming or dismissing a promise beside a running worker.
import type { Db } from '../store/define.ts';
import { askPledge, type PledgeRequest } from '../store/requests.ts';
import type { PromisedStory, PromiseReport } from './promises.ts';

export type PromiseAsked =
  | { readonly kind: 'asked'; readonly promised: PromisedStory }
  | { readonly kind: 'settled'; readonly promised: PromisedStory }
  | { readonly kind: 'unknown' };

interface PromiseAnswer {
  readonly wanted: string;
  readonly answer: PledgeRequest['answer'];
  readonly nowMs: number;
}

/** `wanted`: the story's id or key. A promise that is confirmed already, or no longer open, needs no answer. */
export async function askPromise(
  db: Db,
  report: PromiseReport,
  { wanted, answer, nowMs }: PromiseAnswer,
): Promise<PromiseAsked> {
  const all = [...report.overdue, ...report.open, ...report.kept, ...report.late, ...report.withdrawn];
  const promised = all.find(({ story }) => story.id === wanted || story.key === wanted);
  if (promised === undefined) return { kind: 'unknown' };
  const { story, pledge } = promised;
  const isOpen = ['open', 'moved', 'overdue'].includes(pledge.state);
  if (pledge.confirmed || !isOpen) return { kind: 'settled', promised };
  await db.batch([askPledge({ storyId: story.id, answer }, new Date(nowMs).toISOString())]);
  return { kind: 'asked', promised };
}
