// The migrations up to scopes and listings, which most tables come from; none of them is ever edited.
import type { Migration } from './migrate.ts';

export const firstMigrations: readonly Migration[] = [
  {
    id: 1,
    sql: [
      `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)`,
      `CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until TEXT NOT NULL)`,
      `CREATE TABLE targets (
        id TEXT PRIMARY KEY, source TEXT NOT NULL, address TEXT NOT NULL, shape TEXT, pool TEXT NOT NULL,
        cursor TEXT NOT NULL, baseline_at TEXT, last_at TEXT, changed_at TEXT, tried_at TEXT,
        result TEXT, reason TEXT, failing_since TEXT, fails INTEGER NOT NULL, reported_at TEXT,
        due_at TEXT, not_before TEXT, hot INTEGER NOT NULL, learned TEXT, version INTEGER NOT NULL)`,
      `CREATE INDEX targets_due ON targets (pool, due_at)`,
      `CREATE TABLE finds (parent_id TEXT NOT NULL, child_id TEXT NOT NULL, mark TEXT, PRIMARY KEY (parent_id, child_id))`,
      `CREATE INDEX finds_child ON finds (child_id)`,
      `CREATE TABLE watches (
        id TEXT PRIMARY KEY, target_id TEXT NOT NULL, guild TEXT, spec TEXT NOT NULL,
        paused INTEGER NOT NULL, since TEXT, added_at TEXT NOT NULL)`,
      `CREATE INDEX watches_target ON watches (target_id)`,
      `CREATE TABLE items (
        target_id TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, story_key TEXT NOT NULL, name_key TEXT, fingerprint TEXT NOT NULL,
        published_at TEXT, first_seen TEXT NOT NULL, gone_at TEXT, baseline INTEGER NOT NULL, doc TEXT NOT NULL,
        PRIMARY KEY (target_id, key))`,
      `CREATE INDEX items_story ON items (story_key)`,
      `CREATE INDEX items_name ON items (name_key, kind, gone_at)`,
      `CREATE TABLE stories (
        id TEXT PRIMARY KEY, scope TEXT NOT NULL, key TEXT NOT NULL, stage TEXT NOT NULL, lab TEXT, revision INTEGER NOT NULL, next_at TEXT,
        updated_at TEXT NOT NULL, doc TEXT NOT NULL, UNIQUE (scope, key))`,
      `CREATE INDEX stories_next ON stories (next_at)`,
      `CREATE INDEX stories_lab ON stories (lab, stage)`,
      `CREATE INDEX stories_updated ON stories (updated_at)`,
      `CREATE TABLE verdicts (
        at TEXT NOT NULL, watch_id TEXT NOT NULL, target_id TEXT NOT NULL, key TEXT NOT NULL, change TEXT NOT NULL,
        told INTEGER NOT NULL, reason TEXT NOT NULL, story_id TEXT, PRIMARY KEY (watch_id, target_id, key, at))`,
      `CREATE INDEX verdicts_item ON verdicts (target_id, key)`,
      `CREATE TABLE deliveries (
        id TEXT PRIMARY KEY, channel TEXT NOT NULL, subject TEXT NOT NULL, revision INTEGER NOT NULL, form TEXT NOT NULL,
        seq BIGINT NOT NULL, not_before TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, content TEXT NOT NULL,
        pinned TEXT, sent TEXT NOT NULL, doubt_since TEXT, reason TEXT, made_at TEXT NOT NULL, settled_at TEXT)`,
      `CREATE INDEX deliveries_owed ON deliveries (state, channel, seq)`,
      `CREATE INDEX deliveries_subject ON deliveries (subject)`,
      `CREATE TABLE messages (
        subject TEXT NOT NULL, channel TEXT NOT NULL, message_id TEXT, sent_revision INTEGER NOT NULL,
        PRIMARY KEY (subject, channel))`,
      `CREATE TABLE channels (name TEXT PRIMARY KEY, address TEXT NOT NULL, hold_until TEXT, reason TEXT, gone_at TEXT)`,
      `CREATE TABLE pools (id TEXT PRIMARY KEY, paused_until TEXT, doc TEXT NOT NULL)`,
    ],
  },
  {
    id: 2,
    sql: [
      `ALTER TABLE watches ADD COLUMN muted_until TEXT`,
      `CREATE INDEX watches_guild ON watches (guild)`,
      `CREATE TABLE guild_channels (
        name TEXT PRIMARY KEY, guild TEXT NOT NULL, channel TEXT NOT NULL, locale TEXT, digest TEXT, added_at TEXT NOT NULL)`,
      `CREATE TABLE guild_pledges (
        guild TEXT NOT NULL, story_id TEXT NOT NULL, answer TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (guild, story_id))`,
    ],
  },
  {
    id: 3,
    sql: [
      `CREATE INDEX items_seen ON items (first_seen)`,
      `ALTER TABLE stories ADD COLUMN promised INTEGER`,
      `UPDATE stories SET promised = 1 WHERE doc LIKE '%"pledge":{%'`,
      `CREATE INDEX stories_promised ON stories (updated_at) WHERE promised = 1`,
      // The names and links of a story, so that a search need not read documents; older stories get it with their next
      // revision.
      `ALTER TABLE stories ADD COLUMN called TEXT`,
      `CREATE INDEX stories_called ON stories (scope, updated_at, id, called)`,
      `DROP INDEX stories_updated`,
      `CREATE INDEX stories_key ON stories (key)`,
      `CREATE INDEX stories_open ON stories (id) WHERE lab IS NOT NULL AND stage <> 'released'`,
      `CREATE INDEX stories_of_lab ON stories (scope, lab)`,
    ],
  },
  {
    id: 4,
    sql: [
      // Channels that are told a guild's own stories; all others are told the file's.
      `CREATE TABLE channel_scopes (channel TEXT PRIMARY KEY, guild TEXT NOT NULL)`,
      `CREATE INDEX channel_scopes_guild ON channel_scopes (guild)`,
    ],
  },
  {
    id: 5,
    sql: [
      // Watches added before entries had a maximum age get the default of the file's feeds.
      `UPDATE watches SET spec = REPLACE(spec, '"match":', '"maxAgeMs":2592000000,"match":')
        WHERE guild IS NOT NULL AND target_id LIKE 'feed:%' AND spec NOT LIKE '%"maxAgeMs":%'`,
    ],
  },
  {
    id: 6,
    sql: [
      // Which digest told an entry used to be part of its reason.
      `ALTER TABLE deliveries ADD COLUMN told_in TEXT`,
      `UPDATE deliveries SET told_in = substr(reason, 9) WHERE form = 'digest' AND reason LIKE 'told in %'`,
      `CREATE INDEX deliveries_told_in ON deliveries (told_in) WHERE told_in IS NOT NULL`,
    ],
  },
  {
    id: 7,
    sql: [
      // What the board's lists are sorted and filtered by; filled for older stories when the worker starts.
      `ALTER TABLE stories ADD COLUMN listed_at TEXT`,
      `ALTER TABLE stories ADD COLUMN kind TEXT`,
      `ALTER TABLE stories ADD COLUMN verdict TEXT`,
      `ALTER TABLE stories ADD COLUMN brief TEXT`,
      `CREATE INDEX stories_listed ON stories (scope, listed_at, id, stage, kind, lab, verdict)`,
      `CREATE INDEX stories_landed ON stories (scope, stage, listed_at, id, kind, lab, verdict)`,
      `CREATE INDEX stories_landed_lab ON stories (scope, lab, stage, listed_at, id, kind, verdict)`,
      `CREATE INDEX stories_brief ON stories (scope, stage, kind, listed_at, id, brief)`,
      `CREATE INDEX stories_stamp ON stories (scope, revision)`,
      `CREATE INDEX stories_unlisted ON stories (id) WHERE kind IS NULL`,
      `CREATE TABLE spread (
        story_id TEXT NOT NULL, day TEXT NOT NULL, measure TEXT NOT NULL, value BIGINT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (story_id, day, measure))`,
      `CREATE INDEX spread_day ON spread (day)`,
    ],
  },
  {
    id: 8,
    sql: [
      // For finding the channels to serve next with one query.
      `CREATE INDEX deliveries_due ON deliveries (not_before, channel, seq) WHERE state = 'owed'`,
    ],
  },
  {
    id: 9,
    sql: [
      // Items wrongly taken for weights (adapters, other formats) must not be reported as vanished, so they are deleted.
      `DELETE FROM items WHERE kind = 'weights' AND EXISTS (
        SELECT 1 FROM items made WHERE made.target_id = items.target_id AND made.kind = 'model'
          AND made.key = REPLACE(items.key, 'weights', 'model')
          AND (made.doc LIKE '%"relation":"adapter"%' OR made.doc LIKE '%"library":"peft"%'))`,
      `DELETE FROM items WHERE kind = 'weights' AND (
        doc LIKE '%"formats":["model"]%' OR doc LIKE '%"formats":["gz"]%' OR doc LIKE '%"formats":["tar"]%'
        OR doc LIKE '%"formats":["zip"]%' OR doc LIKE '%"formats":["faiss"]%' OR doc LIKE '%"formats":["npy"]%'
        OR doc LIKE '%"formats":["gif"]%' OR doc LIKE '%"formats":["index"]%')`,
    ],
  },
  {
    id: 10,
    sql: [
      // Requests made while a worker runs: one answer per promise.
      `CREATE TABLE requests (story_id TEXT PRIMARY KEY, answer TEXT NOT NULL, at TEXT NOT NULL)`,
    ],
  },
  {
    id: 11,
    sql: [
      // For the queries of a wake and a start, whatever the number of watches and channels.
      `CREATE INDEX watches_muted ON watches (muted_until) WHERE muted_until IS NOT NULL`,
      `CREATE INDEX guild_channels_guild ON guild_channels (guild)`,
      `CREATE INDEX channels_gone ON channels (name) WHERE gone_at IS NOT NULL`,
      `CREATE INDEX channels_held ON channels (hold_until) WHERE hold_until IS NOT NULL`,
      `CREATE INDEX watches_of_guilds ON watches (guild, added_at, id) WHERE guild IS NOT NULL`,
      `CREATE INDEX deliveries_settled ON deliveries (settled_at) WHERE state <> 'owed'`,
      `CREATE INDEX verdicts_at ON verdicts (at)`,
    ],
  },
  {
    id: 12,
    sql: [
      // Indexes that databases from before the first release lack or have in another form.
      `DROP INDEX IF EXISTS items_name`,
      `CREATE INDEX items_name ON items (name_key, kind, gone_at)`,
      `DROP INDEX IF EXISTS stories_promised`,
      `CREATE INDEX stories_promised ON stories (updated_at) WHERE promised = 1`,
      `DROP INDEX IF EXISTS stories_updated`,
      `CREATE INDEX IF NOT EXISTS stories_key ON stories (key)`,
      `CREATE INDEX IF NOT EXISTS stories_open ON stories (id) WHERE lab IS NOT NULL AND stage <> 'released'`,
      `CREATE INDEX IF NOT EXISTS stories_of_lab ON stories (scope, lab)`,
    ],
  },
];
