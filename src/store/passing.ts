// A database through which secrets cannot be stored: every text is filtered by `pass` first.
import type { Db, Statement, Value } from './define.ts';

/** Parameters of queries are filtered as well, since keys are looked up in the form in which they were written. */
export function passing(db: Db, pass: (text: string) => string): Db {
  const passed = (params: readonly Value[]): readonly Value[] =>
    params.map((value) => (typeof value === 'string' ? pass(value) : value));
  // Filtered only when the statement is executed: filtering a long batch in advance would double its memory.
  const passedLate = (one: Statement): Statement => ({
    sql: one.sql,
    ...(one.rows === undefined ? {} : { rows: one.rows }),
    get params() {
      return passed(one.params);
    },
  });
  return {
    ...db,
    all: (sql, params = []) => db.all(sql, passed(params)),
    batch: (statements) => db.batch(statements.map(passedLate)),
  };
}
