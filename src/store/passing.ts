// A database in which nothing is written that may not leave: every text goes through the one door first.
import type { Db, Statement, Value } from './define.ts';

/** Keys are looked up as they were written, so what is asked passes too. */
export function passing(db: Db, pass: (text: string) => string): Db {
  const passed = (params: readonly Value[]): readonly Value[] =>
    params.map((value) => (typeof value === 'string' ? pass(value) : value));
  // Not before its turn: what is written out of a long batch at once is as large as all of it.
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
