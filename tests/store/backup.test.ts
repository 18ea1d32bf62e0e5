// A copy made while somebody writes: whole, readable by its owner alone, and never over another file.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backupSqlite } from '../../src/store/backup.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'landfall-backup-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('holds what was written before it began, beside an open writer', async () => {
  const db = openSqlite(join(dir, 'landfall.db'));
  const writer = await db;
  await writer.batch([{ sql: 'CREATE TABLE things (n INTEGER)', params: [] }]);
  for (let n = 0; n < 500; n += 1) await writer.batch([{ sql: 'INSERT INTO things VALUES ($1)', params: [n] }]);
  const file = join(dir, 'copies', 'one.db');
  expect(await backupSqlite(dir, file)).toBeGreaterThan(0);
  await writer.batch([{ sql: 'INSERT INTO things VALUES ($1)', params: [500] }]);
  await writer.close();

  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(dir, 'copies'))).toEqual(['one.db']);
  const copy = await openSqlite(file, { readOnly: true });
  expect(await copy.all('SELECT COUNT(*) AS n FROM things')).toEqual([{ n: 500 }]);
  await copy.close();
});

test('refuses an existing file, and a directory without a database', async () => {
  await expect(backupSqlite(dir, join(dir, 'x.db'))).rejects.toThrow('landfall has not run there');
  await (await openSqlite(join(dir, 'landfall.db'))).close();
  writeFileSync(join(dir, 'x.db'), 'mine');
  await expect(backupSqlite(dir, join(dir, 'x.db'))).rejects.toThrow('never overwritten');
  expect(statSync(join(dir, 'x.db')).size).toBe(4);
});
