// The embedded database: node:sqlite in WAL mode, with one writer per file and concurrent readers.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { bindable } from './bindable.ts';
import type { Db, Row, Statement, Value } from './define.ts';
import { replaceMarks } from './marks.ts';
import { makePrivateFile } from './private-file.ts';

interface Prepared {
  readonly statement: StatementSync;
  /** For each `?` in the translated text, the index of its parameter. */
  readonly order: readonly number[];
  /** The highest `$n`. Checked because SQLite reads a missing parameter as NULL, while PostgreSQL refuses it. */
  readonly parameters: number;
  readonly reads: boolean;
}

/** Statements vary in the length of their `IN (…)`, so the cache is bounded; the oldest is dropped. */
const keptStatements = 200;
const busyTimeoutMs = 10_000;
/** How long queries may follow each other, in milliseconds, before the event loop gets a turn. */
const turnMs = 8;

/** SQLite errors that people can do something about: https://www.sqlite.org/rescode.html */
const advice: Readonly<Record<number, string>> = {
  5: 'another process is writing to it and did not finish in time',
  8: 'it cannot be written (read-only file or directory)',
  10: 'the disk reported an error',
  11: 'the file is damaged',
  13: 'the disk is full',
  14: 'the file cannot be opened',
  26: 'the file is not a database',
};

function sqliteError(what: string, cause: unknown): Error {
  const code =
    cause instanceof Error && 'errcode' in cause && typeof cause.errcode === 'number' ? cause.errcode & 0xff : 0;
  const said = cause instanceof Error ? cause.message : String(cause);
  return new Error(`${what}: ${advice[code] ?? said}`, { cause });
}

/** Uses plain `?` for each parameter: Node.js 22 cannot bind `?1` by position. */
function translate(sql: string): { readonly text: string; readonly order: readonly number[] } {
  const order: number[] = [];
  const text = replaceMarks(sql, (index) => {
    order.push(index);
    return '?';
  });
  return { text, order };
}

/** Whole numbers are bound as integers: as a double, 1 would become the text '1.0' in a TEXT column. */
function boundOf(value: Value, index: number): Value | bigint {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : bindable(value, index);
}

function start(path: string, readOnly: boolean): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    if (!readOnly && path !== ':memory:') makePrivateFile(path);
    database = new DatabaseSync(path, { readOnly, enableForeignKeyConstraints: false });
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    // The container's root file system is read-only, so sorting must not need a temporary file.
    database.exec('PRAGMA temp_store = MEMORY');
    // As in PostgreSQL, `LIKE` is case-sensitive.
    database.exec('PRAGMA case_sensitive_like = ON');
    const mode = database.prepare('PRAGMA journal_mode').get()?.journal_mode;
    if (!readOnly && mode !== 'wal') database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA journal_size_limit = 67108864');
    // Detects a damaged or foreign file here, not at the first query.
    database.prepare('SELECT COUNT(*) FROM sqlite_master').get();
    return database;
  } catch (cause) {
    database?.close();
    throw sqliteError(`opening the database ${path}`, cause);
  }
}

/**
 * Lets the event loop run between queries. SQLite answers synchronously, so a long chain of queries would block everything
 * else, such as an interaction in Discord or a network response. After `turnMs`, the next query waits for a turn of the loop.
 * Waiting queries are released one per turn: released together, a hundred chains would block as long as one of a hundred.
 */
function createTurns(): () => Promise<void> {
  let until = 0;
  const waiting: (() => void)[] = [];
  const serve = async (): Promise<void> => {
    while (waiting.length > 0) {
      await turnOfTheLoop();
      until = performance.now() + turnMs;
      waiting.shift()?.();
    }
  };
  return async () => {
    if (performance.now() < until) return;
    await new Promise<void>((resolve) => {
      if (waiting.push(resolve) === 1) void serve();
    });
  };
}

function createPreparing(database: DatabaseSync) {
  const kept = new Map<string, Prepared>();
  const prepare = (sql: string): Prepared => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const { text, order } = translate(sql);
    const made = {
      statement: database.prepare(text),
      order,
      parameters: order.reduce((highest, index) => Math.max(highest, index + 1), 0),
      reads: /^\s*(?:select|values)\b/i.test(text),
    };
    const [oldest] = kept.keys();
    if (kept.size >= keptStatements && oldest !== undefined) kept.delete(oldest);
    kept.set(sql, made);
    return made;
  };
  return { prepare, forget: () => kept.clear() };
}

/** `path` may be `:memory:`. Throws when the file cannot be opened or is not a database; opening read-only never creates it. */
export async function openSqlite(path: string, options: { readonly readOnly?: boolean } = {}): Promise<Db> {
  const database = start(path, options.readOnly ?? false);
  const { prepare, forget } = createPreparing(database);
  const turn = createTurns();

  function execute<T>(
    sql: string,
    params: readonly Value[],
    run: (ready: Prepared, bound: (string | number | bigint | null)[]) => T,
  ): T {
    try {
      const ready = prepare(sql);
      if (ready.parameters !== params.length) {
        throw new Error(`the statement needs ${ready.parameters} parameters and was given ${params.length}`);
      }
      return run(
        ready,
        ready.order.map((index) => boundOf(params[index] ?? null, index)),
      );
    } catch (cause) {
      throw sqliteError(`SQLite, at "${sql.trim().slice(0, 80)}"`, cause);
    }
  }

  function rollBack(): void {
    try {
      database.exec('ROLLBACK');
    } catch {
      // Some errors, such as a full disk, have already rolled it back.
    }
  }

  function touched(statement: Statement): number {
    return execute(statement.sql, statement.params, (ready, bound) =>
      ready.reads ? ready.statement.all(...bound).length : Number(ready.statement.run(...bound).changes),
    );
  }

  return {
    all: async (sql, params = []) => {
      await turn();
      return execute(sql, params, (ready, bound) => ready.statement.all(...bound) as readonly Row[]);
    },
    batch: async (statements) => {
      if (statements.length === 0) return 'done';
      await turn();
      execute('BEGIN IMMEDIATE', [], (ready) => ready.statement.run());
      try {
        for (const statement of statements) {
          const rows = touched(statement);
          if (statement.rows !== undefined && statement.rows !== rows) {
            rollBack();
            return 'conflict';
          }
        }
        execute('COMMIT', [], (ready) => ready.statement.run());
        return 'done';
      } catch (cause) {
        rollBack();
        throw cause;
      }
    },
    analyse: async () => {
      await turn();
      // A sample of each index is enough to choose between them: https://www.sqlite.org/pragma.html#pragma_optimize
      execute('PRAGMA analysis_limit = 400', [], (ready) => ready.statement.all());
      execute('PRAGMA optimize = 0x10002', [], (ready) => ready.statement.all());
    },
    clock: (laterMs) => `strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '${laterMs / 1000} seconds')`,
    close: async () => {
      forget();
      database.close();
    },
  };
}
