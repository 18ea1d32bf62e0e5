// A consistent copy of the embedded database, made while a worker runs.
import { chmodSync, closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { makeDirectory } from './directory.ts';
import { databaseFile } from './open.ts';

/**
 * Copies the database of a data directory to `file`, which must not exist; resolves to its number of pages. The copy is made
 * under another name and then renamed, so that `file` is never incomplete. https://www.sqlite.org/backup.html
 */
export async function backupSqlite(dataDir: string, file: string): Promise<number> {
  const path = join(dataDir, databaseFile);
  if (!existsSync(path)) throw new Error(`no database in ${dataDir} yet: landfall has not run there`);
  if (existsSync(file)) throw new Error(`${file} exists and is never overwritten: name another file`);
  makeDirectory(dirname(file));
  const half = `${file}.part`;
  rmSync(half, { force: true });
  // Created for the owner only, since it contains everything the database does, even while it is still growing.
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
