// Where a Discord channel is: the id of a channel the bot writes to, or a webhook.
import { z } from 'zod';

export type Address =
  | { readonly by: 'bot'; readonly channel: string }
  | { readonly by: 'webhook'; readonly id: string; readonly token: string; readonly thread: string | null };

const snowflake = /^\d{5,20}$/;
const webhookUrl =
  /^https?:\/\/[^/\s?#@]+\/api(?:\/v\d+)?\/webhooks\/(\d{1,20})\/([\w-]{1,200})\/?(?:\?thread_id=(\d{5,20}))?$/;

/** An empty text (or null, which an unset `${NAME:-}` leaves) switches the channel off. */
const written = z.union([z.string(), z.null()]);

export const discordOptions = z
  .strictObject({ channel: written.optional(), webhook: written.optional() })
  .refine((value) => (value.channel === undefined) !== (value.webhook === undefined), {
    message: 'needs either `channel` (by bot) or `webhook`',
  });

/** Null = switched off. A string describes the problem, without the secret. */
export function readAddress(options: unknown): Address | null | string {
  const parsed = discordOptions.safeParse(options);
  if (!parsed.success) return 'needs either `channel` (by bot) or `webhook`';
  const { channel, webhook } = parsed.data;
  if (webhook !== undefined) {
    if (webhook === null || webhook.trim() === '') return null;
    const [, id, token, thread] = webhookUrl.exec(webhook.trim()) ?? [];
    if (id === undefined || token === undefined) return 'the webhook must look like https://HOST/api/webhooks/ID/TOKEN';
    return { by: 'webhook', id, token, thread: thread ?? null };
  }
  if (channel === undefined || channel === null || channel.trim() === '') return null;
  if (!snowflake.test(channel.trim()))
    return '`channel` must be the id of a Discord channel: only digits, in quotation marks';
  return { by: 'bot', channel: channel.trim() };
}
