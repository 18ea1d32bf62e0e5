// The cards in channels: which message shows which story, at which revision.
import type { Message } from '../types/delivery.ts';
import type { Db, Statement } from './define.ts';
import { chunks, inChannels, integer, marks, text, textOrNull } from './rows.ts';

/** `channels` null = in all channels. */
export async function messagesOf(
  db: Db,
  subjects: readonly string[],
  channels: readonly string[] | null = null,
): Promise<readonly (Omit<Message, 'messageId'> & { readonly messageId: string | null })[]> {
  const messages: (Omit<Message, 'messageId'> & { readonly messageId: string | null })[] = [];
  for (const part of chunks(subjects)) {
    for (const row of await db.all(
      `SELECT * FROM messages WHERE subject IN (${marks(part.length)})${inChannels(channels, part.length)} ORDER BY subject, channel`,
      [...part, ...(channels ?? [])],
    )) {
      messages.push({
        subject: text(row, 'subject'),
        channel: text(row, 'channel'),
        messageId: textOrNull(row, 'message_id'),
        sentRevision: integer(row, 'sent_revision'),
      });
    }
  }
  return messages;
}

/** `messageId` null = told, but without a card of its own (in a group, or the card was deleted). */
export function saveMessage(subject: string, channel: string, messageId: string | null, revision: number): Statement {
  return {
    sql: `INSERT INTO messages (subject, channel, message_id, sent_revision) VALUES ($1, $2, $3, $4)
      ON CONFLICT (subject, channel) DO UPDATE SET message_id = excluded.message_id, sent_revision = excluded.sent_revision`,
    params: [subject, channel, messageId, revision],
  };
}
