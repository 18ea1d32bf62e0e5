// Opens the database: PostgreSQL if an address is given, else SQLite in the data directory.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from './define.ts';
import { makeDirectory } from './directory.ts';

export interface DbPlace {
  /** `DATABASE_URL`; null = SQLite in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** Opened beside a running worker; creates nothing. */
  readonly readOnly: boolean;
}

export const databaseFile = 'landfall.db';

/** Creates the directory, accessible to its owner only. Throws with advice when it cannot be created or written. */
export function prepareDataDir(directory: string): void {
  try {
    makeDirectory(directory, 0o700);
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new Error(
      `the data directory ${directory} cannot be used (${code}): it must be writable for user ${process.getuid?.() ?? 'running landfall'}; ` +
        'choose another with --data or LANDFALL_DATA',
      { cause },
    );
  }
}

/** The returned function checks that the database file is still the original one; returns what is wrong, or null. */
export function watchFile(dataDir: string): () => string | null {
  const path = join(dataDir, databaseFile);
  const idOf = (): bigint | undefined => statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
  const first = idOf();
  return () =>
    idOf() === first
      ? null
      : `the database ${path} was deleted or replaced under the running worker; start it again, with the file back in its place if what it knew is to be kept`;
}

/** Throws with a message for people when the database cannot be opened. */
export async function openDb({ databaseUrl, dataDir, readOnly }: DbPlace): Promise<Db> {
  if (databaseUrl !== null) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(databaseUrl);
  }
  const path = join(dataDir, databaseFile);
  if (!readOnly) prepareDataDir(dataDir);
  else if (!existsSync(path)) throw new Error(`no database in ${dataDir} yet: landfall has not run there`);
  const { openSqlite } = await import('./sqlite.ts');
  return openSqlite(path, { readOnly });
}
