// What a database is to Landfall: read rows, write one atomic batch, close.

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

export interface Statement {
  /** The same text on every database, with `$1`, `$2`, … for parameters. */
  readonly sql: string;
  readonly params: readonly Value[];
  /** How many rows it must touch; another number rolls the whole batch back as 'conflict'. */
  readonly rows?: number;
}

export interface Db {
  readonly all: (sql: string, params?: readonly Value[]) => Promise<readonly Row[]>;
  /** All of it or nothing. 'conflict': a statement did not touch as many rows as it must; nothing was written. */
  readonly batch: (statements: readonly Statement[]) => Promise<'done' | 'conflict'>;
  /** An expression of SQL: the database's own time, so many whole milliseconds later, as an ISO string in UTC. */
  readonly clock: (laterMs: number) => string;
  /** The planner learns what the tables hold by now, as far as that has changed since it learned it; at a bounded cost. */
  readonly analyse: () => Promise<void>;
  readonly close: () => Promise<void>;
}
