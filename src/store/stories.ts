// Stories: one document per story, guarded by its revision.

import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import { listingOf, squeezed } from './brief.ts';
import type { Db, Statement } from './define.ts';
import { chunks, marks, text, textOrNull } from './rows.ts';
import { type KeptDoc, sharedDocs, storiesOf, storyDoc, storyOf, wholeDoc } from './story-docs.ts';

export function scopeName(scope: Story['scope']): string {
  return scope === 'file' ? 'file' : `guild:${scope.guild}`;
}

/** Identifies a story across scopes. */
export function nameOf({ scope, key }: Pick<Story, 'scope' | 'key'>): string {
  return `${scopeName(scope)} ${key}`;
}

export async function storiesByKey(
  db: Db,
  scope: Story['scope'],
  keys: readonly string[],
): Promise<ReadonlyMap<string, Story>> {
  const stories = new Map<string, Story>();
  for (const part of chunks(keys)) {
    const rows = await db.all(
      `SELECT ${storyDoc} FROM stories WHERE scope = $1 AND key IN (${marks(part.length, 2)})`,
      [scopeName(scope), ...part],
    );
    for (const story of storiesOf(rows)) stories.set(story.key, story);
  }
  return stories;
}

export async function storyById(db: Db, id: string): Promise<Story | null> {
  const [row] = await db.all(`SELECT ${storyDoc} FROM stories WHERE id = $1`, [id]);
  return row === undefined ? null : storyOf(row);
}

/** Also finds a story by a key it used to have; the newest one wins. */
export async function storyOfKey(db: Db, key: string): Promise<Story | null> {
  const [row] = await db.all(`SELECT ${storyDoc} FROM stories WHERE key = $1 ORDER BY updated_at DESC, id LIMIT 1`, [
    key,
  ]);
  return row === undefined ? null : storyOf(row);
}

