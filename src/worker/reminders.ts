// Reminders that are due: each becomes owed to its person once, and is then removed.
import { remindedAt } from '../guilds/follow.ts';
import { noticeStatement } from '../outbox/notice.ts';
import { dropWish, type PersonWish, reminders } from '../store/people.ts';
import { storyById } from '../store/stories.ts';
import { personChannel } from '../types/person.ts';
import type { Story } from '../types/story.ts';
import { iso } from '../types/time.ts';
import type { Worker } from './context.ts';

async function storyOf(worker: Pick<Worker, 'db'>, { storyId }: PersonWish): Promise<Story | null> {
  const story = await storyById(worker.db, storyId);
  return story?.mergedInto == null ? story : storyById(worker.db, story.mergedInto);
}

/** True when something has become owed. After a conflict it is tried again at the next wake. */
export async function remind(worker: Pick<Worker, 'db' | 'now' | 'words'>): Promise<boolean> {
  const nowMs = worker.now();
  const now = iso(nowMs);
  let owed = false;
  for (const wish of await reminders(worker.db)) {
    const story = await storyOf(worker, wish);
    const day = story === null ? null : remindedAt(story);
    // The promise was kept, withdrawn, or has no day any more, so the reminder is dropped.
    if (story === null || story.pledge === null || day === null) {
      await worker.db.batch([dropWish('reminders', wish)]);
      continue;
    }
    if (day.at > now) continue;
    const { by, dueFrom, dueTo, quoteUrl } = story.pledge;
    const last = dueTo ?? dueFrom ?? now.slice(0, 10);
    const promise = { by, from: dueFrom ?? last, to: last };
    const source = quoteUrl ?? story.url;
    const words = worker.words(wish.locale, { kind: 'reminder', what: [story.name], reason: null, source, promise });
    const notice = noticeStatement(
      personChannel(wish.person),
      { about: `reminder:${story.id}`, said: words, seq: nowMs * 1000 },
      now,
    );
    if ((await worker.db.batch([dropWish('reminders', wish, true), notice])) === 'done') owed = true;
  }
  return owed;
}
