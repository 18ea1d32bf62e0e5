// What every database must do alike: one suite, the same SQL text, over all of them.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db, Value } from '../../src/store/define.ts';
import { kinds, type Place } from '../support/store/databases.ts';

const insert = 'INSERT INTO things (id, count, note) VALUES ($1, $2, $3)';

describe.each(kinds)('$name', ({ make }) => {
  let place: Place;
  let db: Db;

  beforeEach(async () => {
    place = await make();
    db = await place.open();
    await db.batch([
      {
        sql: 'CREATE TABLE things (id TEXT PRIMARY KEY, count BIGINT NOT NULL, ratio DOUBLE PRECISION, note TEXT)',
        params: [],
      },
    ]);
  });

  afterEach(async () => {
    await db.close();
    await place.drop();
  });

  const ids = async (): Promise<readonly Value[]> =>
    (await db.all('SELECT id FROM things ORDER BY id')).map((row) => row.id ?? null);

  test('reads back text, whole numbers, fractions and null as they were written', async () => {
    await db.batch([
      {
        sql: 'INSERT INTO things (id, count, ratio, note) VALUES ($1, $2, $3, $4)',
        params: ['a', 9_007_199_254_740_991, 0.25, null],
      },
      { sql: 'INSERT INTO things (id, count, ratio, note) VALUES ($1, $2, $3, $4)', params: ['b', -3, 4, ''] },
    ]);
    expect(await db.all('SELECT * FROM things ORDER BY id')).toEqual([
      { id: 'a', count: 9_007_199_254_740_991, ratio: 0.25, note: null },
      { id: 'b', count: -3, ratio: 4, note: '' },
    ]);
  });

  test('counts, sums and truth values are numbers', async () => {
    await db.batch([
      { sql: insert, params: ['a', 2_000_000_000, null] },
      { sql: insert, params: ['b', 2_000_000_000, null] },
    ]);
    const [row] = await db.all(
      'SELECT COUNT(*) AS n, SUM(count) AS total, MAX(count) > 5 AS large, MIN(note) AS none FROM things',
    );
    expect(row).toEqual({ n: 2, total: 4_000_000_000, large: 1, none: null });
  });

  test('a whole number in a text column has no decimal point', async () => {
    await db.batch([{ sql: insert, params: ['a', 1, 7] }]);
    expect(await db.all('SELECT note FROM things')).toEqual([{ note: '7' }]);
  });

  test('parameters are known by number: in any order, repeated, above nine, and not inside quotes or comments', async () => {
    const [row] = await db.all(
      `SELECT CAST($2 AS TEXT) AS b, CAST($1 AS TEXT) AS a, CAST($2 AS TEXT) || '$1 it''s $2' AS quoted, -- not $3
        CAST($10 AS TEXT) AS j, /* $11 */ CAST($3 AS TEXT) || $4 || $5 || $6 || $7 || $8 || $9 AS rest, 1 AS "$1"`,
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'],
    );
    expect(row).toEqual({ a: 'a', b: 'b', quoted: "b$1 it's $2", j: 'j', rest: 'cdefghi', $1: 1 });
  });

  test.each([[['a']], [['a', 'b', 'c']]])('refuses %j for two parameters', async (params) => {
    await expect(db.all('SELECT CAST($1 AS TEXT) AS a, CAST($2 AS TEXT) AS b', params)).rejects.toThrow(/parameter/);
  });

  test('keeps Korean, emoji, combining marks, line ends and backslashes byte for byte', async () => {
    const note = '오픈소스 모델 🛬 é e\u0301 \u202e \'quoted\' "double" \\n \r\n\t%_ $1 ?1';
    await db.batch([{ sql: insert, params: ['a', 1, note] }]);
    expect(await db.all('SELECT note FROM things WHERE note = $1', [note])).toEqual([{ note }]);
  });

  test('keeps five million characters', async () => {
    const note = '모델 '.repeat(1_666_667);
    await db.batch([{ sql: insert, params: ['a', 1, note] }]);
    const [row] = await db.all('SELECT note, LENGTH(note) AS length FROM things');
    expect(row?.length).toBe(5_000_001);
    expect(row?.note === note).toBe(true);
  });

  test('refuses a NUL character by the number of its parameter and writes nothing', async () => {
    const batch = db.batch([
      { sql: insert, params: ['a', 1, 'fine'] },
      { sql: insert, params: ['b', 2, 'cut\0here'] },
    ]);
    await expect(batch).rejects.toThrow(/parameter 3 holds a NUL character/);
    await expect(db.all('SELECT id FROM things WHERE note = $1', ['\0'])).rejects.toThrow(/NUL character/);
    expect(await ids()).toEqual([]);
  });

  test('half a surrogate pair becomes the replacement character, no number is refused', async () => {
    await db.batch([{ sql: insert, params: ['a', 1, 'half \ud83d'] }]);
    expect(await db.all('SELECT note FROM things')).toEqual([{ note: 'half \ufffd' }]);
    await expect(db.batch([{ sql: insert, params: ['b', Number.NaN, null] }])).rejects.toThrow(/parameter 2 is NaN/);
  });

  describe('a batch of hundreds', () => {
    const nasty = ["it's", '\\', "\\'; DROP TABLE things; --", '$1 $2', '', '한국어 🦙', 'line\nline', "E'x'"];
    const many = Array.from({ length: 250 }, (_, n) => ({
      sql: `${insert} -- $1 isn't a mark here`,
      params: [`k${String(n).padStart(3, '0')}`, n - 5, n % 9 === 8 ? null : (nasty[n % 9] ?? null)],
      rows: 1,
    }));

    test('writes every text as it is', async () => {
      expect(await db.batch(many)).toBe('done');
      const rows = await db.all('SELECT id, count, note FROM things ORDER BY id');
      expect(rows.map(({ id, count, note }) => [id, count, note])).toEqual(many.map(({ params }) => params));
    });

    test('is undone as a whole by a conflict or an error, wherever it is', async () => {
      await db.batch([{ sql: insert, params: ['there', 1, null] }]);
      const missed = { sql: 'UPDATE things SET count = $2 WHERE id = $1', params: ['nowhere', 1], rows: 1 };
      const doubled = { sql: insert, params: ['there', 2, null] };
      expect(await db.batch([...many.slice(0, 120), missed, ...many.slice(120)])).toBe('conflict');
      // Whoever comes too late hears of the conflict, not of what would have failed behind it.
      expect(await db.batch([...many.slice(0, 120), missed, doubled, ...many.slice(120)])).toBe('conflict');
      await expect(db.batch([...many.slice(0, 120), doubled, ...many.slice(120)])).rejects.toThrow(/unique/i);
      await expect(db.batch([...many, { sql: insert, params: ['short', 1] }])).rejects.toThrow(/parameters/);
      expect(await ids()).toEqual(['there']);
      expect(await db.batch(many)).toBe('done');
    });
  });

  test('an empty batch is done', async () => {
    expect(await db.batch([])).toBe('done');
  });

  test('a statement that touches another number of rows undoes the whole batch as a conflict', async () => {
    await db.batch([{ sql: insert, params: ['a', 1, null] }]);
    const outcome = await db.batch([
      { sql: insert, params: ['b', 1, null], rows: 1 },
      { sql: 'UPDATE things SET count = count + 1 WHERE id = $1 AND count = $2', params: ['a', 5], rows: 1 },
      { sql: insert, params: ['c', 1, null] },
    ]);
    expect(outcome).toBe('conflict');
    expect(await db.all('SELECT id, count FROM things')).toEqual([{ id: 'a', count: 1 }]);
  });

  test('an expected number of rows is counted for inserts, updates, deletes and selects', async () => {
    const outcome = await db.batch([
      { sql: 'INSERT INTO things (id, count) VALUES ($1, 1), ($2, 1), ($3, 1)', params: ['a', 'b', 'c'], rows: 3 },
      { sql: `${insert} ON CONFLICT (id) DO NOTHING`, params: ['a', 1, null], rows: 0 },
      { sql: 'UPDATE things SET count = 1', params: [], rows: 3 },
      { sql: 'SELECT id FROM things WHERE count = $1', params: [1], rows: 3 },
      { sql: 'DELETE FROM things WHERE id = $1', params: ['nobody'], rows: 0 },
      { sql: 'DELETE FROM things WHERE id <> $1', params: ['a'], rows: 2 },
    ]);
    expect(outcome).toBe('done');
    expect(await ids()).toEqual(['a']);
    const guarded = await db.batch([
      { sql: insert, params: ['z', 1, null] },
      { sql: 'SELECT id FROM things WHERE count = $1', params: [99], rows: 1 },
    ]);
    expect(guarded).toBe('conflict');
    expect(await ids()).toEqual(['a']);
  });

  test('a statement that fails midway undoes the whole batch, and the database works on', async () => {
    await db.batch([{ sql: insert, params: ['a', 1, null] }]);
    const batch = db.batch([
      { sql: 'CREATE TABLE half (id TEXT)', params: [] },
      { sql: insert, params: ['b', 1, null] },
      { sql: insert, params: ['a', 1, null] },
    ]);
    await expect(batch).rejects.toThrow(/unique/i);
    expect(await ids()).toEqual(['a']);
    await expect(db.all('SELECT * FROM half')).rejects.toThrow(/half/);
    expect(await db.batch([{ sql: insert, params: ['b', 1, null] }])).toBe('done');
  });

  test('RETURNING gives rows through `all`, and what it wrote is kept', async () => {
    const rows = await db.all(`${insert} ON CONFLICT (id) DO UPDATE SET count = excluded.count RETURNING id, count`, [
      'a',
      4,
      null,
    ]);
    expect(rows).toEqual([{ id: 'a', count: 4 }]);
    const changed = await db.all('UPDATE things SET count = count + 1 WHERE count > $1 RETURNING count', [100]);
    expect(changed).toEqual([]);
    expect(await ids()).toEqual(['a']);
  });

  test('LIKE tells capitals apart and can be escaped', async () => {
    await db.batch([
      { sql: insert, params: ['a', 1, 'Grok_2'] },
      { sql: insert, params: ['b', 1, 'GrokX2'] },
    ]);
    const like = `SELECT id FROM things WHERE note LIKE $1 ESCAPE '\\' ORDER BY id`;
    expect(await db.all(like, ['Grok\\_%'])).toEqual([{ id: 'a' }]);
    expect(await db.all(like, ['grok%'])).toEqual([]);
  });

  test('one text used with many parameters, and many texts, stay correct', async () => {
    await db.batch(Array.from({ length: 500 }, (_, index) => ({ sql: insert, params: [`id-${index}`, index, null] })));
    for (let size = 1; size <= 300; size += 1) {
      const marks = Array.from({ length: size }, (_, index) => `$${index + 1}`).join(', ');
      const asked = Array.from({ length: size }, (_, index) => `id-${index}`);
      const [row] = await db.all(`SELECT COUNT(*) AS n FROM things WHERE id IN (${marks})`, asked);
      expect(row?.n).toBe(size);
    }
  });

  test('times as ISO text compare as times', async () => {
    await db.batch([
      { sql: insert, params: ['a', 1, '2025-08-23T07:59:59.999Z'] },
      { sql: insert, params: ['b', 1, '2025-08-23T08:00:00.000Z'] },
      { sql: insert, params: ['c', 1, '2026-01-01T00:00:00.000Z'] },
    ]);
    const rows = await db.all('SELECT id FROM things WHERE note <= $1 ORDER BY note DESC', [
      '2025-08-23T08:00:00.000Z',
    ]);
    expect(rows).toEqual([{ id: 'b' }, { id: 'a' }]);
  });

  test('errors name the statement and keep its values to themselves', async () => {
    const error = await db
      .all('SELECT nothing FROM nowhere WHERE x = $1', ['a-secret-value'])
      .catch((cause: unknown) => cause);
    expect(String(error)).toContain('SELECT nothing FROM nowhere');
    expect(String(error)).not.toContain('a-secret-value');
  });

  test('what a batch wrote is there after closing and opening again', async () => {
    await db.batch([{ sql: insert, params: ['a', 1, null] }]);
    await db.close();
    db = await place.open();
    expect(await ids()).toEqual(['a']);
  });
});
