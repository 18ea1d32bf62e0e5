// The database interface: read rows, write one atomic batch, close.

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

export interface Statement {
  /** The same text for every database, with `$1`, `$2`, … for parameters. */
  readonly sql: string;
  readonly params: readonly Value[];
  /** The number of rows it has to affect; any other number rolls back the whole batch as 'conflict'. */
  readonly rows?: number;
}

export interface Db {
  readonly all: (sql: string, params?: readonly Value[]) => Promise<readonly Row[]>;
  /** Writes everything or nothing. 'conflict': a statement did not affect the required number of rows; nothing was written. */
  readonly batch: (statements: readonly Statement[]) => Promise<'done' | 'conflict'>;
  /** An SQL expression: the database's own time plus that many whole milliseconds, as an ISO string in UTC. */
  readonly clock: (laterMs: number) => string;
  /** Updates the planner's statistics of tables that have changed since; the cost is bounded. */
  readonly analyse: () => Promise<void>;
  /** Notifies the other processes that use this database; they may not hear it. Left out: there are none. */
  readonly tell?: (topic: string, payload: string) => Promise<void>;
  /** Calls `heard` with what others tell until the signal aborts; an empty payload means that something may have been missed. */
  readonly listen?: (topic: string, heard: (payload: string) => void, signal: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
}
