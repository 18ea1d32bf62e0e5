// One worker per embedded data directory: it holds a second SQLite file with BEGIN EXCLUSIVE, which even a kill releases.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makePrivateFile } from './private-file.ts';

export type Lock =
  /** Held until `release`, or until the process ends in any way. Keep a reference: the garbage collector would release it. */
  { readonly kind: 'held'; readonly release: () => void } | { readonly kind: 'taken'; readonly message: string };

const sqliteBusy = 5;

/** The directory must exist. Throws when the lock file cannot be created or is not ours. */
export function lockDataDir(directory: string): Lock {
  let database: DatabaseSync | null = null;
  try {
    makePrivateFile(join(directory, 'lock'));
    database = new DatabaseSync(join(directory, 'lock'));
    database.exec('PRAGMA busy_timeout = 0');
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database?.close();
    if (cause instanceof Error && 'errcode' in cause && cause.errcode === sqliteBusy) {
      return { kind: 'taken', message: `another landfall is running on ${directory}` };
    }
    throw new Error(
      `locking the data directory ${directory}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  }
  let held: DatabaseSync | null = database;
  return {
    kind: 'held',
    release: () => {
      held?.close();
      held = null;
    },
  };
}
