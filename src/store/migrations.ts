// The ordered list of migrations; one that has been released is never edited.

export interface Migration {
  readonly id: number;
  readonly sql: readonly string[];
}

export const migrations: readonly Migration[] = [
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
