// The page about what is stored says of every table what ends its rows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '../src/store/migrate.ts';
import { migrations } from '../src/store/migrations.ts';
import { openSqlite } from '../src/store/sqlite.ts';

test('each table of the database has its line, and no other has one', async () => {
  const db = await openSqlite(':memory:');
  await migrate(db, migrations);
  const rows = await db.all(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`);
  await db.close();
  const page = readFileSync(join(import.meta.dirname, '../docs/storage.md'), 'utf8');
  const lines = page.split('\n').filter((line) => line.startsWith('| `'));
  const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  const named = cells.flatMap(([, names = '']) => [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
  expect(named.toSorted()).toEqual(rows.map(({ name }) => String(name)).toSorted());
  for (const [, names, what, end] of cells) expect([names, what !== '' && end !== '']).toEqual([names, true]);
});
