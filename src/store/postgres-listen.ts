// Notifications between the processes that use one PostgreSQL database, over a connection of their own.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Db } from './define.ts';

const againMs = 5_000;

/** Resolves when the connection has ended, however that was. */
async function listenOnce(
  client: Client,
  topic: string,
  heard: (payload: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    client.once('end', resolve);
    client.on('error', () => resolve());
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  client.on('notification', ({ payload = '' }) => heard(payload));
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(topic)}`);
    // Anything may have been said before.
    heard('');
    await ended;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Calls `heard` with what other sessions send, and with an empty text when it begins to hear. Connects again after failures.
 * Behind a pool of connections such as PgBouncer nothing may ever arrive, so nobody may rely on it.
 */
async function keepListening(
  connect: () => Client,
  topic: string,
  heard: (payload: string) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await listenOnce(connect(), topic, heard, signal).catch(() => undefined);
    await sleep(againMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

export function notifications(connect: () => Client, read: Db['all']): Required<Pick<Db, 'tell' | 'listen'>> {
  return {
    tell: async (topic, payload) => {
      await read('SELECT pg_notify($1, $2)', [topic, payload]);
    },
    listen: (topic, heard, signal) => keepListening(connect, topic, heard, signal),
  };
}
