// What a wake, a pass, the sender and a command ask of the database goes by an index, however many rows there are.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Db, Row, Value } from '../../src/store/define.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { freshSchema } from '../support/postgres.ts';
import { asked } from '../support/store/asked.ts';
import { fill } from '../support/store/filled.ts';
import { readWhole } from '../support/store/read-whole.ts';

interface Text {
  readonly sql: string;
  readonly params: readonly Value[];
}

/** What is asked; what is written is not written. */
async function textsOf(real: Db, ask: (db: Db) => Promise<unknown>): Promise<readonly Text[]> {
  const texts: Text[] = [];
  await ask({
    ...real,
    all: (sql, params = []) => {
      texts.push({ sql, params });
      return /^\s*(SELECT|WITH)/.test(sql) ? real.all(sql, params) : Promise.resolve([]);
    },
    batch: (statements) => {
      texts.push(...statements);
      return Promise.resolve('done');
    },
  });
  return texts;
}

/** An index over few rows, which may be read from end to end. */
const few =
  /deliveries_due|channels_gone|places_behind|channels_held|watches_muted|stories_next|stories_unlisted|targets_hot|targets_reported|targets_untried|vouches_fresh/;

/** SQLite's steps that read a table, or an index over all its rows, from end to end. */
async function wholeOnSqlite(db: Db, { sql, params }: Text): Promise<readonly string[]> {
  const plan = await db.all(`EXPLAIN QUERY PLAN ${sql}`, params);
  const tables = new Set((await db.all(`SELECT name FROM sqlite_master WHERE type = 'table'`)).map(({ name }) => name));
  // What a question put together itself is read whole, and may be.
  const isTable = (name: string): boolean =>
    tables.has(name) || new RegExp(`\\b(${[...tables].join('|')}) (AS )?${name}\\b`).test(sql);
  return plan
    .map(({ detail }) => String(detail))
    .filter((step) => !few.test(step) && /^SCAN (\w+)/.exec(step)?.slice(1).some(isTable));
}

interface PgNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PgNode[];
}

function isWhole(node: PgNode, limited: boolean): boolean {
  const type = node['Node Type'];
  if (type === 'Seq Scan') return true;
  // In the order of an index up to a limit, only the first ones are read.
  return (
    type.startsWith('Index') && node['Index Cond'] === undefined && !limited && !few.test(node['Index Name'] ?? '')
  );
}

function wholes(node: PgNode, limited = false): readonly string[] {
  const below = (node.Plans ?? []).flatMap((plan) => wholes(plan, limited || node['Node Type'] === 'Limit'));
  const { 'Node Type': type, 'Relation Name': relation = '', 'Index Name': index = '' } = node;
  return isWhole(node, limited) ? [`${type} ${relation} ${index}`.trim(), ...below] : below;
}

async function wholeOnPostgres(db: Db, { sql, params }: Text): Promise<readonly string[]> {
  const [row] = await db.all(`EXPLAIN (FORMAT JSON) ${sql}`, params);
  const [plan] = JSON.parse(String(Object.values(row ?? ({} as Row))[0])) as readonly [{ readonly Plan: PgNode }];
  return wholes(plan.Plan);
}

/** They take a database or a text of SQL, and ask nothing of their own. */
const notQuestions = new Set(['manyRows', 'openHolds', 'openPostgres', 'openSqlite', 'redacting', 'replaceMarks']);

test('every question of the store is asked here, or reads all of something for a reason', async () => {
  const folder = join(import.meta.dirname, '../../src/store');
  const exported: string[] = [];
  const names: string[] = [];
  for (const file of readdirSync(folder)) {
    const found: Readonly<Record<string, unknown>> = await import(join(folder, file));
    for (const [name, value] of Object.entries(found)) {
      if (typeof value !== 'function') continue;
      const source = String(value);
      exported.push(name);
      if (notQuestions.has(name)) continue;
      if (/^(async )?function \w+\(\s*db\b/.test(source) || /\bsql\b/.test(source)) names.push(name);
    }
  }
  const known = [...Object.keys(asked), ...Object.keys(readWhole)];
  expect(names.filter((name) => !known.includes(name)).toSorted()).toEqual([]);
  expect(known.filter((name) => !exported.includes(name))).toEqual([]);
});

/** Columns that tell the rows of one answer apart, alone or with those before them. */
const telling =
  /(?:^|[. ])(?:id|key|name|channel|pool|part|shard|\w+_id|account|lab|kind|person|subject|measure|address|verdict|guild|1)(?: DESC)?$/;

test('what has an order has only one, on every database', async () => {
  const db = await openSqlite(':memory:');
  await migrate(db, migrations);
  for (const ask of Object.values(asked))
    for (const { sql } of await textsOf(db, ask))
      for (const [, terms = ''] of sql.matchAll(/ORDER BY ([^()]*?)(?= LIMIT|\)|$)/g))
        expect(terms.replaceAll(/\s+/g, ' ').trim(), sql).toMatch(telling);
  await db.close();
});

describe.each(['empty', 'filled'])('SQLite, %s', (state) => {
  let db: Db;
  beforeAll(async () => {
    db = await openSqlite(':memory:');
    await migrate(db, migrations);
    if (state === 'filled') await fill(db);
  });
  afterAll(() => db.close());

  test.each(Object.keys(asked))('%s', async (name) => {
    const texts = await textsOf(db, asked[name] ?? (() => Promise.resolve()));
    expect(texts).not.toEqual([]);
    for (const text of texts) expect(await wholeOnSqlite(db, text), text.sql).toEqual([]);
  });
});

describe('PostgreSQL, filled', () => {
  let db: Db;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const schema = await freshSchema(inject('postgresUrl'));
    drop = schema.drop;
    db = await openPostgres(schema.url);
    await migrate(db, migrations);
    await fill(db);
  });
  afterAll(async () => {
    await db.close();
    await drop();
  });

  test.each(Object.keys(asked))('%s', async (name) => {
    const texts = await textsOf(db, asked[name] ?? (() => Promise.resolve()));
    for (const text of texts) expect(await wholeOnPostgres(db, text), text.sql).toEqual([]);
  });
});
