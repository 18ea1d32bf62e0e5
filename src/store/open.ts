// Which database: PostgreSQL by its address, else SQLite in the data directory.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from './define.ts';

export interface DbPlace {
  /** `DATABASE_URL`; null = SQLite in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** Beside a running worker; makes nothing. */
  readonly readOnly: boolean;
}

export const databaseFile = 'landfall.db';

/** Makes the directory, for its owner alone. Throws, with what to do, when it cannot be made or written. */
export function prepareDataDir(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
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

/** Throws, with a message for people, when the database cannot be opened. */
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
