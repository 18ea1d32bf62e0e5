// What is owed to whom: folded stories + what each channel already has → deliveries. Pure.
import { isBareTag } from '../stories/absorb.ts';
import type { Folded } from '../stories/fold.ts';
import { isReplied } from '../stories/turns.ts';
import type { Iso } from '../types/core.ts';
import type { Content, Delivery, Form } from '../types/delivery.ts';
import type { Story, StoryItem } from '../types/story.ts';

/** What a channel already has of a story. */
export type CardState =
  | { readonly kind: 'nothing' }
  /** A card waits in the outbox and is not pinned: it will show the newest revision anyway. */
  | { readonly kind: 'waiting'; readonly deliveryId: string }
  /** A card of the story was sent, or is on its way. */
  | { readonly kind: 'card' }
  /** Told in a group, or its card was deleted: only a turn makes a new card. */
  | { readonly kind: 'cardless' };

export interface Telling {
  readonly folded: Folded;
  /** For each channel that joins with this look: the watch (of the file or a guild) that told it. */
  readonly joined: ReadonlyMap<string, string>;
  /** Channels of people who follow this story, whatever watch tells it. */
  readonly followers?: readonly string[];
}

export interface Digest {
  readonly from: Iso;
  readonly to: Iso;
  /** The end of the period, or of the quiet hours that it falls into. */
  readonly notBefore: Iso;
}

export interface PlanContext {
  readonly now: Iso;
  readonly standing: (storyId: string, channel: string) => CardState;
  /** When a channel takes messages again (quiet hours); `now` when it does already. */
  readonly notBefore: (channel: string) => Iso;
  /** The digest that a channel is collecting for, and when it is due; null = it gets single messages. */
  readonly digest: (channel: string) => Digest | null;
  /** A story's entry that waits in a channel's digest, which will show the newest revision anyway; null = none. */
  readonly collected: (storyId: string, channel: string) => string | null;
  /** Whether a channel exists and is on. */
  readonly open: (channel: string) => boolean;
  /** The next position in the channels' order. */
  readonly seq: () => number;
  /** How a grouped message names the watch: by its address, with its link. */
  readonly watchTitle: (watchId: string) => { readonly title: string; readonly url: string | null };
}

export interface Plan {
  readonly deliveries: readonly Delivery[];
  /** Waiting cards and digest entries that now show a newer revision. */
  readonly raised: readonly { readonly id: string; readonly revision: number }[];
  /** Stories told in a group or a digest: known to the channel, without a card. */
  readonly cardless: readonly { readonly subject: string; readonly channel: string; readonly revision: number }[];
}

/** When one watch brings more new cards than this in one look, they become one grouped message. */
export const groupOver = 20;

interface NewCard {
  readonly story: Story;
  readonly channel: string;
  readonly watchId: string;
}

export function deliveryId(subject: string, revision: number, channel: string, form: Form): string {
  return `${subject}@${revision}>${channel}/${form}`;
}

function delivery(context: PlanContext, story: Story, channel: string, what: Content): Delivery {
  return {
    id: deliveryId(story.id, story.revision, channel, what.form),
    subject: story.id,
    revision: story.revision,
    channel,
    seq: context.seq(),
    notBefore: context.notBefore(channel),
    attempts: 0,
    pinned: null,
    sent: [],
    doubtSince: null,
    ...what,
  };
}

const aCard: Content = { form: 'card', content: null };

function itemOf(story: Story): StoryItem {
  return { key: story.id, title: story.name, url: story.url, at: story.publishedAt };
}

interface Listed {
  readonly title: string;
  readonly url: string | null;
  readonly items: readonly StoryItem[];
}

/** One message that lists many items, paged when long. */
function groupOf(about: string, channel: string, { title, url, items }: Listed, context: PlanContext): Delivery {
  const subject = `group:${about}:${context.now}`;
  return {
    id: deliveryId(subject, 1, channel, 'group'),
    subject,
    revision: 1,
    channel,
    form: 'group',
    seq: context.seq(),
    notBefore: context.notBefore(channel),
    attempts: 0,
    pinned: null,
    sent: [],
    doubtSince: null,
    content: { title, url, items },
  };
}

/** A prerelease's tag is pushed minutes before its release is published: waiting this long makes one message of both. */
const tagWaitMs = 5 * 60_000;

function waitingForRelease(card: Delivery, story: Story, now: Iso): Delivery {
  if (!isBareTag(story) || story.known.prerelease !== true) return card;
  const until = new Date(Date.parse(now) + tagWaitMs).toISOString();
  return card.notBefore < until ? { ...card, notBefore: until } : card;
}

