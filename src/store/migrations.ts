// The ordered list of migrations; one that has been released is never edited.
import { firstMigrations } from './first-migrations.ts';
import type { Migration } from './migrate.ts';

export const migrations: readonly Migration[] = [
  ...firstMigrations,
  {
    id: 13,
    sql: [
      // The watches, as JSON, that told an entry which led to the target.
      `ALTER TABLE finds ADD COLUMN asked TEXT`,
    ],
  },
  {
    id: 14,
    sql: [
      // Verdicts become codes with parameters; the parameters of older verdicts are unknown.
      `UPDATE verdicts SET reason = CASE reason
        WHEN 'told' THEN 'verdict.told'
        WHEN 'baseline' THEN 'verdict.baseline'
        WHEN 'first look of this watch' THEN 'verdict.first-look'
        WHEN 'before the window' THEN 'verdict.before-window'
        WHEN 'moved' THEN 'verdict.moved'
        WHEN 'no news in itself' THEN 'verdict.no-news'
        WHEN 'prerelease' THEN 'verdict.prerelease'
        WHEN 'no model' THEN 'verdict.no-model'
        WHEN 'paused' THEN 'verdict.paused'
        WHEN 'private' THEN 'verdict.private'
        WHEN 'not in on' THEN '{"code":"verdict.not-in-on","params":{"kind":"…","on":"…"}}'
        WHEN 'not included' THEN '{"code":"verdict.not-included","params":{"pattern":"…"}}'
        WHEN 'excluded' THEN '{"code":"verdict.excluded","params":{"pattern":"…"}}'
        WHEN 'no match' THEN '{"code":"verdict.no-match","params":{"texts":"…"}}'
        WHEN 'matches none' THEN '{"code":"verdict.matches-none","params":{"text":"…"}}'
        WHEN 'too old' THEN '{"code":"verdict.too-old","params":{"most":"…"}}'
        ELSE reason END`,
    ],
  },
  {
    id: 15,
    sql: [
      // With every claim the token grows; a worker with an older token has lost the lease, even if it does not know yet.
      `ALTER TABLE leases ADD COLUMN token BIGINT NOT NULL DEFAULT 0`,
      // The worker that made the attempt: another worker's attempt is searched for before it is repeated.
      `ALTER TABLE deliveries ADD COLUMN pinned_by TEXT`,
    ],
  },
  {
    id: 16,
    sql: [
      // What individual people asked to be told in direct messages.
      `CREATE TABLE follows (
        person TEXT NOT NULL, story_id TEXT NOT NULL, locale TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (person, story_id))`,
      `CREATE INDEX follows_story ON follows (story_id)`,
      `CREATE TABLE reminders (
        person TEXT NOT NULL, story_id TEXT NOT NULL, locale TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (person, story_id))`,
      // Further settings of channels added in Discord, as JSON; and the servers that were greeted.
      `ALTER TABLE guild_channels ADD COLUMN settings TEXT`,
      `CREATE TABLE guilds (guild TEXT PRIMARY KEY, known_at TEXT NOT NULL)`,
    ],
  },
  {
    id: 17,
    sql: [
      // News for thousands of channels, made owed in parts.
      `CREATE TABLE fanouts (id TEXT PRIMARY KEY, pool TEXT NOT NULL, at TEXT NOT NULL, doc TEXT NOT NULL)`,
      `CREATE TABLE fanout_parts (fanout TEXT NOT NULL, part INTEGER NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (fanout, part))`,
      // For queries limited to some guilds, and lists that only contain the file's stories.
      `DROP INDEX IF EXISTS watches_target`,
      `CREATE INDEX watches_target ON watches (target_id, guild)`,
      `DROP INDEX IF EXISTS deliveries_subject`,
      `CREATE INDEX deliveries_subject ON deliveries (subject, channel)`,
      `DROP INDEX IF EXISTS stories_key`,
      `CREATE INDEX stories_key ON stories (key, scope)`,
      `DROP INDEX IF EXISTS stories_next`,
      `CREATE INDEX stories_next ON stories (next_at) WHERE next_at IS NOT NULL`,
      `DROP INDEX IF EXISTS stories_lab`,
      `CREATE INDEX stories_lab ON stories (lab, stage) WHERE lab IS NOT NULL`,
      `DROP INDEX IF EXISTS stories_of_lab`,
      `CREATE INDEX stories_of_lab ON stories (scope, lab) WHERE lab IS NOT NULL`,
      `DROP INDEX IF EXISTS stories_listed`,
      `DROP INDEX IF EXISTS stories_landed`,
      `DROP INDEX IF EXISTS stories_landed_lab`,
      `DROP INDEX IF EXISTS stories_brief`,
      `DROP INDEX IF EXISTS stories_stamp`,
      `CREATE INDEX stories_listed ON stories (scope, listed_at, id, stage, kind, lab, verdict) WHERE scope = 'file'`,
      `CREATE INDEX stories_landed ON stories (scope, stage, listed_at, id, kind, lab, verdict) WHERE scope = 'file'`,
      `CREATE INDEX stories_landed_lab ON stories (scope, lab, stage, listed_at, id, kind, verdict) WHERE scope = 'file'`,
      `CREATE INDEX stories_brief ON stories (scope, stage, kind, listed_at, id, brief) WHERE scope = 'file'`,
      `CREATE INDEX stories_stamp ON stories (scope, revision) WHERE scope = 'file'`,
    ],
  },
  {
    id: 18,
    sql: [
      // Accounts that people vouched for; `taken_at` is null until a worker has applied it.
      `CREATE TABLE vouches (scope TEXT NOT NULL, source TEXT NOT NULL, account TEXT NOT NULL, lab TEXT NOT NULL,
        at TEXT NOT NULL, taken_at TEXT, PRIMARY KEY (scope, source, account))`,
    ],
  },
  {
    id: 19,
    sql: [
      // Whether something is private, without reading everything known about it.
      `CREATE INDEX items_state ON items (target_id) WHERE kind = 'state'`,
    ],
  },
  {
    id: 20,
    sql: [
      // For queries of a wake, a pass or a person leaving that used to read a whole table.
      `CREATE INDEX messages_channel ON messages (channel)`,
      `CREATE INDEX fanouts_pool ON fanouts (pool, at, id)`,
      `CREATE INDEX reminders_story ON reminders (story_id)`,
      `CREATE INDEX targets_hot ON targets (pool, due_at) WHERE hot = 1`,
      `CREATE INDEX targets_reported ON targets (reported_at) WHERE reported_at IS NOT NULL`,
      `CREATE INDEX targets_untried ON targets (id) WHERE tried_at IS NULL`,
      `CREATE INDEX vouches_fresh ON vouches (at) WHERE taken_at IS NULL`,
      `DROP INDEX IF EXISTS stories_open`,
      `CREATE INDEX stories_open ON stories (updated_at) WHERE lab IS NOT NULL AND stage <> 'released'`,
    ],
  },
  {
    id: 21,
    sql: [
      // Where the shards of Discord's gateway are, and which workers there are to have them.
      `CREATE TABLE shards (total INTEGER NOT NULL, shard INTEGER NOT NULL, holder TEXT NOT NULL, away TEXT,
        since TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (total, shard))`,
      `CREATE TABLE gateway_workers (holder TEXT PRIMARY KEY, until TEXT NOT NULL)`,
    ],
  },
  {
    id: 22,
    sql: [
      // Content shared by several servers' stories: stored once, under its hash.
      `CREATE TABLE story_docs (hash TEXT PRIMARY KEY, doc TEXT NOT NULL, used_at TEXT NOT NULL)`,
      `ALTER TABLE stories ADD COLUMN common TEXT`,
      `CREATE INDEX stories_common ON stories (common) WHERE common IS NOT NULL`,
    ],
  },
  {
    id: 23,
    sql: [
      // What a channel has learned about its place (for Discord: the kind of the channel), by address.
      `CREATE TABLE places (address TEXT PRIMARY KEY, known TEXT NOT NULL, at TEXT NOT NULL, behind INTEGER NOT NULL DEFAULT 0)`,
      `CREATE INDEX places_behind ON places (at) WHERE behind = 1`,
      `CREATE INDEX places_at ON places (at)`,
    ],
  },
  {
    id: 24,
    sql: [
      // Parts that failed are set aside: how often, until when, and why.
      `ALTER TABLE fanout_parts ADD COLUMN fails INTEGER NOT NULL DEFAULT 0`,
      `ALTER TABLE fanout_parts ADD COLUMN not_before TEXT NOT NULL DEFAULT ''`,
      `ALTER TABLE fanout_parts ADD COLUMN reason TEXT`,
    ],
  },
];
