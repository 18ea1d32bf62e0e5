// The outbox: what is owed to which channel, in which order, and what became of it.
import type { Iso } from '../types/core.ts';
import type { Content, Delivery, Form, PinnedPage } from '../types/delivery.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { SendReason } from '../types/reasons/sending.ts';
import type { Db, Row, Statement } from './define.ts';
import { reasonOrNull, reasonText } from './reasons.ts';
import { chunks, doc, docOrNull, inChannels, integer, marks, text, textOrNull } from './rows.ts';

export type DeliveryRow = Delivery & {
  readonly state: 'owed' | 'sent' | 'dead';
  readonly reason: AnyReason | null;
  readonly madeAt: Iso;
  readonly settledAt: Iso | null;
  /** The worker that made the last attempt. */
  readonly pinnedBy: string | null;
};

function contentOf(row: Row): Content {
  const form = text(row, 'form') as Form;
  switch (form) {
    case 'card':
      return { form, content: null };
    case 'reply':
      return { form, content: doc(row, 'content') };
    case 'group':
      return { form, content: doc(row, 'content') };
    case 'digest':
      return { form, content: doc(row, 'content') };
    case 'notice':
      return { form, content: doc(row, 'content') };
  }
}

function deliveryRow(row: Row): DeliveryRow {
  return {
    id: text(row, 'id'),
    subject: text(row, 'subject'),
    revision: integer(row, 'revision'),
    channel: text(row, 'channel'),
    seq: integer(row, 'seq'),
    notBefore: text(row, 'not_before'),
    attempts: integer(row, 'attempts'),
    ...contentOf(row),
    pinned: docOrNull<readonly PinnedPage[]>(row, 'pinned'),
    sent: doc<readonly string[]>(row, 'sent'),
    doubtSince: textOrNull(row, 'doubt_since'),
    state: text(row, 'state') as DeliveryRow['state'],
    reason: reasonOrNull(row, 'reason'),
    madeAt: text(row, 'made_at'),
    settledAt: textOrNull(row, 'settled_at'),
    pinnedBy: textOrNull(row, 'pinned_by'),
  };
}

/** A second delivery of the same id is a conflict: the pass is folded again. */
export function insertDelivery(delivery: Delivery, now: Iso): Statement {
  return {
    sql: `INSERT INTO deliveries (id, channel, subject, revision, form, seq, not_before, state, attempts, content, sent, made_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 'owed', 0, $8, '[]', $9) ON CONFLICT DO NOTHING`,
    params: [
      delivery.id,
      delivery.channel,
      delivery.subject,
      delivery.revision,
      delivery.form,
      delivery.seq,
      delivery.notBefore,
      JSON.stringify(delivery.content),
      now,
    ],
    rows: 1,
  };
}

/** What nobody has pinned yet says the newest revision; of a card once pinned, the newer revision follows as an edit. */
export function raise(id: string, revision: number): Statement {
  return {
    sql: `UPDATE deliveries SET revision = $2 WHERE id = $1 AND state = 'owed' AND pinned IS NULL`,
    params: [id, revision],
    rows: 1,
  };
}

/** The next one of a channel: one that was begun comes first and holds the others back; then what is due, in order. */
export async function nextOwed(db: Db, channel: string, now: Iso): Promise<DeliveryRow | null> {
  const [begun] = await db.all(
    `SELECT * FROM deliveries WHERE state = 'owed' AND channel = $1 AND pinned IS NOT NULL ORDER BY seq, id LIMIT 1`,
    [channel],
  );
  if (begun !== undefined) return deliveryRow(begun);
  const [due] = await db.all(
    `SELECT * FROM deliveries WHERE state = 'owed' AND channel = $1 AND not_before <= $2 ORDER BY seq, id LIMIT 1`,
    [channel, now],
  );
  return due === undefined ? null : deliveryRow(due);
}

