// Searches for stories by name, lab or promise; only in the scopes that people may see, and at a bounded cost.
import type { Story } from '../types/story.ts';
import { squeezed } from './brief.ts';
import type { Db } from './define.ts';
import { marks, text } from './rows.ts';
import { scopeName } from './stories.ts';
import { storiesOf, storyDoc } from './story-docs.ts';

/** Beyond this many, older stories are only found by their exact link, so that an answer does not block the worker. */
const searched = 20_000;

type Scopes = readonly Story['scope'][];

/** The most recently changed released stories, up to `limit` per scope. */
export async function releasedStories(db: Db, scopes: Scopes, limit: number): Promise<readonly Story[]> {
  const stories: Story[] = [];
  // Scope by scope, so that an index returns the newest in order and older ones are not read.
  for (const scope of scopes) {
    const rows = await db.all(
      `SELECT ${storyDoc} FROM stories WHERE scope = $1 AND stage = 'released' ORDER BY updated_at DESC, id LIMIT ${limit}`,
      [scopeName(scope)],
    );
    stories.push(...storiesOf(rows));
  }
  return stories;
}

/** Stories whose name or link contains the text, ignoring spaces and hyphens; newest first. */
export async function recentStories(db: Db, scopes: Scopes, needle: string, limit: number): Promise<readonly Story[]> {
  const names = scopes.map(scopeName);
  const pattern = `%${squeezed(needle).replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const first = names.length + 1;
  const recent = names.map(
    (
      _,
      index,
    ) => `SELECT * FROM (SELECT id, updated_at, COALESCE(called, REPLACE(REPLACE(REPLACE(LOWER(doc), ' ', ''), '-', ''), '_', '')) AS words FROM stories
            WHERE scope = $${index + 1} ORDER BY updated_at DESC, id DESC LIMIT ${searched}) AS of_${index}`,
  );
  const rows = await db.all(
    `SELECT ${storyDoc} FROM stories WHERE id IN (
        SELECT id FROM (${recent.join(' UNION ALL ')}) AS recent WHERE words LIKE $${first} ESCAPE '\\' ORDER BY updated_at DESC, id LIMIT $${first + 1}
      ) ORDER BY updated_at DESC, id`,
    [...names, pattern, limit],
  );
  return storiesOf(rows);
}

/** Names, without spaces, hyphens and capitals, of the most recently changed stories, up to `limit` per scope. */
export async function recentNames(
  db: Db,
  scopes: Scopes,
  limit: number,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const names: { readonly id: string; readonly name: string }[] = [];
  for (const scope of scopes) {
    const rows = await db.all(
      `SELECT id, called FROM stories WHERE scope = $1 AND called IS NOT NULL ORDER BY updated_at DESC, id LIMIT ${limit}`,
      [scopeName(scope)],
    );
    // `called` contains the name followed by the link.
    for (const row of rows)
      names.push({ id: text(row, 'id'), name: text(row, 'called').split(/https?:\/\//)[0] ?? '' });
  }
  return names;
}

/** Stories of known labs, newest first; `lab` null = of any lab. */
export async function labStories(db: Db, scopes: Scopes, lab: string | null, limit: number): Promise<readonly Story[]> {
  const names = scopes.map(scopeName);
  const of = lab === null ? 'lab IS NOT NULL' : `lab = $${names.length + 1}`;
  const rows = await db.all(
    `SELECT ${storyDoc} FROM stories WHERE ${of} AND scope IN (${marks(names.length)}) ORDER BY updated_at DESC, id LIMIT ${limit}`,
    [...names, ...(lab === null ? [] : [lab])],
  );
  return storiesOf(rows);
}

export async function knownLabs(db: Db, scopes: Scopes): Promise<readonly string[]> {
  const names = scopes.map(scopeName);
  const rows = await db.all(
    `SELECT DISTINCT lab FROM stories WHERE lab IS NOT NULL AND scope IN (${marks(names.length)}) ORDER BY lab`,
    names,
  );
  return rows.map((row) => text(row, 'lab'));
}

/** Stories with a promise. */
export async function promisedStories(db: Db, scopes: Scopes, limit: number): Promise<readonly Story[]> {
  const names = scopes.map(scopeName);
  const rows = await db.all(
    `SELECT ${storyDoc} FROM stories WHERE scope IN (${marks(names.length)}) AND promised = 1 ORDER BY updated_at DESC, id LIMIT ${limit}`,
    names,
  );
  return storiesOf(rows);
}
