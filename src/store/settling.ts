// The life of a delivery: pinned, sent page by page, postponed, settled or given up. Statements for a batch with the lease.
import type { Iso } from '../types/core.ts';
import type { Delivery, PinnedPage } from '../types/delivery.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { SendReason } from '../types/reasons/sending.ts';
import type { Statement } from './define.ts';
import type { DeliveryRow } from './deliveries.ts';
import { reasonText } from './reasons.ts';

/** What is fixed before sending, by which worker and when. */
export interface Pinning {
  readonly pages: readonly PinnedPage[];
  readonly revision: number;
  readonly by: string;
  readonly now: Iso;
}

/**
 * A conflict if there is a newer revision, so that it is claimed again. While an attempt is in doubt it stays its author's:
 * whoever tries again first searches for what another worker may have sent, however often he was put off meanwhile.
 */
export function pin(delivery: Delivery, { pages, revision, by, now }: Pinning): Statement {
  return {
    sql: `UPDATE deliveries SET pinned = $2, revision = $3, attempts = attempts + 1, doubt_since = COALESCE(doubt_since, $4),
      pinned_by = CASE WHEN doubt_since IS NULL THEN $7 ELSE pinned_by END WHERE id = $1 AND state = 'owed' AND attempts = $5 AND revision = $6`,
    params: [delivery.id, JSON.stringify(pages), revision, now, delivery.attempts, delivery.revision, by],
    rows: 1,
  };
}

/** Nothing has arrived and the content has to change, so the next claim decides it anew. */
export function unpin(id: string): Statement {
  return {
    sql: `UPDATE deliveries SET pinned = NULL, doubt_since = NULL, reason = NULL WHERE id = $1 AND state = 'owed' AND sent = '[]'`,
    params: [id],
    rows: 1,
  };
}

/** Settles an entry that is told in the message of another one, which is pinned in the same batch. */
export function tellIn(entry: Delivery, headId: string, now: Iso): Statement {
  const reason: SendReason = { code: 'message.told-in', params: { delivery: headId } };
  return {
    sql: `UPDATE deliveries SET state = 'sent', told_in = $2, reason = $5, settled_at = $3
      WHERE id = $1 AND state = 'owed' AND pinned IS NULL AND revision = $4`,
    params: [entry.id, headId, now, entry.revision, reasonText(reason)],
    rows: 1,
  };
}

/** Gives up the entries told in a message that was given up. */
export function giveUpEntries(headId: string, reason: AnyReason): Statement {
  return {
    sql: `UPDATE deliveries SET state = 'dead', reason = $2 WHERE told_in = $1`,
    params: [headId, reasonText(reason)],
  };
}

export function pageSent(id: string, sent: readonly string[]): Statement {
  return {
    sql: `UPDATE deliveries SET sent = $2, doubt_since = NULL, reason = NULL WHERE id = $1 AND state = 'owed'`,
    params: [id, JSON.stringify(sent)],
    rows: 1,
  };
}

export function settle(
  { id, sent }: Pick<DeliveryRow, 'id' | 'sent'>,
  state: 'sent' | 'dead',
  reason: AnyReason | null,
  now: Iso,
): Statement {
  return {
    sql: `UPDATE deliveries SET state = $2, sent = $3, reason = $4, settled_at = $5, doubt_since = NULL WHERE id = $1 AND state = 'owed'`,
    params: [id, state, JSON.stringify(sent), reason === null ? null : reasonText(reason), now],
    rows: 1,
  };
}

export function putOff(id: string, notBefore: Iso, reason: AnyReason, doubtSince: Iso | null): Statement {
  return {
    sql: `UPDATE deliveries SET not_before = $2, reason = $3, doubt_since = $4 WHERE id = $1 AND state = 'owed'`,
    params: [id, notBefore, reasonText(reason), doubtSince],
    rows: 1,
  };
}

/** After a channel's hours were changed, its deliveries wait until `at` at most; those already tried keep their time. */
export function sendBy(channel: string, at: Iso): Statement {
  return {
    sql: `UPDATE deliveries SET not_before = $2 WHERE channel = $1 AND state = 'owed' AND attempts = 0 AND not_before > $2`,
    params: [channel, at],
  };
}

/** Gives up everything owed to a channel that is permanently gone. */
export function giveUpChannel(channel: string, reason: AnyReason, now: Iso): Statement {
  return {
    sql: `UPDATE deliveries SET state = 'dead', reason = $2, settled_at = $3, doubt_since = NULL WHERE channel = $1 AND state = 'owed'`,
    params: [channel, reasonText(reason), now],
  };
}

/** If the story has changed while its card was being sent, the newer revision follows as an edit. */
export function followUp(delivery: Delivery, now: Iso): Statement {
  return {
    sql: `INSERT INTO deliveries (id, channel, subject, revision, form, seq, not_before, state, attempts, content, sent, made_at)
      SELECT s.id || '@' || s.revision || '>' || $2 || '/card', $2, s.id, s.revision, 'card', $3, $4, 'owed', 0, 'null', '[]', $4
      FROM deliveries d JOIN stories s ON s.id = d.subject WHERE d.id = $1 AND s.revision > $5 ON CONFLICT DO NOTHING`,
    params: [delivery.id, delivery.channel, delivery.seq, now, delivery.revision],
  };
}
