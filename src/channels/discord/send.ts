// Sends one page to Discord: creates a message exactly once, or edits one; every end is an outcome.
import { z } from 'zod';
import type { Outcome } from '../../types/delivery.ts';
import type { OutgoingPage } from '../define.ts';
import type { Call, Connection, RestAnswer } from './connection.ts';
import type { Finder } from './doubt.ts';
import { nonceOf } from './marker.ts';
import { cannotRefer, outcomeOf, unknownMessage } from './outcome.ts';
import type { Attachment, DiscordPage } from './page.ts';

/** How long Discord is trusted to remember a nonce. It documents "the past few minutes". */
const nonceMs = 2 * 60_000;

const created = z.object({
  id: z.string().min(1),
  channel_id: z.string().optional(),
  mention_roles: z.unknown().optional(),
});

/** The outcome of a successful answer; `channel`: where the message should be, null where that is not known. */
export function sentOf(
  answer: Extract<RestAnswer, { kind: 'answer' }>,
  channel: string | null,
  page: DiscordPage,
): Outcome {
  const read = created.safeParse(answer.body);
  if (read.success) {
    const { id, channel_id: place, mention_roles: rung } = read.data;
    // A nonce already used in another channel returns that channel's message.
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

/** A request body with attachments and their alternative texts. */
export function attached(body: object, files: readonly Attachment[] = []): Pick<Call, 'body' | 'files'> {
  if (files.length === 0) return { body };
  const attachments = files.map(({ name, about }, id) => ({ id: String(id), filename: name, description: about }));
  return { body: { ...body, attachments }, files };
}

/** A page to send, with the files made for it. */
export type Outgoing = OutgoingPage & { readonly files?: readonly Attachment[] };

/** Edits ping nobody, and replace everything. */
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

/** What is needed to send by bot: the connection, and a search for attempts that may have arrived. */
export interface Sender {
  readonly connection: Connection;
  readonly find: Finder;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface Posted {
  readonly outcome: Outcome;
  /** The last answer to the message itself; null when it was not attempted. */
  readonly answer: RestAnswer | null;
}

/** An attempt that failed does not remove the doubt about an earlier one. */
export function doubting(outcome: Outcome, outgoing: OutgoingPage): Outcome {
  return outcome.kind === 'later' && outgoing.doubtSince !== null ? { ...outcome, doubtful: true } : outcome;
}

/** The outcome of a request other than the message itself: it does not put the message in doubt. */
export function asideOf(answer: Exclude<RestAnswer, { kind: 'answer' }>, outgoing: OutgoingPage): Outcome {
  const outcome = outcomeOf(answer);
  return doubting(outcome.kind === 'later' ? { ...outcome, doubtful: false } : outcome, outgoing);
}

/** A longer rate limit, in milliseconds, is not waited for on behalf of a secondary request. */
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
 * For a message that was sent while a secondary request (publishing, tagging) failed: the outcome that causes another
 * attempt, or null to leave it. That attempt finds the message, or edits it to the same content, and does not send it
 * again.
 */
export function unfinished(answer: Exclude<RestAnswer, { kind: 'answer' }>, outgoing: OutgoingPage): Outcome | null {
  const outcome = outcomeOf(answer);
  return outcome.kind === 'later' && worthAnother(answer, outgoing) ? { ...outcome, doubtful: true } : null;
}

const dayMs = 24 * 3_600_000;

/** From when an attempt may have arrived. A future time was recorded before the clock was set back: search a whole day. */
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
 * Sends a message in a channel or thread exactly once: for a recent doubt of our own the nonce is enough, for any other the
 * channel is searched. `reply`: the message that it answers, in the same place.
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
  // A reply names its story, so it can also stand alone.
  const answer = reply !== null && cannotRefer(first) ? await send(alone) : first;
  if (answer.kind === 'answer') return { outcome: sentOf(answer, channel, page), answer };
  // The nonce is known but its message is not: the message had arrived, and somebody deleted it.
  if (unknownMessage(answer)) {
    const search = await find(channel, { page, reply }, since ?? now(), signal);
    return { outcome: { kind: 'sent', messageId: search.kind === 'found' ? search.messageId : null }, answer };
  }
  return { outcome: doubting(outcomeOf(answer), outgoing), answer };
}
