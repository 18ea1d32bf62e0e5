// A database through which secrets cannot be stored: every text is filtered by `redact` first.
import type { Db, Statement, Value } from './define.ts';

/** Parameters of queries are filtered as well, since keys are looked up in the form in which they were written. */
export function redacting(db: Db, redact: (text: string) => string): Db {
  const redacted = (params: readonly Value[]): readonly Value[] =>
    params.map((value) => (typeof value === 'string' ? redact(value) : value));
  // Filtered only when the statement is executed: filtering a long batch in advance would double its memory.
  const redactedLate = (one: Statement): Statement => ({
    sql: one.sql,
    ...(one.rows === undefined ? {} : { rows: one.rows }),
    get params() {
      return redacted(one.params);
    },
  });
  return {
    ...db,
    all: (sql, params = []) => db.all(sql, redacted(params)),
    batch: (statements) => db.batch(statements.map(redactedLate)),
  };
}
