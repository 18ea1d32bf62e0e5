// State in PostgreSQL, for several workers: a small pool of `pg` connections, each batch in one transaction.
import type { PoolClient, QueryResult } from 'pg';
import { bindable } from './bindable.ts';
import type { Db, Row, Statement, Value } from './define.ts';
import { replaceMarks } from './marks.ts';
import { notifications } from './postgres-listen.ts';

const attempts = 4;
const connectTimeoutMs = 10_000;
const queryTimeoutMs = 60_000;

/** Type ids (pg_type.oid) that are parsed as numbers: int8, int2, int4, float4, float8, numeric. */
const numbers: ReadonlySet<number> = new Set([20, 21, 23, 700, 701, 1700]);
const booleanType = 16;

function readNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new Error(`${text} is too large to be read as a number`);
  return value;
}

/** The same values as from SQLite: numbers, text, null; booleans are 1 or 0. */
function parserOf(type: number): (text: string) => string | number {
  if (numbers.has(type)) return readNumber;
  if (type === booleanType) return (text) => (text === 't' ? 1 : 0);
  return (text) => text;
}

function field(cause: unknown, name: 'code' | 'schema'): string {
  const value = cause instanceof Error ? Reflect.get(cause, name) : undefined;
  return typeof value === 'string' ? value : '';
}

/** Nothing was written because of a concurrent transaction: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isRace(cause: unknown): boolean {
  return ['40001', '40P01'].includes(field(cause, 'code'));
}

/** Two concurrent `CREATE TABLE IF NOT EXISTS` may collide in the catalogue; a second attempt finds the table. */
function isCollision(cause: unknown): boolean {
  const code = field(cause, 'code');
  return code === '42710' || code === '42P07' || (code === '23505' && field(cause, 'schema') === 'pg_catalog');
}

/** The server answered with an error, so the connection is still usable. */
function isAnswer(cause: unknown): boolean {
  return /^[0-9A-Z]{5}$/.test(field(cause, 'code')) && cause instanceof Error && 'severity' in cause;
}

