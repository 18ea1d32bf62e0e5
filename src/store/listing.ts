// The file's stories as everybody may list them, newest first, paged by an index.
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import { listingOf, squeezed } from './brief.ts';
import type { Db, Value } from './define.ts';
import { doc, integer, marks, text, textOrNull } from './rows.ts';
import { storiesOf, storyDoc, storyOf } from './story-docs.ts';

/** The last row of a page; the next page begins after it. */
export interface ListPosition {
  readonly at: Iso;
  readonly id: string;
}

export interface ListFilter {
  readonly stage?: Story['stage'];
  readonly lab?: string;
  readonly verdict?: string;
  readonly kind?: Story['sort'];
  /** Part of a name or link; spaces, hyphens and capitals do not matter. */
  readonly words?: string;
  /** Landed at this time or later. */
  readonly since?: Iso;
}

export interface Listed extends ListPosition {
  readonly story: Story;
}

const stages: readonly Story['stage'][] = ['reported', 'pledged', 'seen', 'released'];

function conditions(
  filter: ListFilter,
  after: ListPosition | null,
): { readonly where: string; readonly params: Value[] } {
  const params: Value[] = [];
  const bound = (value: Value): string => `$${params.push(value)}`;
  const parts = [`scope = 'file'`, 'listed_at IS NOT NULL'];
  if (filter.stage !== undefined && stages.includes(filter.stage)) parts.push(`stage = ${bound(filter.stage)}`);
  if (filter.lab !== undefined) parts.push(`lab = ${bound(filter.lab)}`);
  if (filter.verdict !== undefined)
    parts.push(filter.verdict === 'unknown' ? 'verdict IS NULL' : `verdict = ${bound(filter.verdict)}`);
  if (filter.kind !== undefined) parts.push(`kind = ${bound(filter.kind)}`);
  if (filter.since !== undefined) parts.push(`listed_at >= ${bound(filter.since)}`);
  if (filter.words !== undefined && squeezed(filter.words) !== '') {
    const pattern = `%${squeezed(filter.words).replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    // Reads the index with the names, not the documents.
    parts.push(`id IN (SELECT id FROM stories WHERE scope = 'file' AND called LIKE ${bound(pattern)} ESCAPE '\\')`);
  }
  if (after !== null) parts.push(`(listed_at, id) < (${bound(after.at)}, ${bound(after.id)})`);
  return { where: parts.join(' AND '), params };
}

/** Newest first, at most `limit`; `after` null = from the beginning. */
export async function listStories(
  db: Db,
  filter: ListFilter,
  after: ListPosition | null,
  limit: number,
): Promise<readonly Listed[]> {
  const { where, params } = conditions(filter, after);
  const rows = await db.all(
    `SELECT id, listed_at, ${storyDoc} FROM stories WHERE ${where} ORDER BY listed_at DESC, id DESC LIMIT ${limit}`,
    params,
  );
  return rows.map((row) => ({ at: text(row, 'listed_at'), id: text(row, 'id'), story: storyOf(row) }));
}

/** The latest change first; for feeds. */
export async function changedStories(
  db: Db,
  filter: Pick<ListFilter, 'lab' | 'stage'>,
  limit: number,
): Promise<readonly Story[]> {
  const { where, params } = conditions(filter, null);
  const rows = await db.all(
    `SELECT ${storyDoc} FROM stories WHERE ${where} ORDER BY updated_at DESC, id DESC LIMIT ${limit}`,
    params,
  );
  return storiesOf(rows);
}

export interface Brief extends ListPosition {
  readonly name: string;
  readonly lab: string | null;
  /** Shortened answers of the openness card, for sorting only. */
  readonly answers: Readonly<Record<string, string | number | null>>;
}

const releasedModels = `scope = 'file' AND stage = 'released' AND kind = 'model' AND listed_at IS NOT NULL`;

export async function countModels(db: Db): Promise<number> {
  const [row] = await db.all(`SELECT COUNT(*) AS models FROM stories WHERE ${releasedModels}`);
  return row === undefined ? 0 : integer(row, 'models');
}

/** Released models, newest first, after the first `after` of them. */
export async function newestModels(db: Db, limit: number, after = 0): Promise<readonly Story[]> {
  const rows = await db.all(
    `SELECT ${storyDoc} FROM stories WHERE id IN (
        SELECT id FROM stories WHERE ${releasedModels} ORDER BY listed_at DESC, id DESC LIMIT $1 OFFSET $2)
      ORDER BY listed_at DESC, id DESC`,
    [limit, after],
  );
  return storiesOf(rows);
}

/** The sort keys of all released models, read from an index. */
export async function briefs(db: Db): Promise<readonly Brief[]> {
  const rows = await db.all(
    `SELECT id, listed_at, brief FROM stories WHERE ${releasedModels} ORDER BY listed_at DESC, id DESC`,
  );
  return rows.map((row) => {
    const { name, lab, answers } = doc<Pick<Brief, 'name' | 'lab' | 'answers'>>(row, 'brief');
    return { at: text(row, 'listed_at'), id: text(row, 'id'), name, lab, answers };
  });
}

/** In the order of `ids`. */
export async function storiesById(db: Db, ids: readonly string[]): Promise<readonly Story[]> {
  if (ids.length === 0) return [];
  const rows = await db.all(`SELECT id, ${storyDoc} FROM stories WHERE id IN (${marks(ids.length)})`, ids);
  const found = new Map(rows.map((row) => [text(row, 'id'), storyOf(row)]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

export interface MonthCount {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Null = none yet. */
  readonly verdict: string | null;
  readonly count: number;
}

/** How many models landed in each month since then, by verdict. */
export async function landingsByMonth(db: Db, since: Iso): Promise<readonly MonthCount[]> {
  const rows = await db.all(
    `SELECT SUBSTR(listed_at, 1, 7) AS month, verdict, COUNT(*) AS models FROM stories
      WHERE scope = 'file' AND stage = 'released' AND kind = 'model' AND listed_at >= $1
      GROUP BY SUBSTR(listed_at, 1, 7), verdict ORDER BY 1`,
    [since],
  );
  return rows.map((row) => ({
    month: text(row, 'month'),
    verdict: textOrNull(row, 'verdict'),
    count: integer(row, 'models'),
  }));
}

/** The labs and verdicts of released stories, for filters. */
export async function listedChoices(
  db: Db,
): Promise<{ readonly labs: readonly string[]; readonly verdicts: readonly string[] }> {
  const rows = await db.all(
    `SELECT DISTINCT lab, verdict FROM stories WHERE scope = 'file' AND stage = 'released' AND listed_at IS NOT NULL`,
  );
  const of = (column: string): readonly string[] =>
    [...new Set(rows.flatMap((row) => textOrNull(row, column) ?? []))].toSorted();
  return { labs: of('lab'), verdicts: of('verdict') };
}

/** Changes whenever a story that everybody may see changes. */
export async function storiesStamp(db: Db): Promise<string> {
  const [row] = await db.all(
    `SELECT COUNT(*) AS stories, COALESCE(SUM(revision), 0) AS revisions FROM stories WHERE scope = 'file'`,
  );
  return row === undefined ? '' : `${integer(row, 'stories')}.${integer(row, 'revisions')}`;
}

/** When each story was first told in a delivered message; only in channels of the file. */
export async function firstTold(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Iso>> {
  if (ids.length === 0) return new Map();
  const rows = await db.all(
    `SELECT subject, MIN(settled_at) AS at FROM deliveries
      WHERE subject IN (${marks(ids.length)}) AND state = 'sent' AND form = 'card' AND channel NOT LIKE 'guild:%' AND channel NOT LIKE 'person:%'
      GROUP BY subject`,
    ids,
  );
  return new Map(
    rows.flatMap((row) => (textOrNull(row, 'at') === null ? [] : [[text(row, 'subject'), text(row, 'at')]])),
  );
}

/** Fills these columns for stories written before they existed, a few at a time; false = none is left. */
export async function fillListing(db: Db): Promise<boolean> {
  const rows = await db.all(`SELECT ${storyDoc}, revision FROM stories WHERE kind IS NULL LIMIT 200`);
  await db.batch(
    rows.map((row) => {
      const story = storyOf(row);
      const { listedAt, kind, verdict, brief } = listingOf(story);
      return {
        sql: `UPDATE stories SET listed_at = $2, kind = $3, verdict = $4, brief = $5 WHERE id = $1 AND kind IS NULL`,
        params: [story.id, listedAt, kind, verdict, brief],
      };
    }),
  );
  return rows.length > 0;
}
