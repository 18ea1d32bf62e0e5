// One worker per embedded data directory: a second SQLite file held with BEGIN EXCLUSIVE, which a kill frees.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makePrivateFile } from './private-file.ts';

export type Lock =
  /** Held until `release`, or until the process ends in whatever way. Keep it: a lost one is released by the garbage collector. */
  { readonly kind: 'held'; readonly release: () => void } | { readonly kind: 'taken'; readonly message: string };

const sqliteBusy = 5;

/** The directory exists already. Throws when the file cannot be made or is not ours. */
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