interface Place {
  /** Host, port and database, without user and password. */
  readonly name: string;
  readonly secrets: readonly string[];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function placeOf(url: string): Place {
  const read = URL.parse(url);
  if (read === null || !/^postgres(?:ql)?:$/.test(read.protocol)) {
    throw new Error('DATABASE_URL is not an address of the form postgres://user:password@host:5432/database');
  }
  const password = read.searchParams.get('password') ?? '';
  const secrets = [url, read.password, decoded(read.password), password].filter((secret) => secret !== '');
  return { name: `${read.host}${read.pathname}`, secrets };
}

function scrubbed(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

/** Without `cause`, because the driver's errors may contain the connection parameters. */
function postgresError(place: Place, what: string, cause: unknown): Error {
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause;
  const said = inner instanceof Error ? inner.message || inner.name : String(inner);
  const code = field(inner, 'code');
  const reason = code === '' || said.includes(code) ? said : `${said} (${code})`;
  return new Error(scrubbed(`PostgreSQL at ${place.name}${what}: ${reason}`, place.secrets));
}

/** Releases locks of a worker that is suspended within a transaction, or whose machine is gone. */
const begin = `BEGIN; SET LOCAL idle_in_transaction_session_timeout = '10s'`;

/** Statements sent together: in a batch of thousands, most of the time is spent waiting for each answer. */
const sentTogether = 100;

/** Smaller batches are sent statement by statement. */
const togetherFrom = 20;

/** A quoted literal. The driver's own function goes character by character, which is slow for thousands of documents. */
function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  // An escape string, independent of `standard_conforming_strings`.
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

/** A statement with its parameters written as untyped literals, which the server interprets like parameters. */
function writtenOut({ sql, params }: Statement): string {
  return replaceMarks(sql, (index) => {
    const value = params[index];
    if (value === undefined) throw new Error(`the statement needs more than ${params.length} parameters`);
    const bound = bindable(value, index);
    return bound === null ? 'NULL' : literal(String(bound));
  });
}

/** The most rows of a table written by one statement. */
const rowsTogether = 250;

/** Splits an insert of one row into the part before the row, the row, and the rest; null for any other statement. */
function oneRow(sql: string): { readonly head: string; readonly row: string; readonly rest: string } | null {
  const values = sql.indexOf('VALUES (');
  const from = values + 'VALUES '.length;
  const to = sql.indexOf(')', from) + 1;
  if (!sql.startsWith('INSERT INTO ') || values < 0 || to === 0 || sql.slice(from + 1, to).includes('(')) return null;
  const rest = sql.slice(to);
  // Parameters after the row, or a second row: cannot be combined.
  return rest.includes('$') ? null : { head: sql.slice(0, from), row: sql.slice(from, to), rest };
}

/** Groups consecutive statements with the same text, whose rows can be written together: a fan-out writes thousands of them. */
function joined(statements: readonly Statement[]): readonly (readonly Statement[])[] {
  const groups: Statement[][] = [];
  for (const statement of statements) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    const fits =
      group !== undefined &&
      group.length < rowsTogether &&
      first?.sql === statement.sql &&
      (first.rows === undefined) === (statement.rows === undefined) &&
      oneRow(statement.sql) !== null;
    if (fits) group.push(statement);
    else groups.push([statement]);
  }
  return groups;
}

/** Splits the groups so that each message has a bounded number of rows. */
function batches(groups: readonly (readonly Statement[])[]): readonly (readonly (readonly Statement[])[])[] {
  const result: (readonly Statement[])[][] = [];
  let left = 0;
  for (const group of groups) {
    if (left < group.length) {
      result.push([]);
      left = Math.max(sentTogether, group.length);
    }
    result.at(-1)?.push(group);
    left -= group.length;
  }
  return result;
}

function writtenTogether(group: readonly Statement[]): string {
  const [first] = group;
  const parts = group.length < 2 ? null : oneRow(first?.sql ?? '');
  if (parts === null) return group.map(writtenOut).join(';\n');
  const { head, row, rest } = parts;
  return `${head}${group.map(({ params }) => writtenOut({ sql: row, params })).join(', ')}${rest}`;
}

/**
 * Executes many statements at once. Throws where they have to be told apart; nothing is written then, and they are executed
 * one
 * by one instead.
 */
async function inTransactionTogether(
  client: PoolClient,
  statements: readonly Statement[],
): Promise<'done' | 'conflict'> {
  await client.query(begin);
  for (const part of batches(joined(statements))) {
    const written = part.map(writtenTogether);
    const answered: QueryResult | readonly QueryResult[] = await client.query(written.join(';\n'));
    const answers = 'rowCount' in answered ? [answered] : answered;
    const touched = (index: number): number => answers[index]?.rowCount ?? 0;
    const asked = (group: readonly Statement[]): number => group.reduce((sum, { rows = 0 }) => sum + rows, 0);
    if (part.some((group, index) => group[0]?.rows !== undefined && asked(group) !== touched(index))) {
      await client.query('ROLLBACK');
      return 'conflict';
    }
  }
  await client.query('COMMIT');
  return 'done';
}

async function inTransaction(client: PoolClient, statements: readonly Statement[]): Promise<'done' | 'conflict'> {
  await client.query(begin);
  for (const { sql, params, rows } of statements) {
    const { rowCount } = await client.query(sql, params.map(bindable));
    if (rows !== undefined && rows !== (rowCount ?? 0)) {
      await client.query('ROLLBACK');
      return 'conflict';
    }
  }
  await client.query('COMMIT');
  return 'done';
}

/** Not `now()`, which is constant within a transaction, and a worker may be suspended in the middle of one. */
function clock(laterMs: number): string {
  return `to_char((clock_timestamp() + INTERVAL '${laterMs} milliseconds') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Throws when the address is invalid or the server cannot be reached; no message contains the password. */
export async function openPostgres(url: string, options: { readonly connections?: number } = {}): Promise<Db> {
  const place = placeOf(url);
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 5,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
    application_name: 'landfall',
    types: { getTypeParser: parserOf },
  });
  // A connection that breaks while idle is replaced at the next query; without a listener, its error would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  async function attempt(statements: readonly Statement[], together: boolean): Promise<'done' | 'conflict'> {
    const client = await pool.connect();
    let broken = false;
    try {
      return await (together ? inTransactionTogether(client, statements) : inTransaction(client, statements));
    } catch (cause) {
      broken =
        !isAnswer(cause) ||
        (await client.query('ROLLBACK').then(
          () => false,
          () => true,
        ));
      throw cause;
    } finally {
      client.release(broken);
    }
  }

  async function read(sql: string, params: readonly Value[] = []): Promise<readonly Row[]> {
    for (let left = attempts - 1; ; left -= 1) {
      try {
        return (await pool.query<Row>(sql, params.map(bindable))).rows;
      } catch (cause) {
        if (left === 0 || !isRace(cause)) throw postgresError(place, `, at "${sql.trim().slice(0, 80)}"`, cause);
      }
    }
  }

  async function batch(statements: readonly Statement[]): Promise<'done' | 'conflict'> {
    if (statements.length === 0) return 'done';
    let together = statements.length >= togetherFrom;
    for (let left = attempts - 1; ; left -= 1) {
      try {
        return await attempt(statements, together);
      } catch (cause) {
        if (together && isAnswer(cause) && !isRace(cause)) {
          together = false;
          left += 1;
          continue;
        }
        if (left > 0 && (isRace(cause) || isCollision(cause))) continue;
        if (isRace(cause)) return 'conflict';
        throw postgresError(place, `, in a batch of ${statements.length}`, cause);
      }
    }
  }

  /** The server analyses by itself, but up to a minute after a large write, or never if that is disabled. */
  async function analyse(): Promise<void> {
    const grown = await read(
      `SELECT quote_ident(c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
        WHERE c.relkind = 'r' AND n.nspname = current_schema() AND pg_get_userbyid(c.relowner) = current_user
          AND (c.reltuples < 0 OR s.n_mod_since_analyze > 1000 + c.reltuples / 10) ORDER BY c.relname`,
    );
    for (const { name } of grown) await read(`ANALYZE ${name}`);
  }

  try {
    await pool.query('SELECT 1');
  } catch (cause) {
    await pool.end();
    throw postgresError(place, ' cannot be used', cause);
  }
  const connect = () => new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
  return { all: read, batch, clock, analyse, ...notifications(connect, read), close: () => pool.end() };
}