/** Stories whose key begins with this address, except merged ones. */
export async function storiesUnder(db: Db, scope: Story['scope'], begins: string): Promise<readonly Story[]> {
  const pattern = `${begins.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const rows = await db.all(
    `SELECT ${storyDoc} FROM stories WHERE scope = $1 AND LOWER(key) LIKE $2 ESCAPE '\\' ORDER BY id`,
    [scopeName(scope), pattern],
  );
  return storiesOf(rows).filter(({ mergedInto }) => mergedInto === null);
}

/** Stories whose name, key or evidence contains the text, newest first. */
export async function storiesLike(db: Db, needle: string, limit: number): Promise<readonly Story[]> {
  const pattern = `%${needle.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const rows = await db.all(
    `SELECT ${storyDoc} FROM stories WHERE LOWER(doc) LIKE $1 ESCAPE '\\'
      OR common IN (SELECT hash FROM story_docs WHERE LOWER(doc) LIKE $1 ESCAPE '\\') ORDER BY updated_at DESC, id LIMIT $2`,
    [pattern, limit],
  );
  return storiesOf(rows);
}

/** All stories of models in every scope, oldest first. Reads every one, so only for one-off tasks. */
export async function modelStories(db: Db): Promise<readonly Story[]> {
  const rows = await db.all(`SELECT ${storyDoc} FROM stories WHERE key LIKE 'model:%' ORDER BY id`);
  return storiesOf(rows).toSorted((one, other) => (one.openedAt < other.openedAt ? -1 : 1));
}

/** Stories with a turn that is due by time alone, earliest first. */
export async function storiesDue(db: Db, now: Iso): Promise<readonly Story[]> {
  const rows = await db.all(
    `SELECT ${storyDoc} FROM stories WHERE next_at IS NOT NULL AND next_at <= $1 ORDER BY next_at, id`,
    [now],
  );
  return storiesOf(rows);
}

/** The limit for queries that are made all the time. */
const mostOpen = 2_000;

/** Unreleased stories of known labs: those with a promise, and those updated since then. */
export async function openStories(db: Db, since: Iso): Promise<readonly Story[]> {
  // Each half uses its own index; a single condition with OR would read every story.
  const open = `SELECT ${storyDoc}, updated_at, id FROM stories WHERE lab IS NOT NULL AND stage <> 'released'`;
  const rows = await db.all(
    `SELECT doc, common FROM (SELECT * FROM (${open} AND updated_at >= $1 ORDER BY updated_at DESC, id LIMIT ${mostOpen}) AS heard
        UNION ALL ${open} AND promised = 1 AND updated_at < $1) AS expected ORDER BY updated_at DESC, id LIMIT ${mostOpen}`,
    [since],
  );
  return storiesOf(rows);
}

/** The stories with these keys, of the file and of all guilds. */
export async function storiesOfAll(db: Db, keys: readonly string[]): Promise<readonly Story[]> {
  const guilds = await guildsWith(db, keys);
  return storiesOfKeys(db, ['file', ...guilds.map((guild) => ({ guild }))], keys);
}

/** The stories with these keys in these scopes. */
export async function storiesOfKeys(
  db: Db,
  scopes: readonly Story['scope'][],
  keys: readonly string[],
): Promise<readonly Story[]> {
  const stories: Story[] = [];
  for (const part of chunks(keys, 100))
    stories.push(...(await storiesIn(db, scopes, (first) => `key IN (${marks(part.length, first)})`, part)));
  return stories;
}

/** The guilds that have stories with these keys. */
export async function guildsWith(db: Db, keys: readonly string[]): Promise<readonly string[]> {
  const guilds = new Set<string>();
  for (const part of chunks(keys)) {
    const sql = `SELECT DISTINCT scope FROM stories WHERE key IN (${marks(part.length)}) AND scope <> 'file'`;
    for (const row of await db.all(sql, part)) guilds.add(text(row, 'scope').slice('guild:'.length));
  }
  return [...guilds];
}

/** All guilds' own stories. Reads every one, so only for one-off tasks. */
export async function guildStories(db: Db): Promise<readonly Story[]> {
  const rows = await db.all(`SELECT ${storyDoc} FROM stories WHERE scope <> 'file' ORDER BY scope, id`);
  return storiesOf(rows);
}

/** Those of the ids that are already used. */
export async function takenIds(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const taken = new Set<string>();
  for (const part of chunks(ids))
    for (const row of await db.all(`SELECT id FROM stories WHERE id IN (${marks(part.length)})`, part))
      taken.add(text(row, 'id'));
  return taken;
}

/** Stories with one of these channels in their audience; `scope` null = of all. Reads every story: only for rare tasks. */
export async function storiesHeardIn(
  db: Db,
  channels: readonly string[],
  scope: Story['scope'] | null,
): Promise<readonly Story[]> {
  const stories = new Map<string, Story>();
  for (const part of chunks(channels, 50)) {
    const patterns = part.map((name) => `%${JSON.stringify(name).replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
    const like = patterns.map((_, index) => `doc LIKE $${index + 1} ESCAPE '\\'`).join(' OR ');
    const rows = await db.all(
      `SELECT ${storyDoc} FROM stories WHERE (${like})${scope === null ? '' : ` AND scope = $${part.length + 1}`} ORDER BY id`,
      [...patterns, ...(scope === null ? [] : [scopeName(scope)])],
    );
    for (const story of storiesOf(rows)) {
      if (story.audience.some((name) => channels.includes(name))) stories.set(story.id, story);
    }
  }
  return [...stories.values()];
}

/** Stories in these scopes that meet a condition with further parameters; `condition` gets the first free parameter number. */
async function storiesIn(
  db: Db,
  scopes: readonly Story['scope'][],
  condition: (first: number) => string,
  params: readonly string[],
): Promise<readonly Story[]> {
  const stories: Story[] = [];
  for (const names of chunks(scopes.map(scopeName))) {
    const sql = `SELECT ${storyDoc} FROM stories WHERE scope IN (${marks(names.length)}) AND (${condition(names.length + 1)}) ORDER BY id`;
    stories.push(...storiesOf(await db.all(sql, [...names, ...params])));
  }
  return stories;
}

/** The stories of these labs in these scopes. */
export async function storiesOfLabs(
  db: Db,
  scopes: readonly Story['scope'][],
  labs: readonly string[],
): Promise<readonly Story[]> {
  const stories: Story[] = [];
  for (const part of chunks(labs))
    stories.push(...(await storiesIn(db, scopes, (first) => `lab IN (${marks(part.length, first)})`, part)));
  return stories;
}

/** The stories of these scopes with these keys, including later ones continued under the key (`key~2026-01-31`). */
export async function storiesNamed(
  db: Db,
  scopes: readonly Story['scope'][],
  labs: readonly string[],
  keys: readonly string[],
): Promise<readonly Story[]> {
  const stories: Story[] = [];
  stories.push(...(await storiesOfKeys(db, scopes, keys)));
  for (const part of chunks(labs)) {
    const later = (first: number): string => `lab IN (${marks(part.length, first)}) AND key LIKE '%~____-__-__'`;
    stories.push(...(await storiesIn(db, scopes, later, part)));
  }
  // A story of a model without a listed family may have no lab.
  for (const part of chunks(keys.filter((key) => key.startsWith('model:~/')))) {
    // A range from the first to the last day can use the index in any collation, which a pattern cannot.
    const later = (first: number): string =>
      part.map((_, index) => `key BETWEEN $${first + 2 * index} AND $${first + 2 * index + 1}`).join(' OR ');
    const days = part.flatMap((key) => [`${key}~0000-00-00`, `${key}~9999-99-99`]);
    const found = await storiesIn(db, scopes, later, days);
    stories.push(...found.filter(({ key }) => part.some((base) => key.startsWith(`${base}~`))));
  }
  return stories;
}

/** When the next turn is due by time alone; null = none is. */
export async function nextTurnAt(db: Db): Promise<Iso | null> {
  const [row] = await db.all(`SELECT MIN(next_at) AS at FROM stories WHERE next_at IS NOT NULL`);
  return row === undefined ? null : textOrNull(row, 'at');
}

/** `before` is the revision that the fold started from; 0 = the story is new. */
export function saveStory(story: Story, before: number): Statement {
  return written(story, before, wholeDoc(story));
}

/** Saves several stories in their order; content shared by several servers' stories is written once. */
export function saveStories(
  list: readonly { readonly story: Story; readonly before: number }[],
  now: Iso,
): readonly Statement[] {
  const { kept, statements } = sharedDocs(
    list.map(({ story }) => story),
    now,
  );
  return [...statements, ...list.map(({ story, before }) => written(story, before, kept(story)))];
}

function written(story: Story, before: number, { doc, common }: KeptDoc): Statement {
  // Only the file's stories appear in lists.
  const { listedAt, kind, verdict, brief } =
    story.scope === 'file' ? listingOf(story) : { listedAt: null, kind: story.sort, verdict: null, brief: null };
  const params = [
    story.id,
    scopeName(story.scope),
    story.key,
    story.revision,
    story.nextAt,
    story.updatedAt,
    doc,
    story.stage,
    story.lab,
    story.pledge === null ? 0 : 1,
    squeezed(`${story.name} ${story.url}`),
    listedAt,
    kind,
    verdict,
    brief,
    common,
  ];
  if (before === 0) {
    return {
      sql: `INSERT INTO stories (id, scope, key, revision, next_at, updated_at, doc, stage, lab, promised, called,
          listed_at, kind, verdict, brief, common)
        VALUES (${marks(16)})
        ON CONFLICT DO NOTHING`,
      params,
      rows: 1,
    };
  }
  return {
    sql: `UPDATE stories SET scope = $2, key = $3, revision = $4, next_at = $5, updated_at = $6, doc = $7, stage = $8, lab = $9,
        promised = $10, called = $11, listed_at = $12, kind = $13, verdict = $14, brief = $15, common = $16
      WHERE id = $1 AND revision = $17`,
    params: [...params, before],
    rows: 1,
  };
}
