// What was seen: one row per observation, kept even after it is gone, so that nothing is told twice.
import type { Iso, Observation } from '../types/core.ts';
import type { Db, Row, Statement, Value } from './define.ts';
import { chunks, doc, integer, manyRows, marks, text, textOrNull } from './rows.ts';

export interface Item {
  readonly observation: Observation;
  readonly storyKey: string;
  /** `lab/family/version` of a model that a primary source names; else null. */
  readonly nameKey: string | null;
  readonly firstSeen: Iso;
  readonly goneAt: Iso | null;
  /** Seen at the target's first look. */
  readonly baseline: boolean;
}

/** More than any card shows; the full text is behind the item's link. */
const keptText = 2_000;

function item(row: Row): Item {
  return {
    // An item that was set aside has another key than the one it was seen under.
    observation: { ...doc<Observation>(row, 'doc'), key: text(row, 'key') },
    storyKey: text(row, 'story_key'),
    nameKey: textOrNull(row, 'name_key'),
    firstSeen: text(row, 'first_seen'),
    goneAt: textOrNull(row, 'gone_at'),
    baseline: integer(row, 'baseline') === 1,
  };
}

export async function itemsOf(db: Db, targetId: string): Promise<ReadonlyMap<string, Item>> {
  const rows = await db.all(`SELECT * FROM items WHERE target_id = $1`, [targetId]);
  return new Map(rows.map((row) => [text(row, 'key'), item(row)]));
}

/** When the items of a target appeared: their publication, or else when they were seen after the first look. */
export async function comingsOf(db: Db, targetId: string): Promise<readonly Iso[]> {
  const rows = await db.all(
    `SELECT COALESCE(published_at, first_seen) AS at FROM items
      WHERE target_id = $1 AND (published_at IS NOT NULL OR baseline = 0)`,
    [targetId],
  );
  return rows.map((row) => text(row, 'at'));
}

export async function itemsOfStories(db: Db, storyKeys: readonly string[]): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (const part of chunks(storyKeys)) {
    const rows = await db.all(
      `SELECT * FROM items WHERE story_key IN (${marks(part.length)}) ORDER BY first_seen, target_id, key`,
      part,
    );
    items.push(...rows.map(item));
  }
  return items;
}

/** A LIKE pattern for documents of something private; it cannot match within a text, where quotes are escaped. */
const hidden = `%"visibility":"private"%`;

export async function anyHidden(db: Db): Promise<boolean> {
  return (await db.all(`SELECT key FROM items WHERE doc LIKE '${hidden}' LIMIT 1`)).length > 0;
}

/** Those of the stories that contain something private. */
export async function hiddenKeys(db: Db, storyKeys: readonly string[]): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const part of chunks(storyKeys)) {
    const rows = await db.all(
      `SELECT DISTINCT story_key FROM items WHERE story_key IN (${marks(part.length)}) AND doc LIKE '${hidden}'`,
      part,
    );
    for (const row of rows) keys.add(text(row, 'story_key'));
  }
  return keys;
}

/** An SQL condition for items: the state of something private; uses the index of states. */
export const whatIsPrivate = `kind = 'state' AND gone_at IS NULL AND doc LIKE '${hidden}'`;

/** Those of the targets that are private themselves; not owners of something private. */
export async function privateTargets(db: Db, targetIds: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const part of chunks(targetIds)) {
    const rows = await db.all(
      `SELECT DISTINCT target_id FROM items WHERE target_id IN (${marks(part.length)}) AND ${whatIsPrivate}`,
      part,
    );
    for (const row of rows) {
      const id = text(row, 'target_id');
      if (id.includes('/')) found.add(id);
    }
  }
  return found;
}

/** The models of a family (`lab/family`) and the kinds of items that show them; with `byTarget`, also by target. */
export async function kindsOfFamily(
  db: Db,
  family: string,
  byTarget: boolean,
): Promise<readonly { readonly nameKey: string; readonly kind: string; readonly targetId: string | null }[]> {
  // `0` follows `/` in every collation of ASCII, so the range contains exactly the keys that begin with the family and a slash.
  const rows = await db.all(
    `SELECT DISTINCT name_key, kind${byTarget ? ', target_id' : ''} FROM items
      WHERE name_key >= $1 AND name_key < $2 AND gone_at IS NULL ORDER BY name_key, kind${byTarget ? ', target_id' : ''}`,
    [`${family}/`, `${family}0`],
  );
  return rows.map((row) => ({
    nameKey: text(row, 'name_key'),
    kind: text(row, 'kind'),
    targetId: textOrNull(row, 'target_id'),
  }));
}

/** All present items of a model (`lab/family/version`). */
export async function itemsOfName(db: Db, nameKey: string): Promise<readonly Item[]> {
  return (
    await db.all(`SELECT * FROM items WHERE name_key = $1 AND gone_at IS NULL ORDER BY first_seen, target_id, key`, [
      nameKey,
    ])
  ).map(item);
}

/** A story opened without a version continues under the name that the model turned out to have. */
export function renameStory(from: string, to: string): Statement {
  return { sql: `UPDATE items SET story_key = $2 WHERE story_key = $1`, params: [from, to] };
}

