// The outbox: what is owed to which channel, and in which order.
import type { Iso } from '../types/core.ts';
import type { Content, Delivery, Form, PinnedPage } from '../types/delivery.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import type { Db, Row, Statement } from './define.ts';
import { reasonOrNull } from './reasons.ts';
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

/** If a delivery with this id exists already, the batch is a conflict, and the pass is folded again. */
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

/** An unpinned delivery is raised to the newest revision; a pinned card is followed by an edit instead. */
export function raise(id: string, revision: number): Statement {
  return {
    sql: `UPDATE deliveries SET revision = $2 WHERE id = $1 AND state = 'owed' AND pinned IS NULL`,
    params: [id, revision],
    rows: 1,
  };
}

/** A channel's next delivery: one that was begun comes first and blocks the others; then the due ones in order. */
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

/** Channels with due deliveries, the longest waiting first. */
export async function dueChannels(db: Db, now: Iso, limit: number): Promise<readonly string[]> {
  const rows = await db.all(
    `SELECT channel, MIN(seq) AS first FROM deliveries WHERE state = 'owed' AND not_before <= $1
      GROUP BY channel ORDER BY first, channel LIMIT $2`,
    [now, limit],
  );
  return rows.map((row) => text(row, 'channel'));
}

/** When the next owed delivery of any channel after `after` is due; null = there is none. */
export async function nextOwedAt(db: Db, after: Iso = ''): Promise<Iso | null> {
  const [row] = await db.all(`SELECT MIN(not_before) AS at FROM deliveries WHERE state = 'owed' AND not_before > $1`, [
    after,
  ]);
  return row === undefined ? null : textOrNull(row, 'at');
}

/** How many messages are owed to these channels (a digest counts as one), and how many deliveries are due or were tried. */
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

/** Deliveries given up since then, newest first, limited in number. */
export async function givenUpSince(
  db: Db,
  since: Iso,
): Promise<readonly { readonly channel: string; readonly at: Iso; readonly reason: AnyReason | null }[]> {
  const rows = await db.all(
    `SELECT channel, settled_at, reason FROM deliveries
      WHERE state <> 'owed' AND state = 'dead' AND told_in IS NULL AND settled_at >= $1
      ORDER BY settled_at DESC, id LIMIT 1000`,
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

/** Unsettled cards and digest entries of these subjects, to see what a new revision adds; `channels` null = in all channels. */
export async function owedOf(
  db: Db,
  subjects: readonly string[],
  channels: readonly string[] | null = null,
): Promise<readonly DeliveryRow[]> {
  const cards: DeliveryRow[] = [];
  for (const part of chunks(subjects)) {
    const rows = await db.all(
      `SELECT * FROM deliveries WHERE state = 'owed' AND form IN ('card', 'digest')
        AND subject IN (${marks(part.length)})${inChannels(channels, part.length)} ORDER BY seq, id`,
      [...part, ...(channels ?? [])],
    );
    cards.push(...rows.map(deliveryRow));
  }
  return cards;
}

/** All due entries of a channel's digest, in order. */
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
