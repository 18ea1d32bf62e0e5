// One worker per data directory, freed by its end in whatever way; readers go on beside it.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataDir } from '../../src/store/lock.ts';
import { openDb } from '../../src/store/open.ts';
import { startChild } from '../support/store/child.ts';
import { temporaryDirectory } from '../support/store/databases.ts';

let directory: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
});

afterEach(() => rm(directory, { recursive: true }));

function hold(): () => void {
  const lock = lockDataDir(directory);
  if (lock.kind !== 'held') throw new Error(lock.message);
  return lock.release;
}

test('a second worker is refused by name until the first releases it', () => {
  const release = hold();
  expect(lockDataDir(directory)).toEqual({ kind: 'taken', message: `another landfall is running on ${directory}` });
  release();
  release();
  hold()();
});

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'a worker ended by %s frees it; until then others are refused and readers read',
  async (signal) => {
    const worker = startChild('worker', directory);
    expect((await worker.lines.next()).value).toBe('held');
    expect(lockDataDir(directory).kind).toBe('taken');
    const reader = await openDb({ databaseUrl: null, dataDir: directory, readOnly: true });
    expect(await reader.all('SELECT at FROM beats')).toEqual([{ at: '2025-08-23T08:00:00.000Z' }]);
    await reader.close();
    await worker.end(signal);
    hold()();
    const after = await openDb({ databaseUrl: null, dataDir: directory, readOnly: true });
    expect(await after.all('SELECT COUNT(*) AS n FROM beats')).toEqual([{ n: 1 }]);
    await after.close();
  },
);

test('a lock file that is something else is an error, not a lock', async () => {
  await writeFile(join(directory, 'lock'), 'pid 1\n'.repeat(200));
  expect(() => lockDataDir(directory)).toThrow(`locking the data directory ${directory}`);
});

test('the directory is made, and one that cannot be is named with what to do', async () => {
  const db = await openDb({ databaseUrl: null, dataDir: join(directory, 'new', 'data'), readOnly: false });
  await db.close();
  await writeFile(join(directory, 'file'), '');
  const impossible = openDb({ databaseUrl: null, dataDir: join(directory, 'file', 'data'), readOnly: false });
  await expect(impossible).rejects.toThrow(
    /the data directory .*file\/data cannot be used \(ENOTDIR\).*--data or LANDFALL_DATA/,
  );
});

test('a reader makes nothing where nothing is', async () => {
  await mkdir(join(directory, 'empty'));
  const reading = openDb({ databaseUrl: null, dataDir: join(directory, 'empty'), readOnly: true });
  await expect(reading).rejects.toThrow(/landfall has not run there/);
});
