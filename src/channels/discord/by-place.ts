// Sends one page by bot, depending on the kind of the channel: text, announcements, a thread, a forum.
import type { Outcome } from '../../types/delivery.ts';
import { createForum } from './forum.ts';
import { closed, deleted, notOurs, outcomeOf, threadExists, threadsFull } from './outcome.ts';
import type { DiscordPage } from './page.ts';
import { archiveAfter, type DiscordPlace, type DiscordPlaces } from './place.ts';
import { foldQuietest } from './quiet.ts';
import { asideOf, editCall, type Outgoing, post, type Sender, unfinished } from './send.ts';

export type PlaceSend = (
  place: DiscordPlace,
  outgoing: Outgoing,
  page: DiscordPage,
  signal: AbortSignal,
) => Promise<Outcome>;

interface Published {
  readonly channel: string;
  readonly outgoing: Outgoing;
  readonly outcome: Outcome;
}

/** Publishes a message in an announcement channel to the servers that follow it. */
async function publish(
  sender: Sender,
  { channel, outgoing, outcome }: Published,
  signal: AbortSignal,
): Promise<Outcome> {
  if (outcome.kind !== 'sent' || outcome.messageId === null) return outcome;
  const path = `/channels/${channel}/messages/${outcome.messageId}/crosspost` as const;
  const answer = await sender.connection.call({ method: 'POST', path, auth: true }, signal);
  if (answer.kind === 'answer' || (answer.kind === 'refused' && answer.code === 40_033)) return outcome;
  return (
    unfinished(answer, outgoing) ?? {
      ...outcome,
      note: { code: 'discord.unpublished', params: { cause: answer.reason } },
    }
  );
}

interface ThreadReply {
  readonly card: string;
  readonly outgoing: Outgoing;
  readonly page: DiscordPage;
}

export function createPlaceSend(sender: Sender, places: DiscordPlaces): PlaceSend {
  const forum = createForum(sender, places);
  /** Ids of messages that have a thread; the thread has the same id. */
  const threads = new Set<string>();

  async function replyInThread(
    place: DiscordPlace,
    { card, outgoing, page }: ThreadReply,
    signal: AbortSignal,
  ): Promise<Outcome> {
    if (!threads.has(card)) {
      const body = { name: page.heading.name, auto_archive_duration: archiveAfter };
      const path = `/channels/${place.channel}/messages/${card}/threads` as const;
      const call = { method: 'POST', path, body, auth: true } as const;
      const first = await sender.connection.call(call, signal);
      const roomier = threadsFull(first) && (await foldQuietest(sender.connection, place, signal));
      const made = roomier ? await sender.connection.call(call, signal) : first;
      if (made.kind !== 'answer' && !threadExists(made)) return asideOf(made, outgoing);
      threads.add(card);
    }
    const { outcome, answer } = await post(sender, { channel: card, outgoing, page, reply: null }, signal);
    if (answer === null || !closed(answer) || outcome.kind === 'sent') return outcome;
    // The thread was deleted or locked, but the message still exists: reply directly to it.
    threads.delete(card);
    return (await post(sender, { channel: place.channel, outgoing, page, reply: card }, signal)).outcome;
  }

  async function sendTo(
    place: DiscordPlace,
    outgoing: Outgoing,
    page: DiscordPage,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { channel, kind } = place;
    if (outgoing.to !== null && 'edit' in outgoing.to) {
      const answer = await sender.connection.call(editCall(channel, outgoing.to.edit, page), signal);
      if (answer.kind === 'answer') return { kind: 'sent', messageId: outgoing.to.edit };
      return notOurs(answer) ? deleted : outcomeOf(answer);
    }
    const reply = outgoing.to === null ? null : outgoing.to.reply;
    if (reply !== null && page.thread && kind !== 'thread')
      return replyInThread(place, { card: reply, outgoing, page }, signal);
    const { outcome } = await post(sender, { channel, outgoing, page, reply }, signal);
    if (kind !== 'announcements') return outcome;
    const published = await publish(sender, { channel, outgoing, outcome }, signal);
    // It may have become a text channel.
    if (published.kind === 'sent' && published.note?.code === 'discord.unpublished') places.forget();
    return published;
  }

  return (place, outgoing, page, signal) =>
    place.kind === 'forum' ? forum(place, outgoing, page, signal) : sendTo(place, outgoing, page, signal);
}
