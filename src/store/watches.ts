// Watches: who asked for which target, and since when.
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { Iso, Kind, Watch } from '../types/core.ts';
import type { Db, Row, Statement } from './define.ts';
import { parentsOf } from './finds.ts';
import { chunks, doc, integer, marks, text, textOrNull } from './rows.ts';

type Spec = Pick<Watch, 'filters' | 'to' | 'weight' | 'floorMs' | 'firstRun' | 'seen' | 'mention'>;

/** The part of a watch that is stored as JSON beside the columns. */
export function specOf({ filters, to, weight, floorMs, firstRun, seen, mention }: Spec): string {
  const spec: Spec = {
    filters,
    to,
    weight,
    floorMs,
    firstRun,
    ...(seen === undefined ? {} : { seen }),
    ...(mention === undefined ? {} : { mention }),
  };
  return JSON.stringify(spec);
}

export function watchRow(row: Row): Watch {
  const guild = textOrNull(row, 'guild');
  return {
    id: text(row, 'id'),
    targetId: text(row, 'target_id'),
    origin: guild === null ? { by: 'file' } : { by: 'guild', guild },
    ...doc<Spec>(row, 'spec'),
    paused: integer(row, 'paused') === 1,
    since: textOrNull(row, 'since'),
  };
}

export async function allWatches(db: Db): Promise<readonly Watch[]> {
  return (await db.all(`SELECT * FROM watches ORDER BY added_at, id`)).map(watchRow);
}

/** The watches of the configuration, not those added in Discord. */
export async function fileWatches(db: Db): Promise<readonly Watch[]> {
  return (await db.all(`SELECT * FROM watches WHERE guild IS NULL ORDER BY added_at, id`)).map(watchRow);
}

/** How many rows of an answer are parsed before the event loop gets a turn. */
const rowsATurn = 1_000;

/** `guilds`: the file's watches, and of those added in Discord only these guilds'; null = all. */
export async function watchesOn(
  db: Db,
  targetIds: readonly string[],
  guilds: readonly string[] | null = null,
): Promise<readonly Watch[]> {
  const watches: Watch[] = [];
  for (const part of chunks(targetIds)) {
    const { sql, params } = ofGuilds(`SELECT * FROM watches WHERE target_id IN (${marks(part.length)})`, part, guilds);
    const rows = await db.all(`${sql} ORDER BY added_at, id`, params);
    for (const some of chunks(rows, rowsATurn)) {
      if (watches.length >= rowsATurn) await turnOfTheLoop();
      watches.push(...some.map(watchRow));
    }
  }
  return watches;
}

/** Restricts a query of watches to the file's and some guilds'. */
function ofGuilds(
  sql: string,
  params: readonly string[],
  guilds: readonly string[] | null,
): { readonly sql: string; readonly params: readonly string[] } {
  if (guilds === null) return { sql, params };
  const file = `${sql} AND guild IS NULL`;
  if (guilds.length === 0) return { sql: file, params };
  // Each half uses an index; a single condition with OR would read all watches.
  const theirs = `${sql} AND guild IN (${marks(guilds.length, params.length + 1)})`;
  return { sql: `${file} UNION ALL ${theirs}`, params: [...params, ...guilds] };
}

/** The addresses of these watches' targets, by watch id. */
export async function watchedAddresses(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const addresses = new Map<string, string>();
  for (const part of chunks(ids)) {
    const rows = await db.all(
      `SELECT w.id AS id, t.address AS address FROM watches w JOIN targets t ON t.id = w.target_id
        WHERE w.id IN (${marks(part.length)})`,
      part,
    );
    for (const row of rows) addresses.set(text(row, 'id'), text(row, 'address'));
  }
  return addresses;
}

/** By target: the guilds that ask for it, directly or through what found it; null stands for the file. */
export type Askers = ReadonlyMap<string, ReadonlySet<string | null>>;

