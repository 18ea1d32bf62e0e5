// Several workers with one bot on PostgreSQL: its limits hold over all of them together, and they wake each other.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, it } from 'vitest';
import { createDispatcher } from '../../src/outbox/dispatcher.ts';
import { noticeStatement } from '../../src/outbox/notice.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createOthers } from '../../src/worker/others.ts';
import { channelConfig, openOutbox } from '../support/outbox.ts';
import { freshSchema } from '../support/postgres.ts';

const wait = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined);

it('two workers: nothing is refused, lost or doubled, and what one makes owed the other sends at once', async () => {
  const schema = await freshSchema(inject('postgresUrl'));
  const db = await openPostgres(schema.url);
  const names = Array.from({ length: 120 }, (_, n) => `channel-${n}`);
  const outbox = await openOutbox(
    { now: Date.now, latency: () => sleep(20) },
    (handles) => names.map((name) => channelConfig(handles.channel({ name }), name)),
    db,
  );
  const stop = new AbortController();
  const workers = [outbox.dispatcher()];
  outbox.restart();
  workers.push(outbox.dispatcher());
  const owe = (about: string, channels: readonly string[]) =>
    outbox.write(
      channels.map((name, seq) =>
        noticeStatement(name, { about, said: { title: about, text: 'now' }, seq }, new Date().toISOString()),
      ),
    );
  await owe('first', names);
  const dispatchers = workers.map((world) => createDispatcher(world, wait));
  const others = dispatchers.map((dispatcher, n) =>
    createOthers({ db, holder: `worker ${n + 1}` }, dispatcher, wait, stop.signal),
  );
  const listening = others.map(({ listen }) => listen(stop.signal));
  const working = dispatchers.map((dispatcher) => dispatcher.keep(stop.signal));
  const told = () => outbox.state.messages.size;
  await expect.poll(told, { timeout: 30_000 }).toBe(120);
  // Both make something owed; only one of them sends.
  for (const [n, other] of others.entries()) {
    await owe(`more ${n}`, names.slice(0, 3));
    const at = performance.now();
    other.owed();
    await expect.poll(told, { timeout: 10_000, interval: 10 }).toBe(120 + 3 * (n + 1));
    // The outbox is read every three seconds in any case.
    expect(performance.now() - at).toBeLessThan(2_500);
  }
  expect(outbox.limits.refusals).toBe(0);
  stop.abort();
  await Promise.all([...working, ...listening]);
  // The bot's limit is free for others, but not at once.
  const [lease] = await db.all(
    `SELECT COUNT(*) AS held FROM leases WHERE name LIKE 'pace:%' AND until > ${db.clock(1_000)}`,
  );
  expect(lease).toEqual({ held: 1 });
  // Whoever is to empty the outbox and end sits that out.
  await owe('last', names.slice(0, 3));
  outbox.restart();
  await createDispatcher(outbox.dispatcher(), wait).drain(8_000, new AbortController().signal);
  expect([told(), outbox.limits.refusals]).toEqual([129, 0]);
  await outbox.close();
  await schema.drop();
}, 60_000);
