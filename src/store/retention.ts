// Deletes old rows, once a day; docs/storage.md says for each table when its rows end.
import type { Iso } from '../types/core.ts';
import type { Db, Statement } from './define.ts';
import { chunks, marks, text } from './rows.ts';

/** Rows deleted by one statement: few, so that other workers do not wait long. */
const atOnce = 500;

interface Ending {
  readonly table: string;
  readonly key: readonly string[];
  /** Which rows to delete; `$1` is a time, where one is needed. */
  readonly where: string;
}

async function end(db: Db, { table, key, where }: Ending, params: readonly string[]): Promise<void> {
  const columns = key.join(', ');
  const one = key.length === 1 ? columns : `(${columns})`;
  const sql = `DELETE FROM ${table} WHERE ${one} IN (SELECT ${columns} FROM ${table} WHERE ${where} LIMIT ${atOnce}) RETURNING 1 AS gone`;
  while ((await db.all(sql, params)).length === atOnce);
}

/** A condition: the guild has no watches, channels or scopes left. */
function leftBy(guild: string): string {
  return ['watches', 'guild_channels', 'channel_scopes']
    .map((table) => `NOT EXISTS (SELECT 1 FROM ${table} w WHERE w.guild = ${guild})`)
    .join(' AND ');
}

const verdicts: Ending = { table: 'verdicts', key: ['watch_id', 'target_id', 'key', 'at'], where: 'at < $1' };
const settled: Ending = { table: 'deliveries', key: ['id'], where: `state <> 'owed' AND settled_at < $1` };
const spread: Ending = { table: 'spread', key: ['story_id', 'day', 'measure'], where: 'day < $1' };

/** Verdicts and settled deliveries, which `why` explains. */
export async function endExplained(db: Db, before: Iso): Promise<void> {
  await end(db, verdicts, [before]);
  await end(db, settled, [before]);
}

/** `before`: a day as `YYYY-MM-DD`. */
export async function endSpread(db: Db, before: string): Promise<void> {
  await end(db, spread, [before]);
}

/** Gives up messages owed since before that time to channels other than `served`. */
export async function endOwed(
  db: Db,
  served: ReadonlySet<string>,
  { before, now, reason }: { readonly before: Iso; readonly now: Iso; readonly reason: string },
): Promise<void> {
  const rows = await db.all(`SELECT DISTINCT channel FROM deliveries WHERE state = 'owed' AND made_at < $1`, [before]);
  const left = rows.map((row) => text(row, 'channel')).filter((channel) => !served.has(channel));
  await db.batch(
    left.map((channel) => ({
      sql: `UPDATE deliveries SET state = 'dead', reason = $2, settled_at = $3, doubt_since = NULL
        WHERE state = 'owed' AND channel = $1 AND made_at < $4`,
      params: [channel, reason, now, before],
    })),
  );
}

/** The state of channels that people deleted, and the cards that were there. */
export async function endGoneChannels(db: Db, before: Iso): Promise<void> {
  const theirs = `name LIKE 'guild:%' AND NOT EXISTS (SELECT 1 FROM guild_channels c WHERE c.name = channels.name)`;
  const rows = await db.all(`SELECT name FROM channels WHERE gone_at IS NOT NULL AND gone_at < $1 AND ${theirs}`, [
    before,
  ]);
  for (const part of chunks(rows.map((row) => text(row, 'name')))) {
    const among = marks(part.length);
    await db.batch([
      { sql: `DELETE FROM messages WHERE channel IN (${among})`, params: part },
      { sql: `DELETE FROM channels WHERE name IN (${among}) AND gone_at IS NOT NULL`, params: part },
    ]);
  }
}

/** A condition: a message about the story is owed, or a person follows it or is to be reminded of it. */
const asked = (story: string): string =>
  `EXISTS (SELECT 1 FROM deliveries d WHERE d.subject = ${story} AND d.state = 'owed')
    OR EXISTS (SELECT 1 FROM follows f WHERE f.story_id = ${story}) OR EXISTS (SELECT 1 FROM reminders r WHERE r.story_id = ${story})`;

