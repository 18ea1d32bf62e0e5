// What is particular to SQLite: kills in the middle, damaged files, a full disk, readers beside the writer.
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataDir } from '../../src/store/lock.ts';
import { migrate } from '../../src/store/migrate.ts';
import { prepareDataDir } from '../../src/store/open.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { startChild } from '../support/store/child.ts';
import { temporaryDirectory } from '../support/store/databases.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  path = join(directory, 'test.db');
});

afterEach(() => rm(directory, { recursive: true }));

test.skipIf(process.platform === 'win32')('database, lock and folder are for their owner alone', async () => {
  const folder = join(directory, 'deep', 'data');
  prepareDataDir(folder);
  const lock = lockDataDir(folder);
  const db = await openSqlite(join(folder, 'landfall.db'));
  await db.batch([{ sql: 'CREATE TABLE one (id INTEGER)', params: [] }]);
  const modes = await Promise.all(
    ['../../deep', '.', ...(await readdir(folder))].map(async (name) => (await stat(join(folder, name))).mode & 0o777),
  );
  expect(modes.filter((mode) => (mode & 0o077) !== 0)).toEqual([]);
  expect(modes.length).toBeGreaterThan(4);
  await db.close();
  if (lock.kind === 'held') lock.release();
});

const digest = async (): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

test('after SIGKILL in the middle of batches, each is there whole or not at all, and none that was said is lost', async () => {
  const setUp = await openSqlite(path);
  await setUp.batch([
    { sql: 'CREATE TABLE lines (batch INTEGER, line INTEGER, body TEXT, PRIMARY KEY (batch, line))', params: [] },
    { sql: 'CREATE TABLE total (batches INTEGER)', params: [] },
    { sql: 'INSERT INTO total VALUES (0)', params: [] },
  ]);
  await setUp.close();
  let said = 0;
  for (const linesBeforeKill of [1, 2, 3, 5, 8, 13]) {
    const writer = startChild('writer', path);
    for (let count = 0; count < linesBeforeKill; count += 1) said = Number((await writer.lines.next()).value);
    await writer.end('SIGKILL');
    const db = await openSqlite(path);
    const [row] = await db.all(
      'SELECT COUNT(*) AS rows, MAX(batch) AS last, (SELECT batches FROM total) AS total FROM lines',
    );
    const last = Number(row?.last);
    expect(last).toBeGreaterThanOrEqual(said);
    expect(row).toEqual({ rows: last * 5, last, total: last });
    expect(await db.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    await db.close();
  }
});

test('a reader beside the writer sees what is committed, and can write nothing', async () => {
  const writer = await openSqlite(path);
  await writer.batch([{ sql: 'CREATE TABLE beats (at TEXT)', params: [] }]);
  const reader = await openSqlite(path, { readOnly: true });
  await writer.batch([{ sql: 'INSERT INTO beats VALUES ($1)', params: ['now'] }]);
  expect(await reader.all('SELECT at FROM beats')).toEqual([{ at: 'now' }]);
  await expect(reader.batch([{ sql: 'DELETE FROM beats', params: [] }])).rejects.toThrow(/cannot be written/);
  await reader.close();
  await writer.close();
  const later = await openSqlite(path, { readOnly: true });
  expect(await later.all('SELECT at FROM beats')).toEqual([{ at: 'now' }]);
  await later.close();
});

test('a database in memory is a whole database', async () => {
  const db = await openSqlite(':memory:');
  await migrate(db, [{ id: 1, sql: ['CREATE TABLE labs (id TEXT)'] }]);
  expect(await db.all('SELECT id FROM migrations')).toEqual([{ id: 1 }]);
  await db.close();
});

test('a file that is no database is named and left as it was', async () => {
  await writeFile(path, 'watch:\n  - github: xai-org/grok-1\n'.repeat(100));
  const before = await digest();
  await expect(openSqlite(path)).rejects.toThrow(`opening the database ${path}: the file is not a database`);
  expect(await digest()).toBe(before);
});

test('a file that was cut short is named as damaged', async () => {
  const db = await openSqlite(path);
  await db.batch([
    { sql: 'CREATE TABLE lines (body TEXT)', params: [] },
    ...Array.from({ length: 50 }, () => ({ sql: 'INSERT INTO lines VALUES ($1)', params: ['x'.repeat(2_000)] })),
  ]);
  await db.close();
  await truncate(path, 20_480);
  const damaged = async (): Promise<unknown> => {
    const again = await openSqlite(path);
    try {
      return await again.all('SELECT COUNT(*) AS n, SUM(LENGTH(body)) AS size FROM lines');
    } finally {
      await again.close();
    }
  };
  await expect(damaged()).rejects.toThrow(/damaged/);
});

test('a newer database is refused byte for byte unchanged', async () => {
  const newer = await openSqlite(path);
  await migrate(newer, [
    { id: 1, sql: ['CREATE TABLE labs (id TEXT)'] },
    { id: 2, sql: ['CREATE TABLE more (id TEXT)'] },
  ]);
  await newer.close();
  const before = await digest();
  const db = await openSqlite(path);
  await expect(migrate(db, [{ id: 1, sql: [] }])).rejects.toThrow(/newer/);
  await db.close();
  expect(await digest()).toBe(before);
});

test('a full disk is said, loses nothing that was there, and is over when there is room again', async () => {
  const db = await openSqlite(path);
  await db.batch([{ sql: 'CREATE TABLE lines (body TEXT)', params: [] }]);
  await db.batch([{ sql: 'INSERT INTO lines VALUES ($1)', params: ['first'] }]);
  await db.all('PRAGMA max_page_count = 10');
  const large = Array.from({ length: 20 }, () => ({
    sql: 'INSERT INTO lines VALUES ($1)',
    params: ['x'.repeat(4_000)],
  }));
  await expect(db.batch(large)).rejects.toThrow(/the disk is full/);
  expect(await db.all('SELECT body FROM lines')).toEqual([{ body: 'first' }]);
  await db.all('PRAGMA max_page_count = 100000');
  expect(await db.batch(large)).toBe('done');
  await db.close();
});
