// Sends one page by webhook: without a nonce or access to the history, so a doubtful attempt is sent again.
import type { Outcome } from '../../types/delivery.ts';
import type { Address } from './address.ts';
import type { Call, Connection, RestAnswer } from './connection.ts';
import { closed, deleted, needsThread, outcomeOf, unknownMessage } from './outcome.ts';
import type { DiscordPage } from './page.ts';
import { attached, doubting, editBody, type Outgoing, sentOf } from './send.ts';

type Webhook = Extract<Address, { by: 'webhook' }>;
export type WebhookSend = (outgoing: Outgoing, page: DiscordPage, signal: AbortSignal) => Promise<Outcome>;

export function createWebhookSend(connection: Connection, { id, token, thread }: Webhook): WebhookSend {
  /** A webhook cannot ask for the type of its channel; a forum is recognised when it refuses a message without a thread. */
  let forum = false;

  const editing = (message: string, place: string | null, page: DiscordPage): Call => ({
    method: 'PATCH',
    path: `/webhooks/${id}/${token}/messages/${message}?with_components=true${place === null ? '' : `&thread_id=${place}`}`,
    body: editBody(page),
    auth: false,
  });
  const creating = (place: string | null, body: object, { files }: Outgoing): Call => ({
    method: 'POST',
    path: `/webhooks/${id}/${token}?wait=true&with_components=true${place === null ? '' : `&thread_id=${place}`}`,
    ...attached(body, files),
    auth: false,
  });

  async function edit(message: string, page: DiscordPage, signal: AbortSignal): Promise<Outcome> {
    let answer: RestAnswer | null = forum ? null : await connection.call(editing(message, thread, page), signal);
    // The first message of a forum post can only be edited within the post, which has the same id.
    if (thread === null && (answer === null || unknownMessage(answer)))
      answer = await connection.call(editing(message, message, page), signal);
    if (answer?.kind === 'answer') return { kind: 'sent', messageId: message };
    return answer === null || closed(answer) ? deleted : outcomeOf(answer);
  }

  async function create(outgoing: Outgoing, page: DiscordPage, signal: AbortSignal): Promise<Outcome> {
    if (!forum) {
      const answer = await connection.call(creating(thread, page.message, outgoing), signal);
      if (answer.kind === 'answer') return sentOf(answer, null, page);
      if (!needsThread(answer)) return doubting(outcomeOf(answer), outgoing);
      forum = true;
    }
    const post = outgoing.to !== null && 'reply' in outgoing.to ? outgoing.to.reply : (outgoing.first ?? null);
    const body = post === null ? { ...page.message, thread_name: page.heading.name } : page.message;
    const answer = await connection.call(creating(post, body, outgoing), signal);
    if (answer.kind === 'answer') return sentOf(answer, null, page);
    return post !== null && closed(answer) ? deleted : doubting(outcomeOf(answer), outgoing);
  }

  return (outgoing, page, signal) =>
    outgoing.to !== null && 'edit' in outgoing.to
      ? edit(outgoing.to.edit, page, signal)
      : create(outgoing, page, signal);
}
