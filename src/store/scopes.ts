// Whether a channel is told the file's stories or a guild's own. Decided whenever something is added or removed.
import type { Db, Statement } from './define.ts';
import { readMeta, saveMeta } from './meta.ts';
import { chunks, marks, text } from './rows.ts';

/** Changes with every decision, so that one based on an older state is repeated. */
const edition = 'scopes';
/** Set once the file watches something private: from then on, no guild shares the file's stories. */
const privateSeen = 'scopes:private';

/** By channel: the guild whose own stories it is told, for those of the channels where that is the case. */
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

/** Null = nothing has been decided in this database yet. */
export async function scopesEdition(db: Db): Promise<string | null> {
  return await readMeta(db, edition);
}

/** Makes a batch conflict if a decision was made since this edition was read. */
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
