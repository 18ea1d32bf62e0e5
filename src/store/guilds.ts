// What people in Discord have added and set: channels, watches with their pauses and mutes, answers to promises.
import type { ChannelSettings } from '../types/channel-settings.ts';
import type { Iso, Watch } from '../types/core.ts';
import { isPerson } from '../types/person.ts';
import type { Db, Row, Statement } from './define.ts';
import { saveMeta } from './meta.ts';
import { forgetPerson } from './people.ts';
import { chunks, docOrNull, integer, marks, text, textOrNull } from './rows.ts';
import { dropScope } from './scopes.ts';
import { dropUnwatchedOf } from './unwatched.ts';
import { dropWatches, specOf, watchRow } from './watches.ts';

/** A Discord channel that is not in the file. */
export interface GuildChannel {
  /** `guild:GUILD:CHANNEL`, as used in the `to` of watches. */
  readonly name: string;
  readonly guild: string;
  /** Discord's id. */
  readonly channel: string;
  /** Null = the file's setting applies. */
  readonly locale: string | null;
  readonly digest: 'off' | 'daily' | 'weekly' | null;
  /** Left out = nothing is set. */
  readonly settings?: ChannelSettings;
}

export interface GuildWatch {
  readonly watch: Watch;
  readonly guild: string;
  /** The end of a mute, which pauses the watch; null = not muted. */
  readonly mutedUntil: Iso | null;
}

function guildChannel(row: Row): GuildChannel {
  const digest = textOrNull(row, 'digest');
  const settings = docOrNull<ChannelSettings>(row, 'settings');
  return {
    name: text(row, 'name'),
    guild: text(row, 'guild'),
    channel: text(row, 'channel'),
    locale: textOrNull(row, 'locale'),
    digest: digest === 'off' || digest === 'daily' || digest === 'weekly' ? digest : null,
    ...(settings === null ? {} : { settings }),
  };
}

export async function guildChannelByName(db: Db, name: string): Promise<GuildChannel | null> {
  const [row] = await db.all('SELECT * FROM guild_channels WHERE name = $1', [name]);
  return row === undefined ? null : guildChannel(row);
}

export async function guildChannels(db: Db): Promise<readonly GuildChannel[]> {
  return (await db.all('SELECT * FROM guild_channels ORDER BY added_at, name')).map(guildChannel);
}

/** Records the channel; null leaves a setting unchanged. As somebody has just used the channel, it is no longer gone. */
export function saveGuildChannel(channel: GuildChannel, now: Iso): readonly Statement[] {
  return [
    {
      sql: `INSERT INTO guild_channels (name, guild, channel, locale, digest, added_at, settings) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (name) DO UPDATE SET locale = COALESCE(excluded.locale, guild_channels.locale),
          digest = COALESCE(excluded.digest, guild_channels.digest),
          settings = COALESCE(excluded.settings, guild_channels.settings)`,
      params: [
        channel.name,
        channel.guild,
        channel.channel,
        channel.locale,
        channel.digest,
        now,
        channel.settings === undefined ? null : JSON.stringify(channel.settings),
      ],
    },
    { sql: 'DELETE FROM channels WHERE name = $1 AND gone_at IS NOT NULL', params: [channel.name] },
  ];
}

/**
 * Removes what people added to a channel that no longer exists, as nobody would receive, see or be able to remove it. What the
 * file has for that channel stays.
 */
