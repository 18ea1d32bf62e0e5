// Decides at the claim what a delivery says: a card or an edit, a reply or the card it has to be instead, a whole digest.
import type { Draft, OutgoingPage } from '../channels/define.ts';
import type { Db } from '../store/define.ts';
import { type DeliveryRow, dueEntries, messagesOf } from '../store/deliveries.ts';
import { storyById } from '../store/stories.ts';
import type { Delivery, Iso } from '../types/core.ts';
import type { Mark, Story, StoryItem } from '../types/story.ts';
import type { NoticeWords, OutboxTarget } from './target.ts';

export interface Claimed {
  readonly draft: Draft;
  readonly revision: number;
  readonly to: OutgoingPage['to'];
  /** The story whose card this is, when it is one. */
  readonly card: Story | null;
  /** Further entries of a digest that this one message tells. */
  readonly also: readonly Delivery[];
}

interface ReplyContent {
  readonly turns: readonly Mark[];
}

interface GroupContent {
  readonly title: string;
  readonly url: string | null;
  readonly items: readonly StoryItem[];
}

interface DigestContent {
  readonly from: Iso;
  readonly to: Iso;
}

/** Everything that is due in one message: also what an earlier period left, when nothing was sent meanwhile. */
async function claimDigest(db: Db, delivery: DeliveryRow, now: Iso): Promise<Claimed | null> {
  const entries = await dueEntries(db, delivery.channel, now);
  const stories: Story[] = [];
  for (const id of new Set(entries.map(({ subject }) => subject))) {
    const story = await storyById(db, id);
    if (story !== null) stories.push(story);
  }
  if (stories.length === 0) return null;
  const periods = entries.map(({ content }) => content as unknown as DigestContent);
  const from = periods.reduce((least, period) => (period.from < least ? period.from : least), now);
  // Told before its time (the channel keeps other hours now), it ends now.
  const end = periods.reduce((most, period) => (period.to > most ? period.to : most), from);
  const to = end > now ? now : end;
  const also = entries.filter(({ id }) => id !== delivery.id);
  return { draft: { form: 'digest', from, to, stories }, revision: delivery.revision, to: null, card: null, also };
}

/** Null = nothing to say any more. */
export async function claim(
  db: Db,
  outboxTarget: OutboxTarget,
  delivery: DeliveryRow,
  now: Iso,
): Promise<Claimed | null> {
  const { revision, content } = delivery;
  switch (delivery.form) {
    case 'card':
    case 'reply': {
      const story = await storyById(db, delivery.subject);
      if (story === null) return null;
      const message = (await messagesOf(db, [story.id])).find((entry) => entry.channel === outboxTarget.name);
      const card: Claimed = {
        draft: { form: 'card', story },
        revision: story.revision,
        to: null,
        card: story,
        also: [],
      };
      if (delivery.form === 'card') {
        if (message === undefined) return card;
        const stale = message.sentRevision >= story.revision;
        if (message.messageId === null || !outboxTarget.channel.edits || stale) return null;
        return { ...card, to: { edit: message.messageId } };
      }
      if (message === undefined || message.messageId === null) return card;
      const { turns } = content as unknown as ReplyContent;
      return {
        draft: { form: 'reply', story, turns },
        revision,
        to: { reply: message.messageId },
        card: null,
        also: [],
      };
    }
    case 'group': {
      const { title, url, items } = content as unknown as GroupContent;
      return { draft: { form: 'group', title, url, items }, revision, to: null, card: null, also: [] };
    }
    case 'notice': {
      const { title, text } = content as unknown as NoticeWords;
      return { draft: { form: 'notice', title, text }, revision, to: null, card: null, also: [] };
    }
    case 'digest':
      return claimDigest(db, delivery, now);
  }
}