/** Ids of stories last updated before that time that meet the condition; reads scope by scope to use an index. */
async function storiesBefore(db: Db, before: Iso, condition: string): Promise<readonly string[]> {
  const rows = await db.all(
    `WITH RECURSIVE scopes(scope) AS (
        SELECT MIN(scope) FROM stories
        UNION ALL SELECT (SELECT MIN(s.scope) FROM stories s WHERE s.scope > scopes.scope) FROM scopes WHERE scopes.scope IS NOT NULL)
      SELECT stories.id AS id FROM scopes JOIN stories ON stories.scope = scopes.scope AND stories.updated_at < $1
        WHERE (${condition}) AND NOT (COALESCE(promised, 0) = 1 AND stage <> 'released') AND NOT (${asked('stories.id')}) LIMIT ${atOnce}`,
    [before],
  );
  return rows.map((row) => text(row, 'id'));
}

/** Also deletes the story's cards, answers and deliveries. A story that has been updated in the meantime stays. */
function dropStories(ids: readonly string[], before: Iso): readonly Statement[] {
  const among = marks(ids.length);
  const orphans = (table: string, column: string): Statement => ({
    sql: `DELETE FROM ${table} WHERE ${column} IN (${among}) AND NOT EXISTS (SELECT 1 FROM stories s WHERE s.id = ${table}.${column})`,
    params: ids,
  });
  return [
    {
      sql: `DELETE FROM stories WHERE id IN (${among}) AND updated_at < $${ids.length + 1}`,
      params: [...ids, before],
    },
    orphans('messages', 'subject'),
    orphans('deliveries', 'subject'),
    orphans('guild_pledges', 'story_id'),
    orphans('spread', 'story_id'),
  ];
}

async function endStoriesWhere(db: Db, before: Iso, condition: string): Promise<void> {
  for (;;) {
    const ids = await storiesBefore(db, before, condition);
    if (ids.length > 0) await db.batch(dropStories(ids, before));
    if (ids.length < atOnce) return;
  }
}

/** Guilds' own stories that no channel hears any more, or whose guild has nothing left here. */
export async function endLeftStories(db: Db, before: Iso): Promise<void> {
  const unheard = `doc LIKE '%"audience":[]%' AND doc NOT LIKE '%"held":[{%'`;
  const left = leftBy(`SUBSTR(stories.scope, ${'guild:'.length + 1})`);
  await endStoriesWhere(db, before, `stories.scope <> 'file' AND ((${unheard}) OR (${left}))`);
}

/** Stories without change since then, except the file's stories of models and repositories. */
export async function endOldStories(db: Db, before: Iso): Promise<void> {
  await endStoriesWhere(db, before, `stories.scope <> 'file' OR kind = 'news' OR kind = 'software'`);
  // The remaining stories lose their cards: whatever happens next is told as new instead of as an edit.
  for (;;) {
    const rows = await db.all(
      `DELETE FROM messages WHERE (subject, channel) IN (SELECT m.subject, m.channel
          FROM stories s JOIN messages m ON m.subject = s.id
          WHERE s.scope = 'file' AND s.updated_at < $1 AND NOT (COALESCE(s.promised, 0) = 1 AND s.stage <> 'released')
            AND NOT (${asked('s.id')}) LIMIT ${atOnce}) RETURNING 1 AS gone`,
      [before],
    );
    if (rows.length < atOnce) return;
  }
}

const byWatches = `EXISTS (SELECT 1 FROM watches w WHERE w.target_id = targets.id)`;
const listedBy = `EXISTS (SELECT 1 FROM finds f WHERE f.child_id = targets.id AND f.asked IS NULL)`;

/** Targets that an entry once led to and that are no longer looked at, with their items. */
export async function endLedTargets(db: Db, before: Iso): Promise<void> {
  for (;;) {
    const rows = await db.all(
      `SELECT id FROM targets WHERE due_at IS NULL AND tried_at < $1 AND NOT ${byWatches} AND NOT ${listedBy} LIMIT ${atOnce}`,
      [before],
    );
    const ids = rows.map((row) => text(row, 'id'));
    if (ids.length > 0) {
      const among = marks(ids.length);
      const gone = `NOT EXISTS (SELECT 1 FROM targets t WHERE t.id =`;
      await db.batch([
        {
          sql: `DELETE FROM targets WHERE id IN (${among}) AND due_at IS NULL AND NOT ${byWatches} AND NOT ${listedBy}`,
          params: ids,
        },
        { sql: `DELETE FROM items WHERE target_id IN (${among}) AND ${gone} items.target_id)`, params: ids },
        { sql: `DELETE FROM finds WHERE child_id IN (${among}) AND ${gone} finds.child_id)`, params: ids },
      ]);
    }
    if (ids.length < atOnce) return;
  }
}

