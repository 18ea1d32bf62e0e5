// A database after years with many servers, in the proportions of 100,000 items, 10,000 stories, 10,000 channels and 200,000
// watches.
import type { Db, Statement } from '../../../src/store/define.ts';

/** Kept small: the planner's decision to scan a whole table depends on proportions, long before the full size. */
const scale = 1 / 5;

function rows(count: number, insert: string, select: string): Statement {
  return {
    sql: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${Math.max(count * scale, Math.min(count, 10_000))})
      INSERT INTO ${insert} SELECT ${select} FROM n`,
    params: [],
  };
}

/** A time in the year before `at` of the queries, different for each row. */
function moment(of = 'i'): string {
  return `'2025-' || (10 + ${of} % 3) || '-' || (10 + ${of} % 18) || 'T' || (10 + ${of} % 14) || ':00:00.' || (100 + ${of} % 900) || 'Z'`;
}

const guild = `CASE WHEN i % 50 = 0 THEN NULL ELSE 'g' || (i / 20) END`;
const spec = `'{"filters":{"on":null},"to":["guild:g' || (i / 20) || ':2"],"weight":1}'`;
const story = `'{"id":"s' || i || '","key":"k","name":"A model of some length in words","audience":["guild:g' || i || ':2"]}'`;

export const filling: readonly Statement[] = [
  rows(
    10_000,
    'targets (id, source, address, shape, pool, cursor, baseline_at, last_at, tried_at, fails, due_at, hot, version)',
    `'t' || i, 'github', 'org/repo' || i, NULL, CASE WHEN i % 4 = 0 THEN 'feed:' || i ELSE 'github' END, 'null',
      ${moment()}, ${moment()}, ${moment()}, 0, CASE WHEN i % 10 = 0 THEN NULL WHEN i % 90 = 1 THEN ${moment()} ELSE '2026-' || i END, 0, 1`,
  ),
  rows(5_000, 'finds (parent_id, child_id)', `'t' || (i % 400), 't' || i`),
  rows(
    200_000,
    'watches (id, target_id, guild, spec, paused, since, added_at, muted_until)',
    `'w' || i, 't' || (i % 10000), ${guild}, ${spec}, 0, ${moment()}, ${moment()}, CASE WHEN i % 500 = 0 THEN ${moment()} ELSE NULL END`,
  ),
  rows(
    100_000,
    'items (target_id, key, kind, story_key, name_key, fingerprint, published_at, first_seen, gone_at, baseline, doc)',
    `'t' || (i % 10000), 'release:' || i, CASE WHEN i % 5 = 0 THEN 'state' ELSE 'release' END, 'k' || (i / 10),
      CASE WHEN i % 10 = 0 THEN 'lab/family' || (i / 100) || '/' || i ELSE NULL END, 'f' || i, ${moment()}, ${moment()},
      CASE WHEN i % 20 = 0 THEN ${moment()} ELSE NULL END, 1, '{"title":"Something that was seen","url":"https://example.test/' || i || '"}'`,
  ),
  rows(
    10_000,
    `stories (id, scope, key, stage, lab, revision, next_at, updated_at, doc, promised, called, listed_at, kind, verdict, brief,
      common)`,
    `'s' || i, CASE WHEN i % 10 = 0 THEN 'file' ELSE 'guild:g' || (i / 10) END, 'k' || i,
      CASE WHEN i % 3 = 0 THEN 'released' ELSE 'seen' END, CASE WHEN i % 2 = 0 THEN 'lab' || (i % 50) ELSE NULL END, 1,
      CASE WHEN i % 40 = 0 THEN ${moment()} ELSE NULL END, ${moment()}, ${story}, CASE WHEN i % 50 = 0 THEN 1 ELSE 0 END,
      'model' || i, ${moment()}, CASE WHEN i % 3 = 0 THEN 'entry' ELSE 'model' END, NULL, '{}',
      CASE WHEN i % 10 = 0 THEN NULL ELSE 'h' || (i / 100) END`,
  ),
  rows(
    10_000,
    'places (address, known, at, behind)',
    `'a' || i, '{"v":1,"place":null,"unseen":[]}', ${moment()}, CASE WHEN i % 500 = 0 THEN 1 ELSE 0 END`,
  ),
  rows(2_000, 'story_docs (hash, doc, used_at)', `'h' || i, ${story}, ${moment()}`),
  rows(
    200_000,
    'verdicts (at, watch_id, target_id, key, change, told, reason, story_id)',
    `${moment()}, 'w' || (i % 10000), 't' || (i % 500), 'release:' || i, 'new', i % 2, 'verdict.told', 's' || (i % 500)`,
  ),
  rows(
    100_000,
    'deliveries (id, channel, subject, revision, form, seq, not_before, state, attempts, content, sent, made_at, settled_at, told_in)',
    `'d' || i, 'guild:g' || (i % 500) || ':2', 's' || (i % 500), 1, CASE WHEN i % 10 = 0 THEN 'digest' ELSE 'card' END, i, ${moment()},
      CASE WHEN i % 200 = 0 THEN 'owed' ELSE 'sent' END, 0, 'null', '[]', ${moment()},
      CASE WHEN i % 200 = 0 THEN NULL ELSE ${moment()} END, CASE WHEN i % 50 = 0 THEN 'd' || (i - 1) ELSE NULL END`,
  ),
  rows(
    100_000,
    'messages (subject, channel, message_id, sent_revision)',
    `'s' || (i % 500), 'guild:g' || (i / 10) || ':2', 'm' || i, 1`,
  ),
  rows(
    10_000,
    'channels (name, address, hold_until, reason, gone_at)',
    `'guild:g' || i || ':2', i, CASE WHEN i % 100 = 0 THEN ${moment()} ELSE NULL END, NULL,
      CASE WHEN i % 200 = 0 THEN ${moment()} ELSE NULL END`,
  ),
  rows(10_000, 'guild_channels (name, guild, channel, added_at)', `'guild:g' || i || ':2', 'g' || i, '2', ${moment()}`),
  rows(10_000, 'channel_scopes (channel, guild)', `'guild:g' || i || ':2', 'g' || i`),
  rows(
    10_000,
    'guild_pledges (guild, story_id, answer, person, at)',
    `'g' || i, 's' || i, 'confirmed', 'p', ${moment()}`,
  ),
  rows(10_000, 'guilds (guild, known_at)', `'g' || i, ${moment()}`),
  rows(20_000, 'follows (person, story_id, locale, at)', `'p' || (i / 4), 's' || i, 'en', ${moment()}`),
  rows(20_000, 'reminders (person, story_id, locale, at)', `'p' || (i / 4), 's' || i, 'en', ${moment()}`),
  rows(50_000, 'spread (story_id, day, measure, value, at)', `'s' || (i / 100), '2025-' || i, 'stars', i, ${moment()}`),
  rows(10_000, 'leases (name, holder, until, token)', `'channel:' || i, 'w', ${moment()}, 1`),
  rows(5_000, 'pools (id, paused_until, doc)', `'feed:' || i, NULL, 'null'`),
  rows(10_000, 'meta (key, value)', `'adding:g' || i, ${moment()}`),
  rows(2_000, 'fanouts (id, pool, at, doc)', `'f' || i, 'github' || i, ${moment()}, 'null'`),
  rows(20_000, 'fanout_parts (fanout, part, doc)', `'f' || (i / 10), i, '{}'`),
  rows(
    5_000,
    'vouches (scope, source, account, lab, at, taken_at)',
    `'guild:g' || i, 'github', 'a' || i, 'lab', ${moment()}, CASE WHEN i % 500 = 0 THEN NULL ELSE ${moment()} END`,
  ),
  rows(2_000, 'requests (story_id, answer, at)', `'s' || i, 'confirmed', ${moment()}`),
];

/** Fills the database and updates the planner's statistics, as a start does. */
export async function fill(db: Db): Promise<void> {
  for (const statement of filling) await db.batch([statement]);
  await db.analyse();
}
