// One page on its way to Discord: created once, or edited, with every end an outcome.
import { z } from 'zod';
import type { Outcome } from '../../types/delivery.ts';
import type { OutgoingPage } from '../define.ts';
import type { Call, Connection, RestAnswer } from './connection.ts';
import type { Finder } from './doubt.ts';
import { nonceOf } from './marker.ts';
import { cannotRefer, outcomeOf, unknownMessage } from './outcome.ts';
import type { Attachment, DiscordPage } from './page.ts';

/** How long a nonce is trusted to be remembered. Discord says "the past few minutes". */
const nonceMs = 2 * 60_000;

const created = z.object({
  id: z.string().min(1),
  channel_id: z.string().optional(),
  mention_roles: z.unknown().optional(),
});

/** What the answer to a message says of it; `channel`: where it was to be made, where that can be told. */
export function sentOf(
  answer: Extract<RestAnswer, { kind: 'answer' }>,
  channel: string | null,
  page: DiscordPage,
): Outcome {
  const read = created.safeParse(answer.body);
  if (read.success) {
    const { id, channel_id: place, mention_roles: rung } = read.data;
    // A nonce that is known from elsewhere brings the message that stands there.
    if (channel !== null && place !== undefined && place !== channel)
      return { kind: 'later', reason: { code: 'discord.elsewhere', params: {} }, afterMs: null, doubtful: false };
    const silent = Array.isArray(rung)
      ? page.message.allowed_mentions.roles.filter((role) => !rung.includes(role))
      : [];
    if (silent.length === 0) return { kind: 'sent', messageId: id };
    return { kind: 'sent', messageId: id, note: { code: 'discord.unpinged', params: { roles: silent.join(', ') } } };
  }
  return { kind: 'later', reason: { code: 'discord.message-unsaid', params: {} }, afterMs: null, doubtful: true };
}

/** A body, with the files that go with it: what they show is said to who cannot see it. */
export function attached(body: object, files: readonly Attachment[] = []): Pick<Call, 'body' | 'files'> {
  if (files.length === 0) return { body };
  const attachments = files.map(({ name, about }, id) => ({ id: String(id), filename: name, description: about }));
  return { body: { ...body, attachments }, files };
}

/** A page on its way, with the files that were made for it. */
export type Outgoing = OutgoingPage & { readonly files?: readonly Attachment[] };

/** Edits ping nobody, and say everything anew. */
export function editBody(page: DiscordPage) {
  const { embeds, components, content } = page.message;
  return {
    ...(content === undefined ? {} : { content }),
    embeds: embeds ?? [],
    ...(components === undefined ? {} : { components }),
    allowed_mentions: { parse: [] },
  };
}

export function editCall(channel: string, messageId: string, page: DiscordPage): Call {
  return { method: 'PATCH', path: `/channels/${channel}/messages/${messageId}`, body: editBody(page), auth: true };
}

/** What a bot sends with: its connection, and what tells whether an attempt arrived. */
export interface Sender {
  readonly connection: Connection;
  readonly find: Finder;
  /** Milliseconds. */
  readonly now: () => number;
}

export interface Posted {
  readonly outcome: Outcome;
  /** The last answer to the message itself; null when it was not even tried. */
  readonly answer: RestAnswer | null;
}

/** An earlier attempt that may have arrived leaves its doubt on a later one that did not. */
export function doubting(outcome: Outcome, outgoing: OutgoingPage): Outcome {
  return outcome.kind === 'later' && outgoing.doubtSince !== null ? { ...outcome, doubtful: true } : outcome;
}

/** The outcome of asking something beside the message: by itself it puts nothing in doubt. */
export function asideOf(answer: Exclude<RestAnswer, { kind: 'answer' }>, outgoing: OutgoingPage): Outcome {
  const outcome = outcomeOf(answer);
  return doubting(outcome.kind === 'later' ? { ...outcome, doubtful: false } : outcome, outgoing);
}

/** A limit that lasts longer than this, in milliseconds, holds up no message for what is only beside it. */
export const momentMs = 10_000;

function worthAnother(answer: RestAnswer, outgoing: OutgoingPage): boolean {
  switch (answer.kind) {
    case 'answer':
    case 'refused':
      return false;
    case 'limited':
      return answer.afterMs <= momentMs;
    case 'failed':
    case 'lost':
      return outgoing.doubtSince === null;
  }
}

/**
 * The message stands, and what belongs to it (its publication, its tags) does not yet: the outcome that brings another
 * attempt, null when it is left at that. The message is then found, or edited to the same, and not made anew.
 */
export function unfinished(answer: Exclude<RestAnswer, { kind: 'answer' }>, outgoing: OutgoingPage): Outcome | null {
  const outcome = outcomeOf(answer);
  return outcome.kind === 'later' && worthAnother(answer, outgoing) ? { ...outcome, doubtful: true } : null;
}

const dayMs = 24 * 3_600_000;

/** Since when an attempt may have arrived. One from the future was noted before the clock was set back: a day covers it. */
export function lookFrom(doubtSinceMs: number, nowMs: number): number {
  return doubtSinceMs > nowMs ? nowMs - dayMs : doubtSinceMs;
}

interface Posting {
  readonly channel: string;
  readonly outgoing: Outgoing;
  readonly page: DiscordPage;
  readonly reply: string | null;
}

/**
 * A message in a channel or thread, made once: the nonce settles a young doubt of our own, looking any other.
 * `reply`: the message it answers, in the same place.
 */
export async function post(
  sender: Sender,
  { channel, outgoing, page, reply }: Posting,
  signal: AbortSignal,
): Promise<Posted> {
  const { connection, find, now } = sender;
  const since = outgoing.doubtSince === null ? null : lookFrom(Date.parse(outgoing.doubtSince), now());
  if (since !== null && !(outgoing.byAnother !== true && now() - since < nonceMs)) {
    const search = await find(channel, { page, reply }, since, signal);
    if (search.kind === 'found') return { outcome: { kind: 'sent', messageId: search.messageId }, answer: null };
    if (search.kind === 'unknown') return { outcome: doubting(search.outcome, outgoing), answer: null };
  }
  const reference = reply === null ? {} : { message_reference: { message_id: reply, fail_if_not_exists: false } };
  const alone = { ...page.message, nonce: nonceOf(channel, outgoing.id), enforce_nonce: true };
  const path = `/channels/${channel}/messages` as const;
  const send = (body: object) =>
    connection.call({ method: 'POST', path, auth: true, ...attached(body, outgoing.files) }, signal);
  const first = await send({ ...alone, ...reference });
  // A reply names its story: it can be read where it stands by itself.
  const answer = reply !== null && cannotRefer(first) ? await send(alone) : first;
  if (answer.kind === 'answer') return { outcome: sentOf(answer, channel, page), answer };
  // The nonce is known and its message was deleted: it had arrived, and somebody took it away.
  if (unknownMessage(answer)) {
    const search = await find(channel, { page, reply }, since ?? now(), signal);
    return { outcome: { kind: 'sent', messageId: search.kind === 'found' ? search.messageId : null }, answer };
  }
  return { outcome: doubting(outcomeOf(answer), outgoing), answer };
}