/** Channels that are owed something whose time has come, the one that waits longest first. */
export async function dueChannels(db: Db, now: Iso, limit: number): Promise<readonly string[]> {
  const rows = await db.all(
    `SELECT channel, MIN(seq) AS first FROM deliveries WHERE state = 'owed' AND not_before <= $1
      GROUP BY channel ORDER BY first, channel LIMIT $2`,
    [now, limit],
  );
  return rows.map((row) => text(row, 'channel'));
}

/** When the next owed delivery of any channel falls due, of those after `after`; null = none does. */
export async function nextOwedAt(db: Db, after: Iso = ''): Promise<Iso | null> {
  const [row] = await db.all(`SELECT MIN(not_before) AS at FROM deliveries WHERE state = 'owed' AND not_before > $1`, [
    after,
  ]);
  return row === undefined ? null : textOrNull(row, 'at');
}

/** How many messages these channels are owed, and how much of it is due or was tried already. A digest is one message. */
export async function countOwedIn(
  db: Db,
  names: readonly string[],
  dueBy: Iso,
): Promise<{ readonly owed: number; readonly due: number }> {
  if (names.length === 0) return { owed: 0, due: 0 };
  const [row] = await db.all(
    `SELECT COUNT(DISTINCT CASE WHEN form = 'digest' THEN channel || not_before ELSE id END) AS owed, COALESCE(SUM(CASE WHEN attempts > 0 OR not_before <= $1 THEN 1 ELSE 0 END), 0) AS due
      FROM deliveries WHERE state = 'owed' AND channel IN (${marks(names.length, 2)})`,
    [dueBy, ...names],
  );
  return row === undefined ? { owed: 0, due: 0 } : { owed: integer(row, 'owed'), due: integer(row, 'due') };
}

/** What was given up since then, newest first, as many as anybody reads. */
export async function givenUpSince(
  db: Db,
  since: Iso,
): Promise<readonly { readonly channel: string; readonly at: Iso; readonly reason: AnyReason | null }[]> {
  const rows = await db.all(
    `SELECT channel, settled_at, reason FROM deliveries
      WHERE state <> 'owed' AND state = 'dead' AND told_in IS NULL AND settled_at >= $1
      ORDER BY settled_at DESC LIMIT 1000`,
    [since],
  );
  return rows.map((row) => ({
    channel: text(row, 'channel'),
    at: text(row, 'settled_at'),
    reason: reasonOrNull(row, 'reason'),
  }));
}

export async function owedByChannel(db: Db): Promise<
  readonly {
    readonly channel: string;
    readonly owed: number;
    readonly oldest: Iso;
    readonly reason: AnyReason | null;
  }[]
> {
  const rows = await db.all(
    `SELECT channel, COUNT(*) AS owed, MIN(made_at) AS oldest, MAX(reason) AS reason
      FROM deliveries WHERE state = 'owed' GROUP BY channel ORDER BY channel`,
  );
  return rows.map((row) => ({
    channel: text(row, 'channel'),
    owed: integer(row, 'owed'),
    oldest: text(row, 'oldest'),
    reason: reasonOrNull(row, 'reason'),
  }));
}

/** Unsettled cards and digest entries of these subjects, to see what a new revision has to add; `channels`: in these, null = in all. */
export async function owedOf(
  db: Db,
  subjects: readonly string[],
  channels: readonly string[] | null = null,
): Promise<readonly DeliveryRow[]> {
  const cards: DeliveryRow[] = [];
  for (const part of chunks(subjects)) {
    const rows = await db.all(
      `SELECT * FROM deliveries WHERE state = 'owed' AND form IN ('card', 'digest')
        AND subject IN (${marks(part.length)})${inChannels(channels, part.length)} ORDER BY seq`,
      [...part, ...(channels ?? [])],
    );
    cards.push(...rows.map(deliveryRow));
  }
  return cards;
}

