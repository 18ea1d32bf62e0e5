// Addresses that were asked about: neither the thing nor its owner is there. Kept among the single values.
import { z } from 'zod';
import type { Iso, Target } from '../types/core.ts';
import type { Db, Statement } from './define.ts';
import { saveMeta } from './meta.ts';
import { text, textOrNull } from './rows.ts';

const prefix = 'owner:';

const questionShape = z.object({
  at: z.string(),
  /** The owner as the configuration writes it; null: it is there, so nothing is to be asked. */
  owner: z.string().nullable(),
  /** The nearest account that is known. */
  near: z.string().nullable(),
});
export type OwnerQuestion = z.infer<typeof questionShape>;

/** Targets of the file that were empty at their first look, at this time or before, ever since, and were not asked about. */
export async function doubtfulTargets(db: Db, before: Iso): Promise<readonly Target[]> {
  const rows = await db.all(
    `SELECT id, source, address, shape FROM targets t WHERE baseline_at <= $1 AND shape IS NULL AND failing_since IS NULL
      AND EXISTS (SELECT 1 FROM watches w WHERE w.target_id = t.id AND w.guild IS NULL)
      AND NOT EXISTS (SELECT 1 FROM items WHERE items.target_id = t.id)
      AND NOT EXISTS (SELECT 1 FROM meta WHERE meta.key = '${prefix}' || t.id) ORDER BY id`,
    [before],
  );
  return rows.map((row) => ({
    id: text(row, 'id'),
    source: text(row, 'source'),
    address: text(row, 'address'),
    shape: textOrNull(row, 'shape'),
  }));
}

export function saveQuestion(targetId: string, question: OwnerQuestion): Statement {
  return saveMeta(`${prefix}${targetId}`, JSON.stringify(question));
}

/** By target: what was asked about it. */
export async function ownerQuestions(db: Db): Promise<ReadonlyMap<string, { owner: string; near: string | null }>> {
  const rows = await db.all(`SELECT key, value FROM meta WHERE key LIKE '${prefix}%'`);
  return new Map(
    rows.flatMap((row) => {
      const { owner = null, near = null } = questionShape.safeParse(JSON.parse(text(row, 'value'))).data ?? {};
      return owner === null ? [] : [[text(row, 'key').slice(prefix.length), { owner, near }] as const];
    }),
  );
}

/** What is no longer watched may be asked about again when it is put back. */
export function dropQuestions(): Statement {
  return {
    sql: `DELETE FROM meta WHERE key LIKE '${prefix}%'
      AND NOT EXISTS (SELECT 1 FROM watches w WHERE w.guild IS NULL AND '${prefix}' || w.target_id = meta.key)`,
    params: [],
  };
}
