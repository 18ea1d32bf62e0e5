// Turns stories by time alone: a pledge falls due, or one without a date needs to be reviewed by people.
import { composeTurned } from '../pipeline/compose.ts';
import type { Statement } from '../store/define.ts';
import { saveStory, storiesDue } from '../store/stories.ts';
import { nextTurn, reviewAt } from '../stories/promise.ts';
import type { Story } from '../types/story.ts';
import { iso } from '../types/time.ts';
import { composeContext, notices, type Worker } from './context.ts';
import { takePledgeRequests } from './pledge-requests.ts';
import { takeVouches } from './vouches.ts';

/** A notice to operators, and a record in the story that it was given. */
function reviewed(worker: Worker, story: Story): readonly Statement[] {
  const { pledge } = story;
  if (pledge === null) return [];
  const next: Story = { ...story, pledge: { ...pledge, reviewed: true }, revision: story.revision + 1 };
  const source = pledge.quoteUrl ?? pledge.by;
  const notice =
    story.scope === 'file' ? notices(worker, { kind: 'pledgeUndated', what: [story.name], reason: null, source }) : [];
  return [saveStory({ ...next, nextAt: nextTurn(next) }, story.revision), ...notice];
}

/** True when something has become owed. After a conflict, the story is still due at the next wake. */
export async function turnStories(worker: Worker): Promise<boolean> {
  // Answers are handled first, since a confirmed promise may already be overdue.
  const vouched = await takeVouches(worker);
  const asked = (await takePledgeRequests(worker)) || vouched;
  return (await turnDue(worker)) || asked;
}

async function turnDue(worker: Worker): Promise<boolean> {
  const now = iso(worker.now());
  const due = await storiesDue(worker.db, now);
  if (due.length === 0) return false;
  const undated = due.filter((story) => story.pledge !== null && (reviewAt(story.pledge) ?? '9') <= now);
  const reviews = undated.flatMap((story) => reviewed(worker, story));
  if (reviews.length > 0) return (await worker.db.batch(reviews)) === 'done';
  const { statements, stories } = await composeTurned(worker.db, composeContext(worker)(now));
  if (stories === 0) return false;
  return (await worker.db.batch(statements)) === 'done';
}
