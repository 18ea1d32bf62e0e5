// A copy of the embedded database that is whole, made beside a running worker.
import { chmodSync, closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { makeDirectory } from './directory.ts';
import { databaseFile } from './open.ts';

/**
 * Copies the database of a data directory to `file`, which must not be there yet; resolves to its pages. The copy is
 * written beside and renamed, so that a half-written one never bears the name. https://www.sqlite.org/backup.html
 */
export async function backupSqlite(dataDir: string, file: string): Promise<number> {
  const path = join(dataDir, databaseFile);
  if (!existsSync(path)) throw new Error(`no database in ${dataDir} yet: landfall has not run there`);
  if (existsSync(file)) throw new Error(`${file} exists and is never overwritten: name another file`);
  makeDirectory(dirname(file));
  const half = `${file}.part`;
  rmSync(half, { force: true });
  // It holds what the database holds, so nobody else may read it, not even while it grows.
  closeSync(openSync(half, 'wx', 0o600));
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const pages = await backup(database, half);
    const copy = new DatabaseSync(half, { readOnly: true });
    try {
      const [check] = copy.prepare('PRAGMA quick_check').all();
      if (check?.quick_check !== 'ok') throw new Error(`the copy is not sound: ${String(check?.quick_check)}`);
    } finally {
      copy.close();
    }
    chmodSync(half, 0o600);
    renameSync(half, file);
    return pages;
  } finally {
    database.close();
    for (const end of ['', '-wal', '-shm']) rmSync(`${half}${end}`, { force: true });
  }
}
