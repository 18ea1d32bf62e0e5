// Two workers on one PostgreSQL: each is stopped in the middle of telling and wakes when the other has told all, then one is killed.
import { expect, inject, it } from 'vitest';
import { noticeStatement } from '../../src/outbox/notice.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { placeFor } from '../support/e2e/place.ts';
import { type Running, until } from '../support/landfall.ts';
import { freshSchema } from '../support/postgres.ts';

const rooms = 10;
const perRound = 6;
/** Longer than a lease lasts. */
const stoppedMs = 12_000;

it('doubles nothing when a stopped worker wakes, and takes over from a killed one within 15 seconds', async (test) => {
  const place = await placeFor(test);
  const schema = await freshSchema(inject('postgresUrl'));
  const workers: Running[] = [];
  test.onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await schema.drop();
  });
  const { discord } = place.world;
  // Nothing but the workers' own care keeps a message from being made twice.
  discord.state.nonceWindowMs = 1;
  discord.service.latency(40);
  const names = ['releases', ...Array.from({ length: rooms - 1 }, (_, n) => `room${n}`)];
  const channels = names.map((_, n) => (n === 0 ? place.channel : discord.channel()));
  const more = channels.slice(1).map(({ id }, n) => `  room${n}: { discord: { channel: "${id}" } }\n`);
  place.world.github.repo('acme/widget');
  await place.configure('- github: acme/widget', more.join(''));
  const places = (): number =>
    discord.service.log.filter(({ method, path }) => method === 'GET' && /\/channels\/\d+$/.test(path)).length;
  const start = async (): Promise<Running> => {
    discord.service.log.length = 0;
    const worker = place.start('run', { env: { DATABASE_URL: schema.url } });
    workers.push(worker);
    // What may be missing in each channel is asked first.
    await until(() => places() >= rooms, 'the check of the channels', 20_000);
    return worker;
  };
  const first = await start();
  const db = await openPostgres(schema.url);
  test.onTestFinished(() => db.close());

  const told = () => channels.map((channel) => channel.messages().map(({ embeds }) => String(embeds[0]?.title)));
  const count = (): number => told().flat().length;
  const expected: string[] = [];
  const owe = async (): Promise<void> => {
    const titles = Array.from({ length: perRound }, (_, n) => `news ${expected.length + n}`);
    const now = new Date().toISOString();
    const statements = titles.flatMap((title, n) =>
      names.map((name) =>
        noticeStatement(name, { about: title, said: { title, text: 'text' }, seq: expected.length + n }, now),
      ),
    );
    expect(await db.batch(statements)).toBe('done');
    expected.push(...titles);
  };
  const all = () => until(() => count() >= expected.length * rooms, 'everything is told', 30_000);
  const half = () => until(() => count() > (expected.length - perRound / 2) * rooms, 'half of it', 20_000);
  /** Told by the others, while this one is stopped for longer than its leases last. */
  const toldWithout = async (worker: Running, meanwhile: () => Promise<unknown>): Promise<void> => {
    process.kill(worker.pid, 'SIGSTOP');
    const since = performance.now();
    await meanwhile();
    await all();
    await until(() => performance.now() - since > stoppedMs, 'the leases are over', stoppedMs + 5_000);
    process.kill(worker.pid, 'SIGCONT');
  };

  // Stopped with requests in the air and half of it told, while the other only begins.
  await owe();
  await half();
  await toldWithout(first, start);
  const second = workers.at(-1) ?? first;

  // The same, while the other is at work.
  await owe();
  await half();
  await toldWithout(second, async () => undefined);

  await owe();
  await half();
  await first.kill();
  const killedAt = performance.now();
  await all();
  expect(performance.now() - killedAt).toBeLessThan(15_000);
  expect((await second.stop('SIGTERM')).code).toBe(0);
  for (const titles of told()) expect(titles).toEqual(expected);
  expect(place.world.unexpected()).toEqual([]);
}, 150_000);
