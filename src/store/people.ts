// What individual people asked to be told in direct messages: stories they follow, promises they want to be reminded of.
import type { Iso } from '../types/core.ts';
import { isPerson, personChannel } from '../types/person.ts';
import type { Db, Statement } from './define.ts';
import { chunks, marks, text } from './rows.ts';

/** The two kinds of wish, by table. */
export type PersonTable = 'follows' | 'reminders';

export interface PersonWish {
  /** Discord's user id. */
  readonly person: string;
  readonly storyId: string;
  readonly locale: string;
}

function wishOf(row: Parameters<typeof text>[0]): PersonWish {
  return { person: text(row, 'person'), storyId: text(row, 'story_id'), locale: text(row, 'locale') };
}

/** A conflict if the person already has `most` others; repeating a wish only renews it. */
export function addWish(
  table: PersonTable,
  { person, storyId, locale }: PersonWish,
  most: number,
  now: Iso,
): Statement {
  return {
    sql: `INSERT INTO ${table} (person, story_id, locale, at) SELECT $1, $2, $3, $4
        WHERE (SELECT COUNT(*) FROM ${table} WHERE person = $1 AND story_id <> $2) < $5
      ON CONFLICT (person, story_id) DO UPDATE SET locale = excluded.locale, at = excluded.at`,
    params: [person, storyId, locale, now, most],
    rows: 1,
  };
}

export async function hasWish(db: Db, table: PersonTable, person: string, storyId: string): Promise<boolean> {
  const rows = await db.all(`SELECT 1 AS there FROM ${table} WHERE person = $1 AND story_id = $2`, [person, storyId]);
  return rows.length > 0;
}

/** `once`: a conflict when it has already been removed. */
export function dropWish(
  table: PersonTable,
  { person, storyId }: Pick<PersonWish, 'person' | 'storyId'>,
  once = false,
): Statement {
  const sql = `DELETE FROM ${table} WHERE person = $1 AND story_id = $2`;
  return { sql, params: [person, storyId], ...(once ? { rows: 1 } : {}) };
}

/** Cancels deliveries about a story that have not begun to be sent. */
export function dropOwed(person: string, storyId: string): Statement {
  return {
    sql: `DELETE FROM deliveries WHERE channel = $1 AND subject = $2 AND state = 'owed' AND pinned IS NULL`,
    params: [personChannel(person), storyId],
  };
}

/** Marks the story as told up to this revision, so that only later turns become owed. */
export function beginFollowing(person: string, storyId: string, revision: number): Statement {
  return {
    sql: `INSERT INTO messages (subject, channel, message_id, sent_revision) VALUES ($1, $2, NULL, $3)
      ON CONFLICT (subject, channel) DO NOTHING`,
    params: [storyId, personChannel(person), revision],
  };
}

/** The channels of the people who follow these stories, by story. */
export async function followersOf(
  db: Db,
  storyIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const followers = new Map<string, string[]>();
  for (const part of chunks(storyIds)) {
    const rows = await db.all(
      `SELECT person, story_id FROM follows WHERE story_id IN (${marks(part.length)}) ORDER BY at, person`,
      part,
    );
    for (const row of rows) {
      const id = text(row, 'story_id');
      followers.set(id, [...(followers.get(id) ?? []), personChannel(text(row, 'person'))]);
    }
  }
  return followers;
}

/** When a story is merged into another one, its followers move along. */
export function moveWishes(from: string, to: string): readonly Statement[] {
  return (['follows', 'reminders'] as const).map((table) => ({
    sql: `UPDATE ${table} SET story_id = $2 WHERE story_id = $1
      AND NOT EXISTS (SELECT 1 FROM ${table} other WHERE other.person = ${table}.person AND other.story_id = $2)`,
    params: [from, to],
  }));
}

export async function reminders(db: Db): Promise<readonly PersonWish[]> {
  return (await db.all('SELECT * FROM reminders ORDER BY at, person, story_id')).map(wishOf);
}

/** Everybody who has a wish or is owed a message, with the language they last used. */
export async function people(db: Db): Promise<readonly Pick<PersonWish, 'person' | 'locale'>[]> {
  const rows = await db.all(
    `SELECT person, locale, at FROM follows UNION SELECT person, locale, at FROM reminders ORDER BY at, person`,
  );
  const locales = new Map(rows.map((row) => [text(row, 'person'), text(row, 'locale')]));
  const owed = await db.all(
    `SELECT DISTINCT channel FROM deliveries WHERE state = 'owed' AND channel LIKE 'person:%' ORDER BY channel`,
  );
  for (const row of owed) {
    const person = text(row, 'channel').slice('person:'.length);
    if (!locales.has(person)) locales.set(person, 'en');
  }
  return [...locales].map(([person, locale]) => ({ person, locale }));
}

/** Removes everything about a person who is gone or does not accept direct messages. */
export function forgetPerson(channel: string): readonly Statement[] {
  if (!isPerson(channel)) return [];
  const person = channel.slice('person:'.length);
  return [
    { sql: 'DELETE FROM follows WHERE person = $1', params: [person] },
    { sql: 'DELETE FROM reminders WHERE person = $1', params: [person] },
    { sql: 'DELETE FROM messages WHERE channel = $1', params: [channel] },
    { sql: `DELETE FROM deliveries WHERE state IN ('owed', 'sent', 'dead') AND channel = $1`, params: [channel] },
    { sql: 'DELETE FROM channels WHERE name = $1', params: [channel] },
  ];
}

/** Ends wishes made before that time, and removes everything about people without any wish left. */
export function dropWishesBefore(at: Iso): readonly Statement[] {
  const idle = `LIKE 'person:%' AND NOT EXISTS (SELECT 1 FROM follows WHERE 'person:' || person = OF)
    AND NOT EXISTS (SELECT 1 FROM reminders WHERE 'person:' || person = OF)`;
  return [
    { sql: 'DELETE FROM follows WHERE at < $1', params: [at] },
    { sql: 'DELETE FROM reminders WHERE at < $1', params: [at] },
    { sql: `DELETE FROM deliveries WHERE state <> 'owed' AND channel ${idle.replaceAll('OF', 'channel')}`, params: [] },
    {
      sql: `DELETE FROM messages WHERE channel ${idle.replaceAll('OF', 'channel')}
        AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.channel = messages.channel AND d.state = 'owed')`,
      params: [],
    },
    { sql: `DELETE FROM channels WHERE name ${idle.replaceAll('OF', 'name')}`, params: [] },
  ];
}