/** Limited to the file and `guilds` (null = all guilds). Null = no guild is named and only the file has watches. */
export async function askersOf(
  db: Db,
  targetIds: readonly string[],
  guilds: readonly string[] | null = null,
): Promise<Askers | null> {
  if (guilds === null || guilds.length === 0) {
    const [any] = await db.all('SELECT id FROM watches WHERE guild IS NOT NULL ORDER BY guild LIMIT 1');
    if (any === undefined) return null;
  }
  const askers = new Map<string, Set<string | null>>();
  for (const part of chunks(targetIds)) {
    const ids = marks(part.length);
    const own = ofGuilds(`SELECT target_id AS id, guild FROM watches WHERE target_id IN (${ids})`, part, guilds);
    const found = ofGuilds(
      `SELECT f.child_id AS id, w.guild AS guild FROM finds f JOIN watches w ON w.target_id = f.parent_id
          WHERE f.child_id IN (${ids})`,
      part,
      guilds,
    );
    const rows = await db.all(`${own.sql} UNION ${found.sql}`, own.params);
    for (const row of rows) {
      const id = text(row, 'id');
      askers.set(id, (askers.get(id) ?? new Set()).add(textOrNull(row, 'guild')));
    }
  }
  return askers;
}

/** Keeps `since` and `paused` of an existing watch: changing an option does not make it a new watch. */
export function saveWatch(watch: Watch, now: Iso): Statement {
  const guild = watch.origin.by === 'file' ? null : watch.origin.guild;
  return {
    sql: `INSERT INTO watches (id, target_id, guild, spec, paused, since, added_at) VALUES ($1, $2, $3, $4, 0, NULL, $5)
      ON CONFLICT (id) DO UPDATE SET spec = excluded.spec`,
    params: [watch.id, watch.targetId, guild, specOf(watch), now],
  };
}

/** The first look for these watches was made, so from now on new items are told. */
export function beginWatches(targetIds: readonly string[], now: Iso): readonly Statement[] {
  return chunks(targetIds).map((part) => ({
    sql: `UPDATE watches SET since = $1 WHERE since IS NULL AND target_id IN (${marks(part.length, 2)})`,
    params: [now, ...part],
  }));
}

export function dropWatches(ids: readonly string[]): readonly Statement[] {
  return chunks(ids).map((part) => ({
    sql: `DELETE FROM watches WHERE id IN (${marks(part.length)})`,
    params: [...part],
  }));
}

/** Those of the targets whose watches (or their parents' watches) name one of these kinds, with the kinds. */
export async function kindsNamed(
  db: Db,
  targetIds: readonly string[],
  kinds: ReadonlySet<Kind>,
): Promise<ReadonlyMap<string, readonly Kind[]>> {
  const likely = [...kinds].map((kind) => `spec LIKE '%"${kind}"%'`).join(' OR ');
  const parents = Map.groupBy(await parentsOf(db, targetIds), ({ childId }) => childId);
  const asking = new Set([...targetIds, ...[...parents.values()].flat().map(({ parentId }) => parentId)]);
  const named = new Map<string, readonly Kind[]>();
  for (const part of chunks([...asking])) {
    const rows = await db.all(`SELECT * FROM watches WHERE target_id IN (${marks(part.length)}) AND (${likely})`, part);
    for (const { targetId, filters } of rows.map(watchRow)) {
      const asked = (filters.on ?? []).filter((kind) => kinds.has(kind));
      if (asked.length > 0) named.set(targetId, [...new Set([...(named.get(targetId) ?? []), ...asked])]);
    }
  }
  if (named.size === 0) return named;
  return new Map(
    targetIds.flatMap((id) => {
      const asking = [id, ...(parents.get(id) ?? []).map(({ parentId }) => parentId)];
      const asked = [...new Set(asking.flatMap((one) => named.get(one) ?? []))];
      return asked.length === 0 ? [] : [[id, asked] as const];
    }),
  );
}
