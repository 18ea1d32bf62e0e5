// What is owed to whom: folded stories + what each channel has already → deliveries. Pure.
import type { Folded } from './stories/fold.ts';
import { isReplied } from './stories/turns.ts';
import type { Delivery, Form, Iso, Json, Mark, Story, StoryItem } from './types.ts';

/** What a channel already has of a story. */
export type Standing =
  | { readonly kind: 'nothing' }
  /** A card waits in the outbox and nobody has pinned it: it will say the newest revision by itself. */
  | { readonly kind: 'waiting'; readonly deliveryId: string }
  /** A card of its own is there, or on its way. */
  | { readonly kind: 'card' }
  /** Told in a group, or its card was deleted: only a turn makes a card again. */
  | { readonly kind: 'cardless' };

export interface Telling {
  readonly folded: Folded;
  /** For each channel that joins with this look: the watch (of the file or a guild) that told it. */
  readonly joined: ReadonlyMap<string, string>;
}

export interface PlanContext {
  readonly now: Iso;
  readonly standing: (storyId: string, channel: string) => Standing;
  /** When a channel takes messages again (quiet hours); `now` when it does. */
  readonly notBefore: (channel: string) => Iso;
  /** Whether a channel exists and is on. */
  readonly open: (channel: string) => boolean;
  /** The next position in the channels' order. */
  readonly seq: () => number;
  /** What a grouped message calls the watch: its address, and the link to it. */
  readonly watchTitle: (watchId: string) => { readonly title: string; readonly url: string | null };
}

export interface Plan {
  readonly deliveries: readonly Delivery[];
  /** Waiting cards that say a newer revision now. */
  readonly raised: readonly { readonly id: string; readonly revision: number }[];
  /** Stories told in a group: known to the channel, without a card. */
  readonly cardless: readonly { readonly subject: string; readonly channel: string; readonly revision: number }[];
}

/** More than this many new cards of one watch in one look are one grouped message. */
export const groupOver = 20;

interface NewCard {
  readonly story: Story;
  readonly channel: string;
  readonly watchId: string;
}

export function deliveryId(subject: string, revision: number, channel: string, form: Form): string {
  return `${subject}@${revision}>${channel}/${form}`;
}

function delivery(context: PlanContext, story: Story, channel: string, form: Form, content: Json): Delivery {
  return {
    id: deliveryId(story.id, story.revision, channel, form), subject: story.id, revision: story.revision, channel, form,
    seq: context.seq(), notBefore: context.notBefore(channel), attempts: 0, content, pinned: null, sent: [], doubtSince: null,
  };
}

function itemOf(story: Story): StoryItem {
  return { key: story.id, title: story.name, url: story.url, at: story.publishedAt };
}

function groups(cards: readonly NewCard[], context: PlanContext): { readonly deliveries: Delivery[]; readonly single: NewCard[]; readonly grouped: NewCard[] } {
  const byWatch = Map.groupBy(cards, (card) => JSON.stringify([card.channel, card.watchId]));
  const deliveries: Delivery[] = [];
  const single: NewCard[] = [];
  const grouped: NewCard[] = [];
  for (const list of byWatch.values()) {
    const head = list[0];
    if (head === undefined) continue;
    if (list.length <= groupOver) {
      single.push(...list);
      continue;
    }
    const subject = `group:${head.watchId}:${context.now}`;
    const items = list.map(({ story }) => itemOf(story));
    grouped.push(...list);
    deliveries.push({
      id: deliveryId(subject, 1, head.channel, 'group'), subject, revision: 1, channel: head.channel, form: 'group', seq: context.seq(),
      notBefore: context.notBefore(head.channel), attempts: 0, pinned: null, sent: [], doubtSince: null,
      content: { ...context.watchTitle(head.watchId), items: items.map((item) => ({ ...item })) },
    });
  }
  return { deliveries, single, grouped };
}

function markContent(marks: readonly Mark[]): Json {
  return { turns: marks.map((mark) => ({ ...mark })) };
}

/** Everything that this look owes, in the order in which it was seen. */
export function plan(tellings: readonly Telling[], context: PlanContext): Plan {
  const cards: NewCard[] = [];
  const updates: Delivery[] = [];
  const raised: { id: string; revision: number }[] = [];
  for (const { folded, joined } of tellings) {
    const { story, marks } = folded;
    if (!folded.owes) continue;
    const turns = marks.filter((mark) => isReplied(mark.turn));
    for (const channel of story.audience.filter(context.open)) {
      const standing = context.standing(story.id, channel);
      switch (standing.kind) {
        case 'nothing':
          cards.push({ story, channel, watchId: joined.get(channel) ?? '' });
          break;
        case 'waiting':
          raised.push({ id: standing.deliveryId, revision: story.revision });
          break;
        case 'card':
          updates.push(delivery(context, story, channel, 'card', null));
          if (turns.length > 0) updates.push(delivery(context, story, channel, 'reply', markContent(turns)));
          break;
        case 'cardless':
          if (turns.length > 0) updates.push(delivery(context, story, channel, 'reply', markContent(turns)));
          break;
      }
    }
  }
  const { deliveries, single, grouped } = groups(cards, context);
  const posts = single.map((card) => delivery(context, card.story, card.channel, 'card', null));
  return {
    deliveries: [...updates, ...deliveries, ...posts],
    raised,
    cardless: grouped.map(({ story, channel }) => ({ subject: story.id, channel, revision: story.revision })),
  };
}
