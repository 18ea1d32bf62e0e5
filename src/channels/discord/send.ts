// One page on its way to Discord: created once, or edited, with every end an outcome.
import { z } from 'zod';
import type { Outcome } from '../../types.ts';
import type { Parcel } from '../define.ts';
import type { Address } from './address.ts';
import type { Answer, Call, Connection } from './connection.ts';
import type { Finder } from './doubt.ts';
import { nonceOf } from './marker.ts';
import { outcomeOf, unknownMessage } from './outcome.ts';
import type { Page } from './page.ts';

/** How long a nonce is trusted to be remembered. Discord says "the past few minutes". */
const nonceMs = 2 * 60_000;

const created = z.object({ id: z.string().min(1) });

function sentOf(answer: Extract<Answer, { kind: 'answer' }>): Outcome {
  const read = created.safeParse(answer.body);
  if (read.success) return { kind: 'sent', messageId: read.data.id };
  return { kind: 'later', reason: 'Discord did not say which message it made', afterMs: null, doubtful: true };
}

/** Edits ping nobody, leave the content (only pings stand there) alone, and say everything else anew. */
function editBody(page: Page) {
  const { embeds, components, content } = page.message;
  const pings = /^(?:<@&?\d+> ?)*$/.test(content ?? '');
  return {
    ...(content === undefined || pings ? {} : { content }),
    embeds: embeds ?? [],
    ...(components === undefined ? {} : { components }),
    allowed_mentions: { parse: [] },
  };
}

function editCall(address: Address, messageId: string, page: Page): Call {
  const body = editBody(page);
  if (address.by === 'bot')
    return { method: 'PATCH', path: `/channels/${address.channel}/messages/${messageId}`, body, auth: true };
  const thread = address.thread === null ? '' : `?thread_id=${address.thread}`;
  return {
    method: 'PATCH',
    path: `/webhooks/${address.id}/${address.token}/messages/${messageId}${thread}`,
    body,
    auth: false,
  };
}

function createCall(address: Address, parcel: Parcel, page: Page): Call {
  if (address.by === 'webhook') {
    const thread = address.thread === null ? '' : `&thread_id=${address.thread}`;
    return {
      method: 'POST',
      path: `/webhooks/${address.id}/${address.token}?wait=true${thread}`,
      body: page.message,
      auth: false,
    };
  }
  const reply = parcel.to !== null && 'reply' in parcel.to ? parcel.to.reply : '';
  const reference = reply === '' ? {} : { message_reference: { message_id: reply, fail_if_not_exists: false } };
  const body = { ...page.message, ...reference, nonce: nonceOf(parcel.id), enforce_nonce: true };
  return { method: 'POST', path: `/channels/${address.channel}/messages`, body, auth: true };
}

export interface Sender {
  readonly connection: Connection;
  readonly address: Address;
  /** Null for a webhook: there is nothing to look in. */
  readonly find: Finder | null;
  readonly now: () => number;
}

/** An earlier attempt that may have arrived leaves its doubt on a later one that did not. */
function doubting(outcome: Outcome, parcel: Parcel): Outcome {
  return outcome.kind === 'later' && parcel.doubtSince !== null ? { ...outcome, doubtful: true } : outcome;
}

export async function send(sender: Sender, parcel: Parcel, page: Page, signal: AbortSignal): Promise<Outcome> {
  const { connection, address, find, now } = sender;
  if (parcel.to !== null && 'edit' in parcel.to) {
    const answer = await connection.call(editCall(address, parcel.to.edit, page), signal);
    return answer.kind === 'answer' ? { kind: 'sent', messageId: parcel.to.edit } : outcomeOf(answer);
  }
  const since = parcel.doubtSince === null ? null : Date.parse(parcel.doubtSince);
  if (find !== null && since !== null && now() - since >= nonceMs) {
    const search = await find(page.marker, since, signal);
    if (search.kind === 'found') return { kind: 'sent', messageId: search.messageId };
    if (search.kind === 'unknown') return doubting(search.outcome, parcel);
  }
  const answer = await connection.call(createCall(address, parcel, page), signal);
  if (answer.kind === 'answer') return sentOf(answer);
  // The nonce is known and its message was deleted: it had arrived, and somebody took it away.
  if (find !== null && unknownMessage(answer)) return arrived(find, page, since ?? now(), signal);
  return doubting(outcomeOf(answer), parcel);
}

async function arrived(find: Finder, page: Page, since: number, signal: AbortSignal): Promise<Outcome> {
  const search = await find(page.marker, since, signal);
  return { kind: 'sent', messageId: search.kind === 'found' ? search.messageId : null };
}