/** All entries of a channel's digest that are due, in the order in which they were seen. */
export async function dueEntries(db: Db, channel: string, now: Iso): Promise<readonly DeliveryRow[]> {
  const rows = await db.all(
    `SELECT * FROM deliveries WHERE state = 'owed' AND channel = $1 AND form = 'digest' AND pinned IS NULL AND not_before <= $2
      ORDER BY seq, id`,
    [channel, now],
  );
  return rows.map(deliveryRow);
}

export async function deliveriesOf(db: Db, subject: string): Promise<readonly DeliveryRow[]> {
  return (await db.all(`SELECT * FROM deliveries WHERE subject = $1 ORDER BY seq, id`, [subject])).map(deliveryRow);
}

/** What is fixed before anything is sent, by whom and when. */
export interface Pinning {
  readonly pages: readonly PinnedPage[];
  readonly revision: number;
  readonly by: string;
  readonly now: Iso;
}

/** A newer revision meanwhile is a conflict: it is claimed again. */
export function pin(delivery: Delivery, { pages, revision, by, now }: Pinning): Statement {
  return {
    sql: `UPDATE deliveries SET pinned = $2, revision = $3, attempts = attempts + 1, doubt_since = COALESCE(doubt_since, $4),
      pinned_by = $7 WHERE id = $1 AND state = 'owed' AND attempts = $5 AND revision = $6`,
    params: [delivery.id, JSON.stringify(pages), revision, now, delivery.attempts, delivery.revision, by],
    rows: 1,
  };
}

/** Nothing of it arrived, and it has to say something else now: the next claim decides anew. */
export function unpin(id: string): Statement {
  return {
    sql: `UPDATE deliveries SET pinned = NULL, doubt_since = NULL, reason = NULL WHERE id = $1 AND state = 'owed' AND sent = '[]'`,
    params: [id],
    rows: 1,
  };
}

/** An entry that is told in the message of another one, which is pinned in the same batch. */
export function tellIn(entry: Delivery, headId: string, now: Iso): Statement {
  const reason: SendReason = { code: 'message.told-in', params: { delivery: headId } };
  return {
    sql: `UPDATE deliveries SET state = 'sent', told_in = $2, reason = $5, settled_at = $3
      WHERE id = $1 AND state = 'owed' AND pinned IS NULL AND revision = $4`,
    params: [entry.id, headId, now, entry.revision, reasonText(reason)],
    rows: 1,
  };
}

/** The message that was to tell these entries was given up, and they with it. */
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

/** A channel whose hours have changed waits no longer than until then; what was tried already keeps its own time. */
export function speakBy(channel: string, at: Iso): Statement {
  return {
    sql: `UPDATE deliveries SET not_before = $2 WHERE channel = $1 AND state = 'owed' AND attempts = 0 AND not_before > $2`,
    params: [channel, at],
  };
}

/** A channel that is gone for good owes nobody anything. */
export function giveUpChannel(channel: string, reason: AnyReason, now: Iso): Statement {
  return {
    sql: `UPDATE deliveries SET state = 'dead', reason = $2, settled_at = $3, doubt_since = NULL WHERE channel = $1 AND state = 'owed'`,
    params: [channel, reasonText(reason), now],
  };
}

export function dropSettledBefore(at: Iso): Statement {
  return { sql: `DELETE FROM deliveries WHERE state <> 'owed' AND settled_at < $1`, params: [at] };
}

/** When the story went on while its card was on the way, the newer revision follows as an edit. */
export function followUp(delivery: Delivery, now: Iso): Statement {
  return {
    sql: `INSERT INTO deliveries (id, channel, subject, revision, form, seq, not_before, state, attempts, content, sent, made_at)
      SELECT s.id || '@' || s.revision || '>' || $2 || '/card', $2, s.id, s.revision, 'card', $3, $4, 'owed', 0, 'null', '[]', $4
      FROM deliveries d JOIN stories s ON s.id = d.subject WHERE d.id = $1 AND s.revision > $5 ON CONFLICT DO NOTHING`,
    params: [delivery.id, delivery.channel, delivery.seq, now, delivery.revision],
  };
}