export async function forgetAdditions(db: Db, channel: string): Promise<readonly Statement[]> {
  if (isPerson(channel)) return forgetPerson(channel);
  const rows = await db.all(
    'SELECT guild FROM guild_channels WHERE name = $1 UNION SELECT guild FROM channel_scopes WHERE channel = $1',
    [channel],
  );
  // `guild:GUILD:CHANNEL`; where the file has the channel, the name is the file's and does not contain the guild.
  const named = /^guild:([^:]+):[^:]+$/.exec(channel)?.[1];
  const guilds = new Set([...rows.map((row) => text(row, 'guild')), ...(named === undefined ? [] : [named])]);
  const lists = await Promise.all(
    guilds.size > 0 ? [...guilds].map((guild) => guildWatches(db, guild)) : [guildWatches(db, null)],
  );
  const theirs = lists.flat().filter(({ watch: { to } }) => to.length === 1 && to[0] === channel);
  // Already forgotten: its state "gone" is kept, and there is nothing left to remove.
  if (theirs.length + rows.length === 0) return [];
  return [
    ...dropWatches(theirs.map(({ watch }) => watch.id)),
    ...dropUnwatchedOf(theirs.map(({ watch }) => watch.targetId)),
    { sql: 'DELETE FROM guild_channels WHERE name = $1', params: [channel] },
    dropScope(channel),
  ];
}

function guildWatch(row: Row): GuildWatch {
  return { watch: watchRow(row), guild: text(row, 'guild'), mutedUntil: textOrNull(row, 'muted_until') };
}

/**
 * Watches that tell another channel than the one they were added in, because the file has or had that channel. Filtered in
 * the database, as there may be very many others.
 */
export async function redirectedWatches(db: Db): Promise<readonly GuildWatch[]> {
  const rows = await db.all(
    `SELECT * FROM watches WHERE guild IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM guild_channels c WHERE c.guild = watches.guild AND watches.id LIKE c.name || ':%'
          AND watches.spec LIKE '%"to":["' || c.name || '"]%')
      ORDER BY added_at, id`,
  );
  return rows.map(guildWatch);
}

/** Of one guild; null = of all guilds. */
export async function guildWatches(db: Db, guild: string | null): Promise<readonly GuildWatch[]> {
  const rows =
    guild === null
      ? await db.all('SELECT * FROM watches WHERE guild IS NOT NULL ORDER BY added_at, id')
      : await db.all('SELECT * FROM watches WHERE guild = $1 ORDER BY added_at, id', [guild]);
  return rows.map(guildWatch);
}

export async function countGuildWatches(db: Db, guild: string): Promise<number> {
  const [row] = await db.all('SELECT COUNT(*) AS watches FROM watches WHERE guild = $1', [guild]);
  return row === undefined ? 0 : integer(row, 'watches');
}

/**
 * Adds a watch; a conflict when the guild already has it, or has `most` others. Additions of one guild wait for each other at
 * a
 * common row, as otherwise each would count before the others are written.
 */
export function addGuildWatch(watch: Watch, guild: string, most: number, now: Iso): readonly Statement[] {
  return [
    saveMeta(`adding:${guild}`, now),
    {
      sql: `INSERT INTO watches (id, target_id, guild, spec, paused, since, added_at)
        SELECT $1, $2, $3, $4, 0, $5, $6 WHERE (SELECT COUNT(*) FROM watches WHERE guild = $3) < $7
        ON CONFLICT (id) DO NOTHING`,
      params: [watch.id, watch.targetId, guild, specOf(watch), watch.since, now, most],
      rows: 1,
    },
  ];
}

/** `until` null = until somebody resumes it. */
export function holdWatch(id: string, until: Iso | null): Statement {
  return { sql: 'UPDATE watches SET paused = 1, muted_until = $2 WHERE id = $1', params: [id, until], rows: 1 };
}

/**
 * Its next look counts as the first: what appeared meanwhile is not told. `hasten` makes that look at once, so that nothing
 * that appears from now on is mistaken for it.
 */
export function resumeWatch(id: string, now: Iso, hasten: boolean): readonly Statement[] {
  const soon: Statement = {
    sql: `UPDATE targets SET due_at = $2, not_before = NULL
      WHERE due_at IS NOT NULL AND id IN (SELECT target_id FROM watches WHERE id = $1)`,
    params: [id, now],
  };
  return [
    ...(hasten ? [soon] : []),
    { sql: 'UPDATE watches SET paused = 0, muted_until = NULL, since = NULL WHERE id = $1', params: [id], rows: 1 },
  ];
}

