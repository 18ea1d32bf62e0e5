// Stands in for a running worker: holds the lock and the database of the given directory until it is killed.
import { lockDataDir } from '../../../../src/store/lock.ts';
import { openDb } from '../../../../src/store/open.ts';

const [dataDir = ''] = process.argv.slice(2);
const lock = lockDataDir(dataDir);
const db = await openDb({ databaseUrl: null, dataDir, readOnly: false });
await db.batch([
  { sql: 'CREATE TABLE IF NOT EXISTS beats (at TEXT)', params: [] },
  { sql: 'INSERT INTO beats (at) VALUES ($1)', params: ['2025-08-23T08:00:00.000Z'] },
]);
process.stdout.write(`${lock.kind}\n`);
process.on('SIGTERM', () => {
  if (lock.kind === 'held') lock.release();
  process.exit(0);
});
// Exits together with its parent.
process.stdin.resume().on('end', () => process.exit(1));
