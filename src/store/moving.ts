// Moves cards and owed messages to another story of the same model, or to another name of their channel.
import type { Delivery } from '../types/delivery.ts';
import type { Statement } from './define.ts';
import { chunks, marks } from './rows.ts';

/** Records the card that a delivery posted, under the story it now belongs to: the delivery may have been moved meanwhile. */
export function saveSent(delivery: Pick<Delivery, 'id' | 'revision'>, messageId: string | null): Statement {
  return {
    sql: `INSERT INTO messages (subject, channel, message_id, sent_revision)
      SELECT d.subject, d.channel, $2, $3 FROM deliveries d WHERE d.id = $1
      ON CONFLICT (subject, channel) DO UPDATE SET message_id = excluded.message_id, sent_revision = excluded.sent_revision`,
    params: [delivery.id, messageId, delivery.revision],
  };
}

/** Moves these channels to another story of the same model, with their cards and what is owed to them. */
export function moveChannels(from: string, to: string, channels: readonly string[]): readonly Statement[] {
  return chunks(channels).flatMap((part) => [
    {
      sql: `UPDATE messages SET subject = $2 WHERE subject = $1 AND channel IN (${marks(part.length, 3)})
        AND NOT EXISTS (SELECT 1 FROM messages other WHERE other.subject = $2 AND other.channel = messages.channel)`,
      params: [from, to, ...part],
    },
    {
      sql: `UPDATE deliveries SET subject = $2 WHERE subject = $1 AND state = 'owed' AND channel IN (${marks(part.length, 3)})`,
      params: [from, to, ...part],
    },
  ]);
}

/** Renames a channel; `subjects` limits it to these, null = everything. */
export function renameChannel(from: string, to: string, subjects: readonly string[] | null): readonly Statement[] {
  const parts = subjects === null ? [[]] : chunks(subjects);
  return parts.flatMap((part) => {
    const among = part.length === 0 ? '' : ` AND subject IN (${marks(part.length, 3)})`;
    const params = [from, to, ...part];
    return [
      {
        sql: `UPDATE messages SET channel = $2 WHERE channel = $1${among}
          AND NOT EXISTS (SELECT 1 FROM messages other WHERE other.subject = messages.subject AND other.channel = $2)`,
        params,
      },
      {
        sql: `UPDATE deliveries SET channel = $2 WHERE state IN ('owed', 'sent', 'dead') AND channel = $1${among}`,
        params,
      },
    ];
  });
}
