// Which target was found through which other one, such as a repository through its organisation.
import type { Db, Statement } from './define.ts';
import { chunks, docOrNull, integer, marks, text, textOrNull } from './rows.ts';

export interface Find {
  readonly parentId: string;
  readonly childId: string;
  readonly mark: string | null;
  /** The watches that told the parent's entry that led there; left out = it is in the parent's own list. */
  readonly asked?: readonly string[];
}

export async function findsOf(db: Db, parentId: string): Promise<ReadonlyMap<string, Find>> {
  const rows = await db.all(`SELECT * FROM finds WHERE parent_id = $1 ORDER BY child_id`, [parentId]);
  return new Map(
    rows.map((row) => [
      text(row, 'child_id'),
      { parentId, childId: text(row, 'child_id'), mark: textOrNull(row, 'mark') },
    ]),
  );
}

/** How many targets were found through each parent that has any, without additional looks at the same model (`…#…`). */
export async function findCounts(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db.all(
    `SELECT parent_id, COUNT(*) AS found FROM finds WHERE asked IS NULL AND child_id NOT LIKE '%#%' GROUP BY parent_id`,
  );
  return new Map(rows.map((row) => [text(row, 'parent_id'), integer(row, 'found')]));
}

export async function parentsOf(db: Db, childIds: readonly string[]): Promise<readonly Find[]> {
  const finds: Find[] = [];
  for (const part of chunks(childIds)) {
    for (const row of await db.all(
      `SELECT * FROM finds WHERE child_id IN (${marks(part.length)}) ORDER BY parent_id, child_id`,
      part,
    )) {
      const asked = docOrNull<readonly string[]>(row, 'asked');
      finds.push({
        parentId: text(row, 'parent_id'),
        childId: text(row, 'child_id'),
        mark: textOrNull(row, 'mark'),
        ...(asked === null ? {} : { asked }),
      });
    }
  }
  return finds;
}

export function saveFind(find: Find): Statement {
  return {
    sql: `INSERT INTO finds (parent_id, child_id, mark, asked) VALUES ($1, $2, $3, $4)
      ON CONFLICT (parent_id, child_id) DO UPDATE SET mark = excluded.mark, asked = excluded.asked`,
    params: [find.parentId, find.childId, find.mark, find.asked === undefined ? null : JSON.stringify(find.asked)],
  };
}