/** Makes room for another thing at the target's address: the known items get other keys and count as gone. */
export function setItemsAside(targetId: string, mark: string, now: Iso): Statement {
  return {
    sql: `UPDATE items SET key = key || $2, gone_at = COALESCE(gone_at, $3) WHERE target_id = $1`,
    params: [targetId, mark, now],
  };
}

function likePattern(needle: string): string {
  return `%${needle.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

const like = `LOWER(key) LIKE $1 ESCAPE '\\' OR LOWER(story_key) LIKE $1 ESCAPE '\\' OR LOWER(doc) LIKE $1 ESCAPE '\\'`;

/** Items whose link, key or title contains the text (for `why`); at most `limit`, newest first. */
export async function itemsLike(db: Db, needle: string, limit: number): Promise<readonly Item[]> {
  const rows = await db.all(`SELECT * FROM items WHERE ${like} ORDER BY first_seen DESC, target_id, key LIMIT $2`, [
    likePattern(needle),
    limit,
  ]);
  return rows.map(item);
}

interface ItemSearch {
  readonly needle: string;
  readonly limit: number;
  readonly searched: number;
}

/** The same for what the file or this guild watches, without anything private; only among the newest `searched` items. */
export async function itemsLikeFor(
  db: Db,
  guild: string,
  { needle, limit, searched }: ItemSearch,
): Promise<readonly Item[]> {
  const rows = await db.all(
    `SELECT * FROM (
        SELECT * FROM items WHERE doc NOT LIKE '${hidden}' AND target_id IN (
          SELECT target_id FROM watches WHERE guild IS NULL OR guild = $3
          UNION SELECT f.child_id FROM finds f JOIN watches w ON w.target_id = f.parent_id WHERE w.guild IS NULL OR w.guild = $3)
        ORDER BY first_seen DESC, target_id, key LIMIT ${searched}) AS recent
      WHERE ${like} ORDER BY first_seen DESC, target_id, key LIMIT $2`,
    [likePattern(needle), limit, guild],
  );
  return rows.map(item);
}

function shortened(text: string): string {
  return Array.from(text).slice(0, keptText).join('');
}

const columns =
  'target_id, key, kind, story_key, fingerprint, published_at, first_seen, gone_at, baseline, doc, name_key';
const saved = `ON CONFLICT (target_id, key) DO UPDATE SET story_key = excluded.story_key, fingerprint = excluded.fingerprint,
        published_at = excluded.published_at, name_key = excluded.name_key, gone_at = excluded.gone_at, doc = excluded.doc`;
const saveOne = `INSERT INTO items (${columns}) VALUES (${marks(11)}) ${saved}`;

function valuesOf({ observation, storyKey, nameKey, firstSeen, goneAt, baseline }: Item): readonly Value[] {
  const { text: said } = observation;
  return [
    observation.targetId,
    observation.key,
    observation.kind,
    storyKey,
    observation.fingerprint,
    observation.publishedAt,
    firstSeen,
    goneAt,
    baseline ? 1 : 0,
    JSON.stringify(said === null ? observation : { ...observation, text: shortened(said) }),
    nameKey,
  ];
}

export function saveItem(entry: Item): Statement {
  return {
    sql: saveOne,
    // Serialised only when the statement is executed: it is the largest part of what a pass writes.
    get params() {
      return valuesOf(entry);
    },
  };
}

/** The links of a long list at its first look, each as a story of its own. Keys must be unique. */
export function saveListed(observations: readonly Observation[], firstSeen: Iso): readonly Statement[] {
  const itemOf = (observation: Observation): Item => ({
    observation,
    storyKey: observation.about,
    nameKey: null,
    firstSeen,
    goneAt: null,
    baseline: true,
  });
  return manyRows(`INSERT INTO items (${columns})`, saved, observations, (one) => valuesOf(itemOf(one)));
}

/** What is remembered and present: all items that looks list, and the models among them. */
export async function countRemembered(db: Db): Promise<{ readonly items: number; readonly models: number }> {
  const [row] = await db.all(
    `SELECT COUNT(*) AS items, COALESCE(SUM(CASE WHEN kind = 'model' THEN 1 ELSE 0 END), 0) AS models
      FROM items WHERE gone_at IS NULL AND kind IN ('release', 'tag', 'repo', 'model', 'entry', 'link')`,
  );
  return row === undefined ? { items: 0, models: 0 } : { items: integer(row, 'items'), models: integer(row, 'models') };
}

/** An SQL condition for a row of targets with this alias: it was looked at successfully, and nothing is there. */
export function nothingThere(row: string): string {
  return `(${row}.baseline_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM items WHERE items.target_id = ${row}.id AND items.gone_at IS NULL)
    AND NOT (${row}.due_at IS NULL AND EXISTS (SELECT 1 FROM finds WHERE finds.child_id = ${row}.id AND finds.asked IS NOT NULL)))`;
}

/** Targets that were looked at successfully and have no present items; not those that only an entry led to. */
export async function emptyTargets(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.all(`SELECT id FROM targets WHERE ${nothingThere('targets')}`);
  return new Set(rows.map((row) => text(row, 'id')));
}