/** Pools of hosts without targets, shared documents without stories, and what was kept for guilds that have nothing left. */
export async function endUnused(
  db: Db,
  { now, before, longAgo }: Readonly<Record<'now' | 'before' | 'longAgo', Iso>>,
): Promise<void> {
  const unused = `used_at < $1 AND NOT EXISTS (SELECT 1 FROM stories s WHERE s.common = story_docs.hash)`;
  await end(db, { table: 'story_docs', key: ['hash'], where: unused }, [before]);
  const dead = `id LIKE '%:%' AND (paused_until IS NULL OR paused_until < $1) AND NOT EXISTS (SELECT 1 FROM targets t WHERE t.pool = pools.id)`;
  await end(db, { table: 'pools', key: ['id'], where: dead }, [now]);
  // The row of a lease keeps its token, so it stays as long as there is something to lease.
  const channel = `SUBSTR(leases.name, ${'channel:'.length + 1})`;
  const pool = `SUBSTR(leases.name, ${'pool:'.length + 1})`;
  const nothing = `until < $1 AND (
      (name LIKE 'channel:guild:%' AND NOT EXISTS (SELECT 1 FROM guild_channels c WHERE c.name = ${channel}))
      OR (name LIKE 'pool:%:%' AND NOT EXISTS (SELECT 1 FROM targets t WHERE t.pool = ${pool})))`;
  await end(db, { table: 'leases', key: ['name'], where: nothing }, [longAgo]);
  const added = `key LIKE 'adding:%' AND NOT EXISTS (SELECT 1 FROM watches w WHERE w.guild = SUBSTR(meta.key, ${'adding:'.length + 1}))`;
  await end(db, { table: 'meta', key: ['key'], where: added }, []);
  const timed = `(key LIKE 'linked looks %' OR key LIKE 'restructured:%') AND value < $1`;
  await end(db, { table: 'meta', key: ['key'], where: timed }, [longAgo]);
  const answers = `at < $1 AND ${leftBy('guild_pledges.guild')}`;
  await end(db, { table: 'guild_pledges', key: ['guild', 'story_id'], where: answers }, [longAgo]);
  const vouched = `at < $1 AND scope <> 'file' AND ${leftBy(`SUBSTR(vouches.scope, ${'guild:'.length + 1})`)}`;
  await end(db, { table: 'vouches', key: ['scope', 'source', 'account'], where: vouched }, [longAgo]);
}

/** Drops fan-outs from before that time, which no worker could finish, and returns their ids. */
export async function endFanouts(db: Db, before: Iso): Promise<readonly string[]> {
  const rows = await db.all('DELETE FROM fanouts WHERE at < $1 RETURNING id', [before]);
  await end(
    db,
    {
      table: 'fanout_parts',
      key: ['fanout', 'part'],
      where: 'NOT EXISTS (SELECT 1 FROM fanouts f WHERE f.id = fanout_parts.fanout)',
    },
    [],
  );
  return rows.map((row) => text(row, 'id'));
}

/** Claims today's tidying; false = another worker has claimed it, or it is the first day and nothing is old yet. */
export async function claimTidying(db: Db, last: Iso | null, now: Iso): Promise<boolean> {
  const outcome = await db.batch([
    last === null
      ? { sql: `INSERT INTO meta (key, value) VALUES ('tidied', $1) ON CONFLICT (key) DO NOTHING`, params: [now] }
      : {
          sql: `UPDATE meta SET value = $2 WHERE key = 'tidied' AND value = $1`,
          params: [last, now],
          rows: 1,
        },
  ]);
  return last !== null && outcome === 'done';
}