/** Resumes watches whose mute has expired. */
export async function lapseMutes(db: Db, now: Iso): Promise<void> {
  const rows = await db.all('SELECT id FROM watches WHERE muted_until <= $1', [now]);
  if (rows.length > 0) await db.batch(rows.flatMap((row) => resumeWatch(text(row, 'id'), now, true)));
}

export interface GuildLoad {
  /** Targets that the schedule looks at for the guild: its own, and those found through them. */
  readonly targets: number;
  /** How many of these are still waiting for their first look. */
  readonly waiting: number;
}

export async function guildLoads(db: Db): Promise<ReadonlyMap<string, GuildLoad>> {
  const rows = await db.all(
    `SELECT guild, COUNT(*) AS targets, COALESCE(SUM(CASE WHEN tried_at IS NULL THEN 1 ELSE 0 END), 0) AS waiting FROM (
        SELECT w.guild AS guild, t.id AS id, t.tried_at AS tried_at FROM watches w JOIN targets t ON t.id = w.target_id
          WHERE w.guild IS NOT NULL AND t.due_at IS NOT NULL
        UNION SELECT w.guild AS guild, t.id AS id, t.tried_at AS tried_at FROM watches w
          JOIN finds f ON f.parent_id = w.target_id JOIN targets t ON t.id = f.child_id
          WHERE w.guild IS NOT NULL AND t.due_at IS NOT NULL) AS asked
      GROUP BY guild`,
  );
  return new Map(
    rows.map((row) => [text(row, 'guild'), { targets: integer(row, 'targets'), waiting: integer(row, 'waiting') }]),
  );
}

export async function anyGuildWatches(db: Db): Promise<boolean> {
  return (await db.all('SELECT id FROM watches WHERE guild IS NOT NULL ORDER BY guild LIMIT 1')).length > 0;
}

/** Those of the targets that no watch of the file covers, directly or through what found them. */
export async function askedByGuildsOnly(db: Db, targetIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (targetIds.length === 0 || !(await anyGuildWatches(db))) return new Set();
  const asked = new Set<string>();
  for (const part of chunks(targetIds)) {
    const rows = await db.all(
      `SELECT target_id AS id FROM watches WHERE guild IS NULL AND target_id IN (${marks(part.length)})
        UNION SELECT f.child_id AS id FROM finds f JOIN watches w ON w.target_id = f.parent_id
          WHERE w.guild IS NULL AND f.child_id IN (${marks(part.length)})`,
      part,
    );
    for (const row of rows) asked.add(text(row, 'id'));
  }
  return new Set(targetIds.filter((id) => !asked.has(id)));
}

/** Changes the channels that a watch tells. */
export function redirectWatch(watch: Watch, to: readonly string[]): Statement {
  return { sql: 'UPDATE watches SET spec = $2 WHERE id = $1', params: [watch.id, specOf({ ...watch, to })] };
}

export type PledgeAnswer = 'confirmed' | 'dismissed';

/** By story id; valid in this guild only. */
export async function pledgeAnswers(db: Db, guild: string): Promise<ReadonlyMap<string, PledgeAnswer>> {
  const rows = await db.all('SELECT story_id, answer FROM guild_pledges WHERE guild = $1', [guild]);
  return new Map(
    rows.map((row) => [text(row, 'story_id'), text(row, 'answer') === 'confirmed' ? 'confirmed' : 'dismissed']),
  );
}

interface GivenAnswer {
  readonly guild: string;
  readonly storyId: string;
  readonly answer: PledgeAnswer;
  readonly person: string;
  readonly now: Iso;
}

export function savePledgeAnswer({ guild, storyId, answer, person, now }: GivenAnswer): Statement {
  return {
    sql: `INSERT INTO guild_pledges (guild, story_id, answer, person, at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (guild, story_id) DO UPDATE SET answer = excluded.answer, person = excluded.person, at = excluded.at`,
    params: [guild, storyId, answer, person, now],
  };
}
