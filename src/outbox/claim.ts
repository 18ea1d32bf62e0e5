// Decides at the time of the claim what a delivery says: a card or an edit, a reply or the card that replaces it, a digest.
import type { Draft } from '../channels/define.ts';
import type { Db } from '../store/define.ts';
import { type DeliveryRow, dueEntries } from '../store/deliveries.ts';
import { messagesOf } from '../store/messages.ts';
import { storyById } from '../store/stories.ts';
import type { Iso } from '../types/core.ts';
import type { Delivery, Destination } from '../types/delivery.ts';
import type { Story } from '../types/story.ts';
import type { OutboxTarget } from './target.ts';

const alone: Destination = { card: false, to: null };

export interface Claimed {
  readonly draft: Draft;
  readonly revision: number;
  readonly destination: Destination;
  /** Further digest entries that are told in this message. */
  readonly also: readonly Delivery[];
}

/** Combines all due entries into one message, including those left from an earlier period that was not sent. */
async function claimDigest(db: Db, delivery: DeliveryRow, now: Iso): Promise<Claimed | null> {
  const entries = await dueEntries(db, delivery.channel, now);
  const stories: Story[] = [];
  for (const id of new Set(entries.map(({ subject }) => subject))) {
    const story = await storyById(db, id);
    if (story !== null) stories.push(story);
  }
  if (stories.length === 0) return null;
  const periods = entries.flatMap((entry) => (entry.form === 'digest' ? [entry.content] : []));
  const from = periods.reduce((least, period) => (period.from < least ? period.from : least), now);
  // If the digest is told early (because the channel's hours were changed), its period ends now.
  const end = periods.reduce((most, period) => (period.to > most ? period.to : most), from);
  const to = end > now ? now : end;
  const also = entries.filter(({ id }) => id !== delivery.id);
  return { draft: { form: 'digest', from, to, stories }, revision: delivery.revision, destination: alone, also };
}

/** Null = there is nothing left to say. */
export async function claim(
  db: Db,
  outboxTarget: OutboxTarget,
  delivery: DeliveryRow,
  now: Iso,
): Promise<Claimed | null> {
  const { revision } = delivery;
  switch (delivery.form) {
    case 'card':
    case 'reply': {
      const story = await storyById(db, delivery.subject);
      if (story === null) return null;
      const [message] = await messagesOf(db, [story.id], [outboxTarget.name]);
      const card: Claimed = {
        draft: { form: 'card', story },
        revision: story.revision,
        destination: { card: true, to: null },
        also: [],
      };
      if (delivery.form === 'card') {
        if (message === undefined) return card;
        const stale = message.sentRevision >= story.revision;
        if (message.messageId === null || !outboxTarget.channel.edits || stale) return null;
        return { ...card, destination: { card: true, to: { edit: message.messageId } } };
      }
      if (message === undefined || message.messageId === null) return card;
      return {
        draft: { form: 'reply', story, turns: delivery.content.turns },
        revision,
        destination: { card: false, to: { reply: message.messageId } },
        also: [],
      };
    }
    case 'group':
      return { draft: { form: 'group', ...delivery.content }, revision, destination: alone, also: [] };
    case 'notice':
      return { draft: { form: 'notice', ...delivery.content }, revision, destination: alone, also: [] };
    case 'digest':
      return claimDigest(db, delivery, now);
  }
}
