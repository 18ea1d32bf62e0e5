// Which stories a channel hears: the file's, or those that a guild has of its own. Decided when something is added or removed.
import type { Db, Statement } from './define.ts';
import { readMeta, saveMeta } from './meta.ts';
import { chunks, marks, text } from './rows.ts';

/** Moves with every decision: what was decided on older ones is decided again. */
const edition = 'scopes';
/** Something that the file watches is private: from then on no guild shares the file's stories. */
const privateSeen = 'scopes:private';

/** The guilds of those of these channels that hear a guild's own stories. */
export async function ownScopes(db: Db, channels: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const scopes = new Map<string, string>();
  for (const part of chunks(channels)) {
    const rows = await db.all(
      `SELECT channel, guild FROM channel_scopes WHERE channel IN (${marks(part.length)})`,
      part,
    );
    for (const row of rows) scopes.set(text(row, 'channel'), text(row, 'guild'));
  }
  return scopes;
}

export async function hasOwnScope(db: Db, guild: string): Promise<boolean> {
  return (await db.all('SELECT channel FROM channel_scopes WHERE guild = $1 LIMIT 1', [guild])).length > 0;
}

/** Null: nothing was ever decided in this database. */
export async function scopesEdition(db: Db): Promise<string | null> {
  return await readMeta(db, edition);
}

/** Holds the batch to what was decided when this edition was read. */
export function guardScopes(known: string | null): Statement {
  return known === null
    ? {
        sql: `INSERT INTO meta (key, value) VALUES ($1, '0') ON CONFLICT (key) DO NOTHING`,
        params: [edition],
        rows: 1,
      }
    : { sql: 'UPDATE meta SET value = value WHERE key = $1 AND value = $2', params: [edition, known], rows: 1 };
}

export function moveEdition(known: string | null): readonly Statement[] {
  return [guardScopes(known), saveMeta(edition, String(Number(known ?? '0') + 1))];
}

export function saveScope(channel: string, guild: string): Statement {
  return {
    sql: 'INSERT INTO channel_scopes (channel, guild) VALUES ($1, $2) ON CONFLICT (channel) DO UPDATE SET guild = excluded.guild',
    params: [channel, guild],
  };
}

export function dropScope(channel: string): Statement {
  return { sql: 'DELETE FROM channel_scopes WHERE channel = $1', params: [channel] };
}

export async function isPrivateSeen(db: Db): Promise<boolean> {
  return (await readMeta(db, privateSeen)) !== null;
}

export function savePrivateSeen(now: string): Statement {
  return saveMeta(privateSeen, now);
}