/** A card and, when its story lists more than a card can show (a family in many sizes), the whole list after it. */
function postsOf({ story, channel }: NewCard, context: PlanContext): readonly Delivery[] {
  const card = waitingForRelease(delivery(context, story, channel, aCard), story, context.now);
  if (story.items.length <= groupOver) return [card];
  return [card, groupOf(story.id, channel, { title: story.name, url: story.url, items: story.items }, context)];
}

function groups(
  cards: readonly NewCard[],
  context: PlanContext,
): { readonly deliveries: Delivery[]; readonly single: NewCard[]; readonly grouped: NewCard[] } {
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
    grouped.push(...list);
    const items = list.map(({ story }) => itemOf(story));
    deliveries.push(groupOf(head.watchId, head.channel, { ...context.watchTitle(head.watchId), items }, context));
  }
  return { deliveries, single, grouped };
}

interface Owing {
  /** Stories that are new to a channel: told as a card, in a group, or in a digest. */
  readonly cards: NewCard[];
  readonly updates: Delivery[];
  readonly raised: { readonly id: string; readonly revision: number }[];
  readonly cardless: { readonly subject: string; readonly channel: string; readonly revision: number }[];
}

interface DigestEntry {
  readonly story: Story;
  readonly channel: string;
  /** The channel was told of it before. */
  readonly known: boolean;
}

/** A channel with a digest gets one entry per story and period; only a card that it has from before is still edited. */
function collect(owing: Owing, context: PlanContext, digest: Digest, entry: DigestEntry): void {
  const { story, channel, known } = entry;
  const waiting = context.collected(story.id, channel);
  if (waiting !== null) owing.raised.push({ id: waiting, revision: story.revision });
  else {
    const { from, to, notBefore } = digest;
    owing.updates.push({
      ...delivery(context, story, channel, { form: 'digest', content: { from, to } }),
      notBefore,
    });
  }
  if (!known) owing.cardless.push({ subject: story.id, channel, revision: story.revision });
}

function owe(owing: Owing, context: PlanContext, { folded, joined }: Telling, channel: string): void {
  const { story, marks } = folded;
  const turns = marks.filter((mark) => isReplied(mark.turn));
  const standing = context.standing(story.id, channel);
  const digest = context.digest(channel);
  const reply = (): void => {
    if (turns.length === 0) return;
    if (digest === null) owing.updates.push(delivery(context, story, channel, { form: 'reply', content: { turns } }));
    else collect(owing, context, digest, { story, channel, known: true });
  };
  switch (standing.kind) {
    case 'nothing':
      // Merged into another story before this channel was told of it: there is nothing to tell any more.
      if (story.mergedInto !== null) break;
      // Only a count on the card changed (somebody's derivative): no reason for a first card.
      if (marks.length === 0 && !joined.has(channel)) break;
      owing.cards.push({ story, channel, watchId: joined.get(channel) ?? '' });
      break;
    case 'waiting':
      owing.raised.push({ id: standing.deliveryId, revision: story.revision });
      break;
    case 'card':
      owing.updates.push(delivery(context, story, channel, aCard));
      reply();
      break;
    case 'cardless':
      reply();
      break;
  }
}

/**
 * Sources list the newest first, but a channel is read from top to bottom. Items published in the same second are reversed
 * too; those without a time of their own come last, in the order in which they were seen.
 */
function inTime(cards: readonly NewCard[], now: Iso): readonly NewCard[] {
  const at = ({ story }: NewCard): Iso => story.publishedAt ?? now;
  const dated = cards.filter(({ story }) => story.publishedAt !== null).toReversed();
  const undated = cards.filter(({ story }) => story.publishedAt === null);
  return [...dated, ...undated].toSorted((one, other) => (at(one) < at(other) ? -1 : at(one) > at(other) ? 1 : 0));
}

/** Everything that this look owes: updates of known stories, then new ones in order of publication. */
export function plan(tellings: readonly Telling[], context: PlanContext): Plan {
  const owing: Owing = { cards: [], updates: [], raised: [], cardless: [] };
  for (const telling of tellings) {
    if (!telling.folded.owes) continue;
    const channels = new Set([...telling.folded.story.audience, ...(telling.followers ?? [])]);
    for (const channel of channels) if (context.open(channel)) owe(owing, context, telling, channel);
  }
  const cards: NewCard[] = [];
  for (const card of inTime(owing.cards, context.now)) {
    const digest = context.digest(card.channel);
    if (digest === null) cards.push(card);
    else collect(owing, context, digest, { story: card.story, channel: card.channel, known: false });
  }
  const { deliveries, single, grouped } = groups(cards, context);
  const posts = single.flatMap((card) => postsOf(card, context));
  const inGroups = grouped.map(({ story, channel }) => ({ subject: story.id, channel, revision: story.revision }));
  return {
    deliveries: [...owing.updates, ...deliveries, ...posts],
    raised: owing.raised,
    cardless: [...owing.cardless, ...inGroups],
  };
}
