// Handles promises confirmed or dismissed from the command line: the file's stories continue with that answer.
import { answered, cardEdits } from '../guilds/answer-pledge.ts';
import { pledgeRequests, takePledge } from '../store/requests.ts';
import { saveStory, storyById } from '../store/stories.ts';
import { nextTurn } from '../stories/promise.ts';
import { iso } from '../types/time.ts';
import type { Worker } from './context.ts';

/** True when something has become owed. Requests that no longer apply (kept, or confirmed by the file) are removed. */
export async function takePledgeRequests({ db, now, log }: Pick<Worker, 'db' | 'now' | 'log'>): Promise<boolean> {
  let owed = false;
  for (const request of await pledgeRequests(db)) {
    const story = await storyById(db, request.storyId);
    if (story === null || story.scope !== 'file' || story.pledge === null || story.pledge.confirmed) {
      await db.batch([takePledge(request)]);
      continue;
    }
    const at = iso(now());
    const told = answered({ ...story, revision: story.revision + 1, updatedAt: at }, request.answer);
    const next = { ...told, nextAt: nextTurn(told) };
    const edits = await cardEdits(db, next, now());
    const outcome = await db.batch([takePledge(request), saveStory(next, story.revision), ...edits]);
    // After a conflict, the request is handled at the next wake.
    if (outcome !== 'done') continue;
    log.info(`the promise of ${story.name} is ${request.answer}`);
    owed ||= edits.length > 0;
  }
  return owed;
}
