// Endlessly writes batches to the given SQLite file and reports each one committed, until the test kills it.
import { openSqlite } from '../../../../src/store/sqlite.ts';

const [path = ''] = process.argv.slice(2);
const db = await openSqlite(path);
const [row] = await db.all('SELECT MAX(batch) AS last FROM lines');
for (let batch = Number(row?.last ?? 0) + 1; ; batch += 1) {
  await db.batch([
    ...[1, 2, 3, 4, 5].map((line) => ({
      sql: 'INSERT INTO lines (batch, line, body) VALUES ($1, $2, $3)',
      params: [batch, line, 'x'.repeat(2_000)],
    })),
    { sql: 'UPDATE total SET batches = $1', params: [batch], rows: 1 },
  ]);
  process.stdout.write(`${batch}\n`);
}
