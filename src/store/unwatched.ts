// Forgetting what nobody watches any more.
import type { Statement } from './define.ts';
import { chunks, marks } from './rows.ts';

/** Like `dropUnwatched`, but reads only these targets and those found through them. */
export function dropUnwatchedOf(ids: readonly string[]): readonly Statement[] {
  return chunks([...new Set(ids)]).flatMap((part) => {
    const among = marks(part.length);
    const left = `SELECT t.id FROM (
        SELECT id FROM targets WHERE id IN (${among}) UNION SELECT child_id FROM finds WHERE parent_id IN (${among})) AS t
      WHERE NOT EXISTS (SELECT 1 FROM watches w WHERE w.target_id = t.id)
      AND NOT EXISTS (SELECT 1 FROM finds f JOIN watches w ON w.target_id = f.parent_id WHERE f.child_id = t.id)`;
    return [
      { sql: `DELETE FROM items WHERE target_id IN (${left})`, params: part },
      { sql: `DELETE FROM targets WHERE id IN (${left})`, params: part },
      {
        sql: `DELETE FROM finds WHERE parent_id IN (${among})
          AND NOT EXISTS (SELECT 1 FROM watches w WHERE w.target_id = finds.parent_id)`,
        params: part,
      },
    ];
  });
}

/** Deletes targets no longer watched, with everything known about them: added again, they start with a new baseline. */
export function dropUnwatched(): readonly Statement[] {
  // Each `NOT EXISTS` is one index lookup; `NOT IN` over a union would read all of it for every row.
  const unwatched = (id: string): string =>
    `NOT EXISTS (SELECT 1 FROM watches w WHERE w.target_id = ${id}) AND NOT EXISTS (SELECT 1 FROM finds f WHERE f.child_id = ${id})`;
  return [
    {
      sql: `DELETE FROM finds WHERE NOT EXISTS (SELECT 1 FROM watches w WHERE w.target_id = finds.parent_id)`,
      params: [],
    },
    // Items are found through the targets about to be deleted, without reading all items.
    {
      sql: `DELETE FROM items WHERE target_id IN (SELECT id FROM targets WHERE ${unwatched('targets.id')})`,
      params: [],
    },
    { sql: `DELETE FROM targets WHERE ${unwatched('targets.id')}`, params: [] },
  ];
}
